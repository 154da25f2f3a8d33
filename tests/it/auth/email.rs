//! Proving an address.

use contract_tests::prelude::*;
use futures::future::join_all;

pub fn tests() -> Vec<Case> {
    tests![
        following_the_link_proves_the_address,
        a_token_works_once,
        of_many_uses_at_once_one_succeeds,
        a_token_lives_a_day,
        an_unknown_token_is_refused,
        a_new_mail_replaces_the_earlier_one,
        what_is_proven_needs_no_further_mail,
        an_address_proven_elsewhere_is_refused,
        the_mail_holds_a_link_of_the_frontend_and_escapes_names,
    ]
}

async fn verify(
    server: &TestServer,
    token: &str,
) -> Result<(), accord_client::errors::VerifyEmailError> {
    server
        .anonymous()
        .verify_email()
        .body_map(|body| body.token(token))
        .await
}

async fn following_the_link_proves_the_address(server: TestServer) {
    let newcomer = server.unverified().await;
    let token = server.mail_to(&newcomer.email).await.token();
    verify(&server, &token).await.expect("proven");
    assert!(newcomer.get_me().await.expect("me").email_verified);
    server.sign_in(&newcomer).await;
}

/// SECURITY: T-8, 6.4.1.
async fn a_token_works_once(server: TestServer) {
    let newcomer = server.unverified().await;
    let token = server.mail_to(&newcomer.email).await.token();
    verify(&server, &token).await.expect("proven");
    assert_eq!(
        verify(&server, &token).await.refusal(),
        (400, "token:invalid")
    );
}

/// SECURITY: T-4, A5; on two instances.
async fn of_many_uses_at_once_one_succeeds(stage: Stage) {
    let patient = || Setup::default().with_much_patience();
    let server = stage.server_with(patient()).await;
    let second = stage.second_instance(&server, patient()).await;
    for _ in 0..*crate::ROUNDS {
        let newcomer = server.unverified().await;
        let token = server.mail_to(&newcomer.email).await.token();
        let uses = (0..8).flat_map(|_| [verify(&server, &token), verify(&second, &token)]);
        let uses = join_all(uses).await;
        let (won, lost): (Vec<_>, Vec<_>) = uses.into_iter().partition(Result::is_ok);
        assert_eq!(won.len(), 1);
        for refused in lost {
            assert_eq!(refused.refusal(), (400, "token:invalid"));
        }
    }
}

/// SECURITY: D11.
async fn a_token_lives_a_day(server: TestServer) {
    let (early, late) = (server.unverified().await, server.unverified().await);
    let tokens = (
        server.mail_to(&early.email).await.token(),
        server.mail_to(&late.email).await.token(),
    );
    server.advance(Duration::from_secs(24 * 3600 - 1));
    verify(&server, &tokens.0).await.expect("in time");
    server.advance(Duration::from_secs(1));
    assert_eq!(
        verify(&server, &tokens.1).await.refusal(),
        (400, "token:invalid")
    );
}

/// SECURITY: U-5, T-6.
async fn an_unknown_token_is_refused(server: TestServer) {
    let token = server
        .mail_to(&server.unverified().await.email)
        .await
        .token();
    let other_case = token.chars().rev().collect::<String>();
    for token in [
        "q3J8mVxT0b5nYk2LwR7dZc9sHf4uPa6eGi1oXtMvBy8",
        "not a token at all",
        &other_case,
        &format!("{token}x"),
    ] {
        assert_eq!(
            verify(&server, token).await.refusal(),
            (400, "token:invalid"),
            "{token}"
        );
    }
}

/// SECURITY: T-8, 2.3.2.
async fn a_new_mail_replaces_the_earlier_one(server: TestServer) {
    let newcomer = server.unverified().await;
    let first = server.mail_to(&newcomer.email).await.token();
    server.advance(Duration::from_secs(1));
    newcomer
        .resend_verification_email()
        .await
        .expect("sent again");
    let mails = server.mails_to(&newcomer.email).await;
    assert_eq!(mails.len(), 2);
    assert_eq!(
        verify(&server, &first).await.refusal(),
        (400, "token:invalid")
    );
    verify(&server, &mails[1].token()).await.expect("proven");
}

/// SECURITY: D2, U-3; and who has no session of the registration learns nothing, and sends nothing.
async fn what_is_proven_needs_no_further_mail(server: TestServer) {
    let (user, newcomer) = (server.user().await, server.unverified().await);
    let before = server.mails_to(&newcomer.email).await.len();
    let asked = server.raw(Method::POST, "/v0/auth/resend-verification-email");
    let asked = asked.json(&json!({ "email": newcomer.email })).send().await;
    assert_eq!(asked.outcome(), (401, "auth:session_required"));
    assert_eq!(server.mails_to(&newcomer.email).await.len(), before);
    assert_eq!(
        user.resend_verification_email().await.refusal(),
        (400, "email:already_verified")
    );
}

async fn an_address_proven_elsewhere_is_refused(server: TestServer) {
    let first = server.unverified().await;
    let second = server
        .register(Person {
            email: first.email.to_uppercase(),
            ..Person::new()
        })
        .await;
    let token = server.mail_to(&first.email).await.token();
    server.verify(&second).await;
    assert_eq!(
        verify(&server, &token).await.refusal(),
        (409, "user:email_already_exists")
    );
}

/// SECURITY: 1.2.2, 1.3.10, 1.2.3, 1.3.7.
async fn the_mail_holds_a_link_of_the_frontend_and_escapes_names(server: TestServer) {
    let person = Person::new();
    let client = server.anonymous();
    let request = client.create_user().body_map(|body| {
        let body = body
            .email(&person.email)
            .handle(&person.handle)
            .password(&person.password);
        body.display_name("<b>{{7*7}}</b>".to_owned())
    });
    request.await.expect("registered");
    let mail = server.mail_to(&person.email).await;
    assert!(
        mail.link()
            .starts_with(&format!("{}/", server.frontend_origin())),
        "{}",
        mail.link()
    );
    assert!(mail.text.contains("<b>{{7*7}}</b>"), "{}", mail.text);
    assert!(
        mail.html.contains("&lt;b&gt;{{7*7}}&lt;") && !mail.html.contains("<b>{{"),
        "{}",
        mail.html
    );
}
