//! An authenticator app, written from RFC 4226 and RFC 6238 for these tests.

use contract_tests::prelude::*;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

#[derive(Debug, Clone)]
pub struct Phone {
    pub secret: Vec<u8>,
}

impl Phone {
    /// Reads a secret in base32 (RFC 4648, without padding).
    pub fn with_secret(base32: &str) -> Self {
        let (mut secret, mut bits, mut count) = (Vec::new(), 0_u32, 0);
        for letter in base32.bytes() {
            let value = match letter {
                b'A'..=b'Z' => letter - b'A',
                b'2'..=b'7' => letter - b'2' + 26,
                _ => panic!("{base32} is not base32"),
            };
            bits = bits << 5 | u32::from(value);
            count += 5;
            if count >= 8 {
                count -= 8;
                secret.push((bits >> count) as u8);
                bits &= (1 << count) - 1;
            }
        }
        assert_eq!(bits, 0, "left over");
        Self { secret }
    }

    /// The code that is shown so many steps before or after the server's time.
    pub fn code(&self, server: &TestServer, steps: i64) -> String {
        let step = server.services.clock.now().timestamp() / 30 + steps;
        self.code_of(u64::try_from(step).expect("a step"))
    }

    pub fn code_of(&self, step: u64) -> String {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.secret).expect("a key of any length");
        mac.update(&step.to_be_bytes());
        let hash = mac.finalize().into_bytes();
        let offset = usize::from(hash[19] & 15);
        let word: [u8; 4] = hash[offset..offset + 4].try_into().expect("four bytes");
        format!(
            "{:06}",
            (u32::from_be_bytes(word) & 0x7fff_ffff) % 1_000_000
        )
    }

    /// A code that the server accepts neither now nor for a few steps.
    pub fn wrong_code(&self, server: &TestServer) -> String {
        let near: Vec<_> = (-5..=5).map(|steps| self.code(server, steps)).collect();
        let mut codes = (0..).map(|code| format!("{code:06}"));
        codes.find(|code| !near.contains(code)).expect("a code")
    }
}
