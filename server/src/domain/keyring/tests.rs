use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::domain::entropy::OsEntropy;

fn key(id: &str) -> Key {
    Key::new(id, random(&OsEntropy))
}

fn ring(current: &Key, previous: &[&Key]) -> Keyring {
    let previous = previous.iter().map(|&key| key.clone()).collect();
    Keyring::new(current.clone(), previous, Arc::new(OsEntropy))
}

/// SECURITY: 11.3.1, 11.3.2, 11.3.3.
#[test]
fn what_is_sealed_opens_for_its_purpose_and_context_only() {
    let ring = ring(&key("a"), &[]);
    let sealed = ring.seal(Purpose::Totp, b"user 1", b"secret");
    let open = |purpose, context: &[u8]| ring.open(purpose, context, &sealed.key_id, &sealed.bytes);
    assert_eq!(
        open(Purpose::Totp, b"user 1").unwrap().as_slice(),
        b"secret"
    );
    assert_eq!(open(Purpose::Mail, b"user 1"), Err(OpenError::Damaged));
    assert_eq!(open(Purpose::Totp, b"user 2"), Err(OpenError::Damaged));
    assert!(!sealed.bytes.windows(6).any(|w| w == b"secret"));
    assert_ne!(
        sealed,
        ring.seal(Purpose::Totp, b"user 1", b"secret"),
        "a new nonce each time"
    );
}

#[test]
fn asvs_11_3_any_changed_bit_is_noticed() {
    let ring = ring(&key("a"), &[]);
    let sealed = ring.seal(Purpose::Mail, b"", b"x");
    for i in 0..sealed.bytes.len() {
        let mut bytes = sealed.bytes.clone();
        bytes[i] ^= 1;
        assert_eq!(
            ring.open(Purpose::Mail, b"", "a", &bytes),
            Err(OpenError::Damaged)
        );
        assert!(ring.open(Purpose::Mail, b"", "a", &bytes[..i]).is_err());
    }
}

/// SECURITY: 11.2.1.
#[test]
fn keys_rotate() {
    let (old, new) = (key("old"), key("new"));
    let sealed = ring(&old, &[]).seal(Purpose::Mail, b"", b"x");
    let both = ring(&new, &[&old]);
    assert!(both.open(Purpose::Mail, b"", "old", &sealed.bytes).is_ok());
    assert_eq!(both.seal(Purpose::Mail, b"", b"x").key_id, "new");
    let gone = ring(&new, &[]).open(Purpose::Mail, b"", "old", &sealed.bytes);
    assert_eq!(gone, Err(OpenError::UnknownKey("old".into())));
}

#[test]
fn text_survives_a_trip_and_garbage_is_refused() {
    let ring = ring(&key("a-long_name"), &[]);
    let text = ring.seal_text(Purpose::Cursor, b"search", b"42");
    assert!(
        text.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    );
    let plain = ring.open_text(Purpose::Cursor, b"search", &text).unwrap();
    assert_eq!(plain.as_slice(), b"42");
    for text in [
        "",
        "A",
        "AA",
        "_w",
        "ä",
        &text[1..],
        &format!("{text}A"),
        &"A".repeat(9_999),
    ] {
        assert!(
            ring.open_text(Purpose::Cursor, b"search", text).is_err(),
            "{text}"
        );
    }
}

#[test]
fn debug_shows_names_only() {
    assert_eq!(
        format!("{:?}", ring(&key("new"), &[&key("old")])),
        r#"["new", "old"]"#
    );
}

#[test]
fn a_key_file_is_made_once_for_the_owner_only() {
    let name = random::<8>(&OsEntropy)
        .map(|byte| format!("{byte:02x}"))
        .concat();
    let folder = std::env::temp_dir().join(format!("accord-keyring-{name}"));
    let path = folder.join("data/keys");
    let rings: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| Keyring::from_file(&path, Arc::new(OsEntropy)).unwrap()))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    let sealed = rings[0].seal(Purpose::Mail, b"", b"x");
    for ring in rings {
        assert!(
            ring.open(Purpose::Mail, b"", &sealed.key_id, &sealed.bytes)
                .is_ok()
        );
    }
    assert_eq!(
        std::fs::read_dir(folder.join("data")).unwrap().count(),
        1,
        "no drafts left"
    );

    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |mode| std::fs::set_permissions(&path, PermissionsExt::from_mode(mode));
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        mode(0o640).unwrap();
        let refused = Keyring::from_file(&path, Arc::new(OsEntropy)).unwrap_err();
        assert!(matches!(refused, KeyFileError::Exposed { .. }));
        mode(0o600).unwrap();
    }
    std::fs::write(&path, "# nothing\n\n").unwrap();
    let refused = Keyring::from_file(&path, Arc::new(OsEntropy)).unwrap_err();
    assert!(matches!(refused, KeyFileError::Empty { .. }));
    std::fs::write(&path, "k1:c2VjcmV0\n").unwrap();
    let refused = Keyring::from_file(&path, Arc::new(OsEntropy))
        .unwrap_err()
        .to_string();
    assert!(
        refused.contains("line 1") && !refused.contains("c2Vjc"),
        "{refused}"
    );
    std::fs::remove_dir_all(folder).unwrap();
}

proptest! {
    /// SECURITY: 11.3.1, 11.3.2; cursors are such texts.
    #[test]
    fn a_sealed_text_opens_as_it_was_made_or_not_at_all(
        name in "[a-zA-Z0-9_-]{1,40}",
        context in vec(any::<u8>(), 0..40),
        plain in vec(any::<u8>(), 0..60),
        at in any::<proptest::sample::Index>(),
        gone in 0..3_usize,
        new in "[A-Za-z0-9_=+/-]{0,3}",
    ) {
        let ring = ring(&key(&name), &[]);
        let text = ring.seal_text(Purpose::Cursor, &context, &plain);
        let opened = ring.open_text(Purpose::Cursor, &context, &text).unwrap();
        prop_assert_eq!(opened.as_slice(), plain.as_slice());
        let mut other = text.clone();
        let start = at.index(text.len());
        other.replace_range(start..(start + gone).min(text.len()), &new);
        let opened = ring.open_text(Purpose::Cursor, &context, &other);
        prop_assert_eq!(opened.is_ok(), other == text, "{}", other);
        let elsewhere = [&context[..], b"x"].concat();
        prop_assert!(ring.open_text(Purpose::Cursor, &elsewhere, &text).is_err());
        prop_assert!(ring.open_text(Purpose::Oauth, &context, &text).is_err());
    }

    #[test]
    fn any_text_can_be_tried(text in any::<String>(), near in "[A-Za-z0-9_-]{0,90}") {
        let ring = ring(&key("a"), &[]);
        for text in [&text, &near] {
            prop_assert!(ring.open_text(Purpose::Cursor, b"search", text).is_err());
        }
    }
}
