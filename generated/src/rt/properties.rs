//! What a network may send, of any shape: nothing of it panics, and nothing is taken for what it is not.

mod bodies;

use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderValue, Request};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use regex::Regex;
use url::form_urlencoded;

use super::params::{self, Given};
use super::tests::OPERATION;
use super::*;

/// Failures are not kept beside generated files.
fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// The credential of a request with these headers.
fn credential(headers: HeaderMap) -> Option<Credential> {
    let (mut parts, ()) = Request::new(()).into_parts();
    parts.headers = headers;
    RequestContext::new(&OPERATION, &mut parts).0.credential
}

fn header(value: &[u8]) -> HeaderValue {
    HeaderValue::from_bytes(value).unwrap()
}

/// Whatever hyper lets through as the value of a header.
fn any_header() -> impl Strategy<Value = Vec<u8>> {
    let word = select(&[
        "session_id=",
        "session_id",
        "Bearer ",
        "bearer",
        "abc",
        ";",
        "; ",
        "=",
        " ",
        ",",
        "\"",
    ]);
    let piece = prop_oneof![
        3 => word.prop_map(|word| word.as_bytes().to_vec()),
        1 => vec(prop_oneof![Just(b'\t'), 0x20..=0x7e_u8, 0x80..=0xff_u8], 0..4),
    ];
    vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(config())]

    /// SECURITY: C-6, 7.2.1.
    #[test]
    fn the_session_cookie_is_the_one_of_its_exact_name(
        pairs in vec(
            (
                select(&["session_id", "Session_id", "session_id2", "_session_id", "a", ""]),
                "[A-Za-z0-9=._%\"-]{0,8}",
                select(&["; ", ";", " ;  ", ";;"]),
                any::<bool>(),
            ),
            0..6,
        ),
    ) {
        let mut lines = vec![String::new()];
        for (name, value, end, is_last) in &pairs {
            let line = lines.last_mut().unwrap();
            line.push_str(&format!("{name}={value}{end}"));
            if *is_last {
                lines.push(String::new());
            }
        }
        let lines = lines.iter().map(|line| (COOKIE, header(line.as_bytes())));
        let mut named = pairs.iter().filter(|(name, ..)| *name == "session_id");
        let expected = match (named.next(), named.next()) {
            (Some((_, value, ..)), None) if !value.is_empty() => {
                Some(Credential::Cookie(value.clone()))
            }
            _ => None,
        };
        prop_assert!(credential(lines.collect()) == expected);
    }

    /// SECURITY: 7.2.1.
    #[test]
    fn a_credential_is_part_of_what_was_sent(
        cookies in vec(any_header(), 0..3),
        authorization in vec(any_header(), 0..3),
    ) {
        let pairs = cookies.iter().map(|value| (COOKIE, header(value)));
        let others = authorization.iter().map(|value| (AUTHORIZATION, header(value)));
        let sent = |parts: &[Vec<u8>], token: &str| {
            parts.iter().any(|part| part.windows(token.len()).any(|it| it == token.as_bytes()))
        };
        match credential(pairs.chain(others).collect()) {
            Some(Credential::Cookie(token)) => {
                prop_assert!(authorization.is_empty() && sent(&cookies, &token));
                prop_assert!(!token.is_empty() && !token.contains(';'));
            }
            Some(Credential::Bearer(token)) => {
                prop_assert!(authorization.len() == 1 && sent(&authorization, &token));
                prop_assert!(!token.is_empty() && !token.contains(' '));
                prop_assert!(authorization[0][..7].eq_ignore_ascii_case(b"bearer "));
            }
            None => {}
        }
    }

    #[test]
    fn any_bearer_token_arrives(
        scheme in "[Bb][Ee][Aa][Rr][Ee][Rr]",
        spaces in 1..4_usize,
        token in "[A-Za-z0-9._~+/-]{1,60}={0,2}",
    ) {
        let value = format!("{scheme}{}{token}", " ".repeat(spaces));
        let headers = [(AUTHORIZATION, header(value.as_bytes())), (COOKIE, header(b"session_id=a"))];
        prop_assert!(credential(headers.into_iter().collect()) == Some(Credential::Bearer(token)));
    }

    #[test]
    fn a_query_is_read_as_it_was_written(pairs in vec((any::<String>(), any::<String>()), 0..6)) {
        let mut written = form_urlencoded::Serializer::new(String::new());
        let text = written.extend_pairs(&pairs).finish();
        let read = params::query(&text).into_iter().map(|(name, value)| match value {
            Given::Text(value) => (name, value),
            Given::Unreadable => (name, "unreadable".to_owned()),
        });
        prop_assert_eq!(read.collect::<Vec<_>>(), pairs);
    }

    /// Decoding agrees with the browsers', but for what those would mend.
    #[test]
    fn asvs_1_1_1_a_value_is_decoded_once_or_refused(
        value in "([a-z+=%]|%[0-9a-fA-F]{2}|%25[0-9a-f]{2}|%c3%a9|[^&%]){0,12}",
    ) {
        let text = format!("x={value}");
        let (_, mended) = form_urlencoded::parse(text.as_bytes()).next().unwrap();
        let whole = pattern!("^([^%]|%[0-9a-fA-F]{2})*$").unwrap()().is_match(&value);
        match params::query(&text).as_slice() {
            [(name, Given::Text(read))] => {
                prop_assert!(name == "x" && whole);
                prop_assert_eq!(read, &*mended);
            }
            [(_, Given::Unreadable)] => {
                let is_text = !mended.contains('\u{fffd}');
                prop_assert!(!whole || !is_text, "{value}");
            }
            other => prop_assert!(false, "{} pairs", other.len()),
        }
    }

    /// SECURITY: 1.4.2.
    #[test]
    fn an_integer_is_written_in_one_way(
        text in prop_oneof![any::<i128>().prop_map(|n| n.to_string()), "-?[0-9]{0,24}", "[-+ 0-9.eE_xé]{0,6}"],
    ) {
        let taken = params::take::<Integers>(|_| vec![Given::Text(text.clone())]);
        let canonical = text.parse::<i64>().ok().filter(|n| n.to_string() == text);
        let expected = canonical.filter(|n| (-99..=99).contains(n));
        prop_assert_eq!(taken.ok().map(|taken| taken.n), expected);
    }

    /// SECURITY: 4.1.1, C-3.
    #[test]
    fn only_json_is_json(
        value in prop_oneof![
            any_header(),
            "(application|text)/(json|plain|x)[;, ]{0,2}(charset)?=?\"?(utf-8|UTF-16|x)?\"?[; ]{0,1}"
                .prop_map(String::into_bytes),
        ],
    ) {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, header(&value))]);
        let body = axum::body::Body::from("{}");
        if body::check_type(&headers, &body, "application/json").is_ok() {
            let text = String::from_utf8(value).unwrap().to_ascii_lowercase();
            let bare = text.replace([' ', '\t', '"'], "");
            prop_assert!(["application/json", "application/json;charset=utf-8"].contains(&&*bare), "{text}");
        }
    }
}

