//! Which passwords are good enough.

use std::collections::HashSet;
use std::sync::LazyLock;

use zxcvbn::Score;

use super::error::WeakPassword;
use super::types::{Email, Handle, Password};

/// Passwords that leaks have shown to be common, of legal length, lower case: the union of the
/// frequency lists that zxcvbn and Django ship.
static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../assets/common-passwords.txt")
        .lines()
        .collect()
});

/// Names of the service.
const SERVICE: &[&str] = &["accord", "accordserver", "accordaccount"];
/// A password needs so many characters that are nobody's name.
const OWN_CHARACTERS: usize = 4;
/// zxcvbn sees this many and judges longer passwords by them.
const JUDGED: usize = 100;

/// The rules for new passwords.
#[derive(Clone, Debug)]
pub struct PasswordPolicy {
    min_length: usize,
}

/// What an attacker knows of the account: no good password is made of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    pub handle: Option<&'a Handle>,
    pub email: Option<&'a Email>,
    pub display_name: Option<&'a str>,
}

impl PasswordPolicy {
    /// Asks for `min_length` code points, and never for less than [`Password::MIN`].
    pub fn new(min_length: usize) -> Self {
        Self {
            min_length: min_length.clamp(Password::MIN, Password::MAX),
        }
    }

    /// The least number of code points.
    pub fn min_length(&self) -> usize {
        self.min_length
    }

    /// Judges a password that is to be set. Takes about as long as a millisecond of computing,
    /// more for long ones: [`super::hasher::Hasher::judge`] does it off the async threads.
    pub fn check(&self, password: &Password, context: Context<'_>) -> Result<(), WeakPassword> {
        if password.chars() < self.min_length {
            return Err(WeakPassword::TooShort);
        }
        let words = context.words();
        let folded = zeroize::Zeroizing::new(password.expose().to_lowercase());
        if COMMON.contains(folded.as_str()) || made_of(&folded, &words) {
            return Err(WeakPassword::TooCommon);
        }
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        // Beyond what zxcvbn reads there is still a password: judged by its end it may be better.
        let text = password.expose();
        let from = text.chars().count().saturating_sub(JUDGED);
        let end = text.char_indices().nth(from).map_or(0, |(at, _)| at);
        let score = |part: &str| zxcvbn::zxcvbn(part, &words).score();
        if score(text) < Score::Three && (end == 0 || score(&text[end..]) < Score::Three) {
            return Err(WeakPassword::TooGuessable);
        }
        Ok(())
    }
}

impl Context<'_> {
    /// Lower case, the longest first, nothing shorter than three characters.
    fn words(&self) -> Vec<String> {
        let mut words: Vec<String> = SERVICE.iter().map(|&word| word.to_owned()).collect();
        if let Some(handle) = self.handle {
            words.push(handle.key().to_owned());
            words.extend(handle.key().split('_').map(str::to_owned));
        }
        if let Some(email) = self.email {
            words.push(email.key().to_owned());
            words.push(email.local_part().to_owned());
            words.extend(split(email.key()));
        }
        if let Some(name) = self.display_name {
            let name = name.to_lowercase();
            words.extend(split(&name));
            words.push(name);
        }
        words.retain(|word| word.chars().nth(2).is_some());
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.dedup();
        words
    }
}

fn split(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .map(str::to_owned)
}

/// Whether too little is left of a password when the words are taken out of it. Punctuation is
/// nothing, digits are something.
fn made_of(password: &str, words: &[String]) -> bool {
    // Words may be cut by punctuation, and letters written as signs: `4cc0rd`.
    let bare: String = password.chars().filter(|&c| is_own(c)).collect();
    let plain: String = password.chars().map(unleet).collect();
    [password, &bare, &plain].into_iter().any(|text| {
        let mut left = text.to_owned();
        for word in words {
            left = left.replace(word.as_str(), " ");
        }
        left != text && left.chars().filter(|&c| is_own(c)).count() < OWN_CHARACTERS
    })
}

fn is_own(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii()
}

