//! The generator of load: a bounded number of connections, each asking again as soon as it is answered.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use futures::future::try_join_all;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What one round has seen.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Of each answer, in order of size.
    latencies: Vec<Duration>,
    took: Duration,
}

impl Measured {
    pub fn per_second(&self) -> f64 {
        self.latencies.len() as f64 / self.took.as_secs_f64()
    }

    /// The latency that `share` of the answers kept.
    pub fn quantile(&self, share: f64) -> Duration {
        let last = self.latencies.len().saturating_sub(1);
        let at = (last as f64 * share).round() as usize;
        self.latencies.get(at).copied().unwrap_or_default()
    }
}

/// A request as it goes over the wire.
pub fn request(method: &str, target: &str, headers: &str, body: &str) -> Vec<u8> {
    format!(
        "{method} {target} HTTP/1.1\r\nhost: localhost\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Asks for `duration` over this many connections. Requests are taken in turn; every answer must be a success.
pub async fn ask(
    address: SocketAddr,
    requests: &[Vec<u8>],
    connections: usize,
    duration: Duration,
) -> Result<Measured> {
    let begun = Instant::now();
    let until = begun + duration;
    let all = (0..connections).map(async |number| {
        let mut connection = Connection::open(address).await?;
        let mut latencies = Vec::new();
        let mut next = number;
        while Instant::now() < until {
            let asked = Instant::now();
            connection.ask(&requests[next % requests.len()]).await?;
            latencies.push(asked.elapsed());
            next += connections;
        }
        anyhow::Ok(latencies)
    });
    let mut latencies = try_join_all(all).await?.concat();
    latencies.sort_unstable();
    Ok(Measured {
        latencies,
        took: begun.elapsed(),
    })
}

/// A connection that is kept.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: Vec::with_capacity(16 << 10),
        })
    }

    /// Sends a request and reads the whole answer, which must be a success; its head and body.
    pub async fn ask(&mut self, request: &[u8]) -> Result<(&str, &str)> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let (head, length) = loop {
            self.read().await?;
            if let Some(at) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                let head = std::str::from_utf8(&self.buffer[..at])?;
                break (at, length(head)?);
            }
        };
        while self.buffer.len() < head + 4 + length {
            self.read().await?;
        }
        let text = std::str::from_utf8(&self.buffer)?;
        let (head, body) = text.split_at(head);
        ensure!(head.starts_with("HTTP/1.1 2"), "refused: {text}");
        Ok((head, body.trim_start()))
    }

    async fn read(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            bail!("the server has closed the connection");
        }
        Ok(())
    }
}

fn length(head: &str) -> Result<usize> {
    for line in head.lines() {
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            return value.trim().parse().context("Content-Length");
        }
    }
    ensure!(
        head.starts_with("HTTP/1.1 204"),
        "no Content-Length: {head}"
    );
    Ok(0)
}

/// The median of an odd number of rounds.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_unstable_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// The median of a figure of an odd number of rounds.
pub fn median_of(rounds: &[Measured], figure: impl Fn(&Measured) -> f64) -> f64 {
    median(rounds.iter().map(figure).collect())
}
