use proptest::prelude::*;

use super::*;

/// As https://accounts.google.com/.well-known/openid-configuration answers.
#[test]
fn googles_own_metadata_is_understood() {
    let metadata: CoreProviderMetadata =
        serde_json::from_str(include_str!("metadata.json")).unwrap();
    let config = Config::default();
    let google = Google {
        http: Http::new(std::time::Duration::from_secs(1)).unwrap(),
        issuer: config.oauth.google.issuer.clone(),
        registration: Registration::from_config(
            &config,
            Provider::Google,
            Some(&"id".to_owned()),
            Some(&crate::config::Secret::new("secret")),
            None,
        )
        .unwrap(),
        known: RwLock::default(),
        asking: Mutex::default(),
    };
    assert!(google.is_issuer(metadata.issuer()));
    assert!(google.is_issuer("https://accounts.google.com/"));
    assert!(!google.is_issuer("https://accounts.google.com.evil.example"));
    assert!(!google.is_issuer("accounts.google.com"));
    let token = metadata.token_endpoint().unwrap().as_str();
    assert_eq!(token, "https://oauth2.googleapis.com/token");
}

/// SECURITY: O-10.
#[test]
fn only_a_boolean_verifies() {
    use base64::Engine as _;
    let token = |claims: &str| {
        let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(claims);
        format!("e30.{claims}.x")
    };
    for (claims, is_the_reason) in [
        (r#"{"email_verified":"true"}"#, true),
        (r#"{"email_verified":1}"#, true),
        (r#"{"email_verified":true}"#, false),
        (r#"{}"#, false),
        ("x", false),
    ] {
        assert_eq!(verification_is_no_boolean(&token(claims)), is_the_reason);
    }
    assert!(!verification_is_no_boolean(""));
}

/// Any JSON that a provider may have in the place of a boolean.
fn any_claim() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::{Value, json};
    prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        proptest::sample::select(vec![
            json!("true"),
            json!("True"),
            json!(1),
            json!(1.0),
            json!(null),
            json!([true]),
            json!({ "true": true }),
        ]),
        "\\PC{0,6}".prop_map(Value::from),
    ]
}

proptest! {
    /// SECURITY: O-10, P-5.
    #[test]
    fn an_address_counts_if_it_is_verified_by_true_and_nothing_else(
        verified in any_claim(),
        email in prop_oneof![Just("ada@example.com".to_owned()), "\\PC{0,12}"],
        subject in "\\PC{0,300}",
    ) {
        let claims = serde_json::json!({
            "iss": "https://accounts.google.com", "aud": ["id"], "exp": 2, "iat": 1,
            "sub": subject, "email": email, "email_verified": verified,
        });
        // What cannot be read is refused before that.
        if let Ok(claims) = serde_json::from_value::<CoreIdTokenClaims>(claims)
            && let Ok(identity) = identity(&claims)
        {
            prop_assert_eq!(&identity.id, &subject);
            prop_assert!((1..=255).contains(&subject.len()));
            let address = Email::parse(&email).ok().filter(|_| verified == true);
            prop_assert_eq!(identity.email, address);
        }
    }

    /// SECURITY: F-9.
    #[test]
    fn damaged_answers_are_refused(
        at in any::<proptest::sample::Index>(),
        gone in 0..40_usize,
        new in proptest::collection::vec(any::<u8>(), 0..4),
        token in "[A-Za-z0-9_-]{0,30}(\\.[A-Za-z0-9_-]{0,30}){0,4}",
    ) {
        let mut metadata = include_bytes!("metadata.json").to_vec();
        let start = at.index(metadata.len());
        metadata.splice(start..(start + gone).min(metadata.len()), new);
        if let Ok(metadata) = serde_json::from_slice::<CoreProviderMetadata>(&metadata) {
            prop_assert!(metadata.authorization_endpoint().url().has_host());
        }
        prop_assert!(serde_json::from_slice::<CoreJsonWebKeySet>(&metadata).is_err());
        prop_assert!(CoreIdToken::from_str(&token).is_err());
        prop_assert!(!verification_is_no_boolean(&token));
    }
}
