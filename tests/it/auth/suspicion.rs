//! What an account's owner is told of by mail, for it may have been somebody else.

use contract_tests::prelude::*;

use crate::totp::phone::Phone;

pub fn tests() -> Vec<Case> {
    tests![
        a_sign_in_from_a_new_place_is_told_once,
        a_changed_password_forgets_the_places,
        a_sign_in_after_many_failures_is_told,
        guessed_passwords_are_told_and_locking_them_out_too,
        wrong_codes_behind_a_right_password_are_told,
    ]
}

/// Clients say where they are, as behind a proxy.
async fn behind_a_proxy(stage: &Stage) -> TestServer {
    let setup = Setup::default().configured(|config| {
        config.trusted_proxies = vec!["127.0.0.0/8".parse().expect("a network")];
    });
    stage.server_with(setup).await
}

async fn try_from(server: &TestServer, user: &Identity, password: &str, place: &str) -> Answer {
    let body = json!({ "email": user.email, "password": password });
    let request = server.example_of("login").json(&body);
    request.header("x-forwarded-for", place).send().await
}

async fn sign_in_from(server: &TestServer, user: &Identity, place: &str) {
    let answer = try_from(server, user, PASSWORD, place).await;
    assert_eq!(answer.outcome(), (200, "ok"), "{place}");
}

/// The mails since the last look.
struct Mailbox<'a>(&'a TestServer, String, usize);

impl<'a> Mailbox<'a> {
    async fn of(server: &'a TestServer, user: &Identity) -> Self {
        let seen = server.mails_to(&user.email).await.len();
        server.advance(Duration::from_secs(1));
        Self(server, user.email.clone(), seen)
    }

    /// Subject and text of each.
    async fn newest(&mut self) -> Vec<(String, String)> {
        self.0.advance(Duration::from_secs(1));
        let mails = self.0.mails_to(&self.1).await;
        let new = mails[self.2..].iter();
        let new = new.map(|mail| (mail.subject.clone(), mail.text.clone()));
        self.2 = mails.len();
        new.collect()
    }

    /// The only one, which has this subject and says this.
    async fn expect(&mut self, subject: &str, says: &[&str]) {
        let new = self.newest().await;
        assert_eq!(new.len(), 1, "{subject}: {new:#?}");
        let (its_subject, text) = &new[0];
        assert_eq!(its_subject, subject);
        for says in says {
            assert!(text.contains(says), "{says} in {text}");
        }
    }
}

const NEW_PLACE: &str = "A sign-in from a new place";

/// SECURITY: 6.3.5.
async fn a_sign_in_from_a_new_place_is_told_once(stage: Stage) {
    let server = behind_a_proxy(&stage).await;
    let user = server.user().await;
    let mut mailbox = Mailbox::of(&server, &user).await;
    // Where the address was proven.
    sign_in_from(&server, &user, "127.0.0.1").await;
    assert_eq!(mailbox.newest().await, []);
    sign_in_from(&server, &user, "203.0.113.9").await;
    let told = [
        "from 203.0.113.9,",
        "at 2026-01-31 12:00 UTC",
        "reset your password",
    ];
    mailbox.expect(NEW_PLACE, &told).await;
    let text = server.mail_to(&user.email).await.text;
    assert!(
        !text.contains(PASSWORD) && !text.contains("token="),
        "{text}"
    );
    // It is no news any more, whatever became of the session.
    sign_in_from(&server, &user, "203.0.113.9").await;
    assert_eq!(mailbox.newest().await, []);
    // A machine has a whole /64.
    sign_in_from(&server, &user, "2001:db8:1:2:3:4:5:6").await;
    mailbox.expect(NEW_PLACE, &["2001:db8:1:2:3:4:5:6"]).await;
    sign_in_from(&server, &user, "2001:db8:1:2::1").await;
    assert_eq!(mailbox.newest().await, []);
    sign_in_from(&server, &user, "2001:db8:1:3::1").await;
    mailbox.expect(NEW_PLACE, &["2001:db8:1:3::1"]).await;
    // Places are each account's own.
    let other = server.user().await;
    let mut mailbox = Mailbox::of(&server, &other).await;
    sign_in_from(&server, &other, "203.0.113.9").await;
    mailbox.expect(NEW_PLACE, &["203.0.113.9"]).await;
}

