use super::*;

#[test]
fn periods_read_and_print() {
    for (text, millis, printed) in [
        ("90s", 90_000, "90s"),
        ("90", 90_000, "90s"),
        ("10m", 600_000, "10m"),
        ("168h", 604_800_000, "168h"),
        ("7d", 604_800_000, "168h"),
        ("500ms", 500, "500ms"),
        ("0", 0, "0s"),
    ] {
        let period: Period = text.parse().unwrap();
        assert_eq!(period, Period::millis(millis), "{text}");
        assert_eq!(period.to_string(), printed);
        assert_eq!(printed.parse::<Period>().unwrap(), period);
    }
    for junk in [
        "",
        "s",
        "-1s",
        "1.5h",
        "1w",
        "99999999999999d",
        "1 h x",
        "40000d",
    ] {
        assert!(junk.parse::<Period>().is_err(), "{junk}");
    }
}

/// SECURITY: 16.2.5.
#[test]
fn secrets_do_not_print() {
    let secret = Secret::new("hunter2");
    let key = Key::new("k1", [7; 32]);
    let printed = format!(
        "{secret:?} {} {key:?} {}",
        serde_json::to_string(&secret).unwrap(),
        serde_json::to_string(&key).unwrap(),
    );
    assert!(!printed.contains("hunter2"), "{printed}");
    assert!(!printed.contains("BwcH"), "{printed}");
}

#[test]
fn keys_are_checked() {
    let key = Key::new("2026", std::array::from_fn(|i| i as u8));
    let again: Key = key.encode().parse().unwrap();
    assert_eq!(again.expose(), key.expose());
    assert!(!key.is_weak());
    assert!(Key::new("a", [0; 32]).is_weak());
    for junk in ["", "abc", "a:", "a:AAAA", ":AAAA", "a b:AAAA", "a:!!!"] {
        assert!(junk.parse::<Key>().is_err(), "{junk}");
    }
}
