use std::io::Write as _;

use super::*;
use crate::config::{Mode, Period};

fn from_env(env: &[(&str, &str)]) -> Result<Config, Problems> {
    let none = tempfile("");
    load(
        Some(none.path()),
        env.iter().map(|(k, v)| (k.to_string(), v.to_string())),
    )
}

struct File(PathBuf);

impl File {
    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn tempfile(text: &str) -> File {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let name = format!(
        "accord-config-{}-{}.toml",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let path = std::env::temp_dir().join(name);
    let mut file = std::fs::File::create(&path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
    File(path)
}

fn problems(result: Result<Config, Problems>) -> String {
    result.unwrap_err().to_string()
}

const PRODUCTION: [(&str, &str); 6] = [
    ("ACCORD_MODE", "production"),
    ("ACCORD_PUBLIC_URL", "https://api.example.com"),
    ("ACCORD_FRONTEND_URL", "https://example.com"),
    (
        "ACCORD_KEYS__CURRENT",
        "a:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    ),
    ("ACCORD_SMTP__HOST", "mail.example.com"),
    ("ACCORD_SMTP__FROM", "Accord <accounts@example.com>"),
];

#[test]
fn nothing_set_is_development_on_this_machine() {
    let config = from_env(&[]).unwrap();
    assert_eq!(config.mode(), Mode::Development);
    assert_eq!(config.public_url().as_str(), "http://localhost:8080/");
    assert_eq!(config.allowed_origins(), ["http://localhost:3000"]);
    assert_eq!(config.session_cookie(), "session_id");
    assert!(config.docs_enabled());
    assert!(config.limits.stream_heartbeat <= Period::secs(15));
}

#[test]
fn variables_win_over_the_file_and_take_every_kind_of_value() {
    let file = tempfile(
        "listen = \"127.0.0.1:1\"\n[limits]\nin_flight = 7\nbody_timeout = 5\n\
         [rate_limits.login.per_account]\nburst = 3\n",
    );
    let env = [
        ("ACCORD_LISTEN", "127.0.0.1:2,[::1]:2"),
        ("ACCORD_DATABASE_URL", "postgres://u:hunter2@h/d"),
        ("ACCORD_REDIS_URL", "redis://h"),
        ("ACCORD_LIMITS__IN_FLIGHT", "9"),
        ("ACCORD_TRUSTED_PROXIES", "10.0.0.0/8, ::1/128"),
        (
            "ACCORD_CORS__ALLOWED_ORIGINS",
            "[\"http://localhost:5173\"]",
        ),
        ("ACCORD_SMTP__USERNAME", "12345"),
        ("ACCORD_SMTP__PASSWORD", "true"),
        ("ACCORD_SESSION__IDLE", "1h"),
        ("ACCORD_DOCS__ENABLED", "false"),
        ("ACCORD_TOTP__ISSUER", "  "),
        ("PATH", "/bin"),
    ];
    let env = env.map(|(k, v)| (k.to_owned(), v.to_owned()));
    let config = load(Some(file.path()), env).unwrap();
    assert_eq!(config.listen.0.len(), 2);
    assert_eq!(config.database_url().expose(), "postgres://u:hunter2@h/d");
    assert_eq!(config.limits.in_flight, 9);
    assert_eq!(config.limits.body_timeout, Period::secs(5));
    assert_eq!(config.trusted_proxies.len(), 2);
    assert_eq!(
        config.allowed_origins(),
        ["http://localhost:3000", "http://localhost:5173"]
    );
    assert_eq!(config.smtp.username.as_deref(), Some("12345"));
    assert_eq!(config.smtp.password.as_ref().unwrap().expose(), "true");
    assert_eq!(config.session.idle, Period::hours(1));
    assert_eq!(config.docs.enabled, Some(false));
    assert_eq!(config.totp.issuer, "Accord");
    let login = config.rate_limits.get("login").unwrap();
    assert_eq!(login.per_account.as_ref().unwrap().burst, 3);
    let printed = format!("{config:?} {}", toml::to_string(&config).unwrap());
    assert!(!printed.contains("hunter2"), "{printed}");
}

/// SECURITY: F-23, 13.2.3.
#[test]
fn one_message_names_every_problem_and_no_value() {
    let file = tempfile(
        "mod = \"development\"\n[smtp]\npassword = 12345678\nhots = \"x\"\n[limits]\nin_flight = \"many\"\n[nonsense]\n",
    );
    let env = [
        ("ACCORD_SESION__IDLE", "1h"),
        ("ACCORD_SESSION__IDLE", "soon"),
        ("ACCORD_KEYS__CURRENT", "a:c2VjcmV0c2VjcmV0"),
        ("ACCORD_DATABASE_URL", "mysql://root:hunter2@h/d"),
    ];
    let env = env.map(|(k, v)| (k.to_owned(), v.to_owned()));
    let message = problems(load(Some(file.path()), env));
    for expected in [
        "mod: no such setting; did you mean `mode`?",
        "smtp.password: expected a string",
        "smtp.hots: no such setting; did you mean `host`?",
        "limits.in_flight: ",
        "nonsense: no such setting",
        "ACCORD_SESION__IDLE: no such setting; did you mean `session`?",
        "ACCORD_SESSION__IDLE: expected a length of time",
        "ACCORD_KEYS__CURRENT: expected `name:base64`",
        "database.url starts with none of",
    ] {
        assert!(message.contains(expected), "{expected} in {message}");
    }
    for secret in ["12345678", "hunter2", "c2VjcmV0"] {
        assert!(!message.contains(secret), "{message}");
    }
}

#[test]
fn a_file_that_is_not_toml_is_not_quoted() {
    let file = tempfile("[smtp]\npassword = \"hunter2\n");
    let message = problems(load(Some(file.path()), []));
    assert!(message.contains("line 2: not TOML"), "{message}");
    assert!(!message.contains("hunter2"), "{message}");
    let message = problems(load(Some(Path::new("/nowhere/accord.toml")), []));
    assert!(message.contains("/nowhere/accord.toml: "), "{message}");
}

/// SECURITY: 13.2.3, F-23.
#[test]
fn production_names_every_missing_variable() {
    let message = problems(from_env(&[("ACCORD_MODE", "production")]));
    for variable in &PRODUCTION[1..] {
        assert!(message.contains(variable.0), "{} in {message}", variable.0);
    }
    let config = from_env(&PRODUCTION).unwrap();
    assert_eq!(config.session_cookie(), "__Host-session_id");
    assert!(!config.docs_enabled());
    // Each of them, missing and empty.
    for (index, (name, _)) in PRODUCTION.iter().enumerate().skip(1) {
        for empty in [false, true] {
            let mut env = PRODUCTION.to_vec();
            match empty {
                true => env[index].1 = "",
                false => drop(env.remove(index)),
            }
            assert!(problems(from_env(&env)).contains(name));
        }
        let mut env = PRODUCTION.to_vec();
        env[index].1 = "\u{1}junk";
        assert!(from_env(&env).is_err() || *name == "ACCORD_SMTP__HOST");
    }
}

/// SECURITY: 13.2.3, C-7, 3.4.2.
#[test]
fn what_production_refuses() {
    for (name, value, expected) in [
        (
            "ACCORD_PUBLIC_URL",
            "http://api.example.com",
            "public_url is plain http",
        ),
        (
            "ACCORD_FRONTEND_URL",
            "http://example.com",
            "frontend_url is plain http",
        ),
        ("ACCORD_CORS__ALLOWED_ORIGINS", "*", "cors.allowed_origins"),
        (
            "ACCORD_CORS__ALLOWED_ORIGINS",
            "null",
            "cors.allowed_origins",
        ),
        (
            "ACCORD_CORS__ALLOWED_ORIGINS",
            "http://a.example",
            "cors.allowed_origins",
        ),
        (
            "ACCORD_CORS__ALLOWED_ORIGINS",
            "https://a.example/x",
            "cors.allowed_origins",
        ),
        ("ACCORD_PASSWORD__MIN_LENGTH", "7", "password.min_length"),
        (
            "ACCORD_PASSWORD__ARGON2_MEMORY",
            "1024",
            "password.argon2_memory",
        ),
        ("ACCORD_SMTP__TLS", "none", "smtp.tls"),
        ("ACCORD_SMTP__TIMEOUT", "60s", "smtp.timeout"),
        (
            "ACCORD_SMTP__PASSWORD",
            "x",
            "smtp.username and smtp.password",
        ),
        ("ACCORD_OAUTH__GOOGLE__CLIENT_ID", "x", "oauth.google"),
        (
            "ACCORD_OAUTH__GITHUB__API_URL",
            "http://github.example",
            "oauth.github.api_url",
        ),
        ("ACCORD_STORAGE__KIND", "s3", "storage.s3.bucket"),
        ("ACCORD_COOKIE__DOMAIN", "example.org", "cookie.domain"),
        ("ACCORD_SESSION__IDLE", "1000h", "session.idle"),
        (
            "ACCORD_RATE_LIMITS__LOGIN__PER_ADDRESS__BURST",
            "0",
            "rate_limits.login",
        ),
        (
            "ACCORD_KEYS__CURRENT",
            "a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "not random",
        ),
    ] {
        let mut env = PRODUCTION.to_vec();
        env.retain(|(other, _)| *other != name);
        env.push((name, value));
        let message = problems(from_env(&env));
        assert!(message.contains(expected), "{name}={value}: {message}");
    }
}

#[test]
fn the_mode_depends_on_who_can_reach_the_server() {
    let mode = |env: &[(&str, &str)]| from_env(env).map(|config| config.mode());
    assert_eq!(mode(&[("ACCORD_LISTEN", "[::1]:1")]), Ok(Mode::Development));
    let open = ("ACCORD_LISTEN", "0.0.0.0:8080");
    assert!(
        mode(&[open])
            .unwrap_err()
            .to_string()
            .contains("production needs it")
    );
    let development = ("ACCORD_MODE", "development");
    let message = mode(&[open, development]).unwrap_err().to_string();
    assert!(message.contains("allow_remote_development"), "{message}");
    let allowed = ("ACCORD_ALLOW_REMOTE_DEVELOPMENT", "true");
    assert_eq!(mode(&[open, development, allowed]), Ok(Mode::Development));
    // A public address says that this is not a programmer's machine.
    let public = ("ACCORD_PUBLIC_URL", "https://api.example.com");
    assert!(
        mode(&[public])
            .unwrap_err()
            .to_string()
            .contains("production needs it")
    );
}

/// SECURITY: 3.3.1, 3.3.3.
#[test]
fn the_cookie_name_follows_scheme_and_domain() {
    let mut env = PRODUCTION.to_vec();
    env.push(("ACCORD_COOKIE__DOMAIN", "example.com"));
    let config = from_env(&env).unwrap();
    assert_eq!(config.session_cookie(), "__Secure-session_id");
}
