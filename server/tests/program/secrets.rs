//! What the program writes beside its answers: no secret is in there (SECURITY 16.2.5, 3.3.4, 14.2.1).

use std::path::Path;

use serde_json::{Value, json};

use crate::running::{Api, accord, start_as};

/// Passwords of nobody else.
const PASSWORD: &str = "cinnabar-canary-of-the-old-password";
const NEW: &str = "verdigris-canary-of-the-new-password";
const WRONG: &str = "canary-of-a-wrong-password";

/// Somebody who does what needs secrets, and remembers them.
struct Person {
    api: Api,
    secrets: Vec<String>,
}

impl Person {
    async fn ask(&mut self, path: &str, token: &str, body: &Value) -> (u16, String, Value) {
        let request = self.api.request("POST", path).json(body);
        let request = match token {
            "" => request,
            token => request.header("cookie", format!("session_id={token}")),
        };
        let answer = request.send().await.unwrap();
        let cookie = answer.headers().get("set-cookie");
        let cookie = cookie.map_or("", |cookie| cookie.to_str().unwrap());
        let session = cookie
            .split(['=', ';'])
            .nth(1)
            .unwrap_or_default()
            .to_owned();
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap();
        if !session.is_empty() {
            assert!(
                !text.contains(&session),
                "{path}: the session is in the body"
            );
            self.secrets.push(session.clone());
        }
        (
            status,
            session,
            serde_json::from_str(&text).unwrap_or_default(),
        )
    }

    /// The token of the latest mail to an address.
    async fn mailed(&mut self, address: &str) -> String {
        let path = format!("/dev/mailbox/messages?to={address}");
        let mails = self.api.request("GET", &path).send().await.unwrap();
        let mails = mails.text().await.unwrap();
        let token = mails.split("token=").nth(1).unwrap();
        let is_token = |letter: &char| letter.is_ascii_alphanumeric() || "-_".contains(*letter);
        let token: String = token.chars().take_while(is_token).collect();
        self.secrets.push(token.clone());
        token
    }

    fn keep(&mut self, value: &Value) -> String {
        let secret = value.as_str().unwrap().to_owned();
        self.secrets.push(secret.clone());
        secret
    }
}

/// Registers, proves the address, forgets the password, changes address and password, turns the second factor on, and
/// fails at all of that, too.
async fn live(api: Api) -> Vec<String> {
    let secrets = [PASSWORD, NEW, WRONG].map(str::to_owned).to_vec();
    let mut person = Person { api, secrets };
    let (old, new) = ("canary.old@example.com", "canary.new@example.com");
    let body = json!({ "email": old, "handle": "canary_old", "password": PASSWORD });
    assert_eq!(person.ask("/v0/users", "", &body).await.0, 201);
    let token = json!({ "token": person.mailed(old).await });
    assert_eq!(person.ask("/v0/auth/verify-email", "", &token).await.0, 204);
    assert_eq!(person.ask("/v0/auth/verify-email", "", &token).await.0, 400);
    let wrong = json!({ "email": old, "password": WRONG });
    assert_eq!(person.ask("/v0/auth/login", "", &wrong).await.0, 401);
    let broken = json!({ "email": old, "password": [WRONG], "surprise": WRONG });
    assert_eq!(person.ask("/v0/auth/login", "", &broken).await.0, 400);
    let asked = json!({ "email": old });
    assert_eq!(
        person.ask("/v0/auth/forgot-password", "", &asked).await.0,
        202
    );
    let reset = json!({ "token": person.mailed(old).await, "new_password": NEW });
    assert_eq!(
        person.ask("/v0/auth/reset-password", "", &reset).await.0,
        204
    );
    let login = json!({ "email": old, "password": NEW });
    let (status, session, _) = person.ask("/v0/auth/login", "", &login).await;
    assert_eq!(status, 200);
    let change = json!({ "current_password": NEW, "new_password": PASSWORD });
    let (status, session, _) = person
        .ask("/v0/auth/change-password", &session, &change)
        .await;
    assert_eq!(status, 204);
    let change = json!({ "new_email": new, "password": PASSWORD });
    assert_eq!(
        person
            .ask("/v0/auth/change-email", &session, &change)
            .await
            .0,
        202
    );
    let token = json!({ "token": person.mailed(new).await });
    assert_eq!(
        person
            .ask("/v0/auth/confirm-email-change", "", &token)
            .await
            .0,
        204
    );
    let (status, _, setup) = person
        .ask("/v0/auth/totp/setup", &session, &json!({}))
        .await;
    assert_eq!(status, 200);
    person.keep(&setup["secret"]);
    person.keep(&setup["otpauth_uri"]);
    let code = json!({ "code": "canary-000-code" });
    assert_eq!(
        person.ask("/v0/auth/totp/enable", &session, &code).await.0,
        400
    );
    person.secrets.push("canary-000-code".into());
    // In places where no secret belongs.
    let stray = person
        .api
        .request("GET", &format!("/v0/search/users?query=ca&token={WRONG}"));
    let stray = stray
        .header("authorization", format!("Bearer {WRONG}"))
        .header("user-agent", "curl/8");
    stray.send().await.unwrap();
    let stray = person
        .api
        .request("POST", &format!("/v0/auth/login/{WRONG}"));
    stray
        .header("x-request-id", "canary id")
        .body(WRONG)
        .send()
        .await
        .unwrap();
    let state = json!({ "code": "canary-oauth-code", "state": "canary-oauth-state" });
    assert_eq!(
        person
            .ask("/v0/auth/oauth/github/login", &session, &state)
            .await
            .0,
        400
    );
    person
        .secrets
        .extend(["canary-oauth-code".into(), "canary-oauth-state".into()]);
    assert_eq!(
        person.ask("/v0/auth/logout", &session, &json!({})).await.0,
        204
    );
    person.secrets
}

