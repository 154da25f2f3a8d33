//! Changing the address.

use accord_client::Secret;
use contract_tests::prelude::*;
use futures::future::join_all;

const NEW: &str = "ada.new@example.org";
const SECOND: Duration = Duration::from_secs(1);

pub fn tests() -> Vec<Case> {
    tests![
        the_new_address_counts_once_it_is_proven,
        a_taken_address_gets_the_same_answer_and_a_mail_that_says_so,
        an_address_taken_meanwhile_is_refused_at_the_end,
        of_many_confirmations_one_succeeds,
        a_confirmation_lives_a_quarter_of_an_hour,
        the_password_is_asked_for,
        only_a_recent_session_may_ask,
        a_registration_mends_its_address,
        what_went_to_a_former_address_proves_no_other,
        p3_an_address_proven_meanwhile_is_not_exchanged_for_an_unproven_one,
    ]
}

async fn ask(
    user: &Identity,
    email: &str,
    password: Option<&str>,
) -> Result<(), accord_client::errors::ChangeEmailError> {
    let password = password.map(Secret::from);
    user.change_email()
        .body_map(|body| body.new_email(email).password(password))
        .await
}

async fn confirm(
    server: &TestServer,
    token: &str,
) -> Result<(), accord_client::errors::ConfirmEmailChangeError> {
    let client = server.anonymous();
    client
        .confirm_email_change()
        .body_map(|body| body.token(token))
        .await
}

/// SECURITY: 6.3.7, 7.4.3, A23, T-10.
async fn the_new_address_counts_once_it_is_proven(server: TestServer) {
    let user = server.user().await;
    let other = server.sign_in(&user).await;
    server.advance(SECOND);
    ask(&user, NEW, Some(PASSWORD)).await.expect("accepted");
    assert_eq!(
        user.get_me().await.expect("me").email,
        user.email,
        "nothing has changed yet"
    );
    let notice = server.mail_to(&user.email).await;
    assert_eq!(notice.subject, "Your email address is about to change");
    assert!(
        notice.try_token().is_none(),
        "the old address confirms nothing"
    );
    assert!(
        notice.text.contains(NEW) && notice.text.contains("cancels"),
        "{}",
        notice.text
    );
    let token = server.mail_to(NEW).await.token();
    server.advance(SECOND);
    confirm(&server, &token).await.expect("confirmed");
    assert_eq!(
        user.get_me()
            .await
            .expect("the session that asked goes on")
            .email,
        NEW
    );
    assert_eq!(
        other.get_me().await.refusal(),
        (401, "auth:session_required")
    );
    let notice = server.mail_to(&user.email).await;
    assert_eq!(notice.subject, "Your email address was changed");
    assert!(notice.try_token().is_none() && notice.text.contains("answer this mail"));
    server
        .sign_in(&Identity {
            email: NEW.to_uppercase(),
            ..user.clone()
        })
        .await;
    assert_eq!(
        confirm(&server, &token).await.refusal(),
        (400, "token:invalid")
    );
}

/// SECURITY: U-4, T-10, A12; nor does it matter when something else is wrong, too.
async fn a_taken_address_gets_the_same_answer_and_a_mail_that_says_so(server: TestServer) {
    let (user, owner) = (server.user().await, server.user().await);
    server.advance(SECOND);
    for (password, extra, status) in [
        (PASSWORD, None, 202),
        ("not the password", None, 400),
        (PASSWORD, Some("redirect"), 400),
    ] {
        let ask = async |email: &str| {
            let mut body = json!({ "new_email": email, "password": password });
            if let Some(extra) = extra {
                body[extra] = json!("https://evil.example");
            }
            let hashes = server.hashes();
            let request = server.example_of("change_email").bearer(&user.token());
            let answer = request.json(&body).send().await;
            (answer.shape(), server.hashes() - hashes)
        };
        let (taken, free) = (ask(&owner.email).await, ask(NEW).await);
        assert_eq!(taken, free);
        assert_eq!(taken.0.status, status);
    }
    let notices = server.mails_to(&user.email).await;
    let about = |address: &str| {
        notices
            .iter()
            .filter(|mail| mail.text.contains(address))
            .count()
    };
    assert_eq!(
        (about(&owner.email), about(NEW)),
        (1, 1),
        "the same to the old address"
    );
    let mail = server.mail_to(&owner.email).await;
    assert_eq!(mail.subject, "You already have an account");
    assert!(mail.links.is_empty());
}

/// SECURITY: T-10.
async fn an_address_taken_meanwhile_is_refused_at_the_end(server: TestServer) {
    let user = server.user().await;
    server.advance(SECOND);
    ask(&user, NEW, Some(PASSWORD)).await.expect("accepted");
    let token = server.mail_to(NEW).await.token();
    server.advance(SECOND);
    let owner = server
        .register(Person {
            email: NEW.into(),
            ..Person::new()
        })
        .await;
    server.verify(&owner).await;
    assert_eq!(
        confirm(&server, &token).await.refusal(),
        (409, "user:email_already_exists")
    );
    assert_eq!(user.get_me().await.expect("me").email, user.email);
}

