//! A real browser in front of the server: pages of other origins, the documentation, the mailbox of development.

use std::env;
use std::net::TcpListener;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use super::{Place, count};
use crate::process::{Accord, is_there, run, said, skip};

/// Plays the stories of `tests/frontends/browser` in Chromium. Screenshots are left in `target/frontends/screenshots`.
pub fn run_stories(root: &Path) -> Result<()> {
    let what = "the server in a browser";
    for program in ["node", "npm"] {
        if !is_there(program, "--version") {
            return skip(what, &format!("{program} is missing"));
        }
    }
    let Some(chromium) = chromium() else {
        return skip(what, "Chromium is missing (CHROMIUM names it)");
    };
    let place = Place::new(root);
    let accord = Accord::build(root)?;
    place.install_npm()?;
    run(place.npm("tsc").args(["--project", "browser"])).context("tests/frontends/browser")?;
    // The page's origin must be known to the server before the page is there.
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let origin = format!("http://localhost:{port}");
    let settings = [("ACCORD_CORS__ALLOWED_ORIGINS", origin.as_str())];
    let server = Accord::start(&accord, &place.scratch.join("browser"), &settings)?;
    let screenshots = place.scratch.join("screenshots");
    let mut stories = place.command("node");
    stories
        .arg("out/browser/browser/live.js")
        .env("ACCORD_BASE_URL", server.url())
        .env("ACCORD_FRONTEND_PORT", port.to_string())
        .env("ACCORD_SCREENSHOTS", &screenshots)
        .env("CHROMIUM", chromium);
    let (passed, total) = count("browser", &said(&mut stories)?.text)?;
    println!("screenshots: {}", screenshots.display());
    println!("browser: {passed} passed, {} failed", total - passed);
    ensure!(
        total > 0 && passed == total,
        "the browser is not served as it should be"
    );
    Ok(())
}

/// `CHROMIUM`, or the first that is there.
fn chromium() -> Option<std::path::PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM") {
        return Some(named.into());
    }
    let folders = env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    names
        .iter()
        .flat_map(|name| env::split_paths(&folders).map(move |folder| folder.join(name)))
        .find(|path| path.is_file())
}
