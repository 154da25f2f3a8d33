//! Forgotten, reset and changed passwords.

use accord_client::Secret;
use contract_tests::prelude::*;
use futures::future::join_all;

const NEW: &str = "tangerine umbrella voyage";
const MINUTE: Duration = Duration::from_secs(60);

pub fn tests() -> Vec<Case> {
    tests![
        a_forgotten_password_is_set_anew_by_mail,
        asking_for_an_unknown_address_says_the_same_and_mails_nobody,
        a_reset_ends_what_the_old_password_had_opened,
        of_many_resets_with_one_token_one_succeeds,
        a_reset_token_lives_a_quarter_of_an_hour_and_the_newest_counts,
        a_weak_password_leaves_the_token_good,
        a_reset_proves_the_address_of_a_registration,
        a_reset_for_an_address_that_got_an_account_is_refused,
        tokens_of_other_purposes_do_not_reset,
        a_changed_password_ends_the_other_sessions,
        a_password_is_changed_with_the_current_one_only,
        a_changed_password_cancels_an_open_reset,
        too_many_wrong_passwords_slow_the_account_down,
        after_a_hundred_failures_only_a_reset_helps,
        reset_mails_to_one_address_are_limited,
    ]
}

async fn forget(server: &TestServer, email: &str) {
    let request = server.anonymous();
    let asked = request.forgot_password().body_map(|body| body.email(email));
    asked.await.expect("accepted");
}

async fn reset_token(server: &TestServer, email: &str) -> String {
    server.advance(Duration::from_secs(1));
    forget(server, email).await;
    server.mail_to(email).await.token()
}

async fn reset(
    server: &TestServer,
    token: &str,
    password: &str,
) -> Result<(), accord_client::errors::ResetPasswordError> {
    let client = server.anonymous();
    client
        .reset_password()
        .body_map(|body| body.token(token).new_password(password))
        .await
}

async fn can_sign_in(server: &TestServer, email: &str, password: &str) -> bool {
    let client = server.anonymous();
    let request = client
        .login()
        .body_map(|body| body.email(email).password(password));
    match request.await {
        Ok(_) => true,
        Err(error) => {
            assert_eq!(
                Err::<(), _>(error).refusal(),
                (401, "auth:invalid_credentials")
            );
            false
        }
    }
}

/// SECURITY: 6.4.1, 6.3.7.
async fn a_forgotten_password_is_set_anew_by_mail(server: TestServer) {
    let user = server.user().await;
    let token = reset_token(&server, &user.email).await;
    reset(&server, &token, NEW).await.expect("reset");
    assert!(!can_sign_in(&server, &user.email, PASSWORD).await);
    assert!(can_sign_in(&server, &user.email, NEW).await);
    assert_eq!(
        reset(&server, &token, NEW).await.refusal(),
        (400, "token:invalid")
    );
}

/// SECURITY: 6.3.8, A12, U-2.
async fn asking_for_an_unknown_address_says_the_same_and_mails_nobody(server: TestServer) {
    let user = server.user().await;
    let ask = async |email: &str| {
        let request = server.raw(Method::POST, "/v0/auth/forgot-password");
        request.json(&json!({ "email": email })).send().await
    };
    let (known, unknown) = (ask(&user.email).await, ask("nobody@example.com").await);
    assert_eq!((known.status, &known.body), (unknown.status, &unknown.body));
    assert_eq!(known.status, 202);
    assert!(server.mails_to("nobody@example.com").await.is_empty());
}

/// SECURITY: T-9, 7.4.3, P-4.
async fn a_reset_ends_what_the_old_password_had_opened(server: TestServer) {
    let user = server.user().await;
    let change = user.change_email().body_map(|body| {
        body.new_email("thief@example.com")
            .password(Secret::from(PASSWORD))
    });
    change.await.expect("accepted");
    let stolen = server.mail_to("thief@example.com").await.token();
    let token = reset_token(&server, &user.email).await;
    server.advance(Duration::from_secs(1));
    reset(&server, &token, NEW).await.expect("reset");
    assert_eq!(
        user.get_me().await.refusal(),
        (401, "auth:session_required")
    );
    let confirmed = server
        .anonymous()
        .confirm_email_change()
        .body_map(|body| body.token(stolen))
        .await;
    assert_eq!(confirmed.refusal(), (400, "token:invalid"));
    assert_eq!(
        server.mail_to(&user.email).await.subject,
        "Your password was reset"
    );
}

