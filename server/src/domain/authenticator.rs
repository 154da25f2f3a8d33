//! What an authenticator app computes (RFC 6238: SHA-1, six digits, 30 seconds), and what it is set up with.

use std::fmt;

use chrono::{DateTime, Utc};
use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

use super::entropy::{Entropy, random};
use super::{Error, Result};

/// 160 bits, as RFC 4226 recommends.
const SECRET: usize = 20;
const STEP: u64 = 30;
/// Steps of clock difference that are tolerated to each side (SECURITY D6).
const SKEW: u64 = 1;
/// Longer labels make QR codes that cameras find hard to read.
const LABEL: usize = 100;

/// The secret that a user's authenticator shares with the server.
pub struct Authenticator(Totp);

/// What to show who sets up an authenticator: the secret, three ways.
pub struct Setup {
    pub secret: Zeroizing<String>,
    pub uri: Zeroizing<String>,
    /// The URI as a QR code, a PNG in a `data:` URI.
    pub qr_code: Zeroizing<String>,
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Authenticator(…)")
    }
}

impl fmt::Debug for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Setup(…)")
    }
}

impl Authenticator {
    /// One with a new secret, named for who will read its codes.
    pub fn generate(
        entropy: &dyn Entropy,
        issuer: &str,
        email: &str,
        handle: &str,
    ) -> Result<Self> {
        let secret = Zeroizing::new(random::<SECRET>(entropy));
        // A colon would end the issuer's part of the label.
        let fits = email.is_ascii() && email.len() <= LABEL && !email.contains(':');
        let account = if fits { email } else { handle };
        let issuer: String = issuer.replace(':', " ").chars().take(LABEL).collect();
        build(
            Builder::new()
                .with_issuer(Some(issuer))
                .with_account_name(account)
                .with_secret(*secret),
        )
    }

    /// One with a secret that was kept.
    pub fn from_secret(secret: &[u8]) -> Result<Self> {
        build(Builder::new().with_secret(secret))
    }

    /// The secret, to be kept encrypted.
    pub fn secret(&self) -> &[u8] {
        self.0.secret().as_bytes()
    }

    /// What to show its owner.
    pub fn setup(&self) -> Result<Setup> {
        // The causes quote the URI, and with it the secret.
        let uri = self.0.to_url().map_err(|_| Error::internal("no URI"))?;
        let png = self.0.to_qr_base64();
        let png = Zeroizing::new(png.map_err(|_| Error::internal("no QR code"))?);
        Ok(Setup {
            secret: self.0.secret().to_base32().into(),
            uri: uri.into(),
            qr_code: format!("data:image/png;base64,{}", *png).into(),
        })
    }

    /// The time step that a code belongs to, of those around now that come after `last`.
    pub fn step_of(&self, code: &str, now: DateTime<Utc>, last: i64) -> Option<i64> {
        let current = u64::try_from(now.timestamp()).unwrap_or(0) / STEP;
        let mut around = current.saturating_sub(SKEW)..=current + SKEW;
        let step = around.find(|&step| {
            i64::try_from(step).is_ok_and(|step| step > last)
                && self.0.check(code, step * STEP).is_some()
        })?;
        i64::try_from(step).ok()
    }
}