/// SECURITY: 6.3.5; whoever knew the old password may have made a place known.
async fn a_changed_password_forgets_the_places(stage: Stage) {
    let server = behind_a_proxy(&stage).await;
    let user = server.user().await;
    sign_in_from(&server, &user, "203.0.113.9").await;
    let new = "tangerine umbrella voyage";
    let change = user.change_password().body_map(|body| {
        let current = accord_client::Secret::from(PASSWORD);
        body.current_password(current).new_password(new)
    });
    change.await.expect("changed");
    let mut mailbox = Mailbox::of(&server, &user).await;
    for (place, is_told) in [("127.0.0.1", false), ("203.0.113.9", true)] {
        let answer = try_from(&server, &user, new, place).await;
        assert_eq!(answer.outcome(), (200, "ok"));
        assert_eq!(
            mailbox.newest().await.len(),
            usize::from(is_told),
            "{place}"
        );
    }
}

/// SECURITY: 6.3.5.
async fn a_sign_in_after_many_failures_is_told(stage: Stage) {
    let server = behind_a_proxy(&stage).await;
    let user = server.user().await;
    let mut mailbox = Mailbox::of(&server, &user).await;
    for (failures, is_told) in [(9, false), (10, true), (9, false)] {
        for _ in 0..failures {
            let wrong = try_from(&server, &user, "a wrong guess", "203.0.113.66").await;
            assert_eq!(wrong.outcome(), (401, "auth:invalid_credentials"));
        }
        assert_eq!(mailbox.newest().await, []);
        sign_in_from(&server, &user, "127.0.0.1").await;
        if is_told {
            let told = ["from 127.0.0.1", "after 10 failures in a row"];
            mailbox.expect("A sign-in after many failures", &told).await;
        }
        assert_eq!(mailbox.newest().await, []);
    }
}

/// SECURITY: 6.3.5, R-10; told by mail, while whoever guesses sees nothing of it.
async fn guessed_passwords_are_told_and_locking_them_out_too(stage: Stage) {
    let server = behind_a_proxy(&stage).await;
    let user = server.user().await;
    let mut mailbox = Mailbox::of(&server, &user).await;
    for count in 1..=105 {
        let wrong = try_from(&server, &user, "a wrong guess", "203.0.113.66").await;
        assert_eq!(wrong.outcome(), (401, "auth:invalid_credentials"));
        let told: &[&str] = match count {
            20 => &["20 wrong passwords", "203.0.113.66", "Nobody was let in"],
            100 => &["100 wrong passwords", "until you set a new one"],
            _ => &[],
        };
        match count {
            20 => mailbox.expect("Wrong passwords", told).await,
            100 => {
                let subject = "Your password is not accepted any more";
                mailbox.expect(subject, told).await;
            }
            _ => assert_eq!(mailbox.newest().await, [], "after {count}"),
        }
    }
    assert!(server.mails_to("nobody@example.com").await.is_empty());
}

/// SECURITY: 6.3.5; somebody has one factor of two.
async fn wrong_codes_behind_a_right_password_are_told(stage: Stage) {
    let server = behind_a_proxy(&stage).await;
    let user = server.user().await;
    let setup = user.setup_totp().await.expect("a setup");
    let phone = Phone::with_secret(setup.secret.expose());
    let code = phone.code(&server, 0);
    let enable = user.enable_totp().body_map(|body| body.code(code));
    enable.await.expect("turned on");
    let mut mailbox = Mailbox::of(&server, &user).await;

    let begun = try_from(&server, &user, PASSWORD, "203.0.113.9").await;
    let token = begun.json()["temp_token"].clone();
    assert_eq!(mailbox.newest().await, [], "one step is no sign-in");
    for count in 1..=6 {
        let body = json!({ "temp_token": token, "code": phone.wrong_code(&server) });
        let request = server.example_of("verify_totp").json(&body);
        let wrong = request
            .header("x-forwarded-for", "203.0.113.9")
            .send()
            .await;
        assert_eq!(wrong.status, 400);
        if count == 5 {
            let told = ["first step", "203.0.113.9", "Nobody was let in"];
            mailbox.expect("A sign-in with wrong codes", &told).await;
        }
        assert_eq!(mailbox.newest().await, [], "after {count}");
    }
    server.advance(Duration::from_secs(30));
    let begun = try_from(&server, &user, PASSWORD, "203.0.113.9").await;
    let body = json!({ "temp_token": begun.json()["temp_token"], "code": phone.code(&server, 0) });
    let request = server.example_of("verify_totp").json(&body);
    let right = request
        .header("x-forwarded-for", "203.0.113.9")
        .send()
        .await;
    assert_eq!(right.outcome(), (200, "ok"));
    mailbox.expect(NEW_PLACE, &["203.0.113.9"]).await;
}
