//! What `accord config example` and `accord config schema` print, made from the types.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::Config;

/// JSON Schema of the configuration file.
pub fn schema() -> Value {
    let schema = schemars::schema_for!(Config);
    schema.to_value()
}

/// A configuration file with every setting, its meaning and its default.
pub fn example() -> String {
    let schema = schema();
    let defaults = serde_json::to_value(Config::default()).unwrap_or_default();
    let mut text = String::from(
        "# Every setting with its default. A variable such as ACCORD_SESSION__IDLE=24h sets one too.\n",
    );
    table(&mut text, &schema, &schema, &defaults, "");
    text
}

/// What a schema refers to.
fn resolve<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let reference = schema["$ref"].as_str().or_else(|| {
        // Option<T>: anyOf [T, null]
        let options = schema["anyOf"].as_array()?;
        options.iter().find_map(|option| option["$ref"].as_str())
    });
    match reference.and_then(|path| path.strip_prefix('#')) {
        Some(path) => root.pointer(path).unwrap_or(schema),
        None => schema,
    }
}

fn properties(schema: &Value) -> Option<&Map<String, Value>> {
    schema["properties"].as_object()
}

fn table(text: &mut String, root: &Value, schema: &Value, defaults: &Value, path: &str) {
    let Some(all) = properties(schema) else {
        return;
    };
    let (sections, settings): (Vec<_>, Vec<_>) = all
        .iter()
        .partition(|(_, schema)| properties(resolve(root, schema)).is_some());
    for (name, property) in settings {
        comment(text, property["description"].as_str());
        let value = match &defaults[name] {
            Value::Null => "…".to_owned(),
            value => value.to_string(),
        };
        let _ = writeln!(text, "#{name} = {value}");
    }
    for (name, property) in sections {
        let section = resolve(root, property);
        let path = match path {
            "" => name.clone(),
            path => format!("{path}.{name}"),
        };
        text.push('\n');
        let own = property["description"].as_str();
        comment(text, own.or(section["description"].as_str()));
        match defaults[name].is_null() {
            false => {
                let _ = writeln!(text, "[{path}]");
                table(text, root, section, &defaults[name], &path);
            }
            true => {
                let _ = writeln!(text, "#[{path}]");
            }
        }
    }
}

fn comment(text: &mut String, description: Option<&str>) {
    for line in description.unwrap_or_default().lines() {
        let _ = writeln!(text, "# {line}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_a_configuration_and_says_what_the_defaults_are() {
        let example = example();
        let plain: toml::Table = toml::from_str(&example).unwrap();
        assert!(plain.contains_key("limits"));
        // With the settings uncommented, it still reads.
        let mut open = String::new();
        for line in example.lines() {
            let setting = line
                .strip_prefix('#')
                .filter(|rest| !rest.starts_with([' ', '[']) && !rest.contains('…'));
            open.push_str(setting.unwrap_or(line));
            open.push('\n');
        }
        let table: toml::Table = toml::from_str(&open).unwrap();
        let config: Config = table.try_into().unwrap();
        assert_eq!(format!("{config:?}"), format!("{:?}", Config::default()));
        assert!(open.contains("in_flight = 1024"), "{open}");
    }

    #[test]
    fn the_schema_knows_every_section() {
        let schema = schema();
        let properties = schema["properties"].as_object().unwrap();
        assert!(properties.contains_key("rate_limits"));
        assert_eq!(schema["additionalProperties"], false);
    }
}
