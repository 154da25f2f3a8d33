//! How often passwords are guessed at, and mailboxes filled.

use accord_server::config::{Period, Rate};
use accord_server::domain::throttle::{self, Try};
use contract_tests::prelude::*;
use contract_tests::raw::RawRequest;
use futures::future::join_all;

use super::password::{can_sign_in, reset, reset_token};

const NEW: &str = "tangerine umbrella voyage";
const WRONG: (u16, &str) = (401, "auth:invalid_credentials");
const INCORRECT: (u16, &str) = (400, "password:incorrect");
const TOO_MANY: (u16, &str) = (429, "rate_limit:exceeded");
const MINUTE: Duration = Duration::from_secs(60);

pub fn tests() -> Vec<Case> {
    tests![
        of_two_hundred_guesses_at_once_ten_are_judged,
        of_many_at_once_one_passes_a_limit_of_one,
        one_account_is_one_however_its_address_is_written,
        its_owner_gets_in_where_a_session_is,
        after_a_hundred_wrong_ones_none_is_judged_wherever_it_is_shown,
        guesses_at_once_do_not_get_past_the_hundred,
        a_restart_forgets_no_wrong_password,
        a_mailbox_is_not_filled,
    ]
}

/// With the limits of production, behind a proxy that says where a request comes from.
fn limited() -> Setup {
    behind_proxy(
        Setup::default()
            .with_much_patience()
            .with_real_rate_limits(),
    )
}

fn behind_proxy(setup: Setup) -> Setup {
    setup.configured(|config| config.trusted_proxies = vec!["127.0.0.1/32".parse().expect("a net")])
}

/// Addresses that nobody has used yet.
fn address(number: usize) -> String {
    format!("198.51.{}.{}", 100 + number / 200, 1 + number % 200)
}

fn login(server: &TestServer, email: &str, password: &str, from: &str) -> RawRequest {
    let body = json!({ "email": email, "password": password });
    let request = server.example_of("login").json(&body);
    request.header("x-forwarded-for", from)
}

fn count(answers: &[Answer], outcome: (u16, &str)) -> usize {
    let same = answers.iter().filter(|answer| answer.outcome() == outcome);
    same.count()
}

/// SECURITY, A24, A8, 6.3.1; the right one among them is right only if it is one of the ten.
async fn of_two_hundred_guesses_at_once_ten_are_judged(stage: Stage) {
    let server = stage.server_with(limited()).await;
    let user = server.user().await;
    let mut number = 0;
    for right in [0, 5, 57, 120, 199] {
        let guesses = (0..200).map(|index| {
            number += 1;
            let password = if index == right {
                PASSWORD
            } else {
                "a wrong guess"
            };
            login(&server, &user.email, password, &address(number)).send()
        });
        let answers = join_all(guesses).await;
        let (wrong, let_in) = (count(&answers, WRONG), count(&answers, (200, "ok")));
        // The right one gives its place back: to one that comes later, if any still does.
        assert!(wrong <= 10 && wrong + let_in >= 10, "at {right}: {wrong}");
        assert_eq!(count(&answers, TOO_MANY), 200 - wrong - let_in);
        // The bucket is as full as at the beginning.
        server.advance(5 * MINUTE);
    }
    assert!(can_sign_in(&server, &user.email, PASSWORD).await);
}

/// SECURITY: R-3.
async fn of_many_at_once_one_passes_a_limit_of_one(stage: Stage) {
    let setup = behind_proxy(Setup::default()).configured(|config| {
        config.rate_limits.login.per_account = Some(Rate::new(1, Period::hours(1)));
    });
    let server = stage.server_with(setup).await;
    for round in 0..20 {
        let email = format!("nobody{round}@example.com");
        let guesses =
            (0..8).map(|number| login(&server, &email, PASSWORD, &address(number)).send());
        let answers = join_all(guesses).await;
        assert_eq!((count(&answers, WRONG), count(&answers, TOO_MANY)), (1, 7));
    }
}

