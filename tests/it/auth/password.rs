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
    ]
}

async fn forget(server: &TestServer, email: &str) {
    let request = server.anonymous();
    let asked = request.forgot_password().body_map(|body| body.email(email));
    asked.await.expect("accepted");
}

pub async fn reset_token(server: &TestServer, email: &str) -> String {
    server.advance(Duration::from_secs(1));
    forget(server, email).await;
    server.mail_to(email).await.token()
}

pub async fn reset(
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

pub async fn can_sign_in(server: &TestServer, email: &str, password: &str) -> bool {
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

/// SECURITY: 6.4.1, 6.3.7, D11, 6.5.5.
async fn a_forgotten_password_is_set_anew_by_mail(server: TestServer) {
    let user = server.user().await;
    let token = reset_token(&server, &user.email).await;
    server.advance(14 * MINUTE + Duration::from_secs(59));
    reset(&server, &token, NEW).await.expect("reset");
    assert!(!can_sign_in(&server, &user.email, PASSWORD).await);
    assert!(can_sign_in(&server, &user.email, NEW).await);
    let notice = server.mail_to(&user.email).await;
    assert_eq!(notice.subject, "Your password was reset");
    assert!(notice.try_token().is_none() && !notice.text.contains(NEW));
    assert_eq!(
        reset(&server, &token, NEW).await.refusal(),
        (400, "token:invalid")
    );
}

/// SECURITY: 6.3.8, A12, U-2; nor does it matter when something else is wrong, too.
async fn asking_for_an_unknown_address_says_the_same_and_mails_nobody(stage: Stage) {
    let (fake, server) = crate::oauth::server(&stage).await;
    let (user, newcomer, disabled) = (
        server.user().await,
        server.unverified().await,
        server.user().await,
    );
    server.disable(&disabled).await;
    let stranger = crate::oauth::fake::Person::new();
    let client = server.anonymous();
    crate::oauth::trip::sign_up(
        &fake,
        &client,
        crate::oauth::trip::Provider::Google,
        &stranger,
    )
    .await;
    let ask = async |body: Value| {
        let request = server.raw(Method::POST, "/v0/auth/forgot-password");
        request.json(&body).send().await.shape()
    };
    let unknown = "nobody@example.com";
    let said = ask(json!({ "email": unknown })).await;
    let refused = ask(json!({ "email": unknown, "redirect": "https://evil.example" })).await;
    assert_eq!((said.status, refused.status), (202, 400));
    for email in [
        &user.email,
        &newcomer.email,
        &disabled.email,
        stranger.email(),
    ] {
        assert_eq!(ask(json!({ "email": email })).await, said, "{email}");
        let wrong = json!({ "email": email, "redirect": "https://evil.example" });
        assert_eq!(ask(wrong).await, refused, "{email}");
    }
    assert!(server.mails_to(unknown).await.is_empty());
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
    let superseded = reset_token(&server, &user.email).await;
    let token = reset_token(&server, &user.email).await;
    server.advance(Duration::from_secs(1));
    let body = json!({ "token": token, "new_password": NEW });
    let answer = server.example_of("reset_password").json(&body).send().await;
    assert_eq!(
        (answer.status, answer.header("set-cookie")),
        (204, ""),
        "nobody is signed in"
    );
    for instance in server.instances() {
        let request = instance.example_of("get_me").bearer(&user.token());
        assert_eq!(
            request.send().await.outcome(),
            (401, "auth:session_required")
        );
    }
    for dead in [&superseded, &token] {
        assert_eq!(
            reset(&server, dead, NEW).await.refusal(),
            (400, "token:invalid")
        );
    }
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

/// SECURITY: T-4, A5; on two instances.
async fn of_many_resets_with_one_token_one_succeeds(stage: Stage) {
    let patient = || Setup::default().with_much_patience();
    let server = stage.server_with(patient()).await;
    let second = stage.second_instance(&server, patient()).await;
    for _ in 0..*crate::ROUNDS {
        let user = server.user().await;
        let token = reset_token(&server, &user.email).await;
        second.services.clock.set(server.services.clock.now());
        let uses = (0..8).flat_map(|_| [reset(&server, &token, NEW), reset(&second, &token, NEW)]);
        let uses = join_all(uses).await;
        let (won, lost): (Vec<_>, Vec<_>) = uses.into_iter().partition(Result::is_ok);
        assert_eq!(won.len(), 1);
        for refused in lost {
            assert_eq!(refused.refusal(), (400, "token:invalid"));
        }
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

/// SECURITY: P-2, P-3; who registered with a stranger's address has nothing after the owner's reset.
async fn a_reset_proves_the_address_of_a_registration(server: TestServer) {
    let squatter = server.unverified().await;
    let verification = server.mail_to(&squatter.email).await.token();
    let token = reset_token(&server, &squatter.email).await;
    reset(&server, &token, NEW).await.expect("reset");
    for instance in server.instances() {
        let request = instance.example_of("get_me").bearer(&squatter.token());
        assert_eq!(
            request.send().await.outcome(),
            (401, "auth:session_required")
        );
    }
    let proof = json!({ "token": verification });
    let late = server.example_of("verify_email").json(&proof).send().await;
    assert_eq!(late.outcome(), (400, "token:invalid"));
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

/// SECURITY: 7.4.3, 6.3.7, 7.2.4.
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
    let mails = server.mails_to(&user.email).await;
    let notice = mails
        .iter()
        .find(|mail| mail.subject == "Your password was changed");
    let notice = notice.expect("a notice");
    assert!(notice.try_token().is_none() && !notice.text.contains(NEW));
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

/// SECURITY: T-9, T-10; and an open change of the address.
async fn a_changed_password_cancels_an_open_reset(server: TestServer) {
    let user = server.user().await;
    let token = reset_token(&server, &user.email).await;
    let change = user.change_email().body_map(|body| {
        body.new_email("thief@example.com")
            .password(Secret::from(PASSWORD))
    });
    change.await.expect("accepted");
    let stolen = server.mail_to("thief@example.com").await.token();
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
    let body = json!({ "token": stolen });
    let confirmed = server.example_of("confirm_email_change").json(&body);
    assert_eq!(confirmed.send().await.outcome(), (400, "token:invalid"));
    assert_eq!(user.get_me().await.expect("me").email, user.email);
}
