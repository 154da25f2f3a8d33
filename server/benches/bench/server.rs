//! The processes that are measured.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use super::engine::{Engine, Place, block_on};
use super::load::{Connection, median, request};
use super::report::Report;
use super::{fan_out, reference};

const ROLE: &str = "ACCORD_BENCH_ROLE";
const ADDRESS: &str = "listening on ";

/// What this program does when it is not the one who measures.
#[derive(Clone, Debug)]
pub enum Role {
    /// The bare server, with the URL of its database.
    Reference(String),
    /// Readers of an event stream.
    Readers(SocketAddr, usize),
}

/// The role that this process was started for.
pub fn role() -> Option<Role> {
    let role = std::env::var(ROLE).ok()?;
    match role.split_once(' ')? {
        ("reference", url) => Some(Role::Reference(url.to_owned())),
        ("readers", of) => {
            let (address, count) = of.split_once(' ')?;
            Some(Role::Readers(address.parse().ok()?, count.parse().ok()?))
        }
        _ => None,
    }
}

impl Role {
    pub fn play(self) -> Result<()> {
        match self {
            Self::Reference(url) => reference::serve(&url),
            Self::Readers(address, count) => fan_out::read(address, count),
        }
    }

    /// This program again, in that role.
    pub fn command(&self) -> Result<Command> {
        let mut command = Command::new(std::env::current_exe()?);
        command.env(
            ROLE,
            match self {
                Self::Reference(url) => format!("reference {url}"),
                Self::Readers(address, count) => format!("readers {address} {count}"),
            },
        );
        Ok(command)
    }
}

/// A process that answers, ended with this.
#[derive(Debug)]
pub struct Server {
    child: Child,
    pub address: SocketAddr,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Says where a process of ours listens.
pub fn announce(address: SocketAddr) {
    println!("{ADDRESS}{address}");
}

impl Server {
    /// Accord, as it is configured when nobody says otherwise, but for the limits of how often one may ask.
    pub fn accord(place: &Place) -> Result<Self> {
        let configuration = place.directory.path().join("accord.toml");
        std::fs::write(&configuration, generous_limits()?)?;
        let mut command = Command::new(env!("CARGO_BIN_EXE_accord"));
        // Settings of ours, which it does not know.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("ACCORD_") {
                command.env_remove(name);
            }
        }
        command
            .arg("--config")
            .arg(&configuration)
            .env("ACCORD_LISTEN", "127.0.0.1:0")
            .env("ACCORD_DATA_DIR", place.directory.path())
            .env("ACCORD_DATABASE__URL", &place.url)
            .env("ACCORD_LIMITS__STREAMS", "20000")
            .env("ACCORD_LIMITS__STREAMS_PER_ADDRESS", "20000")
            .env("ACCORD_LIMITS__CONNECTIONS", "20000")
            .env("ACCORD_LOG__FORMAT", "json");
        Self::start(command, |line| {
            let line: Value = serde_json::from_str(line).ok()?;
            (line["message"] == "listening").then(|| line["address"].as_str()?.parse().ok())?
        })
    }

    /// The bare server on the same database.
    pub fn reference(place: &Place) -> Result<Self> {
        let command = Role::Reference(place.url.clone()).command()?;
        Self::start(command, |line| line.strip_prefix(ADDRESS)?.parse().ok())
    }

    fn start(mut command: Command, address: impl Fn(&str) -> Option<SocketAddr>) -> Result<Self> {
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let mut log = BufReader::new(child.stdout.take().context("a log")?);
        let mut line = String::new();
        let found = loop {
            line.clear();
            if log.read_line(&mut line)? == 0 {
                bail!("the server has ended");
            }
            if let Some(address) = address(line.trim_end()) {
                break address;
            }
        };
        // Its log is read, as in production, and thrown away.
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        Ok(Self {
            child,
            address: found,
        })
    }

    /// Resident memory, in bytes.
    pub fn memory(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
        Ok(kilobytes.context("VmRSS")?.parse::<u64>()? << 10)
    }
}

