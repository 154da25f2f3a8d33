//! Secrets that are good once: of which purpose, whose, and what is left of them in the database.

use std::collections::BTreeMap;

use contract_tests::prelude::*;
use contract_tests::raw::RawRequest;
use futures::StreamExt as _;

use super::password::reset_token;
use crate::oauth::browser::Browser;
use crate::oauth::fake::{Fake, Person as Stranger};
use crate::oauth::trip::{self, Provider};
use crate::totp::{self, Enrolled};

const NEW: &str = "tangerine umbrella voyage";
const SECOND: Duration = Duration::from_secs(1);
const INVALID: (u16, &str) = (400, "token:invalid");

pub fn tests() -> Vec<Case> {
    tests![
        a_token_is_good_for_its_purpose_alone,
        tokens_that_are_no_good_look_alike,
        a_copy_of_the_database_opens_nothing,
        a_reset_changes_the_account_of_its_token_alone,
        no_tokens_are_alike,
    ]
}

/// Everything that is good once, at one moment, and a session; by the operation that takes it.
struct Everything {
    tokens: BTreeMap<&'static str, String>,
    /// The cookie that the OAuth sign-ins are bound by.
    binding: String,
    code: String,
    enrolled: Enrolled,
    user: Identity,
}

async fn everything(fake: &Fake, server: &TestServer) -> Everything {
    let mut tokens = BTreeMap::new();
    let newcomer = server.unverified().await;
    let (user, enrolled) = (server.user().await, totp::enrolled(server).await);
    fake.at(server);
    tokens.insert(
        "verify_email",
        server.mail_to(&newcomer.email).await.token(),
    );
    tokens.insert("reset_password", reset_token(server, &user.email).await);
    let change = user.change_email().body_map(|body| {
        let body = body.new_email("new.address@example.com");
        body.password(Some(accord_client::Secret::from(PASSWORD)))
    });
    change.await.expect("accepted");
    let mail = server.mail_to("new.address@example.com").await;
    tokens.insert("confirm_email_change", mail.token());
    tokens.insert("verify_totp", totp::begin(server, &enrolled).await.1);
    let browser = Browser::begin(server, Provider::Google).await;
    let code = fake.approve(&browser.url, &Stranger::new());
    let signed = browser.login(server, &code, false).await;
    let pending = signed.json()["pending_token"]
        .as_str()
        .expect("a token")
        .to_owned();
    tokens.insert("complete_signup", pending);
    let request = server.raw(Method::GET, "/v0/auth/oauth/google/authorize");
    let begun = request.header("cookie", browser.header()).send().await;
    let url = begun.json()["authorization_url"]
        .as_str()
        .expect("a URL")
        .to_owned();
    tokens.insert("login_with_google", trip::state(&url));
    tokens.insert("get_me", user.token());
    Everything {
        tokens,
        binding: browser.header(),
        code: fake.approve(&url, &Stranger::new()),
        enrolled,
        user,
    }
}

