//! F-26: more to compute than there is to compute with.

use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use futures::future::join_all;
use serde_json::json;
use tokio::time::sleep;

use super::api::{Api, email, unique_handle};
use super::server::{Instance, Server};
use super::slow::NOTICEABLE;
use super::{Outcome, Place, Row};
use crate::process;

/// Sign-ins at once: more than may wait.
const AT_ONCE: usize = 300;
const USERS: usize = 10;
/// Others that want the same processor.
const RIVALS: usize = 2;
/// What health takes as a rule; once in a hundred times a person might notice.
const HEALTHY: Duration = Duration::from_millis(100);
/// A sign-in waits for its turn for five seconds at most; then there is the hash, and the rest.
const ANSWERED: Duration = Duration::from_secs(12);

/// Programs that compute on and on, on the server's processor. Dropping ends them.
struct Rivals(Vec<Child>);

impl Rivals {
    fn start() -> Result<Self> {
        let mut rivals = Self(Vec::new());
        for _ in 0..RIVALS {
            let rival = Command::new("taskset")
                .args(["-c", "0", "sh", "-c", "while :; do :; done"])
                .stdin(Stdio::null())
                .spawn()?;
            rivals.0.push(rival);
        }
        Ok(rivals)
    }
}

impl Drop for Rivals {
    fn drop(&mut self) {
        for rival in &mut self.0 {
            let _ = rival.kill();
            let _ = rival.wait();
        }
    }
}

/// All threads on the first processor.
fn confine(server: &Server) -> Result<()> {
    let mut taskset = Command::new("taskset");
    taskset.args(["-a", "-c", "-p", "0", &server.id().to_string()]);
    process::run(&mut taskset)
}

/// Hundreds of sign-ins with hashes as in production, on one processor that others want too: each is answered in time, by
/// a session or by 503, and nothing else waits for them.
pub async fn by_one_processor(place: &Place) -> Result<Outcome> {
    if !process::is_there("taskset", "--version") {
        return Ok(Outcome::Missing("taskset is not installed"));
    }
    let costly = [
        ("ACCORD_PASSWORD__ARGON2_MEMORY", "19456"),
        ("ACCORD_PASSWORD__ARGON2_ITERATIONS", "2"),
    ];
    let data = place.directory("starved");
    let instance = Instance::new(&place.program, &data, &costly)?;
    let server = instance.start()?;
    let api = Api::new(&instance.address)?;
    let mut handles = Vec::new();
    for _ in 0..USERS {
        let handle = unique_handle();
        ensure!(api.register(&handle).await?.status() == 201, "registering");
        let token = api.mailed_token(&handle).await?.unwrap_or_default();
        ensure!(api.verify(&token).await?.status().is_success(), "verifying");
        handles.push(handle);
    }
    confine(&server)?;
    let _rivals = Rivals::start()?;
    let (rounds, mut signed_in, mut refused) = (place.rounds(1, 5), Vec::new(), 0);
    let (mut slowest, mut health) = (Duration::ZERO, Vec::new());
    for _ in 0..rounds {
        let over = Arc::new(AtomicBool::new(false));
        let watching = tokio::spawn(watch(api.clone(), Arc::clone(&over)));
        let sign_ins = (0..AT_ONCE).map(|number| sign_in(&api, &handles[number % USERS]));
        for outcome in join_all(sign_ins).await {
            let (session, took) = outcome?;
            slowest = slowest.max(took);
            match session {
                Some(session) => signed_in.push(session),
                None => refused += 1,
            }
        }
        over.store(true, Ordering::Relaxed);
        health.extend(watching.await??);
    }
    ensure!(slowest <= ANSWERED, "a sign-in took {slowest:?}");
    health.sort();
    let of_hundred = |rank: usize| health[health.len() * rank / 100];
    let (p90, p99) = (of_hundred(90), of_hundred(99));
    ensure!(
        p90 <= HEALTHY && p99 <= NOTICEABLE,
        "health takes {p90:?}, {p99:?}"
    );
    let mut found = 0;
    for session in &signed_in {
        let me = api.request(reqwest::Method::GET, "/v0/user/me");
        let me = me.bearer_auth(session).send().await?;
        found += u64::from(me.status() == 200);
    }
    Ok(Outcome::Tried(Row {
        rounds,
        acknowledged: signed_in.len() as u64,
        found,
        note: format!(
            "sign-ins, and {refused} answered 503; slowest answer {} ms; health p90 {:.1} ms, p99 {:.1} ms",
            slowest.as_millis(),
            p90.as_secs_f64() * 1e3,
            p99.as_secs_f64() * 1e3
        ),
    }))
}

/// With the right password: a session or 503, never a refusal of the password.
async fn sign_in(api: &Api, handle: &str) -> Result<(Option<String>, Duration)> {
    let begun = Instant::now();
    let body = json!({ "email": email(handle), "password": super::api::PASSWORD });
    let answer = api.post("/v0/auth/login", &body).await?;
    let (status, took) = (answer.status().as_u16(), begun.elapsed());
    ensure!([200, 503].contains(&status), "a sign-in answers {status}");
    let cookie = answer.headers().get("set-cookie");
    let session = cookie.and_then(|cookie| cookie.to_str().ok()?.split(['=', ';']).nth(1));
    ensure!(
        session.is_some() == (status == 200),
        "{status} with {session:?}"
    );
    Ok((session.map(ToOwned::to_owned), took))
}

/// How long each look at the health takes.
async fn watch(api: Api, over: Arc<AtomicBool>) -> Result<Vec<Duration>> {
    let mut all = Vec::new();
    while !over.load(Ordering::Relaxed) {
        let begun = Instant::now();
        let status = api.get("/health-check?probe=live").await?.status();
        ensure!(status == 200, "alive: {status}");
        all.push(begun.elapsed());
        sleep(Duration::from_millis(10)).await;
    }
    Ok(all)
}
