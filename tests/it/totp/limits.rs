//! How often one may guess.

use contract_tests::prelude::*;
use futures::future::join_all;

use super::*;

pub fn tests() -> Vec<Case> {
    tests![
        ten_wrong_codes_pause_the_account,
        wrong_codes_count_wherever_they_are_tried,
        a_week_without_guesses_forgets_them,
        guesses_at_once_do_not_get_past_the_limit,
        a_right_code_does_not_slip_past_the_limit,
        wrong_passwords_and_wrong_codes_count_apart,
        after_a_hundred_wrong_codes_only_a_backup_code_helps,
    ]
}

const PAUSED: (u16, &str) = (429, "rate_limit:exceeded");

async fn guess(server: &TestServer, user: &Enrolled, count: usize) {
    let (mut client, mut token) = begin(server, user).await;
    for made in 0..count {
        if made > 0 && made % 5 == 0 {
            (client, token) = begin(server, user).await;
        }
        let wrong = user.phone.wrong_code(server);
        let refused = verify(&client, &token, &wrong).await.refusal();
        assert_eq!(refused, INVALID_CODE, "guess {made}");
    }
}

/// SECURITY: 6.6.3, R-2, R-8; new sign-ins do not help, the pauses grow, and after each the right code is right.
async fn ten_wrong_codes_pause_the_account(server: TestServer) {
    let user = enrolled(&server).await;
    guess(&server, &user, 10).await;
    for pause in [60, 120, 240] {
        let (_, token) = begin(&server, &user).await;
        for code in [&user.phone.code(&server, 0), &user.backup_codes[0]] {
            let body = json!({ "temp_token": token, "code": code });
            let answer = server.example_of("verify_totp").json(&body).send().await;
            assert_eq!(answer.outcome(), PAUSED);
            assert_eq!(answer.header("retry-after"), pause.to_string());
        }
        let code = user.phone.code(&server, 0);
        assert_eq!(reauthenticate(&user, &code).await.refusal(), PAUSED);
        let request = user.disable_totp().body_map(|body| body.code(&code));
        assert_eq!(request.await.refusal(), PAUSED);
        let request = user.regenerate_backup_codes();
        let request = request.body_map(|body| body.code(&code));
        assert_eq!(request.await.refusal(), PAUSED);
        server.advance(pause * SECOND);
        guess(&server, &user, 1).await;
    }
    server.advance(480 * SECOND);
    let code = user.phone.code(&server, 0);
    sign_in(&server, &user, &code).await.expect("in the end");
    guess(&server, &user, 9).await;
    let code = user.phone.code(&server, 1);
    sign_in(&server, &user, &code)
        .await
        .expect("counted afresh");
    assert_eq!(remaining(&user).await, 10);
}

/// SECURITY: 6.6.3, R-1.
async fn wrong_codes_count_wherever_they_are_tried(server: TestServer) {
    let user = enrolled(&server).await;
    let wrong = user.phone.wrong_code(&server);
    for _ in 0..3 {
        let refused = reauthenticate(&user, &wrong).await.refusal();
        assert_eq!(refused, INVALID_CODE);
        let request = user.disable_totp().body_map(|body| body.code(&wrong));
        assert_eq!(request.await.refusal(), INVALID_CODE);
        let request = user.regenerate_backup_codes();
        let request = request.body_map(|body| body.code(&wrong));
        assert_eq!(request.await.refusal(), INVALID_CODE);
    }
    guess(&server, &user, 1).await;
    let code = user.phone.code(&server, 0);
    let paused = sign_in(&server, &user, &code).await.refusal();
    assert_eq!(paused, PAUSED);

    let newcomer = server.user().await;
    let phone = set_up(&newcomer).await;
    let enable = async |code: String| {
        let request = newcomer.enable_totp().body_map(|body| body.code(code));
        request.await.refusal()
    };
    for _ in 0..10 {
        assert_eq!(enable(phone.wrong_code(&server)).await, INVALID_CODE);
    }
    assert_eq!(enable(phone.code(&server, 0)).await, PAUSED);
}

async fn a_week_without_guesses_forgets_them(server: TestServer) {
    let user = enrolled(&server).await;
    guess(&server, &user, 9).await;
    server.advance(7 * 24 * 3600 * SECOND);
    guess(&server, &user, 9).await;
    let code = user.phone.code(&server, 0);
    sign_in(&server, &user, &code).await.expect("no pause");
}