impl Everything {
    /// A request that shows some text where an operation takes a token, and how that is refused.
    fn show(
        &self,
        server: &TestServer,
        at: &str,
        token: &str,
    ) -> (RawRequest, (u16, &'static str)) {
        let request = server.example_of(at).header("cookie", &self.binding);
        let (body, refusal) = match at {
            "get_me" => return (request.bearer(token), (401, "auth:session_required")),
            "reset_password" => (json!({ "token": token, "new_password": NEW }), INVALID),
            "verify_totp" => {
                let code = self.enrolled.phone.code(server, 0);
                (json!({ "temp_token": token, "code": code }), INVALID)
            }
            "complete_signup" => (
                json!({ "pending_token": token, "handle": "somebody_new" }),
                INVALID,
            ),
            "login_with_google" => (
                json!({ "code": self.code, "state": token }),
                (400, "oauth:invalid_state"),
            ),
            _ => (json!({ "token": token }), INVALID),
        };
        (request.json(&body), refusal)
    }
}

/// SECURITY: T-8, A11, T-13, 6.4.1; and none is used up by being shown elsewhere.
async fn a_token_is_good_for_its_purpose_alone(stage: Stage) {
    let (fake, server) = crate::oauth::server(&stage).await;
    let all = everything(&fake, &server).await;
    let mut checks = Checks::new();
    for (of, token) in &all.tokens {
        for at in all.tokens.keys().filter(|at| *at != of) {
            let (request, refusal) = all.show(&server, at, token);
            let what = format!("the token of {of} at {at}");
            checks.expect(what, &request.send().await, refusal);
        }
    }
    // Those of the session's account last: they end it.
    for at in [
        "get_me",
        "verify_email",
        "verify_totp",
        "login_with_google",
        "complete_signup",
        "confirm_email_change",
    ] {
        let (request, _) = all.show(&server, at, &all.tokens[at]);
        let answer = request.send().await;
        checks.that(answer.status < 300, format_args!("{at}: {answer}"));
    }
    // The address that the mail went to is no longer the account's.
    let (request, refusal) = all.show(&server, "reset_password", &all.tokens["reset_password"]);
    checks.expect("the older reset", &request.send().await, refusal);
    checks.done();
}

/// SECURITY: T-6, U-5; unknown, of another, used, replaced, expired or no token at all.
async fn tokens_that_are_no_good_look_alike(stage: Stage) {
    let (fake, server) = crate::oauth::server(&stage).await;
    let mut shapes: BTreeMap<&str, Vec<(String, _)>> = BTreeMap::new();
    let takers = [
        "verify_email",
        "reset_password",
        "confirm_email_change",
        "verify_totp",
        "complete_signup",
    ];
    let mut note = |at: &'static str, what: &str, answer: &Answer| {
        assert_eq!(answer.outcome(), INVALID, "{at}: {what}");
        shapes
            .entry(at)
            .or_default()
            .push((what.to_owned(), answer.shape()));
    };
    let all = everything(&fake, &server).await;
    let unknown = "q3J8mVxT0b5nYk2LwR7dZc9sHf4uPa6eGi1oXtMvBy8";
    for at in takers {
        let own = &all.tokens[at];
        for (what, token) in [
            ("unknown", unknown),
            ("of another purpose", all.tokens["get_me"].as_str()),
            ("too long", format!("{own}x").as_str()),
            ("too short", &own[1..]),
            ("no token", "not a token at all"),
        ] {
            note(at, what, &all.show(&server, at, token).0.send().await);
        }
    }
    // In an order in which none ends another.
    for at in [
        "verify_email",
        "verify_totp",
        "complete_signup",
        "reset_password",
    ] {
        let (request, _) = all.show(&server, at, &all.tokens[at]);
        let answer = request.clone().send().await;
        assert!(answer.status < 300, "{at}: {answer}");
        note(at, "used", &request.send().await);
    }
    let at = "confirm_email_change";
    note(
        at,
        "cancelled",
        &all.show(&server, at, &all.tokens[at]).0.send().await,
    );
    let expired = everything(&fake, &server).await;
    server.advance(24 * 3600 * SECOND);
    for at in takers {
        note(
            at,
            "expired",
            &expired
                .show(&server, at, &expired.tokens[at])
                .0
                .send()
                .await,
        );
    }
    for (at, shapes) in &shapes {
        assert_eq!(shapes.len(), 7, "{at}");
        let (_, first) = &shapes[0];
        assert!(
            shapes.iter().all(|(_, shape)| shape == first),
            "{at}: {shapes:#?}"
        );
    }
}

