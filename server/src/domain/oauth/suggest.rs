//! A start for the sign-up form, from what the provider says of somebody.

use super::Identity;
use crate::Services;
use crate::domain::Result;
use crate::domain::account::{Availability, availability};
use crate::domain::entropy::random;
use crate::domain::types::{DisplayName, Email};

const LONGEST_HANDLE: usize = 15;
const SHORTEST_HANDLE: usize = 4;

/// Sent to the browser that the person came back with.
#[derive(Clone, Debug)]
pub struct Suggestion {
    pub email: Email,
    /// Valid and free, just now.
    pub handle: Option<String>,
    pub display_name: Option<DisplayName>,
}

pub async fn from(s: &Services, identity: &Identity, email: &Email) -> Result<Suggestion> {
    let words = [
        identity.login.as_deref(),
        Some(email.local_part()),
        identity.name.as_deref(),
    ];
    let mut handle = None;
    for candidate in words
        .into_iter()
        .flatten()
        .flat_map(|word| candidates(word, u16::from_le_bytes(random(&*s.entropy))))
    {
        if availability(s, &candidate).await? == Availability::Free {
            handle = Some(candidate);
            break;
        }
    }
    Ok(Suggestion {
        email: email.clone(),
        handle,
        display_name: display_name(identity.name.as_deref()),
    })
}

/// A name cut to what an account may be called.
pub fn display_name(name: Option<&str>) -> Option<DisplayName> {
    let name: String = name?.chars().take(DisplayName::MAX).collect();
    DisplayName::parse(name.trim()).ok()
}

/// What is left of a word within the rules of handles, and the same with a number.
fn candidates(word: &str, number: u16) -> Vec<String> {
    let mut handle = String::new();
    for c in word.chars() {
        if c.is_ascii_alphanumeric() {
            handle.push(c);
        } else if c.is_ascii() && !handle.is_empty() && !handle.ends_with('_') {
            handle.push('_');
        }
    }
    let cut = |length: usize| {
        let end = handle.len().min(length);
        handle[..end].trim_matches('_').to_owned()
    };
    if cut(LONGEST_HANDLE).is_empty() {
        return Vec::new();
    }
    let numbered = format!("{}{:04}", cut(LONGEST_HANDLE - 4), number % 10_000);
    [cut(LONGEST_HANDLE), numbered]
        .into_iter()
        .filter(|handle| handle.len() >= SHORTEST_HANDLE)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::types::Handle;

    #[test]
    fn candidates_are_handles() {
        for (word, expected) in [
            ("octocat", vec!["octocat", "octocat0042"]),
            ("ada.lovelace+x", vec!["ada_lovelace_x", "ada_lovelac0042"]),
            ("--a--", vec!["a0042"]),
            ("Zoë Ω", vec!["Zo0042"]),
            (
                "a-very-long-name-indeed",
                vec!["a_very_long_nam", "a_very_long0042"],
            ),
            (
                "0123456789abcd-x",
                vec!["0123456789abcd", "0123456789a0042"],
            ),
            ("日本", vec![]),
            ("", vec![]),
        ] {
            let made = candidates(word, 20_042);
            assert_eq!(made, expected, "{word}");
            assert!(made.iter().all(|handle| Handle::parse(handle).is_ok()));
        }
    }

    #[test]
    fn names_are_cut() {
        let name = display_name(Some(&"é".repeat(200))).unwrap();
        assert_eq!(name.as_str().chars().count(), 50);
        assert!(display_name(Some("  ")).is_none());
        assert!(display_name(None).is_none());
    }

    proptest! {
        #[test]
        fn whatever_a_provider_says_is_cut_to_the_rules(word in any::<String>(), like in "[a-zA-Z0-9_.+@ é-]{0,40}", number in any::<u16>()) {
            for text in [&word, &like] {
                for handle in candidates(text, number) {
                    prop_assert!(Handle::parse(&handle).is_ok(), "{text:?} became {handle:?}");
                }
                if let Some(name) = display_name(Some(text)) {
                    prop_assert!(DisplayName::parse(name.as_str()).is_ok());
                }
            }
        }
    }
}
