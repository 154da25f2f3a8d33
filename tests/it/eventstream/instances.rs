//! Several instances on one database.

use accord_server::config::{Period, Secret};
use contract_tests::engine::redis_url;

use super::*;

pub fn tests() -> Vec<Case> {
    tests![
        q7_a_stream_shows_what_other_instances_commit,
        q7_a_word_through_redis_is_faster_than_the_poll,
        a_reader_goes_on_at_another_instance,
    ]
}

fn polling(every: Period) -> Setup {
    Setup::default().configured(move |config| {
        config.redis.url = None;
        config.limits.stream_poll = every;
    })
}

/// Nobody tells this instance of anything: it looks for itself, as when the other died before it could.
async fn q7_a_stream_shows_what_other_instances_commit(stage: Stage) {
    let one = stage.server_with(polling(Period::millis(50))).await;
    let two = stage
        .second_instance(&one, polling(Period::millis(50)))
        .await;
    let (ada, bob) = (one.user().await, two.user().await);
    let start = public_log(&ada).await.pop().expect("an entry").id;
    let mut at_one = one.anonymous().events().resume_after(start);
    let mut at_two = two.anonymous().events().resume_after(start);
    let mut expected = Vec::new();
    for number in 0..10 {
        let (user, name) = (
            if number % 2 == 0 { &ada } else { &bob },
            number.to_string(),
        );
        rename(user, &name).await;
        expected.push(name);
    }
    assert_eq!(next_names(&mut at_one, 10).await, expected);
    assert_eq!(next_names(&mut at_two, 10).await, expected);
}

async fn q7_a_word_through_redis_is_faster_than_the_poll(stage: Stage) {
    let Some(url) = redis_url() else {
        assert!(std::env::var_os("CI").is_none(), "Redis is needed in CI");
        eprintln!("SKIPPED: no Redis answers");
        return;
    };
    let setup = || {
        let url = Secret::new(url);
        polling(Period::hours(1)).configured(|config| config.redis.url = Some(url))
    };
    let one = stage.server_with(setup()).await;
    let two = stage.second_instance(&one, setup()).await;
    let user = one.user().await;
    let mut wire = Wire::open(&two, "").await;
    wire.until("\n\n").await;
    for round in ["1", "2", "3"] {
        tokio::time::timeout(PATIENCE, async {
            rename(&user, round).await;
            wire.until(&format!("\"{round}\"")).await;
        })
        .await
        .expect("told");
    }
}

async fn a_reader_goes_on_at_another_instance(stage: Stage) {
    let one = stage.server_with(polling(Period::millis(50))).await;
    let user = one.user().await;
    let start = public_log(&user).await.pop().expect("an entry").id;
    let mut events = one.anonymous().events().resume_after(start);
    rename(&user, "1").await;
    let first = next(&mut events).await;
    rename(&user, "2").await;
    let two = stage
        .second_instance(&one, polling(Period::millis(50)))
        .await;
    one.stop();
    let mut events = two.anonymous().events().resume_after(first.id);
    assert_eq!(next_name(&mut events).await, "2");
}
