//! No function of the store goes without a test.

use std::fs;
use std::path::Path;

#[test]
fn every_function_of_the_store_is_called() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tests: String = rust_files(&root.join("tests/store"))
        .map(|(_, text)| text)
        .collect();
    let mut uncalled = Vec::new();
    let mut seen = 0;
    for (module, text) in rust_files(&root.join("src/store")) {
        for line in text.lines() {
            let Some(rest) = line.strip_prefix("pub async fn ") else {
                continue;
            };
            let name = rest.split(['(', '<']).next().unwrap_or_default();
            seen += 1;
            if !tests.contains(&format!("{module}::{name}(")) {
                uncalled.push(format!("{module}::{name}"));
            }
        }
    }
    assert!(
        seen > 40,
        "the search finds {seen} functions: is it looking at the right place?"
    );
    assert!(uncalled.is_empty(), "no test calls {uncalled:?}");
}

fn rust_files(folder: &Path) -> impl Iterator<Item = (String, String)> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| {
            let module = path.file_stem().unwrap().to_string_lossy().into_owned();
            (module, fs::read_to_string(path).unwrap())
        })
}
