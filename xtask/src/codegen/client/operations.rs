//! What progenitor does not know: each operation's own errors, and enums that may grow.
//!
//! The text calls macros of the client (`client/src/macros.rs`), so that it stays short enough to review.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::rewrite::{OpenEnums, resolve, text};

/// What the errors and futures of the client are made from.
pub struct Operation {
    id: String,
    /// Rust type of the answer; none for an event stream.
    answer: Option<String>,
    /// Code to its statuses and its first example's summary, in the order of the contract.
    codes: Vec<(String, Code)>,
}

#[derive(Default)]
struct Code {
    statuses: Vec<u16>,
    summary: String,
}

pub fn read(spec: &Value) -> Result<Vec<Operation>> {
    let mut found = Vec::new();
    for (path, item) in spec["paths"]
        .as_object()
        .context("the contract has no paths")?
    {
        for (method, operation) in item.as_object().into_iter().flatten() {
            if operation.get("operationId").is_some() {
                found.push(
                    operation_of(spec, operation).with_context(|| format!("{method} {path}"))?,
                );
            }
        }
    }
    ensure!(!found.is_empty(), "the contract has no operations");
    Ok(found)
}

fn operation_of(spec: &Value, operation: &Value) -> Result<Operation> {
    let mut codes: Vec<(String, Code)> = Vec::new();
    let mut answer = Some("()".to_owned());
    for (status, response) in operation["responses"].as_object().context("no responses")? {
        let response = resolve(spec, response)?;
        let number: u16 = status
            .parse()
            .with_context(|| format!("{status} is not a status"))?;
        if number < 400 {
            answer = answer_of(spec, response)?;
            continue;
        }
        let examples = response["content"]["application/json"]["examples"].as_object();
        for (code, example) in examples.with_context(|| format!("{status} names no codes"))? {
            let index = codes
                .iter()
                .position(|(known, _)| known == code)
                .unwrap_or_else(|| {
                    codes.push((code.clone(), Code::default()));
                    codes.len() - 1
                });
            let entry = &mut codes[index].1;
            entry.statuses.push(number);
            if entry.summary.is_empty() {
                entry.summary = text(&resolve(spec, example)?["summary"]);
            }
        }
    }
    Ok(Operation {
        id: text(&operation["operationId"]),
        answer,
        codes,
    })
}

fn answer_of(spec: &Value, response: &Value) -> Result<Option<String>> {
    let Some((media, content)) = response["content"]
        .as_object()
        .and_then(|contents| contents.iter().next())
    else {
        return Ok(Some("()".to_owned()));
    };
    if media == "text/event-stream" {
        return Ok(None);
    }
    resolve(spec, &content["schema"])?;
    let reference = content["schema"]["$ref"]
        .as_str()
        .context("an answer needs a named schema")?;
    Ok(Some(format!(
        "types::{}",
        reference.rsplit('/').next().unwrap_or_default()
    )))
}

/// `mod errors`: an enum per operation.
pub fn errors(operations: &[Operation]) -> String {
    let mut out = String::from(
        "\n/// What each operation can answer besides success: one exhaustive enum an operation.\n\
         pub mod errors {\n    use crate::macros::operation_error;\n",
    );
    for operation in operations {
        let _ = write!(
            out,
            "\n    operation_error! {{\n        /// Why [`{id}`](crate::Client::{id}) did not succeed.\n        \
             pub {name} for \"{id}\" {{\n",
            id = operation.id,
            name = error_name(&operation.id),
        );
        for (code, Code { statuses, summary }) in &operation.codes {
            let statuses = statuses
                .iter()
                .map(u16::to_string)
                .collect::<Vec<_>>()
                .join(" | ");
            let sentence = if summary.is_empty() {
                String::new()
            } else {
                format!(": {summary}")
            };
            let _ = writeln!(
                out,
                "            /// {} `{code}`{sentence}",
                statuses.replace(" | ", " or ")
            );
            let _ = writeln!(
                out,
                "            {} = {statuses}, \"{code}\";",
                pascal(code)
            );
        }
        out.push_str("        }\n    }\n");
    }
    out.push_str("}\n");
    out
}

/// `.await` on a builder, for every operation with one answer.
pub fn calls(operations: &[Operation]) -> String {
    let streams = operations
        .iter()
        .filter(|operation| operation.answer.is_none());
    let mut out = format!(
        "\n/// Operations that answer with a stream that does not end.\npub(crate) const STREAMS: &[&str] = &{:?};\n\n\
         mod calls {{\n    use super::{{builder, errors::*, types}};\n    use crate::macros::operation_call;\n\n",
        streams
            .map(|operation| operation.id.as_str())
            .collect::<Vec<_>>(),
    );
    for Operation { id, answer, .. } in operations {
        if let Some(answer) = answer {
            let _ = writeln!(
                out,
                "    operation_call!({} -> {answer}, {});",
                pascal(id),
                error_name(id)
            );
        }
    }
    out.push_str("}\n");
    out
}

/// `mod open`: the enums that may grow.
pub fn open_enums(enums: &OpenEnums) -> String {
    let mut out = String::from(
        "\n/// Enums that may grow within this version of the contract.\npub mod open {\n    \
         use crate::macros::open_enum;\n",
    );
    for (name, (description, values)) in enums {
        out.push_str("\n    open_enum! {\n");
        for line in description.lines() {
            let _ = writeln!(out, "        /// {line}");
        }
        let _ = writeln!(out, "        pub {name} {{");
        let variants: BTreeMap<_, _> = values.iter().map(|value| (pascal(value), value)).collect();
        for (variant, value) in variants {
            let _ = writeln!(out, "            {variant} = \"{value}\",");
        }
        out.push_str("        }\n    }\n");
    }
    out.push_str("}\n");
    out
}

pub fn error_name(operation_id: &str) -> String {
    format!("{}Error", pascal(operation_id))
}

/// `auth:invalid_credentials` as `AuthInvalidCredentials`.
fn pascal(name: &str) -> String {
    let words = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    words
        .map(|word| format!("{}{}", word[..1].to_ascii_uppercase(), &word[1..]))
        .collect()
}
