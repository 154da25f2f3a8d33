//! A copy of everything that an embedded server keeps, taken while it serves.

use std::fs;
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;

use anyhow::{Context as _, bail};

use crate::config::{Config, StorageKind};
use crate::store::admin;

/// Copies the SQLite database, the images of the local storage and the key file into a new directory. A server with that
/// directory for its `data_dir` goes on from there.
///
/// Images come second: those that the copied database knows are kept for longer than this takes.
///
/// # Errors
/// With a sentence for the operator; what was copied by then is left for a look.
pub async fn back_up(config: &Config, to: &Path) -> anyhow::Result<()> {
    let url = config.database_url();
    if !url.expose().starts_with("sqlite:") {
        bail!(
            "this backup is for SQLite: use pg_dump for PostgreSQL, and copy the bucket of images"
        );
    }
    let made = fs::DirBuilder::new().mode(0o700).create(to);
    made.with_context(|| format!("cannot make the directory {}", to.display()))?;
    let database = to.join("accord.db");
    admin::back_up(url.expose(), &database).await?;

    let (keys, media) = (config.data_dir.join("keys"), config.media_dir());
    let (to, is_local) = (to.to_owned(), config.storage.kind == StorageKind::Local);
    let copying = tokio::task::spawn_blocking(move || -> io::Result<()> {
        fs::File::open(&database)?.sync_all()?;
        if keys.exists() {
            copy(&keys, &to.join("keys"))?;
        }
        if is_local && media.exists() {
            copy_directory(&media, &to.join("media"))?;
        }
        fs::File::open(&to)?.sync_all()
    });
    copying.await?.context("cannot copy a file")
}

fn copy_directory(from: &Path, to: &Path) -> io::Result<()> {
    fs::DirBuilder::new().mode(0o700).create(to)?;
    for entry in fs::read_dir(from)? {
        let (entry, target) = entry.map(|entry| (entry.path(), to.join(entry.file_name())))?;
        match entry.is_dir() {
            true => copy_directory(&entry, &target)?,
            false => copy(&entry, &target)?,
        }
    }
    fs::File::open(to)?.sync_all()
}

/// With its permissions. A file that went away meanwhile is one that nothing needs.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    match fs::copy(from, to) {
        Ok(_) => fs::File::open(to)?.sync_all(),
        Err(error) if error.kind() == io::ErrorKind::NotFound && !from.exists() => Ok(()),
        Err(error) => Err(error),
    }
}
