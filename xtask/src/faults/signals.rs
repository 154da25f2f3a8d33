//! F-15, F-16: SIGTERM with requests in flight and streams open.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use reqwest::Method;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::sleep;

use super::api::Api;
use super::books::Books;
use super::load::{Ledger, Load, Users};
use super::server::Instance;
use super::{Outcome, Place, Row};

const WRITERS: usize = 24;
const STREAMS: usize = 10;
/// What `limits.shutdown_grace` gives, and background work after it.
const GRACE: Duration = Duration::from_secs(15);

pub async fn sigterm(place: &Place) -> Result<Outcome> {
    let data = place.directory("sigterm");
    let instance = Instance::new(&place.program, &data, &[])?;
    let mut server = instance.start()?;
    let users = Users::sign_up_unconnected(&instance.address, WRITERS).await?;
    let rounds = place.rounds(5, 50);
    let mut all = Ledger::default();
    let (mut slowest, mut streams_ended) = (Duration::ZERO, 0);
    for _ in 0..rounds {
        let mut streams = Vec::new();
        for _ in 0..STREAMS {
            let request = users
                .first()
                .request(Method::GET, "/v0/eventstream/actions");
            let mut stream = request.timeout(Duration::from_secs(60)).send().await?;
            ensure!(
                stream.chunk().await?.is_some(),
                "a stream without an opening"
            );
            streams.push(stream);
        }
        let load = Load::start(&users, std::slice::from_ref(&instance.address));
        sleep(Duration::from_millis(300)).await;
        let slow = SlowRequest::begin(&instance.address).await?;
        server.signal("TERM")?;
        let begun = Instant::now();
        let slow = tokio::spawn(slow.end());
        for mut stream in streams {
            // An error here is a stream that was cut off in the middle of something.
            while stream.chunk().await?.is_some() {}
            streams_ended += 1;
        }
        ensure!(
            begun.elapsed() < Duration::from_secs(2),
            "streams ended after {:?}",
            begun.elapsed()
        );
        slow.await??;
        let (status, _) = tokio::task::block_in_place(|| server.end(GRACE))?;
        ensure!(status.code() == Some(0), "it ended with {status}");
        slowest = slowest.max(begun.elapsed());
        all.add(load.finish().await?);
        server = instance.start()?;
    }
    ensure!(
        all.wrong.is_empty(),
        "answers that no fault excuses: {:?}",
        all.wrong
    );
    ensure!(
        all.cut == 0,
        "{} requests were taken and not answered: {:?}",
        all.cut,
        all.cuts
    );
    let found = Books::sqlite(&data)
        .compare(&all, &Api::new(&instance.address)?)
        .await?;
    Ok(Outcome::Tried(Row {
        rounds,
        acknowledged: found.acknowledged,
        found: found.found,
        note: format!(
            "exit 0 within {} ms; {streams_ended} streams ended whole; no request that was taken went unanswered",
            slowest.as_millis()
        ),
    }))
}

/// A request whose body comes a second after its head.
struct SlowRequest(TcpStream);

const BODY: &str = r#"{"email":"nobody@example.com","password":"slowly but surely"}"#;

impl SlowRequest {
    async fn begin(address: &str) -> Result<Self> {
        let mut stream = TcpStream::connect(address).await?;
        let (length, half) = (BODY.len(), &BODY[..20]);
        let head = format!(
            "POST /v0/auth/login HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{half}"
        );
        stream.write_all(head.as_bytes()).await?;
        // It has been taken by now.
        sleep(Duration::from_millis(100)).await;
        Ok(Self(stream))
    }

    async fn end(self) -> Result<()> {
        let Self(mut stream) = self;
        sleep(Duration::from_secs(1)).await;
        stream.write_all(&BODY.as_bytes()[20..]).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        ensure!(
            answer.starts_with("HTTP/1.1 401"),
            "a slow request got {answer:?}"
        );
        Ok(())
    }
}