#[derive(serde::Deserialize)]
struct Integers {
    n: i64,
}

impl Schema for Integers {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[Field::required("n", &Rule::Integer { min: -99, max: 99 })],
        ..Object::OPEN
    });
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn formats_are_what_the_standards_say(
        uuid in "[0-9a-fA-Fg]{7,8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{11,13}",
        date in "[+-]?[0-9]{1,4} ?- ?(0?[1-9]|1[0-3]) ?- ?(0?[1-9]|[0-3][0-9])",
        time in "[Tt _]?[0-2][0-9]:[0-6][0-9](:[0-6][0-9])?(\\.[0-9]{0,10})?([Zz]|[+-][0-2][0-9]:?[0-6][0-9]| UTC)?",
    ) {
        let is_written = |pattern: Option<fn() -> &'static Regex>, text: &str| pattern.unwrap()().is_match(text);
        let well = is_written(pattern!("^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$"), &uuid);
        prop_assert_eq!(formats::holds(Format::Uuid, &uuid), well, "{}", uuid);
        // Days and hours that there are not are written well, too.
        let well = is_written(pattern!("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), &date);
        prop_assert!(well || !formats::holds(Format::Date, &date), "{date}");
        let moment = format!("{date}{time}");
        let well = is_written(
            pattern!("^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$"),
            &moment,
        );
        prop_assert!(well || !formats::holds(Format::DateTime, &moment), "{moment}");
    }

    #[test]
    fn no_text_is_too_odd_to_be_judged(text in any::<String>(), at in "[^@ ]{0,9}@[^@]{0,9}") {
        for text in [&text, &at] {
            for format in [Format::Email, Format::Uri, Format::Uuid, Format::Date, Format::DateTime] {
                if formats::holds(format, text) {
                    prop_assert!(!text.is_empty() && !text.contains(['\0', '\n', '\r']), "{text:?}");
                }
            }
        }
    }
}