/// SECURITY: T-7, 7.2.3, 11.5.1, 6.4.1, O-2; whatever stands in any row, shown wherever secrets are taken.
async fn a_copy_of_the_database_opens_nothing(stage: Stage) {
    let (fake, server) = crate::oauth::server(&stage).await;
    let all = everything(&fake, &server).await;
    let dump = server.dump().await;
    let mut secrets: Vec<_> = all.tokens.values().cloned().collect();
    secrets.extend(all.enrolled.backup_codes.iter().cloned());
    secrets.extend(
        all.enrolled
            .backup_codes
            .iter()
            .map(|code| code.replace('-', "")),
    );
    secrets.extend([all.code.clone(), PASSWORD.to_owned()]);
    for secret in &secrets {
        assert_eq!(dump.places_of(secret.as_bytes()), [""; 0], "{secret}");
    }
    let bytes = |token: &String| {
        use base64::Engine as _;
        base64::engine::general_purpose::URL_SAFE_NO_PAD
            .decode(token)
            .expect("base64url")
    };
    for token in all.tokens.values() {
        assert_eq!(bytes(token).len(), 32, "256 bits");
        assert_eq!(dump.places_of(&bytes(token)), [""; 0], "{token}");
    }
    assert_eq!(dump.places_of(&all.enrolled.phone.secret), [""; 0]);

    let texts = dump.texts();
    let texts: Vec<_> = texts
        .iter()
        .filter(|text| (32..=90).contains(&text.len()) && !text.contains(char::is_control))
        .collect();
    assert!(texts.len() > 50, "{}", texts.len());
    let (all, server) = (&all, &server);
    let attempts = texts.iter().flat_map(|text| {
        let tokens = all
            .tokens
            .keys()
            .map(move |at| (*at, all.show(server, at, text).0));
        let body = json!({ "email": all.user.email, "password": text });
        let password = text
            .starts_with('$')
            .then(|| ("login", server.example_of("login").json(&body)));
        tokens
            .chain(password)
            .map(move |(at, request)| async move { (at, text, request.send().await) })
    });
    let mut answers = futures::stream::iter(attempts).buffer_unordered(16);
    let mut checks = Checks::new();
    while let Some((at, text, answer)) = answers.next().await {
        checks.that(
            answer.status >= 400,
            format_args!("{text} at {at}: {answer}"),
        );
        checks.that(
            answer.status < 500,
            format_args!("{text} at {at}: {answer}"),
        );
    }
    checks.done();
}

/// SECURITY: 6.6.2; whoever shows it.
async fn a_reset_changes_the_account_of_its_token_alone(server: TestServer) {
    let (victim, attacker) = (server.user().await, server.user().await);
    let token = reset_token(&server, &victim.email).await;
    let body = json!({ "token": token, "new_password": NEW });
    let request = server
        .example_of("reset_password")
        .cookie(&attacker.token());
    let answer = request.json(&body).send().await;
    assert_eq!(answer.outcome(), (204, "ok"));
    assert_eq!(answer.header("set-cookie"), "");
    assert_eq!(
        attacker.get_me().await.expect("as before").id,
        attacker.user_id
    );
    server.sign_in(&attacker).await;
    let changed = Identity {
        password: NEW.to_owned(),
        ..victim.clone()
    };
    server.sign_in(&changed).await;
    assert_eq!(
        victim.get_me().await.refusal(),
        (401, "auth:session_required")
    );
}

/// SECURITY: 6.4.1, 6.5.3, 7.2.2, 11.5.1; ten thousand, of which no bit is set more often than by chance.
async fn no_tokens_are_alike(server: TestServer) {
    use accord_server::domain::types::SecretToken;
    let (mut seen, mut fronts) = (
        std::collections::HashSet::new(),
        std::collections::HashSet::new(),
    );
    let mut ones = [0_u32; 256];
    for _ in 0..10_000 {
        let token = SecretToken::generate(&*server.services.entropy)
            .expose()
            .to_string();
        let letters = token
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        assert!(letters && token.len() == 43, "{token}");
        use base64::Engine as _;
        let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
            .decode(&token)
            .expect("base64url");
        for (index, count) in ones.iter_mut().enumerate() {
            *count += u32::from(bytes[index / 8] >> (index % 8) & 1);
        }
        fronts.insert(token[..8].to_owned());
        assert!(seen.insert(token), "the same twice");
    }
    // Of 48 bits: nothing of the time is in front.
    assert!(fronts.len() > 9_990, "{}", fronts.len());
    // Nine standard deviations of 10 000 throws of a coin.
    let far = ones.iter().filter(|count| count.abs_diff(5_000) > 450);
    assert_eq!(far.count(), 0, "{ones:?}");
}