fn build(builder: Builder) -> Result<Authenticator> {
    let built = builder.with_step_duration(STEP).with_skew(0).build();
    built
        .map(Authenticator)
        .map_err(|_| Error::internal("the TOTP secret is of no use"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::entropy::OsEntropy;

    /// The secret of RFC 6238's test vectors.
    fn rfc() -> Authenticator {
        Authenticator::from_secret(b"12345678901234567890").unwrap()
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    /// RFC 6238, appendix B: of its eight digits the last six.
    #[test]
    fn rfc_6238_vectors() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let step = rfc().step_of(code, at(seconds), -1);
            assert_eq!(step, Some(seconds / 30), "{code}");
        }
    }

    /// RFC 4226, appendix D: the counters are time steps here.
    #[test]
    fn rfc_4226_vectors() {
        for (step, code) in [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583",
            "399871", "520489",
        ]
        .into_iter()
        .enumerate()
        {
            let step = i64::try_from(step).unwrap();
            assert_eq!(rfc().step_of(code, at(30 * step), -1), Some(step));
        }
    }

    #[test]
    fn d6_one_step_to_each_side_and_each_step_once() {
        let accepted = |code, step: i64, last| rfc().step_of(code, at(30 * step + 29), last);
        let code_of_5 = "254676";
        for (now, step) in [
            (3, None),
            (4, Some(5)),
            (5, Some(5)),
            (6, Some(5)),
            (7, None),
            (8, None),
        ] {
            assert_eq!(accepted(code_of_5, now, -1), step, "at step {now}");
        }
        for (last, step) in [(4, Some(5)), (5, None), (6, None), (i64::MAX, None)] {
            assert_eq!(accepted(code_of_5, 5, last), step, "after step {last}");
        }
    }

    #[test]
    fn the_first_steps_have_nothing_before_them() {
        assert_eq!(rfc().step_of("755224", at(0), -1), Some(0));
        assert_eq!(rfc().step_of("755224", at(59), -1), Some(0));
        assert_eq!(rfc().step_of("287082", at(0), -1), Some(1));
        assert_eq!(rfc().step_of("755224", at(-1_000_000), -1), Some(0));
    }

    #[test]
    fn what_is_no_code_is_wrong() {
        for code in [
            "",
            "75522",
            "7552244",
            "+55224",
            " 55224",
            "٧٥٥٢٢٤",
            "755\u{0}224",
        ] {
            assert_eq!(rfc().step_of(code, at(0), -1), None, "{code}");
        }
    }

    #[test]
    fn the_label_is_the_address_where_that_fits() {
        let long = format!("{}@example.com", "a".repeat(100));
        for (email, label) in [
            ("ada@example.com", "ada%40example.com"),
            ("\"a:b\"@example.com", "ada"),
            ("ädä@example.com", "ada"),
            (&long, "ada"),
        ] {
            let made = Authenticator::generate(&OsEntropy, "A:B", email, "ada").unwrap();
            let uri = made.setup().unwrap().uri;
            let start = format!("otpauth://totp/A%20B:{label}?secret=");
            assert!(uri.starts_with(&start), "{}", *uri);
        }
    }

    /// SECURITY: 16.2.5.
    #[test]
    fn nothing_prints_the_secret() {
        let made = Authenticator::generate(&OsEntropy, "Accord", "a@example.com", "ada").unwrap();
        assert_eq!(made.secret().len(), 20);
        let setup = made.setup().unwrap();
        assert_eq!(format!("{made:?} {setup:?}"), "Authenticator(…) Setup(…)");
    }

    proptest! {
        /// SECURITY: D6, T-2, T-3.
        #[test]
        fn a_code_is_of_one_of_three_steps_after_the_last(
            secret in any::<[u8; SECRET]>(),
            now in 0..100_000_i64,
            away in -3..=3_i64,
            last in -1..100_002_i64,
            second in 0..30_i64,
        ) {
            let authenticator = Authenticator::from_secret(&secret).unwrap();
            let shown = u64::try_from((now + away).max(0)).unwrap();
            let code = authenticator.0.generate(shown * STEP).to_string();
            let step = authenticator.step_of(&code, at(now * 30 + second), last);
            // Two steps may have the same code: one in a million.
            let codes = (now - 1..=now + 1).filter(|step| *step >= 0 && *step > last).find(|step| {
                authenticator.0.generate(u64::try_from(*step).unwrap() * STEP).to_string() == code
            });
            prop_assert_eq!(step, codes);
            if step.is_some() {
                prop_assert!(step > Some(last) && step <= Some(now + 1) && step >= Some(now - 1));
            }
        }
    }
}
