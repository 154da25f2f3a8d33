//! F-8: the mail server is away for a while, and the server is killed meanwhile.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

use super::api::{Api, email, unique_handle};
use super::server::{Instance, free_port};
use super::{Outcome, Place, Row};

/// The second try comes five seconds after the first, the third ten later; a mail that was being handed over at the
/// kill is tried when its lease ends.
pub const PATIENCE: Duration = Duration::from_secs(150);

/// How many mails there were to each address, as it stands in the conversation.
pub type Received = Arc<Mutex<HashMap<String, usize>>>;

pub async fn away(place: &Place) -> Result<Outcome> {
    let port = free_port()?;
    let data = place.directory("smtp-away");
    let settings = [
        ("ACCORD_SMTP__HOST", "127.0.0.1"),
        ("ACCORD_SMTP__PORT", &port.to_string()),
        ("ACCORD_SMTP__TLS", "none"),
        ("ACCORD_SMTP__FROM", "accounts@example.com"),
    ];
    let instance = Instance::new(&place.program, &data, &settings)?;
    let mut server = instance.start()?;
    let api = Api::new(&instance.address)?;
    let count = place.rounds(40, 200);
    let mut handles = Vec::new();
    let mut slowest = Duration::ZERO;
    for number in 0..count {
        if number == count / 2 {
            sleep(Duration::from_millis(300)).await;
            server.kill()?;
            server = instance.start()?;
        }
        let (handle, begun) = (unique_handle(), Instant::now());
        ensure!(api.register(&handle).await?.status() == 201, "refused");
        slowest = slowest.max(begun.elapsed());
        handles.push(handle);
    }
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    let received = Received::default();
    let sink = tokio::spawn(serve(listener, Arc::clone(&received)));
    let (begun, received) = (Instant::now(), || {
        received
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    });
    while received().len() < count && begun.elapsed() < PATIENCE {
        sleep(Duration::from_millis(100)).await;
    }
    let delivered = begun.elapsed();
    // Whatever comes twice comes soon.
    sleep(Duration::from_secs(1)).await;
    sink.abort();
    let received = received();
    let once = |handle: &&String| received.get(&format!("<{}>", email(handle))) == Some(&1);
    let found = handles.iter().filter(once).count();
    Ok(Outcome::Tried(Row {
        rounds: 1,
        acknowledged: count as u64,
        found: found as u64,
        note: format!(
            "mails, each once, within {:.1} s of the mail server's return; slowest answer meanwhile {} ms",
            delivered.as_secs_f64(),
            slowest.as_millis()
        ),
    }))
}

/// Takes mails and counts them by recipient.
pub async fn serve(listener: TcpListener, received: Received) {
    while let Ok((stream, _)) = listener.accept().await {
        let received = Arc::clone(&received);
        tokio::spawn(async move { converse(stream, &received).await });
    }
}

async fn converse(stream: TcpStream, received: &Mutex<HashMap<String, usize>>) -> Option<()> {
    let (input, mut output) = stream.into_split();
    let mut lines = BufReader::new(input).lines();
    output.write_all(b"220 sink ESMTP\r\n").await.ok()?;
    let mut recipient = String::new();
    while let Some(line) = lines.next_line().await.ok()? {
        let reply = match line.get(..4).unwrap_or_default() {
            "RCPT" => {
                line.trim_start_matches("RCPT TO:")
                    .clone_into(&mut recipient);
                "250 ok"
            }
            "DATA" => {
                output.write_all(b"354 go on\r\n").await.ok()?;
                while lines.next_line().await.ok()?? != "." {}
                let mut received = received.lock().unwrap_or_else(PoisonError::into_inner);
                *received.entry(std::mem::take(&mut recipient)).or_insert(0) += 1;
                "250 taken"
            }
            "QUIT" => return None,
            _ => "250 ok",
        };
        output
            .write_all(format!("{reply}\r\n").as_bytes())
            .await
            .ok()?;
    }
    None
}