/// No limit that a generator of load would meet.
fn generous_limits() -> Result<String> {
    let example = Command::new(env!("CARGO_BIN_EXE_accord"))
        .args(["config", "example"])
        .output()?;
    let example = String::from_utf8(example.stdout)?;
    let classes = example.lines().filter_map(|line| {
        let name = line.trim_start_matches('#').strip_prefix("[rate_limits.")?;
        name.strip_suffix("]").filter(|name| name.contains('.'))
    });
    Ok(classes
        .map(|class| format!("[rate_limits.{class}]\nburst = 1000000\nperiod = \"1s\"\n"))
        .collect())
}

/// An account that was made as people make theirs: registered, verified by mail, signed in.
#[derive(Debug)]
pub struct Account {
    pub email: String,
    pub handle: String,
    pub password: &'static str,
    /// What the session cookie holds.
    pub session: String,
}

/// Makes an account.
pub async fn sign_up(address: SocketAddr, handle: &str) -> Result<Account> {
    let mut connection = Connection::open(address).await?;
    let post = |path: &str, body: Value| {
        let json = "content-type: application/json\r\n";
        request("POST", path, json, &body.to_string())
    };
    let email = format!("{handle}@example.com");
    let password = "tangerine umbrella voyage";
    let body = json!({ "email": email, "handle": handle, "password": password });
    connection.ask(&post("/v0/users", body)).await?;
    let begun = Instant::now();
    let token = loop {
        let messages = format!("/dev/mailbox/messages?to={email}");
        let messages = request("GET", &messages, "", "");
        let (_, messages) = connection.ask(&messages).await?;
        if let Some((_, token)) = messages.split_once("token=") {
            let end = token.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
            break token[..end.unwrap_or(token.len())].to_owned();
        }
        if begun.elapsed() > Duration::from_secs(10) {
            bail!("no mail has come");
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    let verify = post("/v0/auth/verify-email", json!({ "token": token }));
    connection.ask(&verify).await?;
    let login = json!({ "email": email, "password": password });
    let (head, _) = connection.ask(&post("/v0/auth/login", login)).await?;
    let (_, session) = head.split_once("session_id=").context("a session")?;
    let (session, _) = session.split_once(';').context("a cookie")?;
    Ok(Account {
        email,
        handle: handle.to_owned(),
        password,
        session: session.to_owned(),
    })
}

/// From the start of the process to its first answer, with an existing database, and what it holds then.
pub fn measure_start(engine: &Engine, report: &mut Report) -> Result<()> {
    let mut place = engine.place()?;
    drop(Server::accord(&place)?);
    let (start, memory) = starts(&place)?;
    let binary = std::fs::metadata(Path::new(env!("CARGO_BIN_EXE_accord")))?.len();
    report.figure(engine, "start to first answer", start, "ms", "≤ 50");
    if let Engine::Postgres(_) = engine {
        // sqlx 0.9.0 lets Nagle's algorithm delay the handshake of TLS, twice (its issue 4335).
        place.url.push_str("?sslmode=disable");
        let (start, _) = starts(&place)?;
        report.figure(engine, "… without TLS to the database", start, "ms", "≤ 50");
    }
    report.figure(engine, "memory when idle", mebibytes(memory), "MiB", "≤ 40");
    report.figure(engine, "size of the program", mebibytes(binary), "MiB", "");
    Ok(())
}

/// The median of some starts, in milliseconds, and the bytes of memory some time after the last.
fn starts(place: &Place) -> Result<(f64, u64)> {
    let mut starts = Vec::new();
    let mut memory = 0;
    for _ in 0..5 {
        let begun = Instant::now();
        let server = Server::accord(place)?;
        let health = request("GET", "/health-check?probe=live", "", "");
        block_on(async {
            Connection::open(server.address)
                .await?
                .ask(&health)
                .await
                .map(drop)
        })?;
        starts.push(begun.elapsed().as_secs_f64() * 1e3);
        std::thread::sleep(Duration::from_millis(500));
        memory = server.memory()?;
    }
    Ok((median(starts), memory))
}

pub fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
