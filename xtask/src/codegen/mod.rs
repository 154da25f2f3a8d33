//! From the contract to code: the crate `contract` (server side) and the client's `generated.rs`.

mod client;
mod lock;
mod prepare;
pub mod server;
pub mod text;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

const CLIENT: &str = "client/src/generated.rs";

/// Generates everything. With `check`, says what would change instead of changing it.
pub fn run(root: &Path, check: bool) -> Result<()> {
    let contract = contract(root)?;
    let prepared = prepare::prepare(&contract).context("openapi.yaml")?;
    let mut files = server::generate(root, &prepared)?;
    files.insert(CLIENT.into(), client::generate(&contract)?.into_bytes());
    let lock = lock::lock(root, &files)?;
    files.insert(lock::PATH.into(), lock.into_bytes());

    let mut tree = tree(root)?;
    tree.insert(
        lock::PATH.into(),
        fs::read(root.join(lock::PATH)).unwrap_or_default(),
    );
    let changed = files
        .iter()
        .filter(|(path, content)| tree.get(*path) != Some(content));
    let changed: Vec<_> = changed.map(|(path, _)| path).collect();
    let stale: Vec<_> = tree
        .keys()
        .filter(|path| !files.contains_key(*path))
        .collect();
    for path in changed.iter().chain(&stale) {
        println!("{}", path.display());
    }
    if check {
        let fresh = changed.is_empty() && stale.is_empty();
        ensure!(
            fresh,
            "generated code is not what the contract says: run `cargo xtask codegen`"
        );
        return Ok(());
    }
    for path in stale {
        fs::remove_file(root.join(path))?;
    }
    for path in changed {
        let target = root.join(path);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(target, &files[path])?;
    }
    Ok(())
}

/// The contract as it is written.
pub fn contract(root: &Path) -> Result<Value> {
    let text = fs::read_to_string(root.join("openapi.yaml")).context("openapi.yaml")?;
    serde_norway::from_str(&text).context("openapi.yaml is not YAML")
}

/// The generated files as they are in the tree.
fn tree(root: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut files = BTreeMap::new();
    server::collect(&root.join("generated"), Path::new("generated"), &mut files)?;
    if let Ok(client) = fs::read(root.join(CLIENT)) {
        files.insert(CLIENT.into(), client);
    }
    Ok(files)
}
