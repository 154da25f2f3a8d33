//! Randomness, as an argument.

use std::fmt::Debug;

/// A source of random bytes fit for secrets.
pub trait Entropy: Debug + Send + Sync + 'static {
    /// Fills the whole buffer.
    fn fill(&self, buf: &mut [u8]);
}

/// The operating system's generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    #[allow(clippy::disallowed_methods, clippy::expect_used)] // the one place that asks the machine
    fn fill(&self, buf: &mut [u8]) {
        // Nothing a server that makes secrets could do instead: it must not go on.
        getrandom::fill(buf).expect("the operating system gives no random bytes");
    }
}

/// `N` random bytes.
pub fn random<const N: usize>(entropy: &dyn Entropy) -> [u8; N] {
    let mut bytes = [0; N];
    entropy.fill(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SECURITY: 6.5.3, 11.5.1.
    #[test]
    fn the_system_does_not_repeat_itself() {
        assert_ne!(random::<32>(&OsEntropy), random::<32>(&OsEntropy));
    }
}
