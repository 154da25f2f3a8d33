//! Turning the second factor on and off.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contract_tests::prelude::*;
use url::Url;

use super::*;

pub fn tests() -> Vec<Case> {
    tests![
        uri_and_picture_are_read_back_by_others,
        nothing_is_on_before_the_first_code,
        the_latest_setup_counts,
        a_setup_lasts_ten_minutes,
        codes_that_cannot_be_kept_leave_it_off,
        a_wrong_code_leaves_it_off,
        turning_it_on_shows_codes_and_ends_other_sessions,
        what_is_on_cannot_be_set_up,
        turning_it_off_ends_other_sessions_and_pending_sign_ins,
        what_is_off_takes_no_codes,
        a_recent_sign_in_is_asked_for,
        no_secret_is_kept_readable,
    ]
}

/// The URI by a URL parser, the picture by a decoder of PNG and one of QR codes.
async fn uri_and_picture_are_read_back_by_others(server: TestServer) {
    let user = server.user().await;
    let setup = user.setup_totp().await.expect("a setup");
    let uri = Url::parse(setup.otpauth_uri.expose()).expect("a URI");
    assert_eq!((uri.scheme(), uri.host_str()), ("otpauth", Some("totp")));
    let label = format!("/Accord:{}", user.email.replace('@', "%40"));
    assert_eq!(uri.path(), label);
    let query: Vec<(String, String)> = uri.query_pairs().into_owned().collect();
    let value = |name: &str| {
        let found = query.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    };
    assert_eq!(value("secret"), Some(setup.secret.expose()));
    assert_eq!(value("issuer"), Some("Accord"));
    // What is not said has these values in every authenticator.
    for (name, usual) in [("algorithm", "SHA1"), ("digits", "6"), ("period", "30")] {
        assert_eq!(value(name).unwrap_or(usual), usual, "{name}");
    }

    let picture = setup
        .qr_code
        .expose()
        .strip_prefix("data:image/png;base64,");
    let picture = STANDARD.decode(picture.expect("a PNG")).expect("base64");
    let format = image::ImageFormat::Png;
    let picture = image::load_from_memory_with_format(&picture, format).expect("a picture");
    let picture = picture.to_luma8();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        picture.get_pixel(x as u32, y as u32).0[0]
    });
    let grids = prepared.detect_grids();
    let (_, text) = grids.first().expect("a code").decode().expect("its text");
    assert_eq!(text, setup.otpauth_uri.expose());

    let phone = Phone::with_secret(value("secret").expect("a secret"));
    assert!(phone.secret.len() >= 20, "160 bits");
    let code = phone.code(&server, 0);
    let enabled = user.enable_totp().body_map(|body| body.code(code)).await;
    enabled.expect("turned on");
}

/// SECURITY: 2.3.1, T-12.
async fn nothing_is_on_before_the_first_code(server: TestServer) {
    let user = server.user().await;
    let early = user.enable_totp().body_map(|body| body.code("123456"));
    assert_eq!(early.await.refusal(), (400, "totp:setup_required"));
    set_up(&user).await;
    let status = user.get_totp_status().await.expect("the status");
    assert!(!status.enabled && status.enabled_at.is_none());
    assert_eq!(status.backup_codes_remaining, 0);
    assert!(!user.get_me().await.expect("me").totp_enabled);
    server.sign_in(&user).await.get_me().await.expect("me");
}

/// SECURITY: T-12, 2.3.2.
async fn the_latest_setup_counts(server: TestServer) {
    let user = server.user().await;
    let (first, second) = (set_up(&user).await, set_up(&user).await);
    assert_ne!(first.secret, second.secret);
    let enable = async |code: String| user.enable_totp().body_map(|body| body.code(code)).await;
    let refused = enable(first.code(&server, 0)).await;
    assert_eq!(refused.refusal(), INVALID_CODE);
    enable(second.code(&server, 0)).await.expect("turned on");
}

/// SECURITY: T-12, 6.5.5, D11.
async fn a_setup_lasts_ten_minutes(server: TestServer) {
    let user = server.user().await;
    let setup = user.setup_totp().await.expect("a setup");
    let phone = Phone::with_secret(setup.secret.expose());
    let end = server.services.clock.now() + 600 * SECOND;
    assert_eq!(setup.expires_at, end);
    server.advance(600 * SECOND);
    let code = phone.code(&server, 0);
    let late = user.enable_totp().body_map(|body| body.code(&code)).await;
    assert_eq!(late.refusal(), (400, "totp:setup_required"));

    let other = server.user().await;
    let phone = set_up(&other).await;
    server.advance(599 * SECOND);
    let code = phone.code(&server, 0);
    let enabled = other.enable_totp().body_map(|body| body.code(&code)).await;
    enabled.expect("in time");
}

