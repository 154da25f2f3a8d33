//! `xtask/generated.lock`: what the generated code was made from, and what it was when it was made.
//!
//! Lines as `sha256sum` writes them, so drift shows in plain `cargo test`, without Java.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use sha2::{Digest as _, Sha256};

use super::server;

pub const PATH: &str = "xtask/generated.lock";

/// The lock for the inputs in the tree and these outputs.
pub fn lock(root: &Path, outputs: &BTreeMap<PathBuf, Vec<u8>>) -> Result<String> {
    let mut files = outputs.clone();
    let contract = Path::new("openapi.yaml");
    files.insert(contract.to_owned(), fs::read(root.join(contract))?);
    let templates = Path::new("xtask/templates");
    server::collect(&root.join(templates), templates, &mut files)?;

    let mut text = String::from("# Written by `cargo xtask codegen`.\n");
    writeln!(text, "# openapi-generator {}, rust-axum", server::VERSION)?;
    for (path, content) in &files {
        for byte in Sha256::digest(content) {
            write!(text, "{byte:02x}")?;
        }
        writeln!(text, "  {}", path.display())?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{codegen, root};

    #[test]
    fn generated_code_is_what_the_contract_and_the_templates_made_it() {
        let tree = codegen::tree(&root()).expect("the generated files are there");
        let now = lock(&root(), &tree).expect("the inputs are there");
        let then = fs::read_to_string(root().join(PATH)).expect("the lock is there");
        let changed: Vec<_> = now.lines().filter(|line| !then.contains(line)).collect();
        let gone: Vec<_> = then.lines().filter(|line| !now.contains(line)).collect();
        assert!(
            now == then,
            "run `cargo xtask codegen`; the lock does not agree with\n{changed:#?}\nbut says\n{gone:#?}"
        );
    }
}
