//! What a network may send, of any shape: nothing of it panics, and nothing is taken for what it is not.

use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderValue, Request};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::string::string_regex;
use regex::Regex;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::params::{self, Given};
use super::tests::{Input, OPERATION};
use super::*;

/// The credential of a request with these headers.
fn credential(headers: HeaderMap) -> Option<Credential> {
    let (mut parts, ()) = Request::new(()).into_parts();
    parts.headers = headers;
    RequestContext::new(&OPERATION, &mut parts).credential
}

fn header(value: &[u8]) -> HeaderValue {
    HeaderValue::from_bytes(value).unwrap()
}

/// Whatever hyper lets through as the value of a header.
fn any_header() -> impl Strategy<Value = Vec<u8>> {
    let word = select(&[
        "session_id=", "session_id", "Bearer ", "bearer", "abc", ";", "; ", "=", " ", ",", "\"",
    ]);
    let piece = prop_oneof![
        3 => word.prop_map(|word| word.as_bytes().to_vec()),
        1 => vec(prop_oneof![Just(b'\t'), 0x20..=0x7e_u8, 0x80..=0xff_u8], 0..4),
    ];
    vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
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

#[derive(Debug, serde::Deserialize)]
#[serde(transparent)]
struct Anything(Value);

impl Schema for Anything {
    const RULE: &'static Rule = &Rule::Any;
}

/// JSON that may be wrong in one way: keys may occur twice.
#[derive(Clone, Debug)]
enum Node {
    Leaf(Value),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    fn write(&self, space: &str, out: &mut String) {
        let begin = |out: &mut String, first| out.push_str(if first { space } else { "," });
        match self {
            Self::Leaf(value) => out.push_str(&value.to_string()),
            Self::List(items) => {
                out.push('[');
                for (i, item) in items.iter().enumerate() {
                    begin(out, i == 0);
                    item.write(space, out);
                }
                out.push_str(&format!("{space}]"));
            }
            Self::Object(fields) => {
                out.push('{');
                for (i, (key, value)) in fields.iter().enumerate() {
                    begin(out, i == 0);
                    out.push_str(&format!("{}{space}:", json!(key)));
                    value.write(space, out);
                }
                out.push_str(&format!("{space}}}"));
            }
        }
    }

    fn repeats_a_key(&self) -> bool {
        match self {
            Self::Leaf(_) => false,
            Self::List(items) => items.iter().any(Self::repeats_a_key),
            Self::Object(fields) => fields.iter().enumerate().any(|(i, (key, value))| {
                fields[..i].iter().any(|(earlier, _)| earlier == key) || value.repeats_a_key()
            }),
        }
    }
}

/// Compiled once, and not for each case.
fn text(pattern: &str) -> impl Strategy<Value = String> + Clone {
    string_regex(pattern).unwrap()
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text("\\PC{0,6}").prop_map(Value::from),
        text("[\"\\\\\n\u{7f}\u{2028}😀/]{0,3}").prop_map(Value::from),
    ]
}

fn node() -> impl Strategy<Value = Node> {
    leaf().prop_map(Node::Leaf).prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Node::List),
            vec((text("[a-cé\"]{1,2}"), inner), 0..5).prop_map(Node::Object),
        ]
    })
}

/// A change of a few bytes: where, how many go, and what comes instead.
fn damage() -> impl Strategy<Value = (Index, usize, Vec<u8>)> {
    let byte = prop_oneof![select(b"{}[]\",:\\u0e-1 \n".to_vec()), any::<u8>()];
    (any::<Index>(), 0..3_usize, vec(byte, 0..3))
}

/// What is told of a body that cannot be read: where, and never what.
fn says_only_where(problem: &Problem) -> bool {
    let details = problem.details.as_deref().unwrap_or_default();
    let words = pattern!("^(not JSON|a key occurs twice): line [0-9]+, column [0-9]+$");
    problem.code == "request:malformed" && words.unwrap()().is_match(details)
}