/// SECURITY, D7; and an address that has an account is limited as one that has none.
async fn one_account_is_one_however_its_address_is_written(stage: Stage) {
    let server = stage.server_with(limited()).await;
    let user = server.user().await;
    let mut shapes = Vec::new();
    for mailbox in [user.email.as_str(), "nobody@example.com"] {
        let (local, domain) = mailbox.split_once('@').expect("an address");
        let spellings = [
            mailbox.to_owned(),
            mailbox.to_uppercase(),
            format!("{local}@{}", domain.to_uppercase()),
            format!("{local}@ｅxample.com"),
            format!("{local}+tag@{domain}"),
            format!("{}+Other@{domain}", local.to_uppercase()),
        ];
        let mut judged = 0;
        for (number, email) in spellings.iter().cycle().take(30).enumerate() {
            let guess = login(&server, email, "a wrong guess", &address(number));
            let answer = guess.send().await;
            if answer.outcome() == WRONG {
                judged += 1;
                continue;
            }
            assert_eq!(answer.outcome(), TOO_MANY, "{email}");
            shapes.push(answer.shape());
        }
        assert_eq!(judged, 10, "{mailbox}");
        // Not even read, so nothing of it is limited.
        let spaced = login(&server, &format!(" {mailbox}"), "a", &address(99));
        assert_eq!(spaced.send().await.outcome(), (400, "request:invalid"));
    }
    assert_eq!(shapes.len(), 40);
    assert!(
        shapes.iter().all(|shape| *shape == shapes[0]),
        "{shapes:#?}"
    );
}

/// SECURITY; strangers use up what an account may be asked, and wait no longer than they are told to.
async fn its_owner_gets_in_where_a_session_is(stage: Stage) {
    let server = stage.server_with(limited()).await;
    let user = server.user().await;
    let (home, elsewhere) = ("203.0.113.7", "203.0.113.8");
    let from = async |address: &str| login(&server, &user.email, PASSWORD, address).send().await;
    assert_eq!(from(home).await.outcome(), (200, "ok"));
    for number in 0..20 {
        let guess = login(&server, &user.email, "a wrong guess", &address(number));
        guess.send().await;
    }
    let refused = from(elsewhere).await;
    assert_eq!(refused.outcome(), TOO_MANY);
    assert_eq!(from(home).await.outcome(), (200, "ok"));
    let wait: u64 = refused.header("retry-after").parse().expect("seconds");
    assert!((1..=300).contains(&wait), "{wait}");
    server.advance(Duration::from_secs(wait));
    assert_eq!(from(elsewhere).await.outcome(), (200, "ok"));
}

/// Everywhere that a session is asked for the password, each from another address.
async fn shown(server: &TestServer, user: &Identity, password: &str, number: usize) -> [Answer; 4] {
    let ask = async |operation: &str, body: Value| {
        let request = server.example_of(operation).bearer(&user.token());
        let request = request.header("x-forwarded-for", address(number));
        request.json(&body).send().await
    };
    [
        login(server, &user.email, password, &address(number))
            .send()
            .await,
        ask("reauthenticate", json!({ "password": password })).await,
        ask(
            "change_password",
            json!({ "current_password": password, "new_password": NEW }),
        )
        .await,
        ask(
            "change_email",
            json!({ "new_email": "new@example.com", "password": password }),
        )
        .await,
    ]
}

/// SECURITY, A8, 6.2.2, 6.2.3, 6.3.1; and to who tries it looks like a wrong password.
async fn after_a_hundred_wrong_ones_none_is_judged_wherever_it_is_shown(stage: Stage) {
    let server = stage.server_with(behind_proxy(Setup::default())).await;
    let user = server.user().await;
    let before = login(&server, &user.email, "a wrong guess", &address(0))
        .send()
        .await;
    for number in 0..25 {
        let refused = shown(&server, &user, "a wrong guess", number).await;
        let outcomes = refused.each_ref().map(Answer::outcome);
        assert_eq!(outcomes[0], WRONG);
        assert!(
            outcomes[1..].iter().all(|it| *it == INCORRECT),
            "{outcomes:?}"
        );
    }
    let hashes = server.hashes();
    let refused = shown(&server, &user, PASSWORD, 26).await;
    assert_eq!(server.hashes() - hashes, 4, "as much work as ever");
    assert_eq!(
        refused[0].shape(),
        before.shape(),
        "the right one looks wrong"
    );
    assert!(
        refused[1..]
            .iter()
            .all(|answer| answer.outcome() == INCORRECT)
    );
    assert_eq!(user.get_me().await.expect("as it was").email, user.email);
    let token = reset_token(&server, &user.email).await;
    reset(&server, &token, NEW).await.expect("reset");
    assert!(can_sign_in(&server, &user.email, NEW).await);
}

