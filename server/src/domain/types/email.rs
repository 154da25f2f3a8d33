//! Email addresses.

use std::fmt;

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};
use unicode_normalization::UnicodeNormalization;

/// An address, as the user spelled it and as it is compared.
///
/// Two addresses are the same when their keys are: case does not matter, nor how an accent is
/// encoded, nor whether an international domain is written in its own script or in Punycode.
#[derive(Clone)]
pub struct Email {
    address: String,
    key: String,
}

/// The text is no email address that this service delivers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an email address")]
pub struct InvalidEmail;

impl Email {
    /// The whole address has at most so many bytes (RFC 5321 with errata), the part before the
    /// `@` at most [`Email::MAX_LOCAL`].
    pub const MAX: usize = 254;
    /// See [`Email::MAX`].
    pub const MAX_LOCAL: usize = 64;

    /// Reads an address: `dot-atom@domain`. Quoted local parts, comments and address literals are
    /// refused: hardly anybody has such an address, and they are where injections hide.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        if text.len() > 4 * Self::MAX {
            return Err(InvalidEmail);
        }
        let address: String = text.nfc().collect();
        let (local, domain) = address.rsplit_once('@').ok_or(InvalidEmail)?;
        if !is_dot_atom(local) {
            return Err(InvalidEmail);
        }
        let domain = domain_key(domain)?;
        let local = fold(local);
        let key = format!("{local}@{domain}");
        let too_long = |s: &str| s.len() > Self::MAX;
        if local.len() > Self::MAX_LOCAL || too_long(&key) || too_long(&address) {
            return Err(InvalidEmail);
        }
        Ok(Self { address, key })
    }

    /// An address as the database has it, not judged again.
    pub(crate) fn from_stored(address: String, key: String) -> Self {
        Self { address, key }
    }

    /// As the user spelled it: for display and delivery.
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// What it is compared, looked up and limited by.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// What limits count: the key without a `+tag`, for mailboxes with tags are one (SECURITY R-5).
    pub fn mailbox(&self) -> String {
        let (local, domain) = self.key.rsplit_once('@').unwrap_or((&self.key, ""));
        let untagged = local.find('+').filter(|at| *at > 0);
        format!("{}@{domain}", &local[..untagged.unwrap_or(local.len())])
    }

    /// What is before the `@`, of the key.
    pub fn local_part(&self) -> &str {
        self.key.rsplit_once('@').map_or("", |(local, _)| local)
    }
}

