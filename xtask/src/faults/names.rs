//! F-22: names cannot be looked up: nobody answers, then nobody is there, then all is well again.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use reqwest::header::SET_COOKIE;
use serde_json::{Value, json};
use tokio::net::{TcpListener, UdpSocket};
use tokio::time::sleep;

use super::api::{Api, email, unique_handle};
use super::disk::upload;
use super::mails::{PATIENCE, Received, serve};
use super::server::{Instance, free_port};
use super::slow::NOTICEABLE;
use super::{Outcome, Place, Row};

/// The name server of this run. Others listen elsewhere on loopback.
const SERVER: &str = "127.0.0.9:53";
/// Sign-ins at once that need a name: more than a provider has places for.
const SIGN_INS: usize = 600;
const AT_ONCE: usize = 8;
/// So soon after each other they come back from the provider.
const PACE: Duration = Duration::from_millis(10);
/// Registrations meanwhile, each with a mail that needs one.
const MAILS: usize = 40;
/// A provider has five seconds, and the machine other things to do.
const ANSWERED: Duration = Duration::from_secs(10);
/// What needs no name takes no longer.
const UNTOUCHED: Duration = Duration::from_secs(3);

/// Becomes the server, in a place where names are asked of that name server.
const ELSEWHERE: [&str; 5] = [
    "unshare",
    "--mount",
    "sh",
    "-c",
    "mount --bind \"$0\" /etc/resolv.conf && exec \"$1\"",
];

pub async fn away(place: &Place) -> Result<Outcome> {
    let may_mount = Command::new("unshare").args(["--mount", "true"]).output();
    if !may_mount.is_ok_and(|tried| tried.status.success()) {
        return Ok(Outcome::Skipped(
            "this user may not give a process its own mounts",
        ));
    }
    let Ok(silent) = UdpSocket::bind(SERVER).await else {
        return Ok(Outcome::Skipped("this user may not be a name server"));
    };
    let port = free_port()?;
    let (user, instance) = prepare(place, port).await?;
    let _server = instance.start()?;
    let user = user.at(&instance.address);
    let handles: Vec<_> = (0..MAILS).map(|_| unique_handle()).collect();

    let over = Arc::new(AtomicBool::new(false));
    let watching = tokio::spawn(watch(user.clone(), Arc::clone(&over)));
    let begin_all = stream::iter((0..SIGN_INS).map(|_| begin(&user)));
    let begun: Vec<_> = begin_all.buffer_unordered(AT_ONCE).try_collect().await?;
    let mut waiting = Vec::new();
    for begun in begun {
        waiting.push(tokio::spawn(finish(begun, user.clone())));
        // Nor are they to wait for the database.
        sleep(PACE).await;
    }
    let mut slowest = Duration::ZERO;
    for handle in &handles {
        let tried = Instant::now();
        ensure!(user.register(handle).await?.status() == 201, "refused");
        slowest = slowest.max(tried.elapsed());
    }
    let tried = Instant::now();
    let wrong = json!({ "email": email("nobody"), "password": "not the right one" });
    let wrong = user.post("/v0/auth/login", &wrong).await?.status();
    ensure!(wrong == 401, "a sign-in by password answers {wrong}");
    slowest = slowest.max(tried.elapsed());
    let tried = Instant::now();
    let stored = upload(&user).await?.status();
    ensure!(stored == 200, "an upload answers {stored}");
    ensure!(
        slowest.max(tried.elapsed()) <= UNTOUCHED,
        "what needs no name took {slowest:?}, an upload {:?}",
        tried.elapsed()
    );
    slowest = slowest.max(tried.elapsed());
    let mut longest = Duration::ZERO;
    let mut looked_up = 0;
    for outcome in waiting {
        let (status, took) = outcome.await??;
        // Beyond the places that a provider has, they are refused at once.
        let declared = [502, 503, 504].contains(&status);
        ensure!(declared, "a provider away: {status}");
        looked_up += usize::from(status != 503);
        longest = longest.max(took);
    }
    ensure!(
        looked_up >= SIGN_INS / 4,
        "{looked_up} have looked for the provider"
    );
    ensure!(longest <= ANSWERED, "a provider's sign-in took {longest:?}");
    over.store(true, Ordering::Relaxed);
    let p99 = watching.await??;
    ensure!(p99 <= NOTICEABLE, "health takes {p99:?}");

    // Nobody is there: the system says so at once.
    drop(silent);
    let (status, _) = finish(begin(&user).await?, user.clone()).await?;
    ensure!([502, 504].contains(&status), "a provider away: {status}");

    let names = UdpSocket::bind(SERVER).await?;
    let naming = tokio::spawn(name_everything(names));
    let (sink, received) = (
        TcpListener::bind(("127.0.0.1", port)).await?,
        Received::default(),
    );
    let taking = tokio::spawn(serve(sink, Arc::clone(&received)));
    let back = Instant::now();
    let count = || received.lock().map_or(0, |received| received.len());
    while count() < MAILS && back.elapsed() < PATIENCE {
        sleep(Duration::from_millis(100)).await;
    }
    let delivered = back.elapsed();
    naming.abort();
    taking.abort();
    let received = received.lock().map(|received| received.clone());
    let received = received.unwrap_or_default();
    let once = |handle: &&String| received.get(&format!("<{}>", email(handle))) == Some(&1);
    let found = handles.iter().filter(once).count();
    Ok(Outcome::Tried(Row {
        rounds: 1,
        acknowledged: MAILS as u64,
        found: found as u64,
        note: format!(
            "mails, each once, within {:.1} s; slowest answer that needs no name {} ms; {looked_up} sign-ins by a provider refused within \
             {:.1} s; health p99 {:.1} ms",
            delivered.as_secs_f64(),
            slowest.as_millis(),
            longest.as_secs_f64(),
            p99.as_secs_f64() * 1e3
        ),
    }))
}

