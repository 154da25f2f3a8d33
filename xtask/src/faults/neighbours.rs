//! PostgreSQL and Redis of this run alone, on ports of their own.

use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use super::server::free_port;
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
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if begun.elapsed() > Duration::from_secs(10) {
                bail!("redis-server does not listen");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
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
