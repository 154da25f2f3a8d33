//! Near misses: the same but for a typing error.

use crate::store::search::Pieces;

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

/// What a text that is near still holds. The errors are in one place: around that, there is the start of the query and
/// its end. The place may be anywhere, so there is an alternative for each.
pub fn pieces(query: &str) -> Vec<Pieces> {
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
    let around = |at: usize| {
        let start = format!(" {}", String::from_iter(&chars[..at]));
        let end = format!("{} ", String::from_iter(&chars[at + hole..]));
        let long_enough = |piece: &String| piece.chars().nth(2).is_some();
        [start, end].into_iter().filter(long_enough).collect()
    };
    (0..=length - hole)
        .map(around)
        .filter(|pieces: &Pieces| !pieces.is_empty())
        .collect()
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

    /// What is near enough is found by one of the alternatives.
    #[test]
    fn one_error_anywhere_leaves_an_alternative() {
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
                let mut spellings = Vec::new();
                let mut replaced = chars.clone();
                replaced[i] = 'x';
                spellings.push(replaced);
                let mut left_out = chars.clone();
                left_out.remove(i);
                spellings.push(left_out);
                let mut added = chars.clone();
                added.insert(i, 'x');
                spellings.push(added);
                if i > 0 {
                    let mut swapped = chars.clone();
                    swapped.swap(i - 1, i);
                    spellings.push(swapped);
                }
                for spelling in spellings {
                    let query = String::from_iter(&spelling);
                    assert!(near(&query, word).is_some(), "{query} {word}");
                    let text = format!(" {word} ");
                    let held = pieces(&query)
                        .iter()
                        .any(|pieces| pieces.iter().all(|piece| text.contains(piece)));
                    assert!(held, "{query}: {:?}", pieces(&query));
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
            let text = format!(" {word} ");
            let held = |pieces: &Pieces| pieces.iter().all(|piece| text.contains(piece));
            prop_assert!(pieces(&query).iter().any(held), "{query}: {:?}", pieces(&query));
        }

        #[test]
        fn any_texts_can_be_compared(query in "\\PC{0,40}", handle in "\\PC{0,20}", name in "\\PC{0,60}") {
            let nearest = distance_to_any(&query, &handle, &name);
            prop_assert!(nearest.is_none_or(|errors| errors <= 2));
            prop_assert!(pieces(&query).len() <= *LENGTHS.end());
        }
    }
}
