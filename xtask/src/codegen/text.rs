//! Names, literals and documentation comments.

use anyhow::{Result, bail};

const KEYWORDS: [&str; 52] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "Self", "static", "struct", "super", "trait", "true", "try", "type",
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// `auth:login_failed` and `auth.login-failed` as `AuthLoginFailed`.
pub fn pascal(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let name: String = words
        .flat_map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|c| c.to_ascii_uppercase())
                .into_iter()
                .chain(letters)
        })
        .collect();
    match name.chars().next() {
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        _ => name,
    }
}

/// The name of a field or parameter as a Rust identifier.
pub fn ident(name: &str) -> String {
    let snake = name.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    let snake = snake.to_ascii_lowercase();
    if KEYWORDS.contains(&snake.as_str()) {
        format!("r#{snake}")
    } else {
        snake
    }
}

/// A Rust string literal.
pub fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// The variant for a response status.
pub fn status(status: &str) -> Result<&'static str> {
    Ok(match status {
        "200" => "Ok",
        "201" => "Created",
        "202" => "Accepted",
        "204" => "NoContent",
        "206" => "PartialContent",
        "301" => "MovedPermanently",
        "302" => "Found",
        "303" => "SeeOther",
        "304" => "NotModified",
        "307" => "TemporaryRedirect",
        "308" => "PermanentRedirect",
        "503" => "ServiceUnavailable",
        _ => bail!("no variant for a success of this status"),
    })
}

/// Lines of a documentation comment: CommonMark in, CommonMark out, but for what rustdoc takes for links or HTML.
pub fn doc(text: &str) -> Vec<String> {
    text.trim().lines().map(escaped).collect()
}

fn escaped(line: &str) -> String {
    let mut escaped = String::from(if line.is_empty() { "" } else { " " });
    let mut in_code = false;
    for c in line.trim_end().chars() {
        in_code ^= c == '`';
        if !in_code && matches!(c, '<' | '>' | '[' | ']') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_rust_names() {
        assert_eq!(pascal("auth:login_failed"), "AuthLoginFailed");
        assert_eq!(pascal("password_totp"), "PasswordTotp");
        assert_eq!(pascal("2fa"), "_2fa");
        assert_eq!(ident("Last-Event-ID"), "last_event_id");
        assert_eq!(ident("type"), "r#type");
    }

    #[test]
    fn documentation_keeps_code_and_escapes_the_rest() {
        assert_eq!(
            doc("a `<b>[c]` <d> [e]\n\nf"),
            [" a `<b>[c]` \\<d\\> \\[e\\]", "", " f"]
        );
    }
}
