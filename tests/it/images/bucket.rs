//! Pictures in a bucket: a store that speaks S3 and that nobody here wrote, `s3rver`, run by Node.js from `tests/s3`.
//! Without Node.js the test is skipped, aloud; in CI it must run.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use accord_server::config::{Secret, StorageKind};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::OnceCell;

use super::*;

pub fn tests() -> Vec<Case> {
    tests![pictures_live_in_a_bucket]
}

const BUCKET: &str = "pictures";
const CREDENTIAL: &str = "S3RVER";

/// The process. It ends with this, or with its standard input when this process is killed.
struct Store {
    url: Url,
    process: Child,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("s3")
}

/// Installs what `package-lock.json` says, once.
async fn install() -> Result<(), String> {
    static DONE: OnceCell<Result<(), String>> = OnceCell::const_new();
    let installed = DONE.get_or_init(async || {
        if folder().join("node_modules/s3rver/package.json").exists() {
            return Ok(());
        }
        let mut npm = Command::new("npm");
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        let output = npm.current_dir(folder()).output().await;
        let output = output.map_err(|error| format!("npm: {error}"))?;
        match output.status.success() {
            true => Ok(()),
            false => Err(format!(
                "npm ci: {}",
                String::from_utf8_lossy(&output.stderr)
            )),
        }
    });
    installed.await.clone()
}

impl Store {
    async fn start() -> Result<Self, String> {
        install().await?;
        let mut process = Command::new("node")
            .args(["start.mjs", BUCKET])
            .current_dir(folder())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| format!("node: {error}"))?;
        let output = process.stdout.take().expect("its output");
        match BufReader::new(output).lines().next_line().await {
            Ok(Some(url)) => Ok(Self {
                url: url.parse().expect("a URL"),
                process,
            }),
            _ => Err("the store does not start".to_owned()),
        }
    }

    fn setup(&self) -> Setup {
        let endpoint = self.url.clone();
        Setup::default().configured(|config| {
            config.storage.kind = StorageKind::S3;
            let s3 = &mut config.storage.s3;
            s3.endpoint = Some(endpoint);
            s3.bucket = Some(BUCKET.to_owned());
            s3.prefix = "accounts".to_owned();
            s3.access_key_id = Some(CREDENTIAL.to_owned());
            s3.secret_access_key = Some(Secret::new(CREDENTIAL));
        })
    }
}

async fn pictures_live_in_a_bucket(stage: Stage) {
    let mut store = match Store::start().await {
        Ok(store) => store,
        Err(reason) => {
            assert!(std::env::var_os("CI").is_none(), "needed in CI: {reason}");
            eprintln!("SKIPPED: pictures in a bucket: {reason}");
            return;
        }
    };
    let server = stage.server_with(store.setup()).await;
    let (one, two) = (server.user().await, server.user().await);
    let first = one
        .upload_profile_image()
        .body(png())
        .await
        .expect("stored");
    let same = two
        .upload_profile_image()
        .body(png())
        .await
        .expect("stored");
    assert_eq!(first.url, same.url);
    let served = get(&server, &first.url).await;
    assert_eq!(served.outcome(), (200, "ok"));
    assert!(served.body.starts_with(b"RIFF"));
    assert_eq!(i64::try_from(served.body.len()), Ok(first.bytes));
    assert!(
        !server.services.config.media_dir().exists(),
        "nothing is on the disk"
    );

    one.delete_profile_image().await.expect("deleted");
    assert_eq!(
        get(&server, &first.url).await.outcome(),
        (200, "ok"),
        "shown by another"
    );
    two.delete_profile_image().await.expect("deleted");
    let gone = (404, "request:unknown_path");
    assert_eq!(get(&server, &first.url).await.outcome(), gone);

    let kept = one.upload_banner_image().body(gif()).await.expect("stored");
    store.process.kill().await.expect("stopped");
    let refused = one.upload_banner_image().body(png()).await;
    assert_eq!(refused.refusal(), (503, "system:unavailable"));
    let me = one.get_me().await.expect("me");
    assert_eq!(me.banner_image_url, Some(kept.url), "as it was");
}
