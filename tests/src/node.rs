//! Servers that nobody here wrote, run by Node.js from folders of `tests`.

use std::path::Path;
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::Mutex;

/// A server. It ends with this, or with its standard input when this process is killed.
#[derive(Debug)]
pub struct Node {
    /// What it prints when it is ready.
    pub url: String,
    process: Child,
}

impl Node {
    /// Installs what `package-lock.json` of a folder says, and runs its `start.mjs`. Where that cannot be done, the test of
    /// `what` is skipped, aloud.
    ///
    /// # Panics
    /// When it cannot be done in CI.
    pub async fn start(folder: &str, argument: &str, what: &str) -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        match Self::run(&folder, argument).await {
            Ok(node) => Some(node),
            Err(reason) => {
                assert!(std::env::var_os("CI").is_none(), "needed in CI: {reason}");
                eprintln!("\nSKIPPED: {what}: {reason}\n");
                None
            }
        }
    }

    async fn run(folder: &Path, argument: &str) -> Result<Self, String> {
        install(folder).await?;
        let mut process = Command::new("node")
            .args(["start.mjs", argument])
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| format!("node: {error}"))?;
        let output = process.stdout.take().ok_or("it has no output")?;
        let mut lines = BufReader::new(output).lines();
        while let Ok(Some(url)) = lines.next_line().await {
            if url.starts_with("http://") {
                // A pipe that nobody reads would fill and stop it.
                tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                return Ok(Self { url, process });
            }
        }
        Err("it does not start".to_owned())
    }

    /// Ends it before the test does.
    ///
    /// # Panics
    /// When it cannot be killed.
    pub async fn stop(&mut self) {
        self.process.kill().await.expect("killed");
    }
}

/// Installs what is not installed yet; npm leaves its own list of that when it is done.
async fn install(folder: &Path) -> Result<(), String> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());
    let _guard = ONE_AT_A_TIME.lock().await;
    if folder.join("node_modules/.package-lock.json").exists() {
        return Ok(());
    }
    let output = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(folder)
        .output()
        .await
        .map_err(|error| format!("npm: {error}"))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!(
            "npm ci: {}",
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}