fn files(folder: &Path, all: &mut Vec<u8>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files(&path, all),
            false => all.extend(std::fs::read(path).unwrap()),
        }
    }
}

/// SECURITY: 16.2.5, 3.3.4, 14.2.1, 13.3.1; at the lowest level of the log, and in all files.
#[tokio::test]
async fn no_secret_is_in_the_log_nor_in_a_file() {
    let environment = [
        ("ACCORD_LOG__LEVEL", "trace"),
        ("ACCORD_OAUTH__GITHUB__CLIENT_ID", "accord"),
        (
            "ACCORD_OAUTH__GITHUB__CLIENT_SECRET",
            "canary-client-secret",
        ),
    ];
    let mut server = start_as(accord(&[], &[]), "program-secrets", &environment);
    // What nobody reads would hold up who writes.
    let mut log = std::mem::replace(&mut server.log, std::io::BufReader::new(nothing()));
    let reading = std::thread::spawn(move || {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut log, &mut text).unwrap();
        text
    });
    let mut secrets = live(Api::new(&server.address)).await;
    secrets.push("canary-client-secret".into());
    let said = format!("{:?}", server.said);
    server.stop();
    let log = said + &reading.join().unwrap();
    assert!(
        log.contains("/v0/auth/change-password") && log.contains("/v0/users"),
        "{log}"
    );
    let mut kept = Vec::new();
    let data = Path::new(env!("CARGO_TARGET_TMPDIR")).join("program-secrets");
    files(&data, &mut kept);
    assert!(kept.len() > 10_000);
    assert!(secrets.len() >= 15, "{}", secrets.len());
    for secret in &secrets {
        assert!(!log.contains(secret), "{secret} is in the log");
        let found = kept
            .windows(secret.len())
            .any(|window| window == secret.as_bytes());
        assert!(!found, "{secret} is in a file");
    }
    for private in ["canary.old", "canary.new", "otpauth:", "Bearer "] {
        assert!(!log.contains(private), "{private} is in the log");
    }
}

/// The output of a process that has none.
fn nothing() -> std::process::ChildStdout {
    let mut child = std::process::Command::new("true");
    let mut child = child.stdout(std::process::Stdio::piped()).spawn().unwrap();
    let output = child.stdout.take().unwrap();
    child.wait().unwrap();
    output
}

/// SECURITY: 1.2.5; the sources of the program name nothing that would.
#[test]
fn it_starts_no_other_program() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Vec::new();
    for folder in ["src", "../generated/src"] {
        files(&root.join(folder), &mut sources);
    }
    let sources = String::from_utf8_lossy(&sources);
    assert!(sources.contains("fn main"));
    for way in [
        "process::Command",
        "Command::new",
        "posix_spawn",
        "execve",
        "libc::",
    ] {
        assert!(!sources.contains(way), "{way}");
    }
}

/// SECURITY: 11.4.1, 11.2.1; SHA-1 is in the codes of RFC 6238 alone, which another crate computes.
#[test]
fn it_names_no_broken_algorithm() {
    let mut sources = Vec::new();
    files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut sources,
    );
    let sources = String::from_utf8_lossy(&sources);
    assert!(
        sources.contains("Sha256") && sources.contains("Argon2") && sources.contains("totp_rs")
    );
    for broken in [
        "Md5", "md5::", "Sha1", "sha1::", "TdesEde", "Rc4", "ecb::", "bcrypt::",
    ] {
        assert!(!sources.contains(broken), "{broken}");
    }
}

/// SECURITY: 13.3.1; whatever `strings` would find, no key or password is built in.
#[test]
fn no_secret_is_built_in() {
    let program = std::fs::read(env!("CARGO_BIN_EXE_accord")).unwrap();
    let has = |text: &str| {
        program
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    };
    assert!(has("accord"), "it is the program");
    for secret in [
        "BEGIN PRIVATE KEY-----\nM",
        "BEGIN RSA PRIVATE KEY-----\nM",
        "BEGIN EC PRIVATE KEY-----\nM",
        "GOCSPX-",
        "ghp_",
        "AKIA",
    ] {
        assert!(!has(secret), "{secret}");
    }
}
