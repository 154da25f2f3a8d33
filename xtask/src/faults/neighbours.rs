//! PostgreSQL and Redis of this run alone, on ports of their own.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use super::server::{free_port, signal};
use crate::process;

/// A cluster of PostgreSQL. Dropping stops it.
pub struct Postgres {
    programs: PathBuf,
    directory: PathBuf,
    port: u16,
}

impl Postgres {
    /// Makes and starts one; none without its programs.
    pub fn start(directory: &Path) -> Result<Option<Self>> {
        let Some(programs) = programs() else {
            return Ok(None);
        };
        std::fs::create_dir_all(directory)?;
        if is_root() {
            let (user, group) = (id("-u")?, id("-g")?);
            chown(directory, Some(user), Some(group))?;
            let above = directory.parent().context("a directory above")?;
            std::fs::set_permissions(above, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
        }
        let cluster = Self {
            programs,
            directory: directory.to_owned(),
            port: free_port()?,
        };
        let data = directory.join("data");
        cluster.run(&format!(
            "initdb -D {} -A trust -U postgres",
            data.display()
        ))?;
        cluster.begin()?;
        Ok(Some(cluster))
    }

    /// Starts it, and waits until it answers.
    pub fn begin(&self) -> Result<()> {
        let directory = self.directory.display();
        let port = self.port;
        self.run(&format!(
            "pg_ctl -D {directory}/data -w -l {directory}/log -o '-h 127.0.0.1 -p {port} -k {directory}' start"
        ))
    }

    /// Stops it: `fast` cuts connections, `immediate` is a crash.
    pub fn stop(&self, mode: &str) -> Result<()> {
        let directory = self.directory.display();
        self.run(&format!("pg_ctl -D {directory}/data -w -m {mode} stop"))
    }

    /// Lets none of its processes move, until the answer is dropped.
    pub fn freeze(&self) -> Result<Frozen> {
        let file = std::fs::read_to_string(self.directory.join("data/postmaster.pid"))?;
        let first = file.lines().next().context("a process")?.trim().parse()?;
        let mut frozen = Frozen(Vec::new());
        // The one that would start others comes first.
        frozen.add(first)?;
        for child in children(first)? {
            // Some end by themselves.
            let _ = frozen.add(child);
        }
        Ok(frozen)
    }

    /// A new database.
    pub async fn database(&self, name: &str) -> Result<String> {
        let url = format!("postgres://postgres@127.0.0.1:{}", self.port);
        let mut connection = PgConnection::connect(&format!("{url}/postgres")).await?;
        let create = AssertSqlSafe(format!("CREATE DATABASE {name}"));
        sqlx::raw_sql(create).execute(&mut connection).await?;
        Ok(format!("{url}/{name}"))
    }

    /// As the user who may: PostgreSQL refuses to run as root.
    fn run(&self, command: &str) -> Result<()> {
        let command = format!("{}/{command} >/dev/null 2>&1", self.programs.display());
        let mut run = match is_root() {
            true => Command::new("su"),
            false => Command::new("sh"),
        };
        if is_root() {
            run.args(["postgres", "-s", "/bin/sh"]);
        }
        let status = run.args(["-c", &command]).current_dir("/").status()?;
        ensure!(status.success(), "{command}");
        Ok(())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let _ = self.stop("immediate");
    }
}

fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let bins = versions.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    bins.filter(|bin| bin.join("initdb").exists()).max()
}

pub fn is_root() -> bool {
    id_of("-u", None).is_ok_and(|id| id == 0)
}

fn id(what: &str) -> Result<u32> {
    id_of(what, Some("postgres"))
}

fn id_of(what: &str, user: Option<&str>) -> Result<u32> {
    let output = Command::new("id").arg(what).args(user).output()?;
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

/// Processes that do not move. Dropping lets them go on.
pub struct Frozen(Vec<u32>);

impl Frozen {
    fn add(&mut self, process: u32) -> Result<()> {
        signal("STOP", process)?;
        self.0.push(process);
        Ok(())
    }
}

impl Drop for Frozen {
    fn drop(&mut self) {
        for process in &self.0 {
            let _ = signal("CONT", *process);
        }
    }
}

/// The processes that a process has started.
fn children(of: u32) -> Result<Vec<u32>> {
    let tasks = format!("/proc/{of}/task/{of}/children");
    let list = std::fs::read_to_string(&tasks).context(tasks)?;
    let numbers = list.split_whitespace().map(str::parse);
    Ok(numbers.collect::<Result<_, _>>()?)
}

/// A Redis. Dropping stops it.
pub struct Redis {
    directory: PathBuf,
    port: u16,
    process: Option<Child>,
}

impl Redis {
    /// Starts one; none without the program.
    pub fn start(directory: &Path) -> Result<Option<Self>> {
        if !process::is_there("redis-server", "--version") {
            return Ok(None);
        }
        std::fs::create_dir_all(directory)?;
        let mut redis = Self {
            directory: directory.to_owned(),
            port: free_port()?,
            process: None,
        };
        redis.begin()?;
        Ok(Some(redis))
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Starts it, empty, and waits until it listens.
    pub fn begin(&mut self) -> Result<()> {
        let process = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--port", &self.port.to_string()])
            .args(["--save", "", "--appendonly", "no", "--dir"])
            .arg(&self.directory)
            .stdout(Stdio::null())
            .spawn()?;
        self.process = Some(process);
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if begun.elapsed() > Duration::from_secs(10) {
                bail!("redis-server does not listen");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Does not let it move, until the answer is dropped.
    pub fn freeze(&self) -> Result<Frozen> {
        let mut frozen = Frozen(Vec::new());
        frozen.add(self.process.as_ref().context("a running Redis")?.id())?;
        Ok(frozen)
    }

    /// Gives it a command that it answers with OK.
    pub fn tell(&self, command: &str) -> Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.write_all(format!("{command}\r\n").as_bytes())?;
        let mut answer = [0; 5];
        stream.read_exact(&mut answer)?;
        ensure!(&answer == b"+OK\r\n", "Redis refuses {command}");
        Ok(())
    }

    /// Stops it without a word.
    pub fn stop(&mut self) -> Result<()> {
        if let Some(mut process) = self.process.take() {
            process.kill()?;
            process.wait()?;
        }
        Ok(())
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.stop();
    }
}
