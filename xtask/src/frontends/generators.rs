//! The generators, each as its own manual says.

use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::Place;
use crate::codegen::server;
use crate::process::{once_for, run};

/// One generator of clients.
pub struct Generator {
    pub name: &'static str,
    pub version: String,
    /// A pattern for what it makes of the operation `snake` alias `camel`.
    pub definition: &'static str,
    /// Writes to `generated/<name>`.
    pub generate: fn(&Place) -> Result<Vec<Command>>,
    /// Fails on the first type error.
    pub compile: fn(&Place) -> Vec<Command>,
    /// Plays the scenario.
    pub live: fn(&Place) -> Command,
}

pub fn all(place: &Place) -> Result<Vec<Generator>> {
    let packages = std::fs::read_to_string(place.folder.join("package.json"))?;
    let packages: Value = serde_json::from_str(&packages)?;
    let npm = |name: &str| -> Result<String> {
        let version = packages["devDependencies"][name].as_str();
        version.context(name.to_owned()).map(str::to_owned)
    };
    Ok(vec![
        Generator {
            name: "openapi-fetch",
            version: format!("openapi-typescript {}", npm("openapi-typescript")?),
            definition: r"(?m)^    snake: \{",
            generate: |place| {
                let mut command = place.command("node");
                command.arg("openapi-fetch/generate.mjs");
                command.arg(place.contract());
                command.arg(place.generated("openapi-fetch").join("schema.ts"));
                Ok(vec![command])
            },
            compile: |place| tsc(place, "openapi-fetch"),
            live: |place| node(place, "openapi-fetch"),
        },
        Generator {
            name: "hey-api",
            version: format!("@hey-api/openapi-ts {}", npm("@hey-api/openapi-ts")?),
            definition: "export const camel = ",
            generate: |place| {
                let mut command = place.npm("openapi-ts");
                command.arg("--input").arg(place.contract());
                command.arg("--output").arg(place.generated("hey-api"));
                command.args(["--client", "@hey-api/client-fetch", "--silent"]);
                Ok(vec![command])
            },
            compile: |place| tsc(place, "hey-api"),
            live: |place| node(place, "hey-api"),
        },
        Generator {
            name: "orval",
            version: format!("orval {}", npm("orval")?),
            definition: "export const camel = async",
            generate: |place| {
                let mut command = place.npm("orval");
                command.args(["--config", "orval/config.mjs"]);
                command.env("ACCORD_CONTRACT", place.contract());
                Ok(vec![command])
            },
            compile: |place| tsc(place, "orval"),
            live: |place| node(place, "orval"),
        },
        Generator {
            name: "typescript-fetch",
            version: format!("openapi-generator {}", server::VERSION),
            definition: r"async camel\(",
            generate: |place| {
                let options =
                    "modelPropertyNaming=original,paramNaming=original,importFileExtension=.js";
                openapi_generator(place, "typescript-fetch", options)
            },
            compile: |place| tsc(place, "typescript-fetch"),
            live: |place| node(place, "typescript-fetch"),
        },
        Generator {
            name: "python",
            version: format!("openapi-generator {}", server::VERSION),
            definition: r"def snake\(",
            generate: |place| {
                install_python(place)?;
                openapi_generator(place, "python", "packageName=accord_api")
            },
            compile: mypy,
            live: |place| {
                let mut command = place.command(python(place, "python"));
                command.arg("python/live.py");
                command.env("PYTHONPATH", place.generated("python"));
                command
            },
        },
    ])
}

fn openapi_generator(place: &Place, name: &str, options: &str) -> Result<Vec<Command>> {
    let program = server::generator(&place.root.join("target/codegen"))?;
    let mut command = place.command(program);
    command.args(["generate", "--generator-name", name]);
    command.arg("--input-spec").arg(place.contract());
    command.arg("--output").arg(place.generated(name));
    command.args(["--additional-properties", options]);
    Ok(vec![command])
}

fn tsc(place: &Place, name: &str) -> Vec<Command> {
    let mut command = place.npm("tsc");
    command.args(["--project", name]);
    vec![command]
}

fn node(place: &Place, name: &str) -> Command {
    let mut command = place.command("node");
    command.arg(format!("out/{name}/{name}/live.js"));
    command
}

/// The program strictly, the generated package by the settings that it comes with.
fn mypy(place: &Place) -> Vec<Command> {
    let package = place.generated("python");
    let mut own = place.command(python(place, "mypy"));
    own.args([
        "--strict",
        "--follow-imports=silent",
        "--cache-dir=/dev/null",
        "python/live.py",
    ]);
    own.env("MYPYPATH", &package);
    let mut generated = place.command(python(place, "mypy"));
    generated.args(["--cache-dir=/dev/null", "accord_api"]);
    generated.current_dir(package);
    vec![own, generated]
}

fn python(place: &Place, program: &str) -> std::path::PathBuf {
    place.scratch.join("venv/bin").join(program)
}

fn install_python(place: &Place) -> Result<()> {
    let list = place.folder.join("python/requirements.txt");
    let venv = place.scratch.join("venv");
    once_for(&list, &venv.join(".accord"), || {
        run(Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&venv))?;
        let mut pip = Command::new(python(place, "pip"));
        run(pip
            .args(["install", "--quiet", "--no-deps", "--requirement"])
            .arg(&list))
    })
}
