//! The form in which names are compared by search: width, case and accents make no difference.

use unicode_normalization::UnicodeNormalization as _;

/// At most so many bytes are compared: enough for 50 characters of any script as they are typed, and short enough for a
/// place in a list to be told in a cursor.
const MAX: usize = 200;

/// Compatibility forms (width, ligatures) made plain, accents dropped, case folded, runs of white space made one space.
pub fn fold(text: &str) -> String {
    let mut plain = String::new();
    for c in text.nfkd() {
        if c.is_control() {
            plain.push(' ');
        } else if !is_accent(c) && !is_invisible(c) {
            // There and back folds what has no single lower case: ß, ς.
            for c in c.to_uppercase().flat_map(char::to_lowercase) {
                match undecorated(c) {
                    Some(letters) => plain.push_str(letters),
                    None => plain.push(c),
                }
            }
        }
    }
    let mut folded = String::new();
    for word in plain.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.nfc());
    }
    let end = folded.floor_char_boundary(MAX);
    folded.truncate(end);
    folded.truncate(folded.trim_end().len());
    folded
}

/// Combining marks of alphabets. Those of other scripts make another letter.
const fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

/// Joiners, directions, variations: nobody types them.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Letters whose decoration is no combining mark.
const fn undecorated(c: char) -> Option<&'static str> {
    Some(match c {
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'æ' => "ae",
        'œ' => "oe",
        'ħ' => "h",
        'ŧ' => "t",
        'ŋ' => "n",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn width_case_and_accents_make_no_difference() {
        for (text, folded) in [
            ("Ada  Lovelace ", "ada lovelace"),
            ("ＡＤＡ", "ada"),
            ("Ångström", "angstrom"),
            ("A\u{30a}ngstro\u{308}m", "angstrom"),
            ("José\tÑandú", "jose nandu"),
            ("STRASSE", "strasse"),
            ("Straße", "strasse"),
            ("ΟΔΥΣΣΕΎΣ", "οδυσσευσ"),
            ("Οδυσσεύς", "οδυσσευσ"),
            ("İstanbul ılık", "istanbul ilik"),
            ("Søren Łukasz Æther", "soren lukasz aether"),
            ("ﬁn", "fin"),
            ("한글", "한글"),
            ("ガ", "ガ"),
            ("हिन्दी", "हिन्दी"),
            ("a\u{200d}\u{feff}b\u{202e}", "ab"),
            ("a\0b\u{85}c", "a b c"),
            ("\u{301}\u{200b}", ""),
            ("100% _x_ \\", "100% _x_ \\"),
        ] {
            assert_eq!(fold(text), folded, "{text:?}");
        }
    }

    #[test]
    fn folding_again_changes_nothing_and_the_length_is_bounded() {
        for text in [
            "ﷺ".repeat(50),
            "😀".repeat(50),
            "ß ".repeat(50),
            "é".repeat(500),
            "한".repeat(67),
        ] {
            let folded = fold(&text);
            assert!(folded.len() <= MAX, "{}", folded.len());
            assert_eq!(fold(&folded), folded);
        }
        assert_eq!(fold(&"😀".repeat(50)), "😀".repeat(50));
    }

    proptest! {
        #[test]
        fn what_is_folded_stays_so(text in prop_oneof![any::<String>(), "[\\PCÅßǅİΣς\u{345}\u{3a5}]{0,60}"]) {
            let folded = fold(&text);
            prop_assert!(folded.len() <= MAX);
            prop_assert!(!folded.contains(|c: char| c.is_control() || c == '\0'));
            prop_assert_eq!(folded.split_whitespace().collect::<Vec<_>>().join(" "), folded.clone());
            prop_assert_eq!(fold(&folded), folded);
        }

        #[test]
        fn encodings_make_no_difference(text in "[a-zA-Z À-ÿ\u{300}-\u{304}가-각ぁ-ん]{0,30}") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&text.nfc().collect::<String>()), folded.clone());
            prop_assert_eq!(fold(&text.nfd().collect::<String>()), folded.clone());
            prop_assert_eq!(fold(&text.to_uppercase()), folded.clone());
            prop_assert_eq!(fold(&text.to_lowercase()), folded);
        }
    }
}
