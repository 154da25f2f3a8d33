//! The real program as a child process, at an address that stays the same across restarts.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};

use crate::process;

/// A start takes no longer.
const START: Duration = Duration::from_secs(15);

/// Cheap hashes and no rate limits: what is tried here is not how much the server computes.
const SETTINGS: &str = r#"
[password]
argon2_memory = 8
argon2_iterations = 1
[limits]
streams_per_address = 10000
"#;
const CLASSES: [&str; 10] = [
    "register", "login", "secret", "mail", "token", "oauth", "lookup", "search", "stream", "upload",
];

/// How to start one instance, again and again.
#[derive(Clone)]
pub struct Instance {
    program: PathBuf,
    data: PathBuf,
    pub address: String,
    settings: Vec<(String, String)>,
    /// A program that becomes the server, and its arguments before the server's path.
    through: Vec<String>,
}

impl Instance {
    /// One on a free port, with a data directory of this name.
    pub fn new(program: &Path, data: &Path, settings: &[(&str, &str)]) -> Result<Self> {
        std::fs::create_dir_all(data)?;
        let unlimited = "{ burst = 1000000, period = \"1s\" }";
        let limits = CLASSES.map(|class| {
            format!("[rate_limits.{class}]\nper_address = {unlimited}\nper_account = {unlimited}\n")
        });
        let text = format!("{SETTINGS}{}", limits.concat());
        std::fs::write(data.join("accord.toml"), text)?;
        Ok(Self {
            program: program.to_owned(),
            data: data.to_owned(),
            address: format!("127.0.0.1:{}", free_port()?),
            settings: settings
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            through: Vec::new(),
        })
    }

    /// The same, started by a program that becomes it.
    pub fn through(mut self, program: &[&str]) -> Self {
        self.through = program.iter().map(|part| (*part).to_owned()).collect();
        self
    }

    fn command(&self) -> Command {
        match &self.through[..] {
            [] => process::accord(&self.program),
            [first, others @ ..] => {
                let mut command = process::accord(Path::new(first));
                command.args(others).arg(&self.program);
                command
            }
        }
    }

    /// The same with one more setting.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.settings.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Starts it and waits until it listens.
    pub fn start(&self) -> Result<Server> {
        let begun = Instant::now();
        let mut child = self
            .command()
            .env("ACCORD_LISTEN", &self.address)
            .env("ACCORD_DATA_DIR", &self.data)
            .env("ACCORD_CONFIG", self.data.join("accord.toml"))
            .env("ACCORD_LOG__FORMAT", "json")
            .envs(self.settings.iter().cloned())
            .current_dir(&self.data)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("accord does not start")?;
        let output = child.stdout.take().context("accord's log")?;
        let mut server = Server {
            child,
            took: Duration::ZERO,
        };
        let (tell, told) = sync_channel(1);
        let verbose = std::env::var_os("FAULTS_LOG").is_some();
        // Reads on to the end: a pipe that nobody reads stops who writes to it.
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if verbose {
                    eprintln!("{line}");
                }
                if line.contains("\"message\":\"listening\"") {
                    let _ = tell.try_send(());
                }
            }
        });
        if told.recv_timeout(START).is_err() {
            server.kill()?;
            bail!("accord has not listened within {START:?}");
        }
        server.took = begun.elapsed();
        Ok(server)
    }
}

/// A port that nobody uses at the moment.
pub fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    Ok(listener.local_addr()?.port())
}

/// Sends a signal to a process that this run has started.
pub fn signal(name: &str, process: u32) -> Result<()> {
    let kill = format!("kill -s {name} {process}");
    let sent = Command::new("sh").args(["-c", &kill]).status()?;
    ensure!(sent.success(), "{kill}");
    Ok(())
}

/// A running instance. Dropping kills it.
pub struct Server {
    child: Child,
    /// How long it took to listen.
    pub took: Duration,
}

impl Server {
    /// SIGKILL.
    pub fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Sends a signal.
    pub fn signal(&self, name: &str) -> Result<()> {
        signal(name, self.child.id())
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for its own end.
    pub fn end(&mut self, patience: Duration) -> Result<(ExitStatus, Duration)> {
        let begun = Instant::now();
        while begun.elapsed() < patience {
            if let Some(status) = self.child.try_wait()? {
                return Ok((status, begun.elapsed()));
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        bail!("it still runs after {patience:?}")
    }

    /// Its memory in use, in KiB.
    pub fn memory(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().nth(1));
        Ok(number.context("VmRSS")?.parse()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}
