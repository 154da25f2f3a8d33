//! Reading: each setting is tried by itself, so that one message can name every problem, and a
//! problem says where the setting came from. (Libraries that merge first stop at the first problem
//! and quote the value.)

use std::fmt;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::Config;

/// Everything wrong with a configuration.
#[derive(Debug, PartialEq, Eq)]
pub struct Problems(pub Vec<String>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            1 => f.write_str("the configuration has a problem:")?,
            n => write!(f, "the configuration has {n} problems:")?,
        }
        for problem in &self.0 {
            write!(f, "\n  - {problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// Variables that say the same as a nested name.
const SHORT: [(&str, &str); 2] = [("DATABASE_URL", "database.url"), ("REDIS_URL", "redis.url")];

/// Reads the configuration: `file` if given (it must exist then), else ./accord.toml if there is
/// one, then the `ACCORD_*` variables among `env`.
pub fn load(
    file: Option<&Path>,
    env: impl IntoIterator<Item = (String, String)>,
) -> Result<Config, Problems> {
    let mut problems = Vec::new();
    let mut table = Table::new();

    let env: Vec<_> = env
        .into_iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("ACCORD_")?.to_owned(), value)))
        // An empty variable is one that is not set.
        .filter(|(_, value)| !value.trim().is_empty())
        .collect();
    let named = env.iter().find(|(name, _)| name == "CONFIG");
    let file = match (file, named) {
        (Some(file), _) => Some(file.to_owned()),
        (None, Some((_, file))) => Some(PathBuf::from(file)),
        (None, None) => Some(PathBuf::from("accord.toml")).filter(|file| file.exists()),
    };

    if let Some(file) = file {
        match read(&file) {
            Ok(given) => {
                for (path, value) in leaves(given) {
                    match probe(&path, value.clone()) {
                        Ok(()) => put(&mut table, &path, value),
                        Err(problem) => {
                            problems.push(format!("{}: {path}: {problem}", file.display()));
                        }
                    }
                }
            }
            Err(problem) => problems.push(format!("{}: {problem}", file.display())),
        }
    }
    for (name, value) in env.iter().filter(|(name, _)| name != "CONFIG") {
        let path = match SHORT.iter().find(|(short, _)| short == name) {
            Some((_, path)) => (*path).to_owned(),
            None => name.to_ascii_lowercase().replace("__", "."),
        };
        match from_text(&path, value) {
            Ok(value) => put(&mut table, &path, value),
            Err(problem) => problems.push(format!("ACCORD_{name}: {problem}")),
        }
    }

    let config: Config = match table.try_into() {
        Ok(config) => config,
        Err(error) => {
            problems.push(error.message().to_owned());
            return Err(Problems(problems));
        }
    };
    problems.extend(config.problems());
    match problems.is_empty() {
        true => Ok(config),
        false => Err(Problems(problems)),
    }
}

/// The environment of the process. What is not Unicode is no setting of ours, or a broken one.
pub fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os().map(|(name, value)| {
        let text = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
        (text(name), text(value))
    })
}

fn read(file: &Path) -> Result<Table, String> {
    let text = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
    toml::from_str(&text).map_err(|error| {
        // Not its Display, which quotes the line: it may hold a password.
        let before = error.span().map_or(0, |span| span.start);
        let line = text.as_bytes()[..before.min(text.len())]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        format!("line {}: not TOML", line + 1)
    })
}

/// The settings of a table, by their dotted paths.
fn leaves(table: Table) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for (key, value) in table {
        match value {
            Value::Table(inner) if !inner.is_empty() => {
                let inner = leaves(inner).into_iter();
                all.extend(inner.map(|(path, value)| (format!("{key}.{path}"), value)));
            }
            value => all.push((key, value)),
        }
    }
    all
}

fn put(table: &mut Table, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            table.insert(path.to_owned(), value);
        }
        Some((first, rest)) => {
            let inner = table
                .entry(first.to_owned())
                .or_insert_with(|| Value::Table(Table::new()));
            if let Value::Table(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

/// Whether the setting exists and takes the value, all others being left alone.
fn probe(path: &str, value: Value) -> Result<(), String> {
    let mut table = Table::new();
    put(&mut table, path, value);
    match table.try_into::<Config>() {
        Ok(_) => Ok(()),
        Err(error) if error.message().starts_with("unknown field") => {
            Err(unknown(path, error.message()))
        }
        Err(error) => Err(error.message().trim().to_owned()),
    }
}

/// An unknown setting, with the one that was probably meant.
fn unknown(path: &str, message: &str) -> String {
    // serde: unknown field `a`, expected one of `b`, `c`
    let mut names = message.split('`').skip(1).step_by(2);
    let wrong = names.next().unwrap_or(path);
    let near = names
        .map(|name| (distance(wrong, name), name))
        .min()
        .filter(|(distance, _)| *distance <= 2);
    match near {
        Some((_, name)) => format!("no such setting; did you mean `{name}`?"),
        None => "no such setting".into(),
    }
}

/// Levenshtein distance.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let next = (corner + usize::from(x != y)).min(row[j].min(row[j + 1]) + 1);
            corner = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row[b.len()]
}

/// A variable's text as what the setting takes: a text, else a TOML value, else a comma-separated
/// list.
fn from_text(path: &str, text: &str) -> Result<Value, String> {
    let list = text.split(',').map(|part| Value::from(part.trim()));
    let parsed = toml::from_str::<Table>(&format!("v = {text}"))
        .ok()
        .and_then(|mut table| table.remove("v"));
    let forms = [
        Some(Value::from(text)),
        parsed,
        Some(Value::Array(list.collect())),
    ];
    let mut problem = None;
    for value in forms.into_iter().flatten() {
        match probe(path, value.clone()) {
            Ok(()) => return Ok(value),
            Err(found) => problem = problem.or(Some(found)),
        }
    }
    Err(problem.unwrap_or_default())
}

#[cfg(test)]
mod tests;