/// SECURITY: T-4.
async fn of_many_resets_with_one_token_one_succeeds(server: TestServer) {
    let user = server.user().await;
    let token = reset_token(&server, &user.email).await;
    let uses = join_all((0..16).map(|_| reset(&server, &token, NEW))).await;
    let (won, lost): (Vec<_>, Vec<_>) = uses.into_iter().partition(Result::is_ok);
    assert_eq!(won.len(), 1);
    for refused in lost {
        assert_eq!(refused.refusal(), (400, "token:invalid"));
    }
}

/// SECURITY: D11, T-8.
async fn a_reset_token_lives_a_quarter_of_an_hour_and_the_newest_counts(server: TestServer) {
    let user = server.user().await;
    let first = reset_token(&server, &user.email).await;
    let second = reset_token(&server, &user.email).await;
    assert_eq!(
        reset(&server, &first, NEW).await.refusal(),
        (400, "token:invalid")
    );
    server.advance(15 * MINUTE);
    assert_eq!(
        reset(&server, &second, NEW).await.refusal(),
        (400, "token:invalid")
    );
}

async fn a_weak_password_leaves_the_token_good(server: TestServer) {
    let user = server.user().await;
    let token = reset_token(&server, &user.email).await;
    for weak in ["password1", "aaaaaaaaaaaa", &format!("{}123", user.handle)] {
        assert_eq!(
            reset(&server, &token, weak).await.refusal(),
            (400, "password:too_weak"),
            "{weak}"
        );
    }
    reset(&server, &token, NEW).await.expect("reset");
}

/// SECURITY: P-2; who registered with a stranger's address has nothing after the owner's reset.
async fn a_reset_proves_the_address_of_a_registration(server: TestServer) {
    let squatter = server.unverified().await;
    let token = reset_token(&server, &squatter.email).await;
    reset(&server, &token, NEW).await.expect("reset");
    assert_eq!(
        squatter.get_me().await.refusal(),
        (401, "auth:session_required")
    );
    assert!(!can_sign_in(&server, &squatter.email, PASSWORD).await);
    assert!(can_sign_in(&server, &squatter.email, NEW).await);
}

async fn a_reset_for_an_address_that_got_an_account_is_refused(server: TestServer) {
    let first = server.unverified().await;
    let token = reset_token(&server, &first.email).await;
    let second = Person {
        email: first.email.clone(),
        ..Person::new()
    };
    server.advance(Duration::from_secs(1));
    let second = server.register(second).await;
    server.verify(&second).await;
    assert_eq!(
        reset(&server, &token, NEW).await.refusal(),
        (409, "user:email_already_exists")
    );
}

/// SECURITY: A11, T-8.
async fn tokens_of_other_purposes_do_not_reset(server: TestServer) {
    let newcomer = server.unverified().await;
    let verification = server.mail_to(&newcomer.email).await.token();
    assert_eq!(
        reset(&server, &verification, NEW).await.refusal(),
        (400, "token:invalid")
    );
    let user = server.user().await;
    let token = reset_token(&server, &user.email).await;
    let verified = server
        .anonymous()
        .verify_email()
        .body_map(|body| body.token(&token))
        .await;
    assert_eq!(verified.refusal(), (400, "token:invalid"));
    let confirmed = server
        .anonymous()
        .confirm_email_change()
        .body_map(|body| body.token(&token))
        .await;
    assert_eq!(confirmed.refusal(), (400, "token:invalid"));
}

/// SECURITY: 7.4.3, 6.3.7.
async fn a_changed_password_ends_the_other_sessions(server: TestServer) {
    let user = server.user().await;
    let other = server.sign_in(&user).await;
    let old_token = user.token();
    let change = user.change_password().body_map(|body| {
        body.current_password(Secret::from(PASSWORD))
            .new_password(NEW)
    });
    change.await.expect("changed");
    user.get_me().await.expect("this session goes on");
    assert_ne!(user.token(), old_token);
    assert_eq!(
        other.get_me().await.refusal(),
        (401, "auth:session_required")
    );
    let replayed = server
        .raw(Method::GET, "/v0/user/me")
        .bearer(&old_token)
        .send()
        .await;
    assert_eq!(replayed.status, 401);
    assert!(can_sign_in(&server, &user.email, NEW).await);
    server.advance(Duration::from_secs(1));
    assert!(
        server
            .mails_to(&user.email)
            .await
            .iter()
            .any(|mail| mail.subject == "Your password was changed")
    );
}

