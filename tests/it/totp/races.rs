//! Everybody at once, on two instances: what is good once, one gets (SECURITY T-4, T-5).

use contract_tests::prelude::*;
use futures::future::join_all;

use super::*;
use crate::ROUNDS;

pub fn tests() -> Vec<Case> {
    tests![
        of_sixteen_uses_of_a_code_one_succeeds,
        of_sixteen_uses_of_a_backup_code_one_succeeds,
        of_sixteen_sign_ins_with_a_token_one_succeeds,
        of_sixteen_first_codes_one_turns_it_on,
        of_two_half_sign_ins_a_backup_code_finishes_one,
        a_sign_in_does_not_slip_past_turning_it_on,
    ]
}

async fn two_instances(stage: &Stage) -> [TestServer; 2] {
    let patient = || Setup::default().with_much_patience();
    let first = stage.server_with(patient()).await;
    let second = stage.second_instance(&first, patient()).await;
    [first, second]
}

fn advance(servers: &[TestServer; 2], by: Duration) {
    for server in servers {
        server.advance(by);
    }
}

async fn enrolled_on(servers: &[TestServer; 2]) -> Enrolled {
    let user = enrolled(&servers[0]).await;
    servers[1].advance(STEP);
    user
}

/// Shows a code sixteen times at once, wherever codes are taken: once it is taken.
async fn show_everywhere(servers: &[TestServer; 2], user: &Enrolled, code: &str, places: &[&str]) {
    let (_, temp_token) = begin(&servers[0], user).await;
    let uses = (0..16).map(|index| {
        let place = places[index / 2 % places.len()];
        let body = match place {
            "verify_totp" => json!({ "temp_token": temp_token, "code": code }),
            "reauthenticate" => json!({ "totp_code": code }),
            _ => json!({ "code": code }),
        };
        let mut request = servers[index % 2].example_of(place).json(&body);
        if place != "verify_totp" {
            request = request.bearer(&user.token());
        }
        request.send()
    });
    let answers = join_all(uses).await;
    let (won, lost): (Vec<_>, Vec<_>) = answers
        .iter()
        .partition(|answer| (200..300).contains(&answer.status));
    let shown: Vec<_> = answers.iter().map(ToString::to_string).collect();
    assert_eq!(won.len(), 1, "{shown:#?}");
    assert!(
        lost.iter()
            .all(|answer| matches!(answer.status, 400 | 401 | 429)),
        "{shown:#?}"
    );
}

const PLACES: [&str; 4] = [
    "verify_totp",
    "reauthenticate",
    "regenerate_backup_codes",
    "disable_totp",
];

/// SECURITY: T-4, T-1, A5, A6, 15.4.1.
async fn of_sixteen_uses_of_a_code_one_succeeds(stage: Stage) {
    let servers = two_instances(&stage).await;
    for places in [&PLACES[..], &PLACES[..1], &PLACES[1..2], &PLACES[2..3]] {
        for _ in 0..*ROUNDS {
            let user = enrolled_on(&servers).await;
            let code = user.phone.code(&servers[0], 0);
            show_everywhere(&servers, &user, &code, places).await;
        }
    }
}

/// SECURITY: T-4, A5, 6.5.1.
async fn of_sixteen_uses_of_a_backup_code_one_succeeds(stage: Stage) {
    let servers = two_instances(&stage).await;
    let places = ["verify_totp", "regenerate_backup_codes", "disable_totp"];
    for places in [&places[..], &places[..1], &places[1..2]] {
        for _ in 0..*ROUNDS {
            let user = enrolled_on(&servers).await;
            show_everywhere(&servers, &user, &user.backup_codes[0], places).await;
        }
    }
}

/// SECURITY: T-4, A5.
/// Each with a backup code of its own, so that the token alone decides.
async fn of_sixteen_sign_ins_with_a_token_one_succeeds(stage: Stage) {
    let servers = two_instances(&stage).await;
    for _ in 0..*ROUNDS {
        let user = enrolled_on(&servers).await;
        let (_, token) = begin(&servers[0], &user).await;
        let (servers, token, user) = (&servers, &token, &user);
        let uses = (0..16).map(|index| async move {
            let client = servers[index % 2].anonymous();
            verify(&client, token, &user.backup_codes[index % 10]).await
        });
        let won = join_all(uses).await.into_iter().filter(Result::is_ok);
        assert_eq!(won.count(), 1);
        assert_eq!(remaining(user).await, 9);
    }
}

/// SECURITY: T-4.
async fn of_sixteen_first_codes_one_turns_it_on(stage: Stage) {
    let servers = two_instances(&stage).await;
    for _ in 0..*ROUNDS {
        let user = servers[0].user().await;
        let phone = set_up(&user).await;
        let body = json!({ "code": phone.code(&servers[0], 0) });
        let uses = (0..16).map(|index| {
            let request = servers[index % 2].example_of("enable_totp");
            request.bearer(&user.token()).json(&body).send()
        });
        let answers = join_all(uses).await;
        let won = answers.iter().filter(|answer| answer.status == 200);
        assert_eq!(won.count(), 1);
        let lost = answers.iter().filter(|answer| answer.status == 409);
        assert_eq!(lost.count(), 15);
        assert_eq!(remaining(&user).await, 10);
        advance(&servers, STEP);
    }
}

/// SECURITY: T-5, A5.
async fn of_two_half_sign_ins_a_backup_code_finishes_one(stage: Stage) {
    let servers = two_instances(&stage).await;
    for _ in 0..*ROUNDS {
        let user = enrolled_on(&servers).await;
        let (one, first) = begin(&servers[0], &user).await;
        let (other, second) = begin(&servers[1], &user).await;
        let code = &user.backup_codes[0];
        let (a, b) = futures::join!(verify(&one, &first, code), verify(&other, &second, code));
        let won = [a, b].into_iter().filter(Result::is_ok).count();
        assert_eq!((won, remaining(&user).await), (1, 9));
    }
}

/// SECURITY: 15.4.2, 15.4.1.
/// Whoever signs in by password alone while the second factor is turned on is signed out by that, or asked for it.
async fn a_sign_in_does_not_slip_past_turning_it_on(stage: Stage) {
    let servers = two_instances(&stage).await;
    for _ in 0..*ROUNDS {
        let user = servers[0].user().await;
        let phone = set_up(&user).await;
        let code = phone.code(&servers[0], 0);
        let body = json!({ "email": user.email, "password": user.password });
        let sign_ins = (0..8).map(|index| {
            let request = servers[index % 2].example_of("login");
            request.json(&body).send()
        });
        let enable = user.enable_totp().body_map(|body| body.code(code));
        let (enabled, answers) = futures::join!(enable.into_future(), join_all(sign_ins));
        enabled.expect("turned on");
        assert!(answers.iter().all(|answer| answer.status == 200));
        let sessions = user.list_sessions().await.expect("sessions").items;
        assert_eq!(sessions.len(), 1, "{sessions:#?}");
        advance(&servers, STEP);
    }
}
