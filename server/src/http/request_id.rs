//! The id of a request: the caller's, if well formed, else a new one.

use std::sync::Arc;

use http::{HeaderMap, HeaderName};
use uuid::fmt::Hyphenated;

use crate::domain::clock::Clock;
use crate::domain::entropy::Entropy;
use crate::domain::types::uuid_v7;

/// Header field of the id, in requests and responses.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Makes ids for requests that bring none.
#[derive(Clone, Debug)]
pub struct RequestIds {
    clock: Clock,
    entropy: Arc<dyn Entropy>,
}

impl RequestIds {
    pub fn new(clock: Clock, entropy: Arc<dyn Entropy>) -> Self {
        Self { clock, entropy }
    }

    /// A new id.
    pub fn make(&self) -> Arc<str> {
        let id = uuid_v7(self.clock.now(), &*self.entropy);
        Arc::from(&*id.hyphenated().encode_lower(&mut [0; Hyphenated::LENGTH]))
    }

    /// The caller's id, or a new one.
    pub fn of(&self, headers: &HeaderMap) -> Arc<str> {
        let mut given = headers.get_all(X_REQUEST_ID).iter();
        match (given.next().map(|value| value.as_bytes()), given.next()) {
            (Some(id), None) if is_well_formed(id) => String::from_utf8_lossy(id).into(),
            _ => self.make(),
        }
    }
}

/// `^[A-Za-z0-9._-]{8,64}$`: nothing that could forge a line of a log.
fn is_well_formed(id: &[u8]) -> bool {
    (8..=64).contains(&id.len())
        && id
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::entropy::OsEntropy;

    /// SECURITY: 1.2.1.
    #[test]
    fn only_well_formed_ids_are_taken_over() {
        let ids = RequestIds::new(Clock::system(), Arc::new(OsEntropy));
        let long = "x".repeat(65);
        for (given, taken) in [
            ("abcdefgh", true),
            ("a.b_c-d9", true),
            (&long[1..], true),
            ("abcdefg", false),
            (&long, false),
            ("abcdefgh\t", false),
            ("abcd efgh", false),
            ("abcdefgh;", false),
            ("äbcdefgh", false),
        ] {
            let value = HeaderValue::from_bytes(given.as_bytes()).unwrap();
            let mut headers = HeaderMap::from_iter([(X_REQUEST_ID, value.clone())]);
            assert_eq!(&*ids.of(&headers) == given, taken, "{given}");
            headers.append(X_REQUEST_ID, value);
            assert_ne!(&*ids.of(&headers), given, "two of them");
        }
        assert_ne!(ids.of(&HeaderMap::new()), ids.of(&HeaderMap::new()));
    }

    proptest! {
        /// SECURITY: 1.2.1, 16.4.1.
        #[test]
        fn an_id_is_the_callers_or_a_new_one(
            given in prop_oneof!["[A-Za-z0-9._-]{6,70}", "[ -~\u{e4}\t]{0,70}", "[a-z]{8,20}[\"\\\\{};, ]"],
        ) {
            let ids = RequestIds::new(Clock::system(), Arc::new(OsEntropy));
            let value = HeaderValue::from_bytes(given.as_bytes()).unwrap();
            let id = ids.of(&HeaderMap::from_iter([(X_REQUEST_ID, value)]));
            let is_word = |text: &str| {
                text.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
            };
            prop_assert_eq!(*id == *given, is_word(&given) && (8..=64).contains(&given.len()));
            prop_assert!(is_word(&id) && (8..=64).contains(&id.len()), "{}", id);
        }
    }
}