/// Somebody with a session, signed up while mails stay here, and the instance that sends them by name.
async fn prepare(place: &Place, port: u16) -> Result<(Api, Instance)> {
    let data = place.directory("names-away");
    let instance = Instance::new(&place.program, &data, &[])?;
    let server = instance.start()?;
    let user = Api::new(&instance.address)?.sign_up().await?;
    drop(server);
    let names = data.join("resolv.conf");
    std::fs::write(&names, "nameserver 127.0.0.9\n")?;
    let names = names.to_string_lossy();
    let settings = [
        ("ACCORD_SMTP__HOST", "mail.accord.example"),
        ("ACCORD_SMTP__PORT", &port.to_string()),
        ("ACCORD_SMTP__TLS", "none"),
        ("ACCORD_SMTP__FROM", "accounts@example.com"),
        ("ACCORD_OAUTH__GITHUB__CLIENT_ID", "accord"),
        ("ACCORD_OAUTH__GITHUB__CLIENT_SECRET", "a secret"),
        (
            "ACCORD_OAUTH__GITHUB__TOKEN_URL",
            "https://provider.accord.example/token",
        ),
        (
            "ACCORD_OAUTH__GITHUB__API_URL",
            "https://provider.accord.example/",
        ),
    ];
    let instance = Instance::new(&place.program, &data, &settings)?;
    let through = [&ELSEWHERE[..], &[&*names]].concat();
    Ok((user, instance.through(&through)))
}

/// A sign-in by a provider that is under way: its state, and the cookie of the browser.
struct Begun {
    state: String,
    cookie: String,
}

async fn begin(api: &Api) -> Result<Begun> {
    let answer = api
        .get("/v0/auth/oauth/github/authorize?flow=login")
        .await?;
    ensure!(answer.status() == 200, "authorize: {}", answer.status());
    let cookie = answer.headers().get(SET_COOKIE).context("a cookie")?;
    let cookie = cookie.to_str()?.split(';').next().unwrap_or_default();
    let cookie = cookie.to_owned();
    let body: Value = answer.json().await?;
    let url = body["authorization_url"].as_str().context("a URL")?;
    let state = url.split("state=").nth(1).context("a state")?;
    let state = state.split('&').next().unwrap_or_default().to_owned();
    Ok(Begun { state, cookie })
}

/// Comes back from the provider; answers the status and how long it took.
async fn finish(begun: Begun, api: Api) -> Result<(u16, Duration)> {
    let (tried, body) = (
        Instant::now(),
        json!({ "code": "a code", "state": begun.state }),
    );
    let request = api.request(reqwest::Method::POST, "/v0/auth/oauth/github/login");
    let answer = request
        .header("cookie", begun.cookie)
        .json(&body)
        .send()
        .await?;
    Ok((answer.status().as_u16(), tried.elapsed()))
}

/// The p99 of looks at the health.
async fn watch(api: Api, over: Arc<AtomicBool>) -> Result<Duration> {
    let mut all = Vec::new();
    while !over.load(Ordering::Relaxed) {
        let begun = Instant::now();
        let status = api.get("/health-check?probe=live").await?.status();
        ensure!(status == 200, "alive: {status}");
        all.push(begun.elapsed());
        sleep(Duration::from_millis(20)).await;
    }
    all.sort();
    Ok(all[all.len() * 99 / 100])
}

/// A name server that knows one address, this machine's own, and gives it to every name.
async fn name_everything(socket: UdpSocket) -> Result<()> {
    let mut bytes = [0; 512];
    loop {
        let (length, from) = socket.recv_from(&mut bytes).await?;
        if let Some(answer) = answer(&bytes[..length]) {
            socket.send_to(&answer, from).await?;
        }
    }
}

/// The answer to a question (RFC 1035 §4.1).
fn answer(asked: &[u8]) -> Option<Vec<u8>> {
    const HEADER: usize = 12;
    let name = asked.get(HEADER..)?.iter().position(|byte| *byte == 0)?;
    let end = HEADER + name + 5;
    let is_of_address = asked.get(end - 4..end)? == [0, 1, 0, 1];
    let mut answer = asked.get(..2)?.to_vec();
    // An answer, and no error; one question, one answer or none.
    answer.extend([0x81, 0x80, 0, 1, 0, u8::from(is_of_address), 0, 0, 0, 0]);
    answer.extend(&asked[HEADER..end]);
    if is_of_address {
        // The name of the question, an IPv4 address of the Internet, good for a second.
        answer.extend([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 127, 0, 0, 1]);
    }
    Some(answer)
}
