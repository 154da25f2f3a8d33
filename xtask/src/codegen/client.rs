//! The Rust client: progenitor's output, then one error enum per operation.
//!
//! progenitor reads a copy of the contract that [`rewrite`] has fitted to what a Rust caller wants. Everything
//! ends up in the one file `client/src/generated.rs`, formatted, and byte for byte the same from run to run.

mod docs;
mod operations;
mod rewrite;

use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use progenitor_impl::{
    CrateVers, GenerationSettings, Generator, HooksMode, InterfaceStyle, TagStyle, TypeImpl,
};
use serde_json::Value;

const HEADER: &str = "\
// Written by `cargo xtask codegen` from openapi.yaml. Do not edit: mend the contract or the generator.

";

/// The text of `client/src/generated.rs` for this contract.
pub fn generate(spec: &Value) -> Result<String> {
    let operations = operations::read(spec)?;
    let open = rewrite::open_enums(spec);
    let fitted = serde_json::from_value(rewrite::rewrite(spec)?)
        .context("the contract is not OpenAPI 3.0")?;

    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_hooks(HooksMode::Expected)
        .with_inner_type("crate::connection::Connection".parse().expect("a path"))
        .with_crate("accord_client", CrateVers::Any, None);
    for name in open.keys() {
        let string_like = [TypeImpl::Display, TypeImpl::FromStr].into_iter();
        settings.with_replacement(name, format!("crate::generated::open::{name}"), string_like);
    }
    let client = Generator::new(&settings)
        .generate_tokens(&fitted)
        .context("progenitor")?;

    let mut source = String::from(HEADER);
    source.push_str(&client.to_string());
    source.push_str(&operations::errors(&operations));
    source.push_str(&operations::calls(&operations));
    source.push_str(&operations::open_enums(&open));
    docs::complete(&rustfmt(&source)?, spec)
}

fn rustfmt(source: &str) -> Result<String> {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--emit", "stdout", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start rustfmt; it comes with `rustup component add rustfmt`")?;
    let mut stdin = child.stdin.take().context("rustfmt has no stdin")?;
    let source = source.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(source.as_bytes()));
    let output = child.wait_with_output()?;
    writer.join().expect("the writer does not panic")?;
    ensure!(
        output.status.success(),
        "rustfmt refuses the generated client"
    );
    Ok(String::from_utf8(output.stdout)?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn contract() -> Value {
        serde_norway::from_str(include_str!("client/sample.yaml")).expect("the sample is YAML")
    }

    #[test]
    fn the_same_contract_gives_the_same_bytes() {
        assert_eq!(
            generate(&contract()).unwrap(),
            generate(&contract()).unwrap()
        );
    }

    #[test]
    fn the_client_in_the_tree_is_what_the_contract_gives() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        let read = |path: &str| std::fs::read_to_string(format!("{root}/{path}")).unwrap();
        let contract = serde_norway::from_str(&read("openapi.yaml")).unwrap();
        let fresh = generate(&contract).unwrap() == read("client/src/generated.rs");
        assert!(fresh, "run `cargo xtask codegen`");
    }

    #[test]
    fn every_operation_gets_a_builder_an_error_and_a_future() {
        let text = generate(&contract()).unwrap();
        for expected in [
            "pub fn update_me(&self)",
            "pub fn upload_image(&self)",
            "pub fn stream_actions(&self)",
            "UpdateMeError for \"update_me\"",
            "RequestInvalid = 400, \"request:invalid\"",
            "OauthProviderUnavailable = 502 | 504, \"oauth:provider_unavailable\"",
            "UpdateMe -> types::User, UpdateMeError",
            "UploadImage -> (), UploadImageError",
        ] {
            assert!(text.contains(expected), "missing: {expected}");
        }
        assert!(
            !text.contains("StreamActions -> "),
            "a stream is not one answer"
        );
    }

    #[test]
    fn tri_state_secret_and_open_types_are_used() {
        let text = generate(&contract()).unwrap();
        for expected in [
            "pub bio: ::std::option::Option<::accord_client::Patch<::std::string::String>>",
            "pub password: ::accord_client::Secret",
            "pub code: crate::generated::open::ErrorCode",
            "pub ErrorCode {",
        ] {
            assert!(text.contains(expected), "missing: {expected}");
        }
        assert!(
            !text.contains("pub struct Bio"),
            "a plain string needs no type of its own"
        );
    }

    #[test]
    fn a_contract_without_operations_is_an_error() {
        assert!(
            generate(
                &json!({"openapi": "3.0.3", "info": {"title": "x", "version": "1"}, "paths": {}})
            )
            .is_err()
        );
    }
}
