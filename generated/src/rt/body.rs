//! Reading a request body: of the right type, not too large, not too slow.

use std::time::Duration;

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::Problem;
use super::context::single;

/// Refuses a body that is not of the `expected` type, or compressed. No body and no type is neither.
pub(super) fn check_type(
    headers: &HeaderMap,
    body: &Body,
    expected: &'static str,
) -> Result<(), Problem> {
    let refused = || Err(Problem::unsupported_media_type(expected));
    for encoding in headers.get_all(CONTENT_ENCODING) {
        if !encoding.as_bytes().eq_ignore_ascii_case(b"identity") {
            return refused();
        }
    }
    if !headers.contains_key(CONTENT_TYPE) && body.is_end_stream() {
        return Ok(());
    }
    match single(headers, &CONTENT_TYPE) {
        Some(value) if is_type(value, expected) => Ok(()),
        _ => refused(),
    }
}

/// The media type itself; JSON may add the one charset that it can have.
fn is_type(value: &str, expected: &str) -> bool {
    let mut parts = value.split(';').map(|part| part.trim_matches([' ', '\t']));
    if !parts
        .next()
        .is_some_and(|it| it.eq_ignore_ascii_case(expected))
    {
        return false;
    }
    let is_utf8 = |part: &str| {
        part.split_once('=').is_some_and(|(name, charset)| {
            name.eq_ignore_ascii_case("charset")
                && charset.trim_matches('"').eq_ignore_ascii_case("utf-8")
        })
    };
    match (parts.next(), parts.next()) {
        (None, _) => true,
        (Some(part), None) => expected == "application/json" && is_utf8(part),
        _ => false,
    }
}

/// The whole body, if it keeps within `limit` bytes and `patience`.
pub(super) async fn read(
    headers: &HeaderMap,
    body: Body,
    limit: usize,
    patience: Duration,
) -> Result<Bytes, Problem> {
    let announced = single(headers, &CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limit as u64) {
        return Err(Problem::body_too_large(limit));
    }
    let collected = tokio::time::timeout(patience, Limited::new(body, limit).collect()).await;
    match collected {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Problem::body_too_large(limit)),
        // Broken off or too slow: either way the rest has not arrived.
        Ok(Err(_)) | Err(_) => Err(Problem::timeout()),
    }
}

#[cfg(test)]
mod tests {
    use futures::stream;
    use http::{HeaderName, HeaderValue};

    use super::*;

    const JSON: &str = "application/json";
    const BYTES: &str = "application/octet-stream";

    fn checked(headers: &[(HeaderName, &'static str)], body: Body, expected: &'static str) -> bool {
        let headers = headers.iter().cloned();
        let headers = headers.map(|(name, value)| (name, HeaderValue::from_static(value)));
        check_type(&headers.collect(), &body, expected).is_ok()
    }

    #[test]
    fn json_is_utf8_and_nothing_else() {
        let typed = |value| checked(&[(CONTENT_TYPE, value)], Body::from("{}"), JSON);
        for good in [
            "application/json",
            "Application/JSON",
            "application/json; charset=utf-8",
            "application/json;charset=\"UTF-8\"",
        ] {
            assert!(typed(good), "{good}");
        }
        for bad in [
            "",
            "text/plain",
            "application/jsonx",
            "application/json; charset=utf-16",
            "application/json; charset=utf-8; x=y",
            "application/json; x=y",
            "application/json,text/plain",
            "application/problem+json",
        ] {
            assert!(!typed(bad), "{bad}");
        }
    }

    #[test]
    fn a_body_needs_a_type_and_no_coding() {
        assert!(!checked(&[], Body::from("{}"), JSON));
        assert!(checked(&[], Body::empty(), JSON));
        let both = |coding| [(CONTENT_TYPE, BYTES), (CONTENT_ENCODING, coding)];
        assert!(checked(&both("identity"), Body::from("x"), BYTES));
        assert!(!checked(&both("gzip"), Body::from("x"), BYTES));
        let twice = [(CONTENT_TYPE, BYTES), (CONTENT_TYPE, BYTES)];
        assert!(!checked(&twice, Body::from("x"), BYTES));
    }

    async fn status(headers: HeaderMap, body: Body) -> Option<u16> {
        let patience = Duration::from_millis(20);
        let read = read(&headers, body, 4, patience).await;
        read.err().map(|problem| problem.status)
    }

    #[tokio::test]
    async fn size_and_time_are_bounded() {
        let none = HeaderMap::new;
        assert_eq!(status(none(), Body::from("1234")).await, None);
        assert_eq!(status(none(), Body::from("12345")).await, Some(413));
        let announced = HeaderMap::from_iter([(CONTENT_LENGTH, HeaderValue::from_static("5"))]);
        let never = || Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
        assert_eq!(status(announced, never()).await, Some(413));
        assert_eq!(status(none(), never()).await, Some(408));
        let broken = stream::iter([Err::<Bytes, _>(std::io::Error::other("reset"))]);
        assert_eq!(status(none(), Body::from_stream(broken)).await, Some(408));
    }
}
