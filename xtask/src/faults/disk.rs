//! F-6, F-7: no space left, on a small file system in memory.

use std::fs::{self, File};
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use reqwest::Method;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tokio::time::sleep;

use super::api::Api;
use super::books::Books;
use super::load::{Load, Users};
use super::postgres::recovery;
use super::server::Instance;
use super::{Outcome, Place, Row, random_below};

/// How long it may take until a full disk is noticed: SQLite writes over old space first.
const NOTICED: Duration = Duration::from_secs(20);

/// A file system of a few MiB. Dropping unmounts it.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// None when this user may not mount.
    fn mount(path: PathBuf, mebibytes: u32) -> Result<Option<Self>> {
        fs::create_dir_all(&path)?;
        let size = format!("size={mebibytes}m");
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", &size, "accord-faults"])
            .arg(&path);
        let mounted = mount.output().is_ok_and(|output| output.status.success());
        Ok(mounted.then(|| Self(path)))
    }

    /// Leaves not a byte; answers the file to remove.
    fn fill(&self) -> Result<PathBuf> {
        let path = self.0.join("filling");
        let mut file = File::create(&path)?;
        for block in [vec![0; 1 << 16], vec![0; 512], vec![0; 1]] {
            while file.write_all(&block).is_ok() {}
        }
        Ok(path)
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

const MAY_NOT: Outcome = Outcome::Skipped("this user may not mount a small disk");

/// The database, full under load.
pub async fn sqlite(place: &Place) -> Result<Outcome> {
    let Some(disk) = SmallDisk::mount(place.directory("disk-sqlite"), 16)? else {
        return Ok(MAY_NOT);
    };
    let data = disk.0.join("data");
    let instance = Instance::new(&place.program, &data, &[])?;
    let _server = instance.start()?;
    let users = Users::sign_up(&instance.address, 4).await?;
    let load = Load::start(&users, std::slice::from_ref(&instance.address));
    let rounds = place.rounds(2, 10);
    for _ in 0..rounds {
        sleep(Duration::from_millis(300)).await;
        let (filling, before) = (disk.fill()?, load.look(|ledger| ledger.refused));
        let begun = Instant::now();
        while load.look(|ledger| ledger.refused) < before + 20 {
            ensure!(begun.elapsed() < NOTICED, "writes go on, on a full disk");
            sleep(Duration::from_millis(20)).await;
        }
        let me = users.first().get("/v0/user/me").await?.status();
        ensure!(me == 200, "reading answers {me} on a full disk");
        fs::remove_file(filling)?;
        recovery(users.first()).await?;
    }
    let ledger = load.finish().await?;
    ledger.ensure_right()?;
    let found = Books::sqlite(&data)
        .compare(&ledger, &Api::new(&instance.address)?)
        .await?;
    Ok(Outcome::Tried(Row {
        rounds,
        acknowledged: found.acknowledged,
        found: found.found,
        note: format!(
            "{} answered 503; reads went on; the file is sound",
            ledger.refused
        ),
    }))
}

/// Who upload pictures.
const USERS: usize = 2;

/// The storage of images, full.
pub async fn images(place: &Place) -> Result<Outcome> {
    let Some(disk) = SmallDisk::mount(place.directory("disk-images"), 2)? else {
        return Ok(MAY_NOT);
    };
    let (data, media) = (place.directory("disk-images-data"), disk.0.join("media"));
    let path = media.to_string_lossy();
    let instance = Instance::new(&place.program, &data, &[("ACCORD_STORAGE__PATH", &path)])?;
    let _server = instance.start()?;
    let users = Users::sign_up(&instance.address, USERS).await?;
    let mut stored = vec![String::new(); USERS];
    let rounds = place.rounds(3, 20);
    let mut refused = 0;
    for _ in 0..rounds {
        for (user, url) in users.all().iter().zip(&mut stored) {
            let answer = upload(user).await?;
            ensure!(answer.status() == 200, "with space: {}", answer.status());
            *url = url_of(answer).await?;
        }
        let filling = disk.fill()?;
        for (user, url) in users.all().iter().zip(&stored) {
            let status = upload(user).await?.status();
            ensure!(status == 503, "an upload to a full disk answers {status}");
            refused += 1;
            let me: Value = user.get("/v0/user/me").await?.json().await?;
            ensure!(
                me["profile_image_url"] == url.as_str(),
                "the profile changed"
            );
        }
        fs::remove_file(filling)?;
    }
    let files = whole_files(&media)?;
    let mut found = 0;
    for url in &stored {
        let (_, path) = url.split_once("/media/").context("a picture's address")?;
        let answer = users.first().get(&format!("/media/{path}")).await?;
        found += u64::from(answer.status() == 200);
    }
    Ok(Outcome::Tried(Row {
        rounds,
        acknowledged: USERS as u64,
        found,
        note: format!(
            "{refused} uploads answered 503, profiles as before; {files} files, each whole"
        ),
    }))
}

pub async fn upload(user: &Api) -> Result<reqwest::Response> {
    let request = user.request(Method::POST, "/v0/user/me/profile-image");
    let request = request.header("content-type", "application/octet-stream");
    Ok(request.body(noise()?).send().await?)
}

pub async fn url_of(answer: reqwest::Response) -> Result<String> {
    let body: Value = answer.json().await?;
    Ok(body["url"]
        .as_str()
        .context("the picture's address")?
        .to_owned())
}

/// A picture that does not compress.
fn noise() -> Result<Vec<u8>> {
    let mut state = random_below(u64::MAX) | 1;
    let picture = image::RgbImage::from_fn(512, 512, |_, _| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let [r, g, b, ..] = state.to_le_bytes();
        image::Rgb([r, g, b])
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png)?;
    Ok(bytes.into_inner())
}

/// How many files there are, if each is what its name says: the hash of all its bytes.
fn whole_files(media: &Path) -> Result<usize> {
    let mut count = 0;
    for shard in fs::read_dir(media)? {
        for entry in fs::read_dir(shard?.path())? {
            let path = entry?.path();
            let hash = Sha256::digest(fs::read(&path)?);
            let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
            let name = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            ensure!(name == hex, "{} is not whole", path.display());
            count += 1;
        }
    }
    Ok(count)
}
