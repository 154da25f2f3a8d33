//! How long answers take that must not be told apart (SECURITY 2.9): `cargo bench -p contract-tests`, on a machine that
//! does nothing else. That the work is the same, the tests show by counting it; this looks at the clock as well.
//!
//! The two cases take turns, ABBA, so that whatever else the machine does falls on both. A difference is one that shows
//! in each of three runs. `ACCORD_TEST_PAIRS=300` compares as long as an attacker might.

use std::time::{Duration, Instant};

use contract_tests::prelude::*;
use contract_tests::smtp::{Manner, SmtpServer};

fn main() -> std::process::ExitCode {
    contract_tests::suite::run_alone(&[("timing", tests())])
}

fn tests() -> Vec<Case> {
    tests![
        sign_ins_fail_after_the_same_time,
        a_missing_hash_would_be_noticed,
        reset_mails_are_asked_for_in_the_same_time,
        registrations_take_the_same_time,
        changes_of_the_address_take_the_same_time,
        tokens_that_are_no_good_take_the_same_time,
    ]
}

/// Medians further apart than this are told apart.
const CLOSE: std::ops::RangeInclusive<f64> = 0.9..=1.1;
const RUNS: usize = 3;
const WARM_UP: usize = 10;

fn pairs() -> usize {
    let wished = std::env::var("ACCORD_TEST_PAIRS").ok();
    wished.and_then(|pairs| pairs.parse().ok()).unwrap_or(60)
}

/// On a real disk, with hashes as expensive as in production.
fn setup() -> Setup {
    Setup::default().with_real_hashing()
}

/// A client that keeps its connection.
struct Caller {
    http: reqwest::Client,
    url: String,
}

impl Caller {
    fn new(server: &TestServer) -> Self {
        Self {
            http: reqwest::Client::builder()
                .tls_certs_only([])
                .build()
                .expect("a client"),
            url: server.url(),
        }
    }

    async fn post(&self, path: &str, token: Option<&str>, body: Value, status: u16) -> Duration {
        let request = self.http.post(format!("{}{path}", self.url)).json(&body);
        let request = match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        let start = Instant::now();
        let answer = request.send().await.expect("an answer");
        let got = answer.status().as_u16();
        answer.bytes().await.expect("a body");
        let took = start.elapsed();
        assert_eq!(got, status, "{path} {body}");
        took
    }
}

/// The ratio of the medians of two cases.
async fn ratio(
    first: &impl AsyncFn(usize) -> Duration,
    second: &impl AsyncFn(usize) -> Duration,
) -> f64 {
    let (mut one, mut other) = (Vec::new(), Vec::new());
    for pair in 0..pairs() + WARM_UP {
        // ABBA
        let times = match pair % 2 {
            0 => (first(pair).await, second(pair).await),
            _ => {
                let second = second(pair).await;
                (first(pair).await, second)
            }
        };
        if pair >= WARM_UP {
            one.push(times.0);
            other.push(times.1);
        }
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort_unstable();
        times[times.len() / 2].as_secs_f64()
    };
    median(&mut one) / median(&mut other)
}

async fn compare(
    what: &str,
    first: &impl AsyncFn(usize) -> Duration,
    second: &impl AsyncFn(usize) -> Duration,
) {
    let mut seen = Vec::new();
    for _ in 0..RUNS {
        let ratio = ratio(first, second).await;
        seen.push(format!("{ratio:.3}"));
        if CLOSE.contains(&ratio) {
            if std::env::var_os("ACCORD_TEST_PAIRS").is_some() {
                eprintln!("{what}: {}", seen.join(", "));
            }
            return;
        }
    }
    panic!("{what}: {}", seen.join(", "));
}

/// Enough accounts that none is guessed at too often.
async fn users(server: &TestServer) -> Vec<String> {
    let mut emails = Vec::new();
    for _ in 0..(RUNS * 4 * (pairs() + WARM_UP)).div_ceil(40) {
        emails.push(server.user().await.email);
    }
    emails
}

async fn sign_ins_fail_after_the_same_time(stage: Stage) {
    let server = stage.server_with(setup()).await;
    let caller = Caller::new(&server);
    let known = users(&server).await;
    let mut registered = Vec::new();
    for _ in 0..20 {
        registered.push(server.unverified().await.email);
    }
    let locked = server.user().await.email;
    let login = async |email: &str| {
        let body = json!({ "email": email, "password": "a wrong guess of somebody" });
        caller.post("/v0/auth/login", None, body, 401).await
    };
    for _ in 0..100 {
        login(&locked).await;
    }
    let unknown = async |pair: usize| login(&format!("nobody{pair}@example.com")).await;
    let wrong = async |pair: usize| login(&known[pair % known.len()]).await;
    compare("sign-in, wrong to unknown", &wrong, &unknown).await;
    let unproven = async |pair: usize| login(&registered[pair % 20]).await;
    compare("sign-in, unproven to unknown", &unproven, &unknown).await;
    let guessed = async |_: usize| login(&locked).await;
    compare("sign-in, judged no more to wrong", &guessed, &wrong).await;
}

