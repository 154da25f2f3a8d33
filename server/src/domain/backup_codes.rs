//! Backup codes: for who has lost the authenticator. 120 random bits each, so that a plain hash keeps them
//! (ASVS 6.5.2 asks for 112), written for people to copy.

use zeroize::Zeroizing;

use sha2::{Digest, Sha256};

use super::Result;
use super::entropy::{Entropy, random};
use super::types::{TokenHash, UserId};
use crate::Services;
use crate::store::{Tx, backup_codes};

/// How many a user gets at once.
pub const COUNT: usize = 10;
/// Crockford's alphabet: no letter that looks like a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BYTES: usize = 15;
const LENGTH: usize = BYTES * 8 / 5;
const GROUP: usize = 4;

/// A code as it is shown, once.
pub type Shown = Zeroizing<String>;

/// Makes the user's codes anew; the old ones are dead.
pub async fn replace(s: &Services, tx: &mut Tx, user: UserId) -> Result<Vec<Shown>> {
    let (shown, hashes): (Vec<_>, Vec<_>) = (0..COUNT).map(|_| generate(&*s.entropy)).unzip();
    backup_codes::replace(tx, user, &hashes, s.clock.now()).await?;
    Ok(shown)
}

fn generate(entropy: &dyn Entropy) -> (Shown, TokenHash) {
    let bytes = Zeroizing::new(random::<BYTES>(entropy));
    let bits = bytes
        .iter()
        .fold(0_u128, |bits, &byte| bits << 8 | u128::from(byte));
    let mut shown = Zeroizing::new(String::with_capacity(LENGTH + LENGTH / GROUP));
    for place in 0..LENGTH {
        if place > 0 && place % GROUP == 0 {
            shown.push('-');
        }
        let index = bits >> (5 * (LENGTH - 1 - place)) & 31;
        shown.push(char::from(ALPHABET[index as usize]));
    }
    (shown, hash(&bytes))
}

/// What is kept of a code that a user typed, without the dashes and spaces; `None` for what cannot be one.
pub fn parse(bare: &str) -> Option<TokenHash> {
    if bare.len() != LENGTH {
        return None;
    }
    let mut bits = 0_u128;
    for letter in bare.bytes() {
        let letter = match letter.to_ascii_uppercase() {
            b'O' => b'0',
            b'I' | b'L' => b'1',
            other => other,
        };
        let value = ALPHABET.iter().position(|&known| known == letter)?;
        bits = bits << 5 | value as u128;
    }
    let bytes = Zeroizing::new(bits.to_be_bytes());
    bytes.last_chunk().map(hash)
}

fn hash(bytes: &[u8; BYTES]) -> TokenHash {
    <[u8; 32]>::from(Sha256::digest(bytes)).into()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::entropy::OsEntropy;

    fn bare(shown: &str) -> String {
        shown.replace('-', "")
    }

    #[test]
    fn what_is_shown_is_read_back_in_any_case() {
        for _ in 0..100 {
            let (shown, hash) = generate(&OsEntropy);
            assert_eq!(
                (shown.len(), bare(&shown).len()),
                (29, LENGTH),
                "{}",
                *shown
            );
            let read = bare(&shown);
            assert_eq!(parse(&read), Some(hash));
            assert_eq!(parse(&read.to_lowercase()), Some(hash));
            let looks_alike = read.replace('0', "O").replace('1', "l");
            assert_eq!(parse(&looks_alike), Some(hash));
        }
    }

    /// SECURITY: 6.5.2.
    #[test]
    fn all_bits_count() {
        #[derive(Debug)]
        struct Fixed(u8);
        impl Entropy for Fixed {
            fn fill(&self, buf: &mut [u8]) {
                buf.fill(self.0);
            }
        }
        assert_eq!(*generate(&Fixed(0)).0, "0000-0000-0000-0000-0000-0000");
        assert_eq!(*generate(&Fixed(0xff)).0, "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ");
        assert_eq!(*generate(&Fixed(0x21)).0, "44GJ-2891-44GJ-2891-44GJ-2891");
    }

    #[test]
    fn what_cannot_be_a_code_is_none() {
        let letters = "0".repeat(LENGTH);
        assert!(parse(&letters).is_some());
        for text in [
            "",
            "123456",
            &letters[1..],
            &format!("{letters}0"),
            &format!("{}U", &letters[1..]),
            &format!("{}ä", &letters[2..]),
            &format!("{} ", &letters[1..]),
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    /// SECURITY: 6.5.4, 6.5.3; no repeats, and each letter as often as any other.
    #[test]
    fn asvs_6_5_3_codes_are_random() {
        let codes: HashSet<String> = (0..10_000).map(|_| bare(&generate(&OsEntropy).0)).collect();
        assert_eq!(codes.len(), 10_000);
        let mut counts = [0_u32; 32];
        for letter in codes.iter().flat_map(|code| code.bytes()) {
            counts[ALPHABET.iter().position(|&known| known == letter).unwrap()] += 1;
        }
        let expected = (10_000 * LENGTH) as f64 / 32.0;
        let chi_squared: f64 = counts
            .iter()
            .map(|&count| (f64::from(count) - expected).powi(2) / expected)
            .sum();
        // 31 degrees of freedom: beyond 100 once in a billion runs.
        assert!(chi_squared < 100.0, "{chi_squared}");
    }

    proptest! {
        /// SECURITY: 6.5.2.
        #[test]
        fn two_codes_are_never_one(bytes in any::<[u8; BYTES]>(), at in 0..LENGTH, letter in "[0-9A-Za-z]") {
            #[derive(Debug)]
            struct Fixed([u8; BYTES]);
            impl Entropy for Fixed {
                fn fill(&self, buf: &mut [u8]) {
                    buf.copy_from_slice(&self.0);
                }
            }
            let (shown, kept) = generate(&Fixed(bytes));
            let mut text = bare(&shown);
            prop_assert_eq!(parse(&text), Some(kept));
            text.replace_range(at..=at, &letter);
            let alike = |text: &str| text.to_uppercase().replace('O', "0").replace(['I', 'L'], "1");
            let same = alike(&text) == bare(&shown);
            prop_assert_eq!(parse(&text) == Some(kept), same, "{} {}", text, *shown);
        }

        #[test]
        fn no_text_is_too_odd_to_be_a_code(text in any::<String>(), near in "[0-9A-Za-zé-]{23,25}") {
            for text in [&text, &near] {
                prop_assert!(parse(text).is_none() || text.len() == LENGTH);
            }
        }
    }
}
