//! What is looked for, and how well an account answers it.

use std::fmt;
use std::str::FromStr;

use super::near;
use crate::domain::types::fold;
use crate::store::search::{Hit, Pieces, Prefix, Spellings};

/// A search, folded as the names are that it is compared with.
#[derive(Clone, Debug)]
pub struct Query {
    text: String,
    /// The first text that does not start with it.
    end: String,
}

/// How an account answers, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    Handle,
    Name,
    HandlePrefix,
    NamePrefix,
    /// All words are somewhere in it.
    Holding,
    /// It is spelled nearly so.
    Near,
}

impl Tier {
    pub const ALL: [Self; 6] = [
        Self::Handle,
        Self::Name,
        Self::HandlePrefix,
        Self::NamePrefix,
        Self::Holding,
        Self::Near,
    ];
}

/// A place in the list of all answers to a query. No two accounts have the same, for no two have the same handle.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub tier: Tier,
    /// Order within the tier; less is better.
    pub score: u8,
    /// Order within [`Tier::NamePrefix`]; empty in others.
    pub name: String,
    pub handle: String,
}

impl Query {
    pub fn parse(text: &str) -> Self {
        let text = fold(text);
        let end = after_prefix(&text);
        Self { text, end }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Texts that start with it.
    pub fn prefix(&self) -> Prefix<'_> {
        Prefix {
            start: &self.text,
            end: &self.end,
        }
    }

    /// What an account of [`Tier::Holding`] holds: the words, or if they are too short for the index, all of it.
    pub fn words(&self) -> Pieces {
        let words: Pieces = self.text.split(' ').map(str::to_owned).collect();
        match words.iter().any(|word| word.chars().nth(2).is_some()) {
            true => words,
            false => vec![self.text.clone()],
        }
    }

    /// How a word of an account of [`Tier::Near`] is spelled, in one of these ways.
    pub fn spellings(&self) -> Vec<Spellings> {
        near::spellings(&self.text)
    }

    /// Where an account belongs in the list of answers, if anywhere.
    pub fn place_of(&self, hit: &Hit) -> Option<Place> {
        let (text, handle, name) = (&self.text, &hit.handle_key, &hit.search_name);
        let (tier, score) = if handle == text {
            (Tier::Handle, 0)
        } else if name == text {
            (Tier::Name, 0)
        } else if handle.starts_with(text) {
            (Tier::HandlePrefix, 0)
        } else if name.starts_with(text) {
            (Tier::NamePrefix, 0)
        } else if self
            .words()
            .iter()
            .all(|word| handle.contains(word) || name.contains(word))
        {
            (Tier::Holding, self.score_of_holding(handle, name))
        } else {
            (Tier::Near, near::distance_to_any(text, handle, name)?)
        };
        Some(Place {
            tier,
            score,
            name: match tier {
                Tier::NamePrefix => name.clone(),
                _ => String::new(),
            },
            handle: handle.clone(),
        })
    }

    /// Best at the start of a word, then inside one, then the words apart. The database says the same: see
    /// [`Find::Holding`](crate::store::search::Find::Holding).
    fn score_of_holding(&self, handle: &str, name: &str) -> u8 {
        let starts_a_word = |text: &str| {
            text.match_indices(&self.text)
                .any(|(at, _)| text[..at].ends_with([' ', '_']))
        };
        if starts_a_word(name) || starts_a_word(handle) {
            0
        } else if name.contains(&self.text) || handle.contains(&self.text) {
            1
        } else {
            2
        }
    }
}

/// The least text above all that start with the prefix, by code points.
pub(super) fn after_prefix(prefix: &str) -> String {
    let mut chars: Vec<char> = prefix.chars().collect();
    while let Some(last) = chars.pop() {
        let next = (u32::from(last) + 1..=u32::from(char::MAX)).find_map(char::from_u32);
        if let Some(next) = next {
            chars.push(next);
            return chars.into_iter().collect();
        }
    }
    format!("{prefix}{}", char::MAX)
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            tier,
            score,
            name,
            handle,
        } = self;
        write!(f, "{} {score} {handle} {name}", *tier as u8)
    }
}

/// Not a place.
#[derive(Debug, PartialEq, Eq)]
pub struct InvalidPlace;

impl FromStr for Place {
    type Err = InvalidPlace;

