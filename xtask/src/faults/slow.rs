//! F-12, Q-1: clients that send slowly, and readers that do not read.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use futures::future::try_join_all;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{sleep, timeout};

use super::api::Api;
use super::books::Books;
use super::load::{Load, Users};
use super::server::Instance;
use super::stream::Reader;
use super::{Outcome, Place, Row};

const SLOW: usize = 1000;
/// What a client has for its headers, and for its body.
const TIMEOUT: Duration = Duration::from_secs(3);
/// After which it is surely cut off.
const CUT: Duration = Duration::from_secs(9);
/// Everybody else waits no longer than twice as long as before, and never longer than a person notices.
pub const NOTICEABLE: Duration = Duration::from_millis(250);

/// 500 that send a header line now and then and 500 that send a byte of a body, beside one that behaves.
pub async fn clients(place: &Place) -> Result<Outcome> {
    let settings = [
        ("ACCORD_LIMITS__HEADER_TIMEOUT", "3s"),
        ("ACCORD_LIMITS__BODY_TIMEOUT", "3s"),
        ("ACCORD_LIMITS__BODY_MIN_RATE", "1000000"),
    ];
    let instance = Instance::new(&place.program, &place.directory("slow-clients"), &settings)?;
    let server = instance.start()?;
    let user = Api::new(&instance.address)?.sign_up().await?;
    let rounds = place.rounds(1, 5);
    let (mut cut, mut worst, before) = (0, Duration::ZERO, p99(&user).await?);
    let memory = server.memory()?;
    for _ in 0..rounds {
        let slow: Vec<_> = (0..SLOW)
            .map(|number| tokio::spawn(drip(instance.address.clone(), number % 2 == 0)))
            .collect();
        sleep(TIMEOUT / 3).await;
        worst = worst.max(p99(&user).await?);
        for client in slow {
            cut += u64::from(client.await?);
        }
    }
    let bound = NOTICEABLE.max(2 * before);
    ensure!(worst <= bound, "others waited {worst:?}, {before:?} before");
    Ok(Outcome::Tried(Row {
        rounds,
        acknowledged: (rounds * SLOW) as u64,
        found: cut,
        note: format!(
            "cut off in time; p99 of others {:.1} ms, {:.1} before; memory {} -> {} MiB",
            worst.as_secs_f64() * 1e3,
            before.as_secs_f64() * 1e3,
            memory / 1024,
            server.memory()? / 1024
        ),
    }))
}

/// Sends a byte now and then for ever; whether it was cut off in time.
async fn drip(address: String, head_only: bool) -> bool {
    let dripping = async {
        let mut stream = TcpStream::connect(&address).await?;
        let head = "POST /v0/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
        stream.write_all(head.as_bytes()).await?;
        if !head_only {
            stream.write_all(b"content-length: 1000\r\n\r\n{").await?;
        }
        let mut bytes = [0; 1024];
        loop {
            match timeout(Duration::from_millis(500), stream.read(&mut bytes)).await {
                // An answer may come first.
                Ok(Ok(count)) if count > 0 => {}
                Ok(_) => return std::io::Result::Ok(()),
                Err(_) => {
                    stream
                        .write_all(if head_only { b"x-a: b\r\n" } else { b" " })
                        .await?
                }
            }
        }
    };
    // An error is the end of the connection, too.
    timeout(CUT, dripping).await.is_ok()
}

/// Of reading one's own profile.
async fn p99(user: &Api) -> Result<Duration> {
    let mut all = Vec::new();
    for _ in 0..300 {
        let begun = Instant::now();
        ensure!(user.get("/v0/user/me").await?.status() == 200);
        all.push(begun.elapsed());
    }
    all.sort();
    Ok(all[all.len() * 99 / 100])
}

const SILENT: usize = 300;
/// What they may cost together.
const MEMORY: u64 = 64 * 1024;

/// Readers of the event stream that never read, beside one that does.
pub async fn readers(place: &Place) -> Result<Outcome> {
    let data = place.directory("silent-readers");
    let instance = Instance::new(&place.program, &data, &[])?;
    let server = instance.start()?;
    let users = Users::sign_up(&instance.address, 4).await?;
    let addresses = [instance.address.clone()];
    let before = server.memory()?;
    let silent = (0..SILENT).map(|_| subscribe(&instance.address));
    let silent = try_join_all(silent).await?;
    let reader = Reader::open(users.first(), &addresses).await?;
    let load = Load::start(&users, &addresses);
    let seconds = place.rounds(5, 60);
    sleep(Duration::from_secs(seconds as u64)).await;
    let ledger = load.finish().await?;
    let seen = reader.all_of(&ledger.names).await?;
    let growth = server.memory()?.saturating_sub(before);
    drop(silent);
    ensure!(growth < MEMORY, "{growth} KiB for {SILENT} readers");
    ledger.ensure_right()?;
    ensure!(
        ledger.refused + ledger.unanswered == 0,
        "writers were refused"
    );
    let found = Books::sqlite(&data)
        .compare(&ledger, &Api::new(&instance.address)?)
        .await?;
    Ok(Outcome::Tried(Row {
        rounds: 1,
        acknowledged: found.acknowledged,
        found: found.found,
        note: format!(
            "{SILENT} silent, {} events to one who reads; slowest answer {} ms; memory +{} MiB",
            seen.len(),
            ledger.slowest.as_millis(),
            growth / 1024
        ),
    }))
}

/// Asks for the stream through a small window, and reads nothing.
async fn subscribe(address: &str) -> Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(4096)?;
    let mut stream = socket.connect(address.parse()?).await?;
    stream
        .write_all(b"GET /v0/eventstream/actions HTTP/1.1\r\nhost: x\r\n\r\n")
        .await?;
    Ok(stream)
}
