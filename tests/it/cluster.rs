//! What instances that share a database and a Redis promise together. On SQLite there is one instance, and the same holds.

use accord_client::types::DependencyState;
use accord_server::config::{Period, Rate, Secret};
use contract_tests::prelude::*;
use futures::StreamExt as _;
use futures::future::join_all;

pub fn tests() -> Vec<Case> {
    tests![
        requests_go_to_the_instances_in_turn,
        r3_r9_a_limit_of_n_is_n_in_total,
        f10_without_redis_each_instance_keeps_the_limit_by_itself,
        s7_4_1_a_session_that_ends_on_one_is_refused_by_the_other_at_once,
        q7_each_instance_streams_what_any_of_them_commits,
        f11_instances_whose_clocks_differ_agree,
        f11_a_clock_that_jumps_ends_sessions_and_nothing_else,
    ]
}

const LIMIT: u32 = 5;
const TOO_MANY: (u16, &str) = (429, "rate_limit:exceeded");
const WRONG: (u16, &str) = (401, "auth:invalid_credentials");

fn limited() -> Setup {
    Setup::default().configured(|config| {
        let login = &mut config.rate_limits.login;
        login.per_address = Rate::new(LIMIT, Period::hours(1));
    })
}

/// How many of forty sign-ins at once, spread evenly over the instances, are judged.
async fn judged(server: &TestServer) -> usize {
    let instances = server.instances();
    let requests = (0..40).map(|number| {
        let instance = &instances[number % instances.len()];
        instance.example_of("login").send()
    });
    let answers = join_all(requests).await;
    let count = |outcome| {
        let same = answers.iter().filter(|answer| answer.outcome() == outcome);
        same.count()
    };
    assert_eq!(count(WRONG) + count(TOO_MANY), 40);
    count(WRONG)
}

async fn requests_go_to_the_instances_in_turn(server: TestServer) {
    let instances = server.instances();
    let hashes = |instance: &TestServer| instance.hashes();
    for _ in 0..4 {
        assert_eq!(server.example_of("login").send().await.outcome(), WRONG);
    }
    let counted: Vec<_> = instances.iter().map(hashes).collect();
    let share = 4 / counted.len() as u64;
    assert!(counted.iter().all(|count| *count == share), "{counted:?}");
}

/// SECURITY: D7.
async fn r3_r9_a_limit_of_n_is_n_in_total(stage: Stage) {
    let server = stage.server_with(limited()).await;
    assert_eq!(judged(&server).await, LIMIT as usize);
    // One that starts within the period joins in.
    let late = stage.second_instance(&server, limited()).await;
    let shares_counts = server.instances().len() > 1;
    let expected = if shares_counts { TOO_MANY } else { WRONG };
    assert_eq!(late.example_of("login").send().await.outcome(), expected);
}

async fn f10_without_redis_each_instance_keeps_the_limit_by_itself(stage: Stage) {
    let setup = limited().configured(|config| {
        config.redis.url = Some(Secret::new("redis://127.0.0.1:1"));
        config.redis.timeout = Period::millis(200);
    });
    let server = stage.server_with(setup).await;
    let instances = server.instances().len();
    assert_eq!(judged(&server).await, LIMIT as usize * instances);
    let user = server.user().await;
    user.get_me().await.expect("sessions do not need it");
    let report = user.health_check().await.expect("a report");
    let dependencies = report.dependencies.expect("dependencies");
    assert_eq!(dependencies.redis, Some(DependencyState::Down));
}

async fn s7_4_1_a_session_that_ends_on_one_is_refused_by_the_other_at_once(server: TestServer) {
    let instances = server.instances();
    let (one, other) = (&instances[0], &instances[instances.len() - 1]);
    let user = one.user().await;
    for (here, there) in [(one, other), (other, one)] {
        let session = here.sign_in(&user).await;
        let replayed = || there.example_of("get_me").bearer(&session.token()).send();
        assert_eq!(replayed().await.outcome(), (200, "ok"));
        let token = session.token();
        session.logout().await.expect("signed out");
        let refused = there.example_of("get_me").bearer(&token).send().await;
        assert_eq!(refused.outcome(), (401, "auth:session_required"));
    }
}

async fn q7_each_instance_streams_what_any_of_them_commits(stage: Stage) {
    // Only a word through Redis comes in time.
    let setup = Setup::default().configured(|config| config.limits.stream_poll = Period::hours(1));
    let server = stage.server_with(setup).await;
    let instances = server.instances();
    let user = server.user().await;
    let log = server
        .anonymous()
        .list_action_logs()
        .await
        .expect("the log");
    let start = log.items.first().expect("an entry").id;
    let clients: Vec<_> = instances.iter().map(TestServer::anonymous).collect();
    let mut streams: Vec<_> = clients
        .iter()
        .map(|client| client.events().resume_after(start))
        .collect();
    for (round, instance) in instances.iter().cycle().take(6).enumerate() {
        let name = format!("round {round}");
        let change = instance.example_of("update_me").bearer(&user.token());
        let changed = change.json(&json!({ "display_name": name })).send().await;
        assert_eq!(changed.outcome(), (200, "ok"));
        for stream in &mut streams {
            let event = tokio::time::timeout(Duration::from_secs(30), stream.next()).await;
            let Ok(Some(Ok(accord_client::Event::Action(entry)))) = event else {
                panic!("{name} does not arrive: {event:?}")
            };
            assert_eq!(entry.data.display_name.as_deref(), Some(&*name));
        }
    }
}

async fn f11_instances_whose_clocks_differ_agree(stage: Stage) {
    let one = stage.server().await;
    let two = stage.second_instance(&one, Setup::default()).await;
    let now = one.services.clock.now();
    for ahead in [30, -30] {
        let skewed = now + chrono::TimeDelta::seconds(ahead);
        two.services.clock.set(skewed);
        for (here, there) in [(&one, &two), (&two, &one)] {
            let user = here.unverified().await;
            there.verify(&user).await;
            let session = here.sign_in(&user).await;
            let asked = there.example_of("get_me").bearer(&session.token());
            assert_eq!(asked.send().await.outcome(), (200, "ok"), "{ahead} s ahead");
        }
    }
}

async fn f11_a_clock_that_jumps_ends_sessions_and_nothing_else(server: TestServer) {
    let (user, start) = (server.user().await, server.services.clock.now());
    let at = |time: &str| time.parse().expect("a time");
    for time in [
        "2026-01-31T11:55:00Z",
        "2025-01-31T12:00:00Z",
        "1970-01-01T00:00:30Z",
    ] {
        server.services.clock.set(at(time));
        user.get_me()
            .await
            .unwrap_or_else(|error| panic!("{time}: {error}"));
        let again = server.sign_in(&user).await;
        again
            .get_me()
            .await
            .unwrap_or_else(|error| panic!("{time}: {error}"));
    }
    for time in ["2038-01-19T03:14:08Z", "2106-02-07T06:28:16Z"] {
        server.services.clock.set(at(time));
        assert_eq!(
            user.get_me().await.refusal(),
            (401, "auth:session_required"),
            "{time}"
        );
        let again = server.sign_in(&user).await;
        again
            .get_me()
            .await
            .unwrap_or_else(|error| panic!("{time}: {error}"));
    }
    // Back where it was, everything that has not ended meanwhile goes on.
    server.services.clock.set(start);
    server
        .sign_in(&user)
        .await
        .get_me()
        .await
        .expect("signed in");
}