/// SECURITY: T-4, A5; on two instances.
async fn of_many_confirmations_one_succeeds(stage: Stage) {
    let patient = || Setup::default().with_much_patience();
    let server = stage.server_with(patient()).await;
    let second = stage.second_instance(&server, patient()).await;
    for _ in 0..*crate::ROUNDS {
        let (user, new) = (server.user().await, Person::new().email);
        ask(&user, &new, Some(PASSWORD)).await.expect("accepted");
        let token = server.mail_to(&new).await.token();
        let uses = (0..8).flat_map(|_| [confirm(&server, &token), confirm(&second, &token)]);
        let uses = join_all(uses).await;
        assert_eq!(uses.iter().filter(|used| used.is_ok()).count(), 1);
        for refused in uses.into_iter().filter(Result::is_err) {
            assert_eq!(refused.refusal(), (400, "token:invalid"));
        }
    }
}

/// SECURITY: D11.
async fn a_confirmation_lives_a_quarter_of_an_hour(server: TestServer) {
    let user = server.user().await;
    ask(&user, NEW, Some(PASSWORD)).await.expect("accepted");
    let token = server.mail_to(NEW).await.token();
    server.advance(15 * 60 * SECOND);
    assert_eq!(
        confirm(&server, &token).await.refusal(),
        (400, "token:invalid")
    );
    let other = server.user().await;
    ask(&other, NEW, Some(PASSWORD)).await.expect("accepted");
    let token = server.mail_to(NEW).await.token();
    server.advance(15 * 60 * SECOND - SECOND);
    confirm(&server, &token).await.expect("in time");
}

/// SECURITY: 6.2.2, T-10, 2.2.3.
async fn the_password_is_asked_for(server: TestServer) {
    let user = server.user().await;
    assert_eq!(
        ask(&user, NEW, None).await.refusal(),
        (400, "password:required")
    );
    assert_eq!(
        ask(&user, NEW, Some("wrong")).await.refusal(),
        (400, "password:incorrect")
    );
    let same = user.email.to_uppercase();
    assert_eq!(
        ask(&user, &same, Some(PASSWORD)).await.refusal(),
        (400, "email:unchanged")
    );
    assert!(server.mails_to(NEW).await.is_empty());
}

/// SECURITY: D9.
async fn only_a_recent_session_may_ask(server: TestServer) {
    let user = server.user().await;
    server.advance(601 * SECOND);
    assert_eq!(
        ask(&user, NEW, Some(PASSWORD)).await.refusal(),
        (403, "session:reauthentication_required")
    );
    let again = user
        .reauthenticate()
        .body_map(|body| body.password(Secret::from(PASSWORD)));
    again.await.expect("authenticated again");
    ask(&user, NEW, Some(PASSWORD)).await.expect("accepted");
}

async fn a_registration_mends_its_address(server: TestServer) {
    let newcomer = server.unverified().await;
    let wrong = server.mail_to(&newcomer.email).await.token();
    ask(&newcomer, NEW, Some(PASSWORD)).await.expect("accepted");
    assert_eq!(newcomer.get_me().await.expect("me").email, NEW);
    let client = server.anonymous();
    let verified = client
        .verify_email()
        .body_map(|body| body.token(wrong))
        .await;
    assert_eq!(verified.refusal(), (400, "token:invalid"));
    server
        .verify(&Identity {
            email: NEW.into(),
            ..newcomer.clone()
        })
        .await;
    assert!(newcomer.get_me().await.expect("me").email_verified);
}

/// SECURITY: P-3, T-8; who owns one mailbox has not proven another.
async fn what_went_to_a_former_address_proves_no_other(server: TestServer) {
    let newcomer = server.unverified().await;
    server.advance(SECOND);
    let forgot = newcomer.forgot_password();
    let asked = forgot.body_map(|body| body.email(&newcomer.email)).await;
    asked.expect("a mail");
    let reset = server.mail_to(&newcomer.email).await.token();
    ask(&newcomer, NEW, Some(PASSWORD)).await.expect("accepted");
    let body = json!({ "token": reset, "new_password": "another good passphrase" });
    let answer = server.example_of("reset_password").json(&body).send().await;
    assert_eq!(answer.outcome(), (400, "token:invalid"));
    assert!(!newcomer.get_me().await.expect("me").email_verified);
    let owner = server
        .register(Person {
            email: NEW.into(),
            ..Person::new()
        })
        .await;
    server.verify(&owner).await;
}

/// SECURITY: P-3; the address is proven while the password is being checked for a change to another one.
async fn p3_an_address_proven_meanwhile_is_not_exchanged_for_an_unproven_one(stage: Stage) {
    let server = stage
        .server_with(Setup::default().with_real_hashing())
        .await;
    for round in 0..5 {
        let newcomer = server.unverified().await;
        let token = server.mail_to(&newcomer.email).await.token();
        let before = server.hashes();
        let wished = format!("wished{round}@example.org");
        let change = ask(&newcomer, &wished, Some(PASSWORD));
        let prove = async {
            while server.hashes() == before {
                tokio::task::yield_now().await;
            }
            let client = server.anonymous();
            client
                .verify_email()
                .body_map(|body| body.token(&token))
                .await
        };
        let (changed, proven) = futures::join!(change, prove);
        changed.expect("accepted");
        let me = newcomer.get_me().await.expect("me");
        match proven {
            Ok(()) => assert!(me.email_verified && me.email == newcomer.email, "{me:?}"),
            Err(_) => assert!(!me.email_verified && me.email == wished, "{me:?}"),
        }
    }
}
