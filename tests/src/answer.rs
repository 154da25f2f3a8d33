//! An answer as it came, with questions that tests ask of it.

use std::fmt;

use accord_client::OperationError;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The error code, `ok` for a success.
    pub fn code(&self) -> String {
        match self.status {
            200..300 => "ok".to_owned(),
            _ => self.json()["code"].as_str().unwrap_or_default().to_owned(),
        }
    }

    /// Status and code, to compare with `(401, "auth:session_required")`.
    pub fn outcome(&self) -> Outcome {
        Outcome {
            status: self.status,
            code: self.code(),
        }
    }

    /// A header, empty when absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The fields that the server complains of.
    pub fn invalid_fields(&self) -> Vec<String> {
        let body = self.json();
        let errors = body["errors"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        errors
            .iter()
            .filter_map(|error| error["field"].as_str().map(str::to_owned))
            .collect()
    }

    /// Names of all headers, in alphabetical order.
    pub fn header_names(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.headers.keys().map(HeaderName::as_str).collect();
        names.sort_unstable();
        names
    }

    /// What can be told of the answer from outside, but for what is different in each.
    pub fn shape(&self) -> Shape {
        let mut body = self.json();
        if let Some(id) = body.get_mut("request_id") {
            *id = Value::Null;
        }
        Shape {
            status: self.status,
            headers: self.header_names().into_iter().map(str::to_owned).collect(),
            body,
        }
    }

    /// The session cookie that the answer sets or clears.
    pub fn session_cookie(&self) -> Option<Cookie> {
        let cookies = self
            .headers
            .get_all("set-cookie")
            .iter()
            .filter_map(|value| value.to_str().ok());
        cookies
            .map(Cookie::parse)
            .find(|cookie| cookie.name.ends_with("session_id"))
    }

    /// Reads an HTTP/1.1 answer; None when there is none.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let header = |line: &str| {
            let (name, value) = line.split_once(':')?;
            Some((
                name.parse::<HeaderName>().ok()?,
                HeaderValue::from_str(value.trim()).ok()?,
            ))
        };
        let headers: HeaderMap = lines.filter_map(header).collect();
        let length = headers
            .get("content-length")
            .and_then(|length| length.to_str().ok()?.parse().ok());
        let body = &bytes[end + 4..];
        let body = &body[..body.len().min(length.unwrap_or(body.len()))];
        Some(Self {
            status,
            headers,
            body: Bytes::copy_from_slice(body),
        })
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {}",
            self.status,
            String::from_utf8_lossy(&self.body[..self.body.len().min(300)])
        )
    }
}

/// An answer without the identifier of its request, nor the values of its headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    pub status: u16,
    headers: Vec<String>,
    body: Value,
}

/// Status and code of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub status: u16,
    pub code: String,
}

impl PartialEq<(u16, &str)> for Outcome {
    fn eq(&self, (status, code): &(u16, &str)) -> bool {
        self.status == *status && self.code == *code
    }
}

/// What the typed client was refused with.
pub trait Refused {
    /// Status and code of the refusal.
    ///
    /// # Panics
    /// When nothing was refused, or there was no answer at all.
    fn refusal(self) -> Outcome;
}

impl<T: std::fmt::Debug, E: OperationError> Refused for Result<T, E> {
    #[track_caller]
    fn refusal(self) -> Outcome {
        match self {
            Ok(answer) => panic!("{} was not refused: {answer:?}", E::OPERATION),
            Err(error) => match error.problem() {
                Some(problem) => Outcome {
                    status: problem.status,
                    code: problem.code.to_string(),
                },
                None => panic!("{}: {error}: {:?}", E::OPERATION, error.transport()),
            },
        }
    }
}

/// A `Set-Cookie` header, taken apart.
#[derive(Debug, Clone)]
pub struct Cookie {
    pub name: String,
    pub value: String,
    /// In lower case, without their values, sorted.
    pub attributes: Vec<String>,
    raw: String,
}

impl Cookie {
    pub fn parse(header: &str) -> Self {
        let mut parts = header.split(';').map(str::trim);
        let (name, value) = parts
            .next()
            .and_then(|pair| pair.split_once('='))
            .unwrap_or_default();
        let attribute = |part: &str| {
            part.split('=')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase()
        };
        let mut attributes: Vec<_> = parts.map(attribute).collect();
        attributes.sort_unstable();
        Self {
            name: name.to_owned(),
            value: value.to_owned(),
            attributes,
            raw: header.to_owned(),
        }
    }

    /// The value of an attribute; empty for one without a value, none when absent.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let mut parts = self
            .raw
            .split(';')
            .skip(1)
            .map(|part| part.trim().split_once('=').unwrap_or((part.trim(), "")));
        parts
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}