/// SECURITY: 2.3.3; half of it done is none of it done.
async fn codes_that_cannot_be_kept_leave_it_off(server: TestServer) {
    let user = server.user().await;
    let phone = set_up(&user).await;
    let code = phone.code(&server, 0);
    let before = server.dump().await.without(&["mails"]);
    server.rename_table("backup_codes", "away").await;
    let request = server.example_of("enable_totp").bearer(&user.token());
    let answer = request.json(&json!({ "code": code })).send().await;
    assert_eq!(answer.outcome(), (500, "system:internal"));
    server.rename_table("away", "backup_codes").await;
    assert!(
        server.dump().await.without(&["mails"]) == before,
        "something is left"
    );
    assert!(!user.get_me().await.expect("me").totp_enabled);
    let on = user.enable_totp().body_map(|body| body.code(code)).await;
    on.expect("the code is unused");
}

async fn a_wrong_code_leaves_it_off(server: TestServer) {
    let user = server.user().await;
    let phone = set_up(&user).await;
    for steps in [-3, -2, 2, 3] {
        let code = phone.code(&server, steps);
        let refused = user.enable_totp().body_map(|body| body.code(code)).await;
        assert_eq!(refused.refusal(), INVALID_CODE, "{steps} steps off");
    }
    assert!(!user.get_me().await.expect("me").totp_enabled);
    assert!(server.mails_to(&user.email).await.len() == 1, "no notice");
}

/// SECURITY: 7.4.3, 2.3.2, 6.3.3, 6.3.7, T-11, T-12.
async fn turning_it_on_shows_codes_and_ends_other_sessions(server: TestServer) {
    let identity = server.user().await;
    let other = server.sign_in(&identity).await;
    server.advance(STEP);
    let phone = set_up(&identity).await;
    let code = phone.code(&server, 0);
    let request = identity.enable_totp().body_map(|body| body.code(code));
    let codes = request.await.expect("turned on").backup_codes;
    let mut codes: Vec<_> = codes.iter().map(|code| code.expose()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), 10);
    for code in codes {
        assert_eq!((code.len(), code.matches('-').count()), (29, 5), "{code}");
    }
    let gone = other.get_me().await.refusal();
    assert_eq!(gone, (401, "auth:session_required"));
    assert!(identity.get_me().await.expect("me").totp_enabled);
    let status = identity.get_totp_status().await.expect("the status");
    assert!(status.enabled);
    assert_eq!(status.enabled_at, Some(server.services.clock.now()));
    assert_eq!(status.backup_codes_remaining, 10);
    let mail = server.mail_to(&identity.email).await;
    assert_eq!(mail.subject, "Two-step sign-in is on");
    assert!(mail.try_token().is_none(), "{}", mail.text);
    let (action, facts) = log_of(&server, &identity).await.swap_remove(0);
    assert_eq!((action.as_str(), facts), ("totp:enable", json!({})));
}

/// SECURITY: T-12, 2.3.1.
async fn what_is_on_cannot_be_set_up(server: TestServer) {
    let user = enrolled(&server).await;
    let again = user.setup_totp().await.refusal();
    assert_eq!(again, (409, "totp:already_enabled"));
    let code = user.phone.code(&server, 0);
    let again = user.enable_totp().body_map(|body| body.code(&code)).await;
    assert_eq!(again.refusal(), (409, "totp:already_enabled"));
    let signed_in = sign_in(&server, &user, &code).await;
    signed_in.expect("the secret as it was, and the code unused");
}

/// SECURITY: 7.4.3, 6.5.6.
async fn turning_it_off_ends_other_sessions_and_pending_sign_ins(server: TestServer) {
    let user = enrolled(&server).await;
    let code = user.phone.code(&server, 0);
    let other = sign_in(&server, &user, &code).await.expect("signed in");
    let (client, token) = begin(&server, &user).await;
    server.advance(STEP);
    let code = user.phone.code(&server, 0);
    let off = user.disable_totp().body_map(|body| body.code(code)).await;
    off.expect("turned off");

    let gone = other.get_me().await.refusal();
    assert_eq!(gone, (401, "auth:session_required"));
    let code = user.phone.code(&server, 1);
    for code in [&code, &user.backup_codes[0]] {
        let refused = verify(&client, &token, code).await.refusal();
        assert_eq!(refused, INVALID_TOKEN);
    }
    assert!(!user.get_me().await.expect("me").totp_enabled);
    let status = user.get_totp_status().await.expect("the status");
    assert_eq!((status.enabled, status.backup_codes_remaining), (false, 0));
    server.sign_in(&user).await;
    let mail = server.mail_to(&user.email).await;
    assert_eq!(mail.subject, "Two-step sign-in is off");
    let log = log_of(&server, &user).await;
    assert!(log.iter().any(|(action, _)| action == "totp:disable"));

    let phone = set_up(&user).await;
    assert_ne!(phone.secret, user.phone.secret);
    let code = phone.code(&server, 0);
    let on = user.enable_totp().body_map(|body| body.code(code)).await;
    on.expect("turned on again");
}