fn unleet(c: char) -> char {
    match c {
        '4' | '@' => 'a',
        '3' => 'e',
        '1' | '!' => 'i',
        '0' => 'o',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(password: &str) -> Result<(), WeakPassword> {
        let password = Password::attempt(password.to_owned());
        let handle = Handle::parse("Ada_Love").unwrap();
        let email = Email::parse("augusta.king@example.com").unwrap();
        let context = Context {
            handle: Some(&handle),
            email: Some(&email),
            display_name: Some("Countess Byron"),
        };
        PasswordPolicy::new(8).check(&password, context)
    }

    #[test]
    fn the_list_is_long_legal_and_lower_case() {
        assert!(COMMON.len() > 10_000, "{}", COMMON.len());
        for word in COMMON.iter() {
            assert!(
                (Password::MIN..=Password::MAX).contains(&word.chars().count()),
                "{word}"
            );
            assert_eq!(*word, word.to_lowercase());
        }
    }

    #[test]
    fn asvs_6_2_4_common_ones_are_refused_in_any_case() {
        for password in [
            "password",
            "PASSWORD",
            "iloveyou",
            "Qwerty123",
            "12345678",
            "1qaz2wsx",
        ] {
            assert_eq!(check(password), Err(WeakPassword::TooCommon), "{password}");
        }
        // As a whole only.
        assert_eq!(check("password of the mild green walrus"), Ok(()));
    }

    #[test]
    fn asvs_6_2_11_names_are_refused() {
        for password in [
            "ada_love",
            "Ada_Love1",
            "adalove-adalove",
            "Augusta.King",
            "augusta.king@example.com",
            "kingaugusta!!",
            "Accord12",
            "4cc0rd4cc0rd",
            "accord-server",
            "CountessByron",
            "byronbyron",
        ] {
            assert_eq!(check(password), Err(WeakPassword::TooCommon), "{password}");
        }
        assert_eq!(check("ada rides seven purple bicycles"), Ok(()));
    }

    #[test]
    fn guessable_ones_are_refused() {
        for password in [
            "aaaaaaaaaaaa",
            "abcdefghijkl",
            "2001-02-03",
            "letmeinletmein",
        ] {
            assert_eq!(
                check(password),
                Err(WeakPassword::TooGuessable),
                "{password}"
            );
        }
    }

    #[test]
    fn asvs_6_2_5_any_composition_passes() {
        for password in [
            "correct horse battery staple",
            "<script>alert('x7')</script>",
            "  w  q  v  7  k ",
            "🐢🚀🌵🎲🧊🥁🪐🦑🍄",
            "tr0ub4dor&3 xkcd",
            "ⱥꝏ§þœđŋħł",
            &"kqzvwjx ".repeat(16),
        ] {
            assert_eq!(check(password), Ok(()), "{password}");
        }
    }

    /// SECURITY: 6.2.1.
    #[test]
    fn d4_the_minimum_is_configured_and_never_below_eight() {
        assert_eq!(PasswordPolicy::new(0).min_length(), 8);
        assert_eq!(PasswordPolicy::new(1_000).min_length(), 128);
        let policy = PasswordPolicy::new(15);
        let check =
            |text: &str| policy.check(&Password::attempt(text.to_owned()), Context::default());
        assert_eq!(check("jvq7 wzkx 3mtp"), Err(WeakPassword::TooShort));
        assert_eq!(check("jvq7 wzkx 3mtp9"), Ok(()));
        assert_eq!(
            check("🐢🚀🌵🎲🧊🥁🪐🦑🍄🎻🧲🪁🫐🦚"),
            Err(WeakPassword::TooShort)
        );
        assert_eq!(check("🐢🚀🌵🎲🧊🥁🪐🦑🍄🎻🧲🪁🫐🦚🪗"), Ok(()));
    }

    #[test]
    fn long_ones_do_not_take_long() {
        let started = std::time::Instant::now();
        for text in ["a", "ab1", "password", "qwerty", "🐢a1"] {
            let text: String = text.chars().cycle().take(Password::MAX).collect();
            let _ = check(&text);
        }
        assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
    }
}