fn repeats(problem: &Problem) -> bool {
    let details = problem.details.as_deref().unwrap_or_default();
    details.starts_with("a key occurs twice")
}

proptest! {
    /// SECURITY: 1.5.3.
    #[test]
    fn json_is_read_as_by_everybody_else_unless_a_key_occurs_twice(
        node in node(),
        space in "[ \n\t\r]{0,2}",
    ) {
        let mut text = String::new();
        node.write(&space, &mut text);
        match json::read::<Anything>(text.as_bytes()) {
            Ok(Anything(value)) => {
                prop_assert!(!node.repeats_a_key(), "{text}");
                prop_assert_eq!(value, serde_json::from_str::<Value>(&text).unwrap());
            }
            Err(problem) => {
                prop_assert!(node.repeats_a_key() && repeats(&problem), "{text}");
                prop_assert!(says_only_where(&problem));
            }
        }
    }

    /// SECURITY: 1.5.2, 16.5.1.
    #[test]
    fn damaged_json_is_refused_without_being_repeated(
        node in node(),
        damages in vec(damage(), 1..4),
    ) {
        let mut text = String::new();
        node.write("", &mut text);
        let mut bytes = text.into_bytes();
        for (at, gone, new) in damages {
            let at = at.index(bytes.len() + 1);
            let end = (at + gone).min(bytes.len());
            bytes.splice(at..end, new);
        }
        let theirs = serde_json::from_slice::<Value>(&bytes);
        match json::read::<Anything>(&bytes) {
            Ok(Anything(value)) => prop_assert_eq!(theirs.ok(), Some(value)),
            Err(problem) if problem.code == "request:invalid" => {
                // NUL in a string: JSON, but no text of ours.
                prop_assert!(theirs.is_ok() && problem.errors[0].code == "control_character");
            }
            Err(problem) => {
                prop_assert!(says_only_where(&problem), "{:?}", problem.details);
                prop_assert!(theirs.is_err() || repeats(&problem));
            }
        }
    }

    /// SECURITY: 1.5.2, E-3.
    #[test]
    fn any_value_is_judged_in_bounds_and_never_repeated(
        fields in vec(
            (
                select(&[
                    "text", "nullable", "flag", "count", "ratio", "kind", "list", "map", "one_of",
                    "any", "email", "secret", "other",
                ]),
                value(),
            ),
            0..16,
        ),
    ) {
        let given: Value = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        match check::<Input>(given) {
            Ok(Input(value)) => prop_assert_eq!(check::<Input>(value.clone()).unwrap().0, value),
            Err(problem) => {
                prop_assert!((1..=100).contains(&problem.errors.len()));
                for error in &problem.errors {
                    prop_assert!(error.field.chars().count() <= 200);
                    prop_assert!(!error.message.contains("hunter2"), "{}", error.message);
                }
            }
        }
    }

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

/// Values near those that the rules ask for, with a word in each text that no answer may repeat.
fn value() -> impl Strategy<Value = Value> {
    let word = prop_oneof![
        text("[a-zé]{0,5}"),
        Just("hunter2".to_owned()),
        Just("a".to_owned()),
        Just("hunter2@example.com".to_owned()),
        text("hunter2\\PC{0,3}"),
        Just("\0".to_owned()),
    ];
    let leaf = prop_oneof![
        2 => word.prop_map(Value::from),
        1 => leaf(),
        1 => (0..12_i64).prop_map(Value::from),
        1 => (0..3_u8).prop_map(|n| json!(f64::from(n) / 2.0)),
    ];
    leaf.prop_recursive(2, 8, 4, |inner| {
        let key = select(&["is", "x", "k"]).prop_map(str::to_owned);
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::Array),
            vec((key, inner), 0..4).prop_map(|fields| fields.into_iter().collect::<Value>()),
            Just(json!({ "is": "x", "x": true })),
        ]
    })
}
