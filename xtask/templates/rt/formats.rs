//! Formats that take a parser to check.

use chrono::{DateTime, NaiveDate};
use email_address::{EmailAddress, Options};
use url::Url;
use uuid::Uuid;

use super::Format;

/// Whether `text` is of the format.
pub(super) fn holds(format: Format, text: &str) -> bool {
    match format {
        Format::Email => is_email(text),
        Format::Uri => is_uri(text),
        // The crate also reads other spellings, all of other lengths.
        Format::Uuid => text.len() == 36 && Uuid::try_parse(text).is_ok(),
        // chrono also takes signs and spaces.
        Format::Date => {
            let date = NaiveDate::parse_from_str(text, "%Y-%m-%d");
            text.len() == 10 && date.is_ok_and(|date| date.to_string() == text)
        }
        // chrono also takes a space for the T.
        Format::DateTime => {
            text.as_bytes().get(10).is_some_and(|b| *b != b' ')
                && DateTime::parse_from_rfc3339(text).is_ok()
        }
    }
}

/// A mailbox that mail can be sent to: no display name, no IP address for a domain.
fn is_email(text: &str) -> bool {
    let options = Options::default()
        .without_display_text()
        .without_domain_literal();
    text.len() <= 254 && EmailAddress::parse_with_options(text, options).is_ok()
}

/// An absolute URI as it is written, without anything that a parser would first have to mend.
fn is_uri(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\') && Url::parse(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(format: Format, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(holds(format, text), "{text} is good");
        }
        for text in bad {
            assert!(!holds(format, text), "{text} is bad");
        }
    }

    #[test]
    fn emails() {
        judge(
            Format::Email,
            &[
                "a@b.example",
                "o'hara+tag@sub.example.org",
                "jörg@exämple.de",
            ],
            &[
                "",
                "a",
                "@b.example",
                "a@",
                "a b@c.example",
                "Ada <a@b.example>",
                "a@[127.0.0.1]",
                "a@b.example\n",
                "a@b@c.example",
                "a@b.example,c@d.example",
            ],
        );
        let long = format!("a@{}.example", ["b".repeat(60).as_str(); 5].join("."));
        judge(Format::Email, &[], &[&long]);
    }

    #[test]
    fn uris() {
        judge(
            Format::Uri,
            &["https://example.com/a?b#c", "urn:uuid:1", "mailto:a@b.c"],
            &[
                "",
                "/a",
                "example.com",
                "https://a b",
                "https:\\a",
                " https://a",
                "http://é/",
            ],
        );
    }

    #[test]
    fn uuids() {
        judge(
            Format::Uuid,
            &["0190f5e6-7a1b-7c3d-8e4f-000000000001"],
            &[
                "",
                "0190f5e67a1b7c3d8e4f000000000001",
                "{0190f5e6-7a1b-7c3d-8e4f-000000000001}",
                "0190f5e6-7a1b-7c3d-8e4f-00000000000g",
            ],
        );
    }

    #[test]
    fn dates_and_times() {
        judge(
            Format::Date,
            &["2026-02-28"],
            &["2026-02-29", "2026-2-1", "", "-00- 01- 1", "2026 -1- 1", "+026-02-28", "-0001-10-01"],
        );
        judge(
            Format::DateTime,
            &["2026-01-01T00:00:00Z", "2026-01-01T00:00:00.5+02:00"],
            &[
                "",
                "2026-01-01",
                "2026-01-01 00:00:00Z",
                "2026-01-01T00:00:00",
                "2026-13-01T00:00:00Z",
            ],
        );
    }
}