/// SECURITY: A8, A24, R-3, R-9; neither on another instance nor after a restart is the right one judged then.
async fn guesses_at_once_do_not_get_past_the_limit(stage: Stage) {
    let first = stage.server().await;
    let second = stage.second_instance(&first, Setup::default()).await;
    let user = enrolled(&first).await;
    second.advance(STEP);
    let wrong = user.phone.wrong_code(&first);
    let body = json!({ "code": wrong });
    let guesses = (0..50).map(|index| {
        let server = if index % 2 == 0 { &first } else { &second };
        let request = server.example_of("disable_totp").bearer(&user.token());
        request.json(&body).send()
    });
    let answers = join_all(guesses).await;
    let judged = answers
        .iter()
        .filter(|answer| answer.outcome() == INVALID_CODE);
    let paused = answers.iter().filter(|answer| answer.outcome() == PAUSED);
    assert_eq!((judged.count(), paused.count()), (10, 40));
    let code = user.phone.code(&first, 0);
    let refused = sign_in(&second, &user, &code).await.refusal();
    assert_eq!(refused, PAUSED);
    // Nor does a restart help.
    for server in [&first, &second] {
        server.stop();
    }
    let third = stage.second_instance(&first, Setup::default()).await;
    third.services.clock.set(first.services.clock.now());
    let refused = sign_in(&third, &user, &code).await.refusal();
    assert_eq!(refused, PAUSED);
}

/// SECURITY: R-4, A24; the right code among many at once counts if it is one of the ten.
async fn a_right_code_does_not_slip_past_the_limit(stage: Stage) {
    let first = stage.server().await;
    let second = stage.second_instance(&first, Setup::default()).await;
    for right in [0, 3, 20, 39] {
        let user = enrolled(&first).await;
        second.services.clock.set(first.services.clock.now());
        let (wrong, code) = (user.phone.wrong_code(&first), user.phone.code(&first, 0));
        let guesses = (0..40).map(|index| {
            let server = if index % 2 == 0 { &first } else { &second };
            let code = if index == right { &code } else { &wrong };
            let request = server
                .example_of("regenerate_backup_codes")
                .bearer(&user.token());
            request.json(&json!({ "code": code })).send()
        });
        let answers = join_all(guesses).await;
        let count = |outcome| {
            answers
                .iter()
                .filter(|answer| answer.outcome() == outcome)
                .count()
        };
        let (passed, judged, paused) = (count((200, "ok")), count(INVALID_CODE), count(PAUSED));
        assert_eq!(passed + judged + paused, 40);
        // A right one starts the count afresh: ten more may follow, after at most nine before.
        match passed {
            0 => assert_eq!(judged, 10, "at {right}"),
            1 => assert!((10..=19).contains(&judged), "{judged} at {right}"),
            more => panic!("{more} passed"),
        }
    }
}

/// SECURITY: R-2.
/// An outsider's guesses at the password do not close the second step.
async fn wrong_passwords_and_wrong_codes_count_apart(server: TestServer) {
    let user = enrolled(&server).await;
    let (client, token) = begin(&server, &user).await;
    let outsider = Identity {
        password: "not the password".into(),
        ..user.identity.clone()
    };
    for _ in 0..20 {
        let anybody = server.anonymous();
        let request = anybody.login();
        let request =
            request.body_map(|body| body.email(&outsider.email).password(&outsider.password));
        let refused = request.await.refusal();
        assert_eq!(refused, (401, "auth:invalid_credentials"));
    }
    let code = user.phone.code(&server, 0);
    verify(&client, &token, &code).await.expect("signed in");
    guess(&server, &user, 10).await;
    begin(&server, &user).await;
}

/// SECURITY: R-1.
async fn after_a_hundred_wrong_codes_only_a_backup_code_helps(server: TestServer) {
    let user = enrolled(&server).await;
    guess(&server, &user, 10).await;
    let longest_pause = 64 * 60 * SECOND;
    for _ in 10..100 {
        server.advance(longest_pause);
        guess(&server, &user, 1).await;
    }
    server.advance(longest_pause);
    let code = user.phone.code(&server, 0);
    let refused = sign_in(&server, &user, &code).await.refusal();
    assert_eq!(refused, INVALID_CODE);
    server.advance(longest_pause);
    let code = &user.backup_codes[0];
    sign_in(&server, &user, code).await.expect("signed in");
    let code = user.phone.code(&server, 0);
    sign_in(&server, &user, &code).await.expect("judged again");
}
