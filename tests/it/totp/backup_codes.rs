//! Codes for who has lost the phone.

use contract_tests::prelude::*;

use super::*;

pub fn tests() -> Vec<Case> {
    tests![
        a_backup_code_signs_in_once,
        dashes_spaces_and_case_make_no_difference,
        a_code_is_used_up_by_success_only,
        new_codes_replace_the_old_ones,
        a_backup_code_turns_it_off,
        a_backup_code_is_no_proof_for_a_session,
        two_accounts_share_no_code,
    ]
}

/// SECURITY: T-5, T-11.
async fn a_backup_code_signs_in_once(server: TestServer) {
    let user = enrolled(&server).await;
    for (used, code) in user.backup_codes.iter().enumerate() {
        let client = sign_in(&server, &user, code).await.expect("signed in");
        let left = 10 - (i32::try_from(used).expect("ten") + 1);
        assert_eq!(remaining(&client).await, left);
        let again = sign_in(&server, &user, code).await.refusal();
        assert_eq!(again, INVALID_CODE);
    }
    let code = user.phone.code(&server, 0);
    sign_in(&server, &user, &code)
        .await
        .expect("the phone still works");
}

async fn dashes_spaces_and_case_make_no_difference(server: TestServer) {
    let user = enrolled(&server).await;
    let codes = &user.backup_codes;
    for code in [
        codes[0].to_lowercase(),
        codes[1].replace('-', ""),
        codes[2].replace('-', " "),
        format!(" {} ", codes[3].replace('-', " - ")),
    ] {
        let signed_in = sign_in(&server, &user, &code).await;
        signed_in.unwrap_or_else(|error| panic!("{code}: {error}"));
    }
    assert_eq!(remaining(&user).await, 6);
}

/// SECURITY: T-11.
async fn a_code_is_used_up_by_success_only(server: TestServer) {
    let user = enrolled(&server).await;
    let code = &user.backup_codes[0];
    let other = server.user().await;
    let token = other.token();
    let refused = verify(&server.anonymous(), &token, code).await.refusal();
    assert_eq!(refused, INVALID_TOKEN);
    server.advance(601 * SECOND);
    let request = user.disable_totp().body_map(|body| body.code(code));
    let late = (403, "session:reauthentication_required");
    assert_eq!(request.await.refusal(), late);
    assert_eq!(remaining(&user).await, 10);
    sign_in(&server, &user, code).await.expect("unused");
}

/// SECURITY: T-11, 6.3.7, 6.5.6.
async fn new_codes_replace_the_old_ones(server: TestServer) {
    let user = enrolled(&server).await;
    let regenerate = async |code: &str| {
        let request = user.regenerate_backup_codes();
        request.body_map(|body| body.code(code)).await
    };
    let wrong = user.phone.wrong_code(&server);
    assert_eq!(regenerate(&wrong).await.refusal(), INVALID_CODE);
    let new = regenerate(&user.backup_codes[0]).await.expect("new codes");
    let new: Vec<_> = new.backup_codes.iter().map(|code| code.expose()).collect();
    assert_eq!((new.len(), remaining(&user).await), (10, 10));
    assert!(
        new.iter()
            .all(|code| !user.backup_codes.iter().any(|old| old == code))
    );
    for old in &user.backup_codes[..6] {
        let dead = sign_in(&server, &user, old).await.refusal();
        assert_eq!(dead, INVALID_CODE);
    }
    sign_in(&server, &user, new[9]).await.expect("a new code");
    regenerate(&user.phone.code(&server, 0))
        .await
        .expect("by phone");
    let mail = server.mail_to(&user.email).await;
    assert_eq!(mail.subject, "New backup codes");
    let (action, _) = log_of(&server, &user).await.swap_remove(0);
    assert_eq!(action, "totp:regenerate");
}

/// SECURITY: 6.4.4.
async fn a_backup_code_turns_it_off(server: TestServer) {
    let user = enrolled(&server).await;
    let code = &user.backup_codes[0];
    let request = user.disable_totp().body_map(|body| body.code(code));
    request.await.expect("turned off");
    server.sign_in(&user).await;
}

/// The contract: "a backup code is not accepted here".
async fn a_backup_code_is_no_proof_for_a_session(server: TestServer) {
    let user = enrolled(&server).await;
    let body = json!({ "totp_code": user.backup_codes[0] });
    let request = server.example_of("reauthenticate").bearer(&user.token());
    let answer = request.json(&body).send().await;
    assert_eq!(answer.outcome(), (400, "request:invalid"));
    let wrong = user.phone.wrong_code(&server);
    let refused = reauthenticate(&user, &wrong).await.refusal();
    assert_eq!(refused, INVALID_CODE);
    assert_eq!(remaining(&user).await, 10);
}

/// SECURITY: 6.5.2.
async fn two_accounts_share_no_code(server: TestServer) {
    let (one, other) = (enrolled(&server).await, enrolled(&server).await);
    assert_ne!(one.phone.secret, other.phone.secret);
    for code in &one.backup_codes {
        assert!(!other.backup_codes.contains(code));
    }
}
