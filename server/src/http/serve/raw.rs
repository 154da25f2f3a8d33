//! Errors below the router. Hyper answers what is not HTTP, or too much of it, by itself and without
//! a body; here such an answer is recognised and replaced by one in the contract's form.

use std::net::SocketAddr;

use http::StatusCode;
use http::header::DATE;

use contract::rt::Problem;

use crate::http::{RequestIds, SecurityHeaders, errors};

/// Makes complete responses, as bytes.
#[derive(Debug)]
pub struct RawErrors {
    ids: RequestIds,
    headers: SecurityHeaders,
}

/// An error response of hyper's own within a buffer to be written.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it begins.
    pub start: usize,
    pub status: StatusCode,
}

impl RawErrors {
    pub fn new(ids: RequestIds, headers: SecurityHeaders) -> Self {
        Self { ids, headers }
    }

    /// One connection too many.
    pub fn overloaded(&self, peer: SocketAddr) -> Vec<u8> {
        self.response(&errors::overloaded(), None, peer)
    }

    /// The full form of an error that hyper has answered with `head`.
    pub fn replace(&self, status: StatusCode, head: &[u8], peer: SocketAddr) -> Vec<u8> {
        self.response(
            &errors::of_status(status),
            line_of(head, DATE.as_str()),
            peer,
        )
    }

    /// A complete HTTP/1.1 response that ends the connection. It is logged here, for nothing above
    /// knows of it.
    fn response(&self, problem: &Problem, date: Option<&[u8]>, peer: SocketAddr) -> Vec<u8> {
        let id = self.ids.make();
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::BAD_REQUEST);
        let client = peer.ip().to_canonical();
        let (code, number) = (&*problem.code, problem.status);
        tracing::info!(status = number, code, request_id = &*id, %client, "not a request");

        // Nothing in it needs escaping.
        let body = format!(r#"{{"status":{number},"code":"{code}","request_id":"{id}"}}"#);
        let mut out = Vec::with_capacity(768);
        let reason = status.canonical_reason().unwrap_or("Error");
        out.extend_from_slice(format!("HTTP/1.1 {number} {reason}\r\n").as_bytes());
        let mut field = |name: &str, value: &[u8]| {
            out.extend_from_slice(name.as_bytes());
            out.extend_from_slice(b": ");
            out.extend_from_slice(value);
            out.extend_from_slice(b"\r\n");
        };
        field("connection", b"close");
        field("content-type", b"application/json");
        field("content-length", body.len().to_string().as_bytes());
        field("x-request-id", id.as_bytes());
        for (name, value) in self.headers.iter() {
            field(name.as_str(), value.as_bytes());
        }
        for (name, value) in problem.headers.iter() {
            field(name.as_str(), value.as_bytes());
        }
        if let Some(date) = date {
            field("date", date);
        }
        out.extend_from_slice(b"\r\n");
        out.extend_from_slice(body.as_bytes());
        out
    }
}

/// The value of a field of a response head.
fn line_of<'h>(head: &'h [u8], name: &str) -> Option<&'h [u8]> {
    head.split(|byte| *byte == b'\n').find_map(|line| {
        let (field, value) = line.split_at_checked(name.len())?;
        let value = value.strip_prefix(b":")?;
        field
            .eq_ignore_ascii_case(name.as_bytes())
            .then(|| value.trim_ascii())
    })
}

/// Finds an error of hyper's own at the end of what is to be written: a bare head that says 4xx and
/// an empty body, without the id that every response of the router has.
pub fn find(buffer: &[u8]) -> Option<Found> {
    const START: &[u8] = b"HTTP/1.1 4";
    const LONGEST: usize = 256;
    if !buffer.ends_with(b"\r\n\r\n") {
        return None;
    }
    let from = buffer.len().saturating_sub(LONGEST);
    let start = from
        + buffer[from..]
            .windows(START.len())
            .rposition(|it| it == START)?;
    let head = &buffer[start..];
    let status = head.get(9..12)?;
    let hypers =
        line_of(head, "content-length") == Some(b"0") && line_of(head, "x-request-id").is_none();
    let status = StatusCode::from_bytes(status).ok().filter(|_| hypers)?;
    Some(Found { start, status })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::clock::Clock;
    use crate::domain::entropy::OsEntropy;

    const HYPERS: &[u8] = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\n\
        content-length: 0\r\ndate: Mon, 23 Nov 2026 16:00:00 GMT\r\n\r\n";

    #[test]
    fn only_hypers_own_errors_are_found() {
        let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
        assert_eq!(find(HYPERS), Some(Found { start: 0, status }));
        let behind = [b"HTTP/1.1 204 No Content\r\n\r\n", HYPERS].concat();
        assert_eq!(find(&behind), Some(Found { start: 27, status }));
        let ours = b"HTTP/1.1 404 Not Found\r\nx-request-id: 1\r\ncontent-length: 0\r\n\r\n";
        let body = b"HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\n";
        let fine = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
        for other in [
            &ours[..],
            body,
            fine,
            b"",
            b"\r\n\r\n",
            b"HTTP/1.1 4\r\n\r\n",
        ] {
            assert_eq!(find(other), None);
        }
    }

    #[test]
    fn the_replacement_is_whole() {
        let ids = RequestIds::new(Clock::system(), Arc::new(OsEntropy));
        let errors = RawErrors::new(ids, SecurityHeaders::new(true));
        let peer = ([127, 0, 0, 1], 1).into();
        let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
        let text = String::from_utf8(errors.replace(status, HYPERS, peer)).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!(body["code"], "request:headers_too_large");
        assert_eq!(body["status"], 431);
        for field in [
            "HTTP/1.1 431 Request Header Fields Too Large",
            "date: Mon, 23 Nov 2026 16:00:00 GMT",
            "connection: close",
            "x-content-type-options: nosniff",
            "strict-transport-security: max-age=63072000; includeSubDomains",
        ] {
            assert!(head.contains(field), "{field} in {head}");
        }
    }

    proptest! {
        /// SECURITY: E-1.
        #[test]
        fn an_error_of_hypers_is_found_behind_anything(
            before in prop_oneof![
                vec(any::<u8>(), 0..600),
                Just(HYPERS.to_vec()),
                "HTTP/1.1 [1-5][0-9]{2} [A-Z]{0,9}\r\ncontent-length: [0-9]{1,2}\r\n(\r\n)?".prop_map(String::into_bytes),
            ],
            status in 400..500_u16,
        ) {
            let mut error = HYPERS.to_vec();
            error[9..12].copy_from_slice(status.to_string().as_bytes());
            let start = before.len();
            let status = StatusCode::from_u16(status).unwrap();
            prop_assert_eq!(find(&[before, error].concat()), Some(Found { start, status }));
        }

        #[test]
        fn nothing_is_found_that_has_an_id_or_a_body(
            status in "[1-5][0-9]{2}",
            length in 0..20_usize,
            id in "[a-z0-9-]{8,64}",
            noise in vec(any::<u8>(), 0..300),
        ) {
            let head = |fields: &str| format!("HTTP/1.1 {status} X\r\n{fields}\r\n").into_bytes();
            let ours = head(&format!("x-request-id: {id}\r\ncontent-length: 0\r\n"));
            prop_assert_eq!(find(&ours), None);
            let full = head(&format!("content-length: {}\r\n", length + 1));
            prop_assert_eq!(find(&full), None);
            if let Some(found) = find(&noise) {
                prop_assert!(noise[found.start..].starts_with(b"HTTP/1.1 4"));
            }
        }
    }
}
