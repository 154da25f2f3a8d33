//! Words for what progenitor leaves without: the builders' setters, the values of enums, and fields that are no more
//! than a reference to a schema, which has the words.

use std::collections::HashMap;

use anyhow::Result;
use regex::Regex;
use serde_json::Value;

use super::rewrite::resolve;

/// Descriptions of an operation's parameters, by the operation's id and theirs.
type Parameters<'a> = HashMap<(String, &'a str), &'a str>;

fn parameters(spec: &Value) -> Result<Parameters<'_>> {
    let mut found = HashMap::new();
    let paths = spec["paths"].as_object().into_iter().flatten();
    for (_, item) in paths {
        for operation in item
            .as_object()
            .into_iter()
            .flatten()
            .map(|(_, value)| value)
        {
            let id: String = operation["operationId"]
                .as_str()
                .unwrap_or_default()
                .split('_')
                .flat_map(|word| {
                    let mut letters = word.chars();
                    let first = letters.next().into_iter().flat_map(char::to_uppercase);
                    first.chain(letters).collect::<Vec<_>>()
                })
                .collect();
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let parameter = resolve(spec, parameter)?;
                if let (Some(name), Some(text)) = (
                    parameter["name"].as_str(),
                    parameter["description"].as_str(),
                ) {
                    found.insert((id.clone(), name), text.trim());
                }
            }
        }
    }
    Ok(found)
}

/// Adds a doc comment to each public item of the (formatted) source that has none.
pub fn complete(source: &str, spec: &Value) -> Result<String> {
    let module = Regex::new(r"^(\s*)pub mod (\w+) \{$").expect("a pattern");
    let owner = Regex::new(r"^\s*impl(?:<'a>)? (\w+)").expect("a pattern");
    let function = Regex::new(r"^\s*pub (?:async )?fn (\w+)").expect("a pattern");
    let variant = Regex::new(r"^\s*([A-Z]\w*)(?:\(.*\))?,$").expect("a pattern");
    let field = Regex::new(r"^\s*pub \w+: (?:.*\W)?(\w+)>*,$").expect("a pattern");
    let maker = Regex::new(r"^\s*pub struct (\w+) \{$").expect("a pattern");
    let renamed = Regex::new(r#"rename = "([^"]*)""#).expect("a pattern");
    let parameters = parameters(spec)?;

    let mut lines: Vec<String> = Vec::new();
    let (mut place, mut of) = (Vec::new(), String::new());
    let mut in_enum = false;
    for line in source.lines() {
        if let Some(found) = module.captures(line) {
            place.truncate(found[1].len() / 4);
            place.push(found[2].to_owned());
        }
        if let Some(found) = owner.captures(line) {
            of = found[1].to_owned();
        }
        let place: Vec<_> = place.iter().map(String::as_str).collect();
        let begins = line.trim_start().starts_with("pub enum ");
        in_enum = begins || (in_enum && line.trim() != "}");
        let text = if let Some(found) = function.captures(line) {
            Some(about(&place, &of, &found[1], &parameters))
        } else if in_enum && place.first() == Some(&"types") {
            variant.captures(line).map(|found| {
                let value = lines.last().and_then(|before| renamed.captures(before));
                format!(
                    "`{}`",
                    value.map_or(found[1].to_owned(), |value| value[1].to_owned())
                )
            })
        } else if place == ["types", "builder"] {
            maker
                .captures(line)
                .map(|found| format!("Makes a [`{0}`](super::{0}), field by field.", &found[1]))
        } else if place == ["types"] {
            field.captures(line).map(|found| {
                let text = spec["components"]["schemas"][&found[1]]["description"].as_str();
                text.unwrap_or(&found[1]).trim().to_owned()
            })
        } else {
            None
        };
        if let Some(text) = text {
            document(&mut lines, line, &text);
        }
        lines.push(line.to_owned());
    }
    Ok(lines.join("\n") + "\n")
}

/// What a function does, which its name and place tell.
fn about(place: &[&str], of: &str, name: &str, parameters: &Parameters<'_>) -> String {
    match (place, name) {
        (["types", "builder"], field) => {
            let plain = field.trim_start_matches("r#");
            format!("Sets [`{plain}`](super::{of}#structfield.{plain}).")
        }
        (["types"], "builder") => "Begins one, field by field.".to_owned(),
        (["builder"], "new") => "A request with nothing set yet.".to_owned(),
        (["builder"], "body") => "Sets the body.".to_owned(),
        (["builder"], "body_map") => "Changes the body, which begins with nothing set.".to_owned(),
        (_, name) => match parameters.get(&(of.to_owned(), name)) {
            Some(text) => format!("Sets `{name}`: {text}"),
            None => format!("Sets `{name}`."),
        },
    }
}

/// Puts a doc comment before an item and its attributes, if it has none.
fn document(lines: &mut Vec<String>, item: &str, text: &str) {
    let mut at = lines.len();
    while at > 0 && lines[at - 1].trim_start().starts_with("#[") {
        at -= 1;
        let attribute = lines[at].trim_start();
        if attribute.starts_with("#[doc") {
            return;
        }
    }
    if at > 0 && lines[at - 1].trim_start().starts_with("///") {
        return;
    }
    let indent = &item[..item.len() - item.trim_start().len()];
    let comment = text
        .lines()
        .map(|line| format!("{indent}/// {line}").trim_end().to_owned());
    lines.splice(at..at, comment);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_has_no_words_gets_some() {
        let spec = json!({ "components": { "schemas": { "Kind": { "description": "How it is." } } }, "paths": { "/things": { "get": {
            "operationId": "list_things",
            "parameters": [{ "name": "limit", "in": "query", "description": "How many at most." }],
        } } } });
        let source = r#"pub mod types {
    pub enum Kind {
        #[serde(rename = "good")]
        Good,
        #[doc = "As it is."]
        Bad,
    }
    pub struct Thing {
        pub kind: ::std::option::Option<Kind>,
    }
    impl Thing {
        pub fn builder() -> builder::Thing {
        }
    }
    pub mod builder {
        pub struct Thing {
        }
        impl Thing {
            pub fn name(mut self) {
            }
        }
    }
}
pub mod builder {
    impl<'a> ListThings<'a> {
        pub fn new(client: &'a super::Client) -> Self {
        }
        #[must_use]
        pub fn limit(mut self) {
        }
        #[doc = "Sends it."]
        pub async fn send(self) {
        }
    }
}
"#;
        let complete = complete(source, &spec).unwrap();
        let added: Vec<_> = complete
            .lines()
            .map(str::trim)
            .filter(|line| line.starts_with("///"))
            .collect();
        assert_eq!(
            added,
            [
                "/// `good`",
                "/// How it is.",
                "/// Begins one, field by field.",
                "/// Makes a [`Thing`](super::Thing), field by field.",
                "/// Sets [`name`](super::Thing#structfield.name).",
                "/// A request with nothing set yet.",
                "/// Sets `limit`: How many at most.",
            ]
        );
        assert!(complete.contains("    /// Sets `limit`: How many at most.\n        #[must_use]"));
        let without: String = complete
            .lines()
            .filter(|line| !line.trim().starts_with("///"))
            .map(|line| line.to_owned() + "\n")
            .collect();
        assert_eq!(without, source);
    }
}
