//! The built server, with a database of its own.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};

use super::{Engine, Profile};
use crate::process::{Accord, accord, skip};

/// How long a start, and a stop, may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// What it may take in the course of a run, in MiB: several times what it does, so that only a leak is found.
const MEMORY: u64 = 512;
const CLASSES: [(&str, bool); 10] = [
    ("register", false),
    ("login", true),
    ("secret", true),
    ("mail", true),
    ("token", false),
    ("oauth", false),
    ("lookup", false),
    ("search", false),
    ("stream", false),
    ("upload", true),
];

/// The rate limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limits {
    /// So high that no run meets them.
    Raised,
    /// As by default.
    Real,
}

/// A running server. It is killed when it is dropped before [`Server::stop`].
pub struct Server {
    child: Child,
    pub port: u16,
    pub provider_port: u16,
    /// Where a run against it keeps its files.
    pub home: PathBuf,
    folder: PathBuf,
    database: Option<Database>,
}

/// Builds the binary, and keeps a copy: the next build must not change what a run is about.
pub fn build(root: &Path, home: &Path, profile: Profile) -> Result<PathBuf> {
    let copy = home.join("accord");
    let built = match profile {
        Profile::Dev => Accord::build(root)?,
        Profile::Release => Accord::build_for_production(root)?,
    };
    fs::copy(built, &copy)?;
    Ok(copy)
}

impl Server {
    /// `None`, after saying so, where the engine is not to be had.
    pub fn start(
        binary: &Path,
        home: &Path,
        engine: Engine,
        limits: Limits,
    ) -> Result<Option<Self>> {
        let database = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => match Database::create() {
                Ok(database) => Some(database),
                Err(error) => {
                    skip("conformance on PostgreSQL", &format!("{error:#}"))?;
                    return Ok(None);
                }
            },
        };
        let home = home.join(format!("{engine:?}").to_lowercase());
        let folder = home.join("data");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let (port, provider_port) = (free_port()?, free_port()?);
        let file = folder.join("accord.toml");
        let url = database.as_ref().map(Database::url);
        let text = config(port, provider_port, &folder, url.as_deref(), limits);
        fs::write(&file, text)?;
        let log = File::create(folder.join("log.jsonl"))?;
        let child = accord(binary)
            .arg("--config")
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("{} does not start", binary.display()))?;
        let mut server = Self {
            child,
            port,
            provider_port,
            home,
            folder,
            database,
        };
        server.wait_until_it_listens()?;
        Ok(Some(server))
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Ends it as an operator would; it must have stayed well until then. Answers the most memory it took, in MiB.
    pub fn stop(mut self) -> Result<Option<u64>> {
        let memory = peak_memory(self.child.id());
        let pid = self.child.id().to_string();
        let status = Command::new("kill").args(["-TERM", &pid]).status()?;
        ensure!(status.success(), "the server died during the run");
        let deadline = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait()? {
                break status;
            }
            ensure!(Instant::now() < deadline, "the server does not stop");
            sleep(Duration::from_millis(50));
        };
        ensure!(status.success(), "the server ended with {status}");
        let log = fs::read_to_string(self.folder.join("log.jsonl"))?;
        let errors = log
            .lines()
            .filter(|line| line.contains("\"level\":\"ERROR\"") || line.contains("panicked at"));
        let errors: Vec<_> = errors.take(5).collect();
        ensure!(errors.is_empty(), "the server logged errors: {errors:#?}");
        if let Some(memory) = memory {
            ensure!(memory <= MEMORY, "the server took {memory} MiB of memory");
        }
        Ok(memory)
    }

    fn wait_until_it_listens(&mut self) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_err() {
            if let Some(status) = self.child.try_wait()? {
                let log = fs::read_to_string(self.folder.join("log.jsonl"))?;
                bail!("the server ended with {status}: {log}");
            }
            ensure!(Instant::now() < deadline, "the server does not listen");
            sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(database) = &self.database {
            let _ = database.execute(&format!("DROP DATABASE {} WITH (FORCE)", database.name));
        }
    }
}

/// A PostgreSQL database that lives as long as the server. `psql` makes it: the server needs one that exists.
struct Database {
    name: String,
}

impl Database {
    fn create() -> Result<Self> {
        let name = format!("accord_conformance_{}", std::process::id());
        let database = Self { name };
        database.execute(&format!(
            "DROP DATABASE IF EXISTS {} WITH (FORCE)",
            database.name
        ))?;
        database.execute(&format!("CREATE DATABASE {}", database.name))?;
        Ok(database)
    }

    fn execute(&self, statement: &str) -> Result<()> {
        let output = Command::new("psql")
            .args([
                "--no-psqlrc",
                "--quiet",
                "--dbname",
                &admin(),
                "--command",
                statement,
            ])
            .env("PGCONNECT_TIMEOUT", "3")
            .output()
            .context("psql does not start")?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "psql: {said}");
        Ok(())
    }

    fn url(&self) -> String {
        let admin = admin();
        let server = admin.rsplit_once('/').map_or(&*admin, |(server, _)| server);
        format!("{server}/{}", self.name)
    }
}

fn admin() -> String {
    std::env::var("ACCORD_TEST_POSTGRES_URL")
        .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".into())
}

/// In MiB, where the system tells (Linux).
fn peak_memory(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

/// Free at the moment: good enough for a run on this machine.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port())
}

/// The defaults, but for hashes that cost nothing (thousands of people sign up), sessions that stay recent, providers on
/// this machine, and patience with a database that shares it: two seconds pass where everything else is busy, too.
fn config(
    port: u16,
    provider: u16,
    folder: &Path,
    database: Option<&str>,
    limits: Limits,
) -> String {
    let mut text = format!(
        r#"
mode = "development"
listen = ["127.0.0.1:{port}"]
data_dir = "{}"
[log]
format = "json"
[password]
argon2_memory = 8
argon2_iterations = 1
[session]
reauthentication = "12h"
[oauth.google]
client_id = "accord"
client_secret = "secret of the run"
issuer = "http://127.0.0.1:{provider}"
[oauth.github]
client_id = "accord"
client_secret = "secret of the run"
authorize_url = "http://127.0.0.1:{provider}/authorize"
token_url = "http://127.0.0.1:{provider}/access_token"
api_url = "http://127.0.0.1:{provider}"
"#,
        folder.display()
    );
    text += "[database]\nacquire_timeout = \"20s\"\nstatement_timeout = \"20s\"\n";
    if let Some(url) = database {
        text += &format!("url = \"{url}\"\n");
    }
    if limits == Limits::Raised {
        for (class, has_account) in CLASSES {
            let keys = ["per_address", "per_account"];
            for key in &keys[..1 + usize::from(has_account)] {
                text += &format!("[rate_limits.{class}.{key}]\nburst = 1000000\nperiod = \"1s\"\n");
            }
        }
    }
    text
}