    fn from_str(text: &str) -> Result<Self, InvalidPlace> {
        let mut parts = text.splitn(4, ' ');
        let mut part = || parts.next().ok_or(InvalidPlace);
        let tier: usize = part()?.parse().map_err(|_| InvalidPlace)?;
        Ok(Self {
            tier: *Tier::ALL.get(tier).ok_or(InvalidPlace)?,
            score: part()?.parse().map_err(|_| InvalidPlace)?,
            handle: part()?.to_owned(),
            name: part()?.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use uuid::Uuid;

    fn place(query: &str, handle: &str, name: &str) -> Option<(Tier, u8)> {
        let hit = Hit {
            id: Uuid::nil().into(),
            handle_key: handle.to_owned(),
            search_name: fold(name),
        };
        let place = Query::parse(query).place_of(&hit)?;
        assert_eq!(place.to_string().parse(), Ok(place.clone()));
        Some((place.tier, place.score))
    }

    #[test]
    fn every_account_has_its_tier() {
        use Tier::*;
        for (query, tier, score) in [
            ("ADA_L", Handle, 0),
            ("ada lovelace", Name, 0),
            ("Ada Lovelacé", Name, 0),
            ("ada_", HandlePrefix, 0),
            ("a", HandlePrefix, 0),
            ("ada lo", NamePrefix, 0),
            ("love", Holding, 0),
            ("velace", Holding, 1),
            ("lovelace ada", Holding, 2),
            ("lovelcae", Near, 1),
            ("lovelase", Near, 1),
            ("loveluce", Near, 1),
            ("lovalase", Near, 2),
            ("ada lovelaec", Near, 1),
        ] {
            assert_eq!(
                place(query, "ada_l", "Ada Lovelace"),
                Some((tier, score)),
                "{query}"
            );
        }
        for query in ["grace", "lovlas", "%", "x", "____l"] {
            assert_eq!(place(query, "ada_l", "Ada Lovelace"), None, "{query}");
        }
        assert_eq!(place("smith", "x_smith", "John"), Some((Holding, 0)));
    }

    #[test]
    fn the_end_of_a_prefix_is_above_all_that_start_with_it() {
        for (prefix, end) in [
            ("ada", "adb"),
            ("a\u{d7ff}", "a\u{e000}"),
            ("a\u{10ffff}", "b"),
        ] {
            assert_eq!(after_prefix(prefix), end);
            assert!(format!("{prefix}\u{10ffff}").as_str() < end);
        }
        assert!(after_prefix("\u{10ffff}").as_str() > "\u{10ffff}");
    }

    #[test]
    fn no_place_is_read_from_garbage() {
        for text in ["", "1", "6 0 a ", "1 x a ", "1 256 a ", "-1 0 a b", "1 0 a"] {
            assert_eq!(text.parse::<Place>(), Err(InvalidPlace), "{text}");
        }
        let place: Place = "3 0 ada_l ada lovelace".parse().unwrap();
        assert_eq!(
            (place.handle.as_str(), place.name.as_str()),
            ("ada_l", "ada lovelace")
        );
    }

    /// An account as registration lets it be.
    fn account() -> impl Strategy<Value = Hit> {
        let name = prop_oneof!["\\PC{1,50}", "[Aa]da? [Ll]o(ve)?lace"];
        ("[a-d][a-d0-9_]{2,13}[a-d]", name).prop_map(|(handle, name)| Hit {
            id: Uuid::nil().into(),
            handle_key: handle,
            search_name: fold(&name),
        })
    }

    proptest! {
        /// As databases compare texts: by code points.
        #[test]
        fn a_prefix_has_all_that_start_with_it_and_nothing_else(
            prefix in "[a-c\u{d7ff}\u{10ffff}]{1,4}",
            text in "[a-c\u{d7ff}\u{e000}\u{10ffff}]{0,6}",
            tail in "\\PC{0,4}",
        ) {
            let query = Query { end: after_prefix(&prefix), text: prefix.clone() };
            let Prefix { start, end } = query.prefix();
            let is_within = |text: &str| start <= text && text < end;
            let longer = [prefix.as_str(), &tail].concat();
            prop_assert!(is_within(&longer) || prefix.chars().all(|c| c == char::MAX), "{longer:?}");
            prop_assert!(text.starts_with(&prefix) || !is_within(&text), "{text:?}");
        }

        /// What a cursor says, a page later.
        #[test]
        fn a_place_survives_a_trip_and_keeps_its_order(text in "\\PC{0,20}|[a-d]{1,4}", one in account(), other in account()) {
            let query = Query::parse(&text);
            let places = [one, other].map(|hit| query.place_of(&hit));
            let read = places.clone().map(|place| place.map(|place| place.to_string().parse::<Place>().unwrap()));
            prop_assert_eq!(&read, &places);
            prop_assert_eq!(read[0].cmp(&read[1]), places[0].cmp(&places[1]));
        }

        #[test]
        fn an_account_is_found_by_its_own_words(hit in account(), word in any::<proptest::sample::Index>()) {
            prop_assert_eq!(Query::parse(&hit.handle_key).place_of(&hit).unwrap().tier, Tier::Handle);
            let words: Vec<_> = hit.search_name.split(' ').collect();
            let query = Query::parse(words[word.index(words.len())]);
            let place = query.place_of(&hit);
            prop_assert!(query.is_empty() || place.is_some_and(|place| place.tier <= Tier::Holding));
        }

        #[test]
        fn no_garbage_is_too_odd_to_be_read(text in "[0-9]{0,2} ?[0-9]{0,4} ?\\PC{0,9} ?\\PC{0,9}") {
            if let Ok(place) = text.parse::<Place>() {
                let place_again = place.to_string().parse::<Place>();
                prop_assert_eq!(place_again, Ok(place));
            }
        }
    }
}