/// What the comparison is worth: a sign-in that computes no hash stands out.
async fn a_missing_hash_would_be_noticed(stage: Stage) {
    let server = stage.server_with(setup()).await;
    let caller = Caller::new(&server);
    let login = async |surprise: Value| {
        let mut body =
            json!({ "email": "nobody@example.com", "password": "a wrong guess of somebody" });
        let status = if surprise.is_null() { 401 } else { 400 };
        if !surprise.is_null() {
            body["surprise"] = surprise;
        }
        caller.post("/v0/auth/login", None, body, status).await
    };
    let without = async |_: usize| login(json!(1)).await;
    let with = async |_: usize| login(json!(null)).await;
    let ratio = ratio(&without, &with).await;
    assert!(ratio < 0.5, "{ratio}");
}

async fn reset_mails_are_asked_for_in_the_same_time(stage: Stage) {
    for manner in [Manner::Polite, Manner::Silent] {
        let relay = SmtpServer::start(manner).await;
        let address = relay.address;
        let setup = setup().configured(move |config| {
            config.smtp.host = Some(address.ip().to_string());
            config.smtp.port = Some(address.port());
            config.smtp.tls = accord_server::config::SmtpTls::None;
            config.smtp.from = Some("Accord <accounts@example.com>".into());
        });
        let server = stage.server_with(setup).await;
        let caller = Caller::new(&server);
        let (user, newcomer) = (server.user().await.email, server.unverified().await.email);
        let ask = async |email: &str| {
            let body = json!({ "email": email });
            caller
                .post("/v0/auth/forgot-password", None, body, 202)
                .await
        };
        let unknown = async |pair: usize| ask(&format!("nobody{pair}@example.com")).await;
        let known = async |_: usize| ask(&user).await;
        compare(
            &format!("reset mail, known to unknown, {manner:?}"),
            &known,
            &unknown,
        )
        .await;
        let unproven = async |_: usize| ask(&newcomer).await;
        compare(
            &format!("reset mail, unproven to unknown, {manner:?}"),
            &unproven,
            &unknown,
        )
        .await;
    }
}

async fn registrations_take_the_same_time(stage: Stage) {
    let server = stage.server_with(setup()).await;
    let caller = Caller::new(&server);
    let owner = server.user().await.email;
    let register = async |email: String| {
        let body = json!({ "email": email, "handle": Person::new().handle, "password": PASSWORD });
        caller.post("/v0/users", None, body, 201).await
    };
    let free = async |_: usize| register(Person::new().email).await;
    let taken = async |_: usize| register(owner.clone()).await;
    compare("registration, taken to free", &taken, &free).await;
}

async fn changes_of_the_address_take_the_same_time(stage: Stage) {
    let server = stage.server_with(setup()).await;
    let caller = Caller::new(&server);
    let (user, owner) = (server.user().await, server.user().await.email);
    let token = user.token();
    let change = async |email: String| {
        let body = json!({ "new_email": email, "password": PASSWORD });
        caller
            .post("/v0/auth/change-email", Some(&token), body, 202)
            .await
    };
    let free = async |_: usize| change(Person::new().email).await;
    let taken = async |_: usize| change(owner.clone()).await;
    compare("change of address, taken to free", &taken, &free).await;
}

async fn tokens_that_are_no_good_take_the_same_time(stage: Stage) {
    let server = stage.server_with(setup()).await;
    let caller = Caller::new(&server);
    let newcomer = server.unverified().await;
    let used = server.mail_to(&newcomer.email).await.token();
    server.verify(&newcomer).await;
    let late = server.unverified().await;
    let expired = server.mail_to(&late.email).await.token();
    server.advance(Duration::from_secs(24 * 3600));
    let unknown = "q3J8mVxT0b5nYk2LwR7dZc9sHf4uPa6eGi1oXtMvBy8";
    for (path, more) in [
        ("/v0/auth/verify-email", json!({})),
        (
            "/v0/auth/reset-password",
            json!({ "new_password": "tangerine umbrella voyage" }),
        ),
        ("/v0/auth/confirm-email-change", json!({})),
    ] {
        let show = async |token: &str| {
            let mut body = more.clone();
            body["token"] = json!(token);
            caller.post(path, None, body, 400).await
        };
        let never = async |_: usize| show(unknown).await;
        for (what, token) in [("used", &used), ("expired", &expired)] {
            let once = async |_: usize| show(token).await;
            compare(&format!("{path}, {what} to unknown"), &once, &never).await;
        }
    }
}