/// SECURITY: 6.2.2, 6.2.3, 2.2.3.
async fn a_password_is_changed_with_the_current_one_only(server: TestServer) {
    let user = server.user().await;
    let change = async |current: Option<&str>, new: &str| {
        let current = current.map(Secret::from);
        user.change_password()
            .body_map(|body| body.current_password(current).new_password(new))
            .await
    };
    assert_eq!(
        change(None, NEW).await.refusal(),
        (400, "password:required")
    );
    assert_eq!(
        change(Some("wrong"), NEW).await.refusal(),
        (400, "password:incorrect")
    );
    assert_eq!(
        change(Some(PASSWORD), PASSWORD).await.refusal(),
        (400, "password:unchanged")
    );
    assert_eq!(
        change(Some(PASSWORD), "password1").await.refusal(),
        (400, "password:too_weak")
    );
    assert!(can_sign_in(&server, &user.email, PASSWORD).await);
}

/// SECURITY: T-9.
async fn a_changed_password_cancels_an_open_reset(server: TestServer) {
    let user = server.user().await;
    let token = reset_token(&server, &user.email).await;
    let change = user.change_password().body_map(|body| {
        body.current_password(Secret::from(PASSWORD))
            .new_password(NEW)
    });
    change.await.expect("changed");
    assert_eq!(
        reset(&server, &token, "another tangerine voyage")
            .await
            .refusal(),
        (400, "token:invalid")
    );
}

/// SECURITY: 6.3.1, R-10.
/// SECURITY; guesses at an account are limited together, and its owner still gets in from where a session is.
async fn too_many_wrong_passwords_slow_the_account_down(stage: Stage) {
    let server = stage
        .server_with(Setup::default().with_real_rate_limits())
        .await;
    let user = server.user().await;
    let signed_in = server.sign_in(&user).await;
    signed_in.logout().await.expect("signed out");
    user.logout().await.expect("signed out");
    let guess = || async {
        let client = server.anonymous();
        client
            .login()
            .body_map(|body| body.email(&user.email).password("a wrong guess"))
            .await
    };
    let guesses = join_all((0..30).map(|_| guess())).await;
    let mut judged = 0;
    for guess in guesses {
        let refusal = guess.refusal();
        if refusal == (401, "auth:invalid_credentials") {
            judged += 1;
        } else {
            assert_eq!(refusal, (429, "rate_limit:exceeded"));
        }
    }
    assert!(judged <= 10, "{judged} guesses were judged");
    server.advance(5 * MINUTE);
    assert!(can_sign_in(&server, &user.email, PASSWORD).await);
}

/// SECURITY: R-10, 6.3.1, R-1.
async fn after_a_hundred_failures_only_a_reset_helps(server: TestServer) {
    let user = server.user().await;
    for _ in 0..100 {
        assert!(!can_sign_in(&server, &user.email, "a wrong guess").await);
    }
    assert!(
        !can_sign_in(&server, &user.email, PASSWORD).await,
        "the right one is not judged"
    );
    let token = reset_token(&server, &user.email).await;
    reset(&server, &token, NEW).await.expect("reset");
    assert!(can_sign_in(&server, &user.email, NEW).await);
}

/// SECURITY: R-7, 2.4.1.
async fn reset_mails_to_one_address_are_limited(stage: Stage) {
    let server = stage
        .server_with(Setup::default().with_real_rate_limits())
        .await;
    let ask = async || {
        let client = server.anonymous();
        client
            .forgot_password()
            .body_map(|body| body.email("Nobody@Example.com"))
            .await
    };
    for _ in 0..3 {
        ask().await.expect("accepted");
    }
    assert_eq!(ask().await.refusal(), (429, "rate_limit:exceeded"));
}