/// SECURITY: 2.3.1.
async fn what_is_off_takes_no_codes(server: TestServer) {
    let user = server.user().await;
    let not_enabled = (400, "totp:not_enabled");
    let phone = set_up(&user).await;
    let code = phone.code(&server, 0);
    let disabled = user.disable_totp().body_map(|body| body.code(&code)).await;
    assert_eq!(disabled.refusal(), not_enabled);
    let codes = user.regenerate_backup_codes();
    let codes = codes.body_map(|body| body.code(&code)).await;
    assert_eq!(codes.refusal(), not_enabled);
    assert_eq!(reauthenticate(&user, &code).await.refusal(), not_enabled);
    let on = user.enable_totp().body_map(|body| body.code(&code)).await;
    on.expect("the code is unused");
}

/// SECURITY: D9.
async fn a_recent_sign_in_is_asked_for(server: TestServer) {
    let (plain, user) = (server.user().await, enrolled(&server).await);
    server.advance(601 * SECOND);
    let late = (403, "session:reauthentication_required");
    assert_eq!(plain.setup_totp().await.refusal(), late);
    assert_eq!(user.setup_totp().await.refusal(), late);
    let code = user.phone.code(&server, 0);
    let off = async || user.disable_totp().body_map(|body| body.code(&code)).await;
    assert_eq!(off().await.refusal(), late);
    let codes = user.regenerate_backup_codes();
    let codes = codes.body_map(|body| body.code(&code)).await;
    assert_eq!(codes.refusal(), late);
    let old = user.token();
    let earlier = user.phone.code(&server, -1);
    reauthenticate(&user, &earlier).await.expect("proven");
    assert_ne!(user.token(), old);
    off().await.expect("proven just now");
}

/// SECURITY: 7.2.3, 11.2.1, T-7, 6.5.2; neither the rows nor, with SQLite, the files hold a secret.
async fn no_secret_is_kept_readable(stage: Stage) {
    let server = stage.server().await;
    let user = server.user().await;
    let setup = user.setup_totp().await.expect("a setup");
    let phone = Phone::with_secret(setup.secret.expose());
    let code = phone.code(&server, 0);
    let codes = user.enable_totp().body_map(|body| body.code(code)).await;
    let codes = codes.expect("turned on").backup_codes;
    let (_, temp_token) = begin(&server, &user).await;

    let mut secrets = vec![
        phone.secret.clone(),
        setup.secret.expose().into(),
        temp_token.into(),
        user.token().into(),
        user.password.clone().into(),
    ];
    for code in &codes {
        secrets.push(code.expose().into());
        secrets.push(code.expose().replace('-', "").into());
    }
    let holds_none = |bytes: &[u8], place: &str| {
        for secret in &secrets {
            let found = bytes.windows(secret.len()).any(|window| window == secret);
            assert!(!found, "{} in {place}", String::from_utf8_lossy(secret));
        }
    };
    let mut tx = server.services.db.read().await.expect("the database");
    let kept = accord_server::store::totp::get(&mut tx, user.user_id.into()).await;
    let kept = kept.expect("the database").expect("a row");
    holds_none(&kept.secret, "the row");
    assert!(kept.secret.len() >= 20 + 16 + 24, "with nonce and tag");
    drop(tx);
    let dump = server.dump().await;
    for secret in &secrets {
        assert_eq!(dump.places_of(secret), [""; 0]);
    }
    if stage.engine == contract_tests::engine::Engine::Sqlite {
        let files = std::fs::read_dir(&server.services.config.data_dir).expect("the files");
        let mut seen = 0;
        for path in files.map(|file| file.expect("a file").path()) {
            if path.is_file() && !path.ends_with("keys") {
                let bytes = std::fs::read(&path).expect("a file");
                holds_none(&bytes, &path.display().to_string());
                seen += bytes.len();
            }
        }
        assert!(seen > 10_000, "{seen} bytes");
    }
}
