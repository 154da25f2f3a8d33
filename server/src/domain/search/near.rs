//! Near misses: the same but for a typing error.

use super::query::after_prefix;
use crate::store::search::Spellings;

/// Shorter queries would be near to anything, longer ones cost more than they are worth.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=32;

/// How many errors a text of this length may have.
const fn allowed(length: usize) -> usize {
    if length < 6 { 1 } else { 2 }
}

/// How near a query is to a handle, a name or some words of a name; `None` for too far.
pub fn distance_to_any(query: &str, handle: &str, name: &str) -> Option<u8> {
    let query: Vec<char> = query.chars().collect();
    if !LENGTHS.contains(&query.len()) {
        return None;
    }
    let words: Vec<&str> = name.split(' ').collect();
    let count = query.iter().filter(|c| **c == ' ').count() + 1;
    let parts = words.windows(count).map(|words| words.join(" "));
    let nearest = parts
        .chain([handle.to_owned(), name.to_owned()])
        .filter_map(|text| distance(&query, &text.chars().collect::<Vec<_>>()))
        .min()?;
    u8::try_from(nearest).ok()
}

/// Characters that were replaced, left out, added or swapped with the next one, if they are few enough.
fn distance(query: &[char], text: &[char]) -> Option<usize> {
    let allowed = allowed(query.len());
    if query.len().abs_diff(text.len()) > allowed {
        return None;
    }
    // Three rows of the usual table: the one before the last, the last, and the one being filled.
    let mut before = vec![0; text.len() + 1];
    let mut last: Vec<usize> = (0..=text.len()).collect();
    for (i, a) in query.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in text.iter().enumerate() {
            let replaced = last[j] + usize::from(a != b);
            let mut least = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == text[j - 1] && query[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|distance| *distance <= allowed)
}

/// What begins with a single character is not worth looking up.
const FEWEST: usize = 2;

/// Spellings of the texts that are near. The errors are in one place: before it, the text starts as the query does, and
/// after it, it ends as the query does. Where the place is in the second half, the start is looked up, otherwise, backwards,
/// the end.
pub fn spellings(query: &str) -> Vec<Spellings> {
    let chars: Vec<char> = query.chars().collect();
    let length = chars.len();
    if !LENGTHS.contains(&length) {
        return Vec::new();
    }
    let hole = match length {
        4..=5 => 2,
        6..=7 => 3,
        _ => 4,
    };
    let places = length - hole + 1;
    let early = 0..(places / 2).min(places - FEWEST);
    let late = (places / 2).max(FEWEST)..places;
    let before = |at: usize| &chars[..at];
    let after = |at: usize| &chars[at + hole..];
    let forward = |text: &[char]| text.iter().collect::<String>();
    let backward = |text: &[char]| text.iter().rev().collect::<String>();
    let looked_up = |backward: bool, start: String, either: Vec<[String; 2]>| Spellings {
        backward,
        end: after_prefix(&start),
        start,
        either,
    };
    // What all have in common is the shortest of it.
    let start = forward(before(late.start));
    let end = backward(after(early.end - 1));
    let late = late.map(|at| [forward(before(at)), forward(after(at))]);
    let early = early.map(|at| [backward(after(at)), backward(before(at))]);
    vec![
        looked_up(false, start, late.collect()),
        looked_up(true, end, early.collect()),
    ]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn near(query: &str, text: &str) -> Option<u8> {
        distance_to_any(query, "", text)
    }

    #[test]
    fn errors_are_counted() {
        for (query, text, errors) in [
            ("jonas", "johas", Some(1)),
            ("micheal", "michael", Some(1)),
            ("kathrine", "katherine", Some(1)),
            ("jonhatan", "jonathan", Some(2)),
            ("jonnathann", "jonathan", Some(2)),
            ("jhon", "john smith", Some(1)),
            ("jhon smiht", "old john smith", Some(2)),
            ("adda", "ada", Some(1)),
            ("abcd", "badc", None),
            ("grace", "ada", None),
            ("ada", "adb", None),
        ] {
            assert_eq!(near(query, text), errors, "{query} {text}");
        }
        assert_eq!(near(&"a".repeat(33), &"a".repeat(32)), None);
    }

    /// Whether words that the database has for a name are spelled so.
    fn is_spelled(spellings: &[Spellings], name: &str) -> bool {
        let words: Vec<&str> = name.split(' ').collect();
        let forward = (0..words.len()).map(|at| (false, format!("{} ", words[at..].join(" "))));
        let backward = (1..=words.len()).map(|at| {
            let text: String = words[..at].join(" ").chars().rev().collect();
            (true, format!("{text} "))
        });
        let texts: Vec<_> = forward.chain(backward).collect();
        let holds = |text: &str, [begin, end]: &[String; 2]| {
            let rest = text.strip_prefix(begin.as_str());
            rest.is_some_and(|rest| end.is_empty() || rest.contains(&format!("{end} ")))
        };
        spellings.iter().any(|spellings| {
            let range = spellings.start.as_str()..spellings.end.as_str();
            let mut texts = texts.iter().filter(|(backward, text)| {
                *backward == spellings.backward && range.contains(&text.as_str())
            });
            texts.any(|(_, text)| spellings.either.iter().any(|either| holds(text, either)))
        })
    }

    #[test]
    fn the_longer_half_is_looked_up() {
        let spelled = |backward, start: &str, end: &str, either: &[[&str; 2]]| Spellings {
            backward,
            start: start.to_owned(),
            end: end.to_owned(),
            either: either.iter().map(|it| it.map(str::to_owned)).collect(),
        };
        assert_eq!(
            spellings("jonathan"),
            [
                spelled(
                    false,
                    "jo",
                    "jp",
                    &[["jo", "an"], ["jon", "n"], ["jona", ""]]
                ),
                spelled(true, "nah", "nai", &[["naht", ""], ["nah", "j"]]),
            ]
        );
        assert_eq!(
            spellings("jona"),
            [
                spelled(false, "jo", "jp", &[["jo", ""]]),
                spelled(true, "an", "ao", &[["an", ""]]),
            ]
        );
        assert_eq!(spellings("jon"), []);
    }

    /// What is near enough is found by one of the spellings.
    #[test]
    fn one_error_anywhere_leaves_a_spelling() {
        for word in [
            "ada_l",
            "turing",
            "hopper1",
            "lovelace",
            "grace hopper",
            "日本太郎さん",
        ] {
            let chars: Vec<char> = word.chars().collect();
            for i in 0..chars.len() {
                let mut typed = Vec::new();
                let mut replaced = chars.clone();
                replaced[i] = 'x';
                typed.push(replaced);
                let mut left_out = chars.clone();
                left_out.remove(i);
                typed.push(left_out);
                let mut added = chars.clone();
                added.insert(i, 'x');
                typed.push(added);
                if i > 0 {
                    let mut swapped = chars.clone();
                    swapped.swap(i - 1, i);
                    typed.push(swapped);
                }
                for typed in typed {
                    let query = String::from_iter(&typed);
                    assert!(near(&query, word).is_some(), "{query} {word}");
                    let spellings = spellings(&query);
                    let name = format!("the {word} yes");
                    for name in [word, &name] {
                        assert!(is_spelled(&spellings, name), "{query}: {spellings:?}");
                    }
                }
            }
        }
    }

    /// The distance as it is defined: optimal string alignment.
    fn defined(a: &[char], b: &[char]) -> usize {
        match (a, b) {
            ([], rest) | (rest, []) => rest.len(),
            ([x, rest_a @ ..], [y, rest_b @ ..]) => {
                if x == y {
                    return defined(rest_a, rest_b);
                }
                let mut least = defined(rest_a, rest_b)
                    .min(defined(rest_a, b))
                    .min(defined(a, rest_b))
                    + 1;
                if let ([_, x2, after_a @ ..], [_, y2, after_b @ ..]) = (a, b)
                    && x == y2
                    && x2 == y
                {
                    least = least.min(defined(after_a, after_b) + 1);
                }
                least
            }
        }
    }

    proptest! {
        #[test]
        fn the_distance_is_the_defined_one(a in "[ab c]{4,7}", b in "[ab c]{0,8}") {
            let (a, b): (Vec<_>, Vec<_>) = (a.chars().collect(), b.chars().collect());
            let expected = Some(defined(&a, &b)).filter(|distance| *distance <= allowed(a.len()));
            prop_assert_eq!(distance(&a, &b), expected);
        }

        /// Of four letters, an error in the middle leaves nothing that the index knows.
        #[test]
        fn one_error_in_any_word_is_forgiven_and_found(
            word in "[a-zé日][a-zé日_ ]{2,28}[a-zé日]",
            at in any::<proptest::sample::Index>(),
            kind in 0..4_u8,
            letter in "[a-z本]",
        ) {
            let mut chars: Vec<char> = word.chars().collect();
            let letter = letter.chars().next().unwrap();
            let at = at.index(chars.len());
            match kind {
                0 => chars[at] = letter,
                1 => drop(chars.remove(at)),
                2 => chars.insert(at, letter),
                _ => chars.swap(at.saturating_sub(1), at),
            }
            let query = String::from_iter(&chars);
            prop_assume!((5..=*LENGTHS.end()).contains(&chars.len()));
            prop_assert!(near(&query, &word).is_some_and(|errors| errors <= 1), "{query} {word}");
            let spellings = spellings(&query);
            prop_assert!(is_spelled(&spellings, &word), "{query}: {spellings:?}");
        }

        #[test]
        fn any_texts_can_be_compared(query in "\\PC{0,40}", handle in "\\PC{0,20}", name in "\\PC{0,60}") {
            let nearest = distance_to_any(&query, &handle, &name);
            prop_assert!(nearest.is_none_or(|errors| errors <= 2));
            let ways = spellings(&query).iter().map(|spellings| spellings.either.len()).sum::<usize>();
            prop_assert!(ways <= *LENGTHS.end());
        }
    }
}
