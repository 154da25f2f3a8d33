//! Secrets handed out to a browser or a mailbox, and what is kept of them.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::domain::entropy::Entropy;

/// 256 random bits, written as 43 characters of base64url. Never stored: see [`TokenHash`].
#[derive(Clone)]
pub struct SecretToken(Zeroizing<[u8; 32]>);

impl SecretToken {
    /// A new secret.
    pub fn generate(entropy: &dyn Entropy) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        entropy.fill(bytes.as_mut());
        Self(bytes)
    }

    /// Reads what a client sent. Garbage is `None`, to be answered like an unknown token.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        match URL_SAFE_NO_PAD.decode_slice(text, bytes.as_mut()) {
            Ok(32) => Some(Self(bytes)),
            _ => None,
        }
    }

    /// The secret as it goes out: into a cookie, a link, a response body. Never into a log.
    pub fn expose(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(43));
        URL_SAFE_NO_PAD.encode_string(self.0.as_ref(), &mut text);
        text
    }

    /// What is stored and looked up: the secret has 256 bits, so a fast hash is enough.
    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.0.as_ref()).into())
    }
}

impl fmt::Debug for SecretToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretToken(…)")
    }
}

/// SHA-256 of a [`SecretToken`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// The bytes as the database keeps them.
    pub const fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<[u8; 32]> for TokenHash {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::entropy::OsEntropy;

    /// SECURITY: T-7, 11.5.1.
    #[test]
    fn what_goes_out_comes_back() {
        let token = SecretToken::generate(&OsEntropy);
        let text = token.expose();
        assert_eq!(text.len(), 43);
        assert_eq!(SecretToken::parse(&text).unwrap().hash(), token.hash());
    }

    #[test]
    fn garbage_is_none() {
        let long = "A".repeat(8_192);
        for text in ["", "A", "ä", "\0", &"A".repeat(42), &"A".repeat(44), &long] {
            assert!(SecretToken::parse(text).is_none(), "{text}");
        }
        // 43 characters hold 258 bits: the two that are left over must be zero.
        assert!(SecretToken::parse(&"A".repeat(43)).is_some());
        assert!(SecretToken::parse(&format!("{}B", "A".repeat(42))).is_none());
        assert!(SecretToken::parse(&format!("{}=", "A".repeat(43))).is_none());
        assert!(SecretToken::parse(&format!("{}+", "A".repeat(42))).is_none());
    }

    #[test]
    fn debug_tells_nothing() {
        let token = SecretToken::generate(&OsEntropy);
        assert_eq!(
            format!("{token:?} {:?}", token.hash()),
            "SecretToken(…) TokenHash(…)"
        );
    }

    proptest! {
        /// SECURITY: 7.2.1, T-6.
        #[test]
        fn a_token_is_written_in_one_way(bytes in any::<[u8; 32]>(), text in "[A-Za-z0-9_+/=-]{41,45}|\\PC{0,50}") {
            let token = SecretToken(Zeroizing::new(bytes));
            let read = SecretToken::parse(&token.expose()).unwrap();
            prop_assert_eq!(*read.0, bytes);
            if let Some(read) = SecretToken::parse(&text) {
                prop_assert_eq!(&*read.expose(), &text);
            }
        }

        /// SECURITY: 7.2.1.
        #[test]
        fn a_token_with_another_letter_is_another(
            bytes in any::<[u8; 32]>(),
            at in 0..43_usize,
            letter in "[A-Za-z0-9_-]",
        ) {
            let token = SecretToken(Zeroizing::new(bytes));
            let mut text = token.expose().to_string();
            text.replace_range(at..=at, &letter);
            prop_assume!(text != *token.expose());
            prop_assert!(SecretToken::parse(&text).is_none_or(|other| other.hash() != token.hash()));
        }
    }
}