/// SECURITY, A24; on two instances.
async fn guesses_at_once_do_not_get_past_the_hundred(stage: Stage) {
    let first = stage.server().await;
    let second = stage.second_instance(&first, Setup::default()).await;
    let user = first.user().await;
    for _ in 0..95 {
        let guess = login(&first, &user.email, "a wrong guess", "198.51.100.1");
        assert_eq!(guess.send().await.outcome(), WRONG);
    }
    let tries = (0..40).map(|index| {
        let server = if index % 2 == 0 { &first } else { &second };
        // All of them have read that ninety-five were wrong.
        throttle::admit(&server.services, user.user_id.into(), 95)
    });
    let admitted = join_all(tries).await.into_iter();
    let judged =
        admitted.filter(|tried| matches!(tried.as_ref().expect("an answer"), Try::Counted(_)));
    assert_eq!(judged.count(), 5);
    assert!(!can_sign_in(&second, &user.email, PASSWORD).await);
}

/// SECURITY: R-9; what is counted by account is in the database.
async fn a_restart_forgets_no_wrong_password(stage: Stage) {
    let before = stage.server().await;
    let user = before.user().await;
    for _ in 0..60 {
        assert!(!can_sign_in(&before, &user.email, "a wrong guess").await);
    }
    before.stop();
    let after = stage.second_instance(&before, Setup::default()).await;
    for _ in 0..40 {
        assert!(!can_sign_in(&after, &user.email, "a wrong guess").await);
    }
    assert!(!can_sign_in(&after, &user.email, PASSWORD).await);
}

/// SECURITY, 2.4.1; by whatever operation mails are sent to it, from wherever.
async fn a_mailbox_is_not_filled(stage: Stage) {
    let server = stage.server_with(limited()).await;
    let (user, newcomer) = (server.user().await, server.unverified().await);
    let ask = |operation: &str, body: Value, number: usize| {
        let request = server.example_of(operation).bearer(&user.token());
        request
            .header("x-forwarded-for", address(number))
            .json(&body)
            .send()
    };
    for (number, email) in [
        "Nobody@Example.com",
        "nobody@example.com",
        "nobody+1@example.com",
    ]
    .into_iter()
    .enumerate()
    {
        let asked = ask("forgot_password", json!({ "email": email }), number).await;
        assert_eq!(asked.outcome(), (202, "ok"));
    }
    let asked = ask(
        "forgot_password",
        json!({ "email": "nobody@example.com" }),
        9,
    )
    .await;
    assert_eq!(asked.outcome(), TOO_MANY);
    let change = json!({ "new_email": "nobody+2@example.com", "password": PASSWORD });
    assert_eq!(ask("change_email", change, 10).await.outcome(), TOO_MANY);

    for _ in 0..3 {
        newcomer.resend_verification_email().await.expect("sent");
    }
    let again = newcomer.resend_verification_email().await;
    assert_eq!(again.refusal(), TOO_MANY);

    let mut made = 0;
    for number in 0..12 {
        let body = json!({
            "email": format!("somebody+{number}@example.com"), "handle": Person::new().handle, "password": PASSWORD,
        });
        match ask("create_user", body, number).await {
            answer if answer.status == 201 => made += 1,
            answer => assert_eq!(answer.outcome(), TOO_MANY),
        }
    }
    assert_eq!(made, 10);
}