/// Compares keys.
impl PartialEq for Email {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Email {}

/// Addresses are personal: not for logs.
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

/// RFC 5322 `dot-atom`, with letters and digits of any script (RFC 6531).
fn is_dot_atom(local: &str) -> bool {
    let is_atext = |c: char| {
        c.is_ascii_alphanumeric()
            || "!#$%&'*+-/=?^_`{|}~".contains(c)
            || (!c.is_ascii() && (c.is_alphanumeric() || is_mark(c)))
    };
    local
        .split('.')
        .all(|atom| !atom.is_empty() && atom.chars().all(is_atext))
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// The ASCII form of a domain, lower case: what DNS would be asked for.
fn domain_key(domain: &str) -> Result<String, InvalidEmail> {
    let ascii = Uts46::new()
        .to_ascii(
            domain.as_bytes(),
            AsciiDenyList::STD3,
            Hyphens::CheckFirstLast,
            DnsLength::Verify,
        )
        .map_err(|_| InvalidEmail)?;
    let (_, top) = ascii.rsplit_once('.').ok_or(InvalidEmail)?;
    if top.bytes().all(|b| b.is_ascii_digit()) {
        return Err(InvalidEmail);
    }
    Ok(ascii.into_owned())
}

/// Lower case by character, so that the outcome does not depend on what stands around it.
fn fold(local: &str) -> String {
    local.chars().flat_map(char::to_lowercase).nfc().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(text: &str) -> String {
        Email::parse(text).unwrap().key().to_owned()
    }

    #[test]
    fn spelling_is_kept_and_the_key_is_folded() {
        let email = Email::parse("Ada.Lovelace+x@EXAMPLE.Com").unwrap();
        assert_eq!(email.as_str(), "Ada.Lovelace+x@EXAMPLE.Com");
        assert_eq!(email.key(), "ada.lovelace+x@example.com");
        assert_eq!(email.local_part(), "ada.lovelace+x");
    }

    #[test]
    fn r5_tags_make_no_other_mailbox() {
        let mailbox = |text: &str| Email::parse(text).unwrap().mailbox();
        for text in [
            "ada@b.co",
            "ADA@B.co",
            "ada+x@b.co",
            "Ada+x+y@b.co",
            "ada+@b.co",
        ] {
            assert_eq!(mailbox(text), "ada@b.co", "{text}");
        }
        assert_eq!(mailbox("+x@b.co"), "+x@b.co");
        assert_ne!(mailbox("ada@b.co"), mailbox("ada@c.co"));
    }

    /// SECURITY: O-13, A15.
    #[test]
    fn one_mailbox_has_one_key() {
        assert_eq!(key("jose\u{301}@example.com"), key("JOSÉ@example.com"));
        assert_eq!(key("a@bücher.example"), key("A@xn--bcher-kva.EXAMPLE"));
        assert_eq!(key("a@BU\u{308}CHER.example"), "a@xn--bcher-kva.example");
        assert_eq!(key("a@ｅxample.com"), "a@example.com");
        assert_eq!(key("\u{212a}im@example.com"), "kim@example.com");
        // Those that somebody else may have.
        for other in ["\u{131}da@b.co", "\u{ff49}da@b.co", "id\u{430}@b.co"] {
            assert_ne!(key(other), key("ida@b.co"), "{other}");
        }
    }

    #[test]
    fn odd_but_real_addresses_pass() {
        for good in [
            "a@b.co",
            "!#$%&'*+-/=?^_`{|}~@example.com",
            "1@1.example",
            "用户@例子.公司",
            "a@xn--vermgensberatung-pwb.example",
            "x@a-b.c-d.example",
            "a@r3---sn.example.com",
        ] {
            assert!(Email::parse(good).is_ok(), "{good}");
        }
    }

    /// SECURITY: 1.3.11, O-13.
    #[test]
    fn anything_else_is_refused() {
        let long_local = format!("{}@example.com", "a".repeat(65));
        let long_domain = format!("a@{}.com", "a.".repeat(130));
        let huge = format!("{}@example.com", "a".repeat(1 << 20));
        for bad in [
            "",
            "@",
            "a",
            "a@",
            "@b.co",
            "a@b",
            "a@@b.co",
            "a b@c.de",
            "a@b .co",
            " a@b.co",
            "a@b.co ",
            "a@b.co\r\nBcc: x@y.zz",
            "\"a b\"@c.de",
            "a@b.co>",
            "<a@b.co",
            "a@b.co,c@d.ef",
            "a.@b.co",
            ".a@b.co",
            "a..b@c.de",
            "a@.co",
            "a@b..co",
            "a@b.co.",
            "a@-b.co",
            "a@b-.co",
            "a@127.0.0.1",
            "a@[127.0.0.1]",
            "a@b_c.de",
            "a@b.1",
            // Other characters that look like the one before the domain.
            "a\u{ff20}b.co",
            "a\u{fe6b}b.co",
            "a@b\u{ff20}c.de",
            "a@b\u{fe6b}c.de",
            "a@b@c.de",
            "a\0@b.co",
            "a@b\0.co",
            "a(x)@b.co",
            "a@xn--.example",
            "😀@b.co",
            "a\u{202e}@b.co",
            "a\u{200b}@b.co",
            &long_local,
            &long_domain,
            &huge,
        ] {
            assert!(Email::parse(bad).is_err(), "{bad:.40}");
        }
    }

    #[test]
    fn debug_tells_nothing() {
        assert_eq!(format!("{:?}", Email::parse("a@b.co").unwrap()), "Email(…)");
    }

    proptest! {
        /// SECURITY: O-13.
        #[test]
        fn a_key_is_its_own_key(text in "\\PC{1,20}@[a-zA-Zäöüßéǅ\u{130}σς]{1,8}\\.[a-z]{2,5}") {
            if let Ok(email) = Email::parse(&text) {
                let again = Email::parse(email.key());
                prop_assert_eq!(again.as_ref().map(Email::key), Ok(email.key()));
            }
        }

        #[test]
        fn case_does_not_matter(text in "[a-zA-Z0-9.+é]{1,20}@[a-zA-Z0-9-]{1,8}\\.[a-zA-Z]{2,5}") {
            let key = |s: &str| Email::parse(s).map(|e| e.key().to_owned());
            prop_assert_eq!(key(&text), key(&text.to_uppercase()));
            prop_assert_eq!(key(&text), key(&text.to_lowercase()));
        }

        #[test]
        fn garbage_never_panics(text in any::<String>()) {
            let _ = Email::parse(&text);
        }
    }

    proptest! {
        /// SECURITY: O-13.
        #[test]
        fn an_address_is_read_alike_however_its_accents_are_encoded(
            text in "[a-zA-ZÀ-ÿ\u{300}-\u{304}ǅﬁ가-각.]{1,12}@[a-zÀ-ÿ\u{300}-\u{304}가-각-]{1,8}\\.[a-zé]{2,4}",
        ) {
            let key = |text: String| Email::parse(&text).map(|email| email.key().to_owned());
            let as_sent = key(text.clone());
            prop_assert_eq!(key(text.nfc().collect()), as_sent.clone());
            prop_assert_eq!(key(text.nfd().collect()), as_sent);
        }

        /// SECURITY: 1.3.11.
        #[test]
        fn mail_can_be_sent_to_every_address_that_is_taken(
            text in prop_oneof![
                "[!-~äß用.]{1,66}@[a-zA-Z0-9äß用-]{1,20}\\.[a-z用]{2,4}",
                "\\PC{1,10}@\\PC{1,10}",
            ],
        ) {
            if let Ok(email) = Email::parse(&text) {
                prop_assert!(email.as_str().len() <= Email::MAX && email.key().len() <= Email::MAX);
                prop_assert_eq!(email.as_str().matches('@').count(), 1);
                prop_assert!(!email.as_str().contains(|c: char| c.is_control() || c.is_whitespace() || c == ','));
                let again = Email::parse(email.as_str());
                prop_assert_eq!(again.as_ref().map(Email::key), Ok(email.key()));
                let address = email.as_str().parse::<lettre::Address>();
                prop_assert!(address.is_ok(), "{}: {:?}", email.as_str(), address);
            }
        }
    }
}
