//! What the log says of security (ASVS 16.3, 16.4).

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

use serde_json::{Value, json};
use sqlx::{Connection as _, SqliteConnection};

use crate::running::{Api, Running, accord, fresh, go_on_as, start_as};

fn lines(log: &str) -> Vec<Value> {
    let line = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| panic!("{text:?}"));
    log.lines().map(line).collect()
}

/// The line of a request by the id that its answer had.
fn line_of<'a>(lines: &'a [Value], answer: &reqwest::Response) -> &'a Value {
    let id = answer.headers()["x-request-id"].to_str().unwrap();
    let of_request = |line: &&Value| line["message"] == "request" && line["request_id"] == id;
    let found: Vec<_> = lines.iter().filter(of_request).collect();
    assert_eq!(found.len(), 1, "{id}");
    found[0]
}

/// When, where from, who and what.
fn assert_told(line: &Value, user: Option<&str>, code: &str, event: &str) {
    let time = line["timestamp"].as_str().unwrap();
    assert!(chrono::DateTime::parse_from_rfc3339(time).is_ok() && time.ends_with('Z'));
    assert_eq!(line["client"], "127.0.0.1", "{line}");
    assert_eq!(line["user"].as_str(), user, "{line}");
    assert_eq!(
        (&line["code"], &line["event"]),
        (&json!(code), &json!(event)),
        "{line}"
    );
}

async fn me(user: &Api) -> String {
    let me = user.request("GET", "/v0/user/me").send().await.unwrap();
    let me: Value = me.json().await.unwrap();
    me["id"].as_str().unwrap().to_owned()
}

/// SECURITY: 16.3.2, 16.3.3.
#[tokio::test]
async fn refusals_and_attempts_to_get_around_a_control_are_events_of_the_log() {
    let strict = [
        ("ACCORD_SESSION__REAUTHENTICATION", "1ms"),
        ("ACCORD_RATE_LIMITS__SEARCH__PER_ADDRESS__BURST", "1"),
        ("ACCORD_RATE_LIMITS__SEARCH__PER_ADDRESS__PERIOD", "1h"),
    ];
    let server = start_as(accord(&[], &[]), "program-events", &strict);
    let nobody = Api::new(&server.address);
    let user = nobody.sign_up("ada_l").await;
    let id = me(&user).await;
    let limited = json!({ "email": "bob@example.com", "handle": "bob_b", "password": "tangerine umbrella voyage" });
    let limited = nobody.send("POST", "/v0/users", &limited).await.unwrap();
    let cookie = limited.headers()["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();

    let wrong = json!({ "email": "ada_l@example.com", "password": "not the password" });
    let other = "/v0/auth/sessions/0197e2f4-4c8b-7cc0-8f3e-0123456789ab";
    let search = "/v0/search/users?query=ada";
    let first = user.request("GET", search).send().await.unwrap();
    assert_eq!(first.status(), 200);
    let (ada, nobody_known) = (Some(id.as_str()), None);
    let told = [
        (
            nobody.request("POST", "/v0/auth/login").json(&wrong),
            nobody_known,
            "auth:invalid_credentials",
            "authentication_failed",
        ),
        (
            nobody
                .request("GET", "/v0/user/me")
                .bearer_auth("0".repeat(43)),
            nobody_known,
            "auth:session_required",
            "authorization_failed",
        ),
        (
            nobody
                .request("PATCH", "/v0/user/me")
                .header("cookie", cookie)
                .json(&json!({ "bio": "x" })),
            None,
            "user:not_verified",
            "authorization_failed",
        ),
        (
            user.request("POST", "/v0/auth/change-email")
                .json(&json!({ "new_email": "eve@example.com" })),
            ada,
            "session:reauthentication_required",
            "authorization_failed",
        ),
        (
            user.request("DELETE", other),
            ada,
            "session:not_found",
            "authorization_failed",
        ),
        (
            user.request("PATCH", "/v0/user/me")
                .header("origin", "https://evil.example")
                .json(&json!({ "bio": "x" })),
            nobody_known,
            "csrf:cross_origin",
            "control_held",
        ),
        (
            user.request("PATCH", "/v0/user/me")
                .json(&json!({ "is_admin": true })),
            ada,
            "request:invalid",
            "control_held",
        ),
        (
            user.request("GET", search),
            nobody_known,
            "rate_limit:exceeded",
            "control_held",
        ),
    ];
    let mut answers = Vec::new();
    for (request, who, code, event) in told {
        answers.push((request.send().await.unwrap(), who, code, event));
    }
    let log = server.stop();
    let lines = lines(&log);
    for (answer, who, code, event) in &answers {
        let line = line_of(&lines, answer);
        if *code == "user:not_verified" {
            assert!(line["user"].is_string(), "{line}");
            assert_eq!(line["event"], *event);
        } else {
            assert_told(line, *who, code, event);
        }
    }
}

/// SECURITY: 16.3.4; an error of ours, a neighbour that is not who it should be, and one that is away.
#[tokio::test]
async fn unexpected_errors_are_events_of_the_log() {
    let imposter = TcpListener::bind("127.0.0.1:0").unwrap();
    let redis = format!(
        "rediss://localhost:{}",
        imposter.local_addr().unwrap().port()
    );
    std::thread::spawn(move || {
        for stream in imposter.incoming() {
            let _ = stream.unwrap().write_all(b"-ERR no TLS here\r\n");
        }
    });
    let folder = fresh("program-errors");
    let data = folder.to_str().unwrap();
    let neighbours = [
        ("ACCORD_REDIS_URL", redis.as_str()),
        ("ACCORD_REDIS__TIMEOUT", "2s"),
    ];
    let server = go_on_as(accord(&[], &[]), data, &neighbours);
    let user = Api::new(&server.address).sign_up("ada_l").await;
    let url = format!("sqlite://{}/accord.db", folder.display());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    let breaking = sqlx::raw_sql("ALTER TABLE sessions RENAME TO broken");
    breaking.execute(&mut connection).await.unwrap();
    let answer = user.request("GET", "/v0/user/me").send().await.unwrap();
    assert_eq!(answer.status(), 500);

    let log = server.stop();
    let lines = lines(&log);
    let line = line_of(&lines, &answer);
    assert_told(line, None, "system:internal", "error");
    assert_eq!(line["level"], "ERROR");
    assert!(line["details"].is_string(), "the reason: {line}");
    let complaint = lines.iter().find(|line| {
        let message = line["message"].as_str().unwrap_or_default();
        message.starts_with("redis does not answer: this instance")
    });
    let complaint = complaint.expect("a word of the broken TLS");
    assert_eq!(complaint["level"], "ERROR");
    assert!(complaint["error"].is_string(), "{complaint}");
}

/// Sends bytes as they are, and reads what comes.
fn send(server: &Running, bytes: &[u8]) {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.write_all(bytes).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 "), "{bytes:?}");
}

/// Requests that would like to write lines of their own.
fn forgeries() -> Vec<Vec<u8>> {
    let line = r#"%0d%0a{"level":"INFO","message":"forged"}"#;
    let raw = "\"}\u{1b}[31m\t{\"message\":\"forged\"}";
    let request = |target: &str, fields: &str, body: &str| {
        format!(
            "{target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n{fields}\
             content-length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    };
    let escaped = r#"\r\n{\"message\":\"forged\"}\u001b[2J\u0085\u2028"#;
    let email = format!(r#"{{"email":"a{escaped}@example.com","password":"{escaped}"}}"#);
    let handle = format!(r#"{{"email":"a@example.com","handle":"a{escaped}","password":"x"}}"#);
    let target = line.replace(['{', '}', '"'], "_");
    vec![
        request(&format!("GET /v0/users/handle/a{target}/available"), "", ""),
        request(&format!("GET /nowhere/{target}?{target}=%1b[31m"), "", ""),
        request(
            &format!("GET /nowhere/{}", line.replace(' ', "%20")),
            "",
            "",
        ),
        request("GET /v0/user/me", &format!("user-agent: {raw}\r\n"), ""),
        request(
            "GET /v0/user/me",
            "user-agent: \"}{\"message\":\"forged\"}\t\r\n",
            "",
        ),
        request("GET /v0/user/me", &format!("x-request-id: {raw}\r\n"), ""),
        request(
            "GET /v0/user/me",
            "x-request-id: a\"}{\"message\":\"forged\"}\r\n",
            "",
        ),
        request(
            "GET /v0/user/me",
            "cookie: session_id=\"}{\"message\":\"forged\r\n",
            "",
        ),
        request("POST /v0/auth/login", "", &email),
        request("POST /v0/users", "", &handle),
        request("FORGED\"}{ /v0/user/me", "", ""),
        request("FORGED /v0/user/me", "", ""),
        b"GET /\r\n{\"message\":\"forged\"}\r\n\r\n".to_vec(),
    ]
}

/// SECURITY: 16.4.1; in the form for programs and in the one for people, and however much is logged.
#[test]
fn nobody_writes_lines_of_the_log_but_the_server() {
    for level in ["info", "trace", "trace,accord=trace"] {
        let server = start_as(
            accord(&[], &[]),
            "program-forged",
            &[("ACCORD_LOG__LEVEL", level)],
        );
        for bytes in forgeries() {
            send(&server, &bytes);
        }
        let log = server.stop();
        let requests = lines(&log);
        for line in &requests {
            assert_ne!(line["message"], "forged", "{level}");
            assert!(line["timestamp"].is_string() && line["level"].is_string());
        }
        let count = |line: &&Value| line["message"] == "request";
        assert!(requests.iter().filter(count).count() >= 9, "{log}");
        assert!(!log.contains('\u{1b}'), "{log}");
    }
}

/// SECURITY: 16.4.1.
#[test]
fn nobody_writes_lines_of_the_log_for_people_either() {
    let folder = fresh("program-forged-pretty");
    let mut command = accord(&["serve"], &[("ACCORD_LISTEN", "127.0.0.1:0")]);
    command.env("ACCORD_DATA_DIR", &folder);
    command.env("ACCORD_LOG__FORMAT", "pretty");
    command.env("ACCORD_LOG__LEVEL", "trace");
    let mut child = command
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = std::io::BufReader::new(child.stdout.take().unwrap());
    let mut said = String::new();
    let address = loop {
        use std::io::BufRead as _;
        let start = said.len();
        assert!(log.read_line(&mut said).unwrap() > 0, "{said}");
        if let Some((_, rest)) = said[start..].split_once("listening address=") {
            break rest.split(' ').next().unwrap().to_owned();
        }
    };
    let server = Running {
        child,
        log,
        address,
        said: Vec::new(),
    };
    for bytes in forgeries() {
        send(&server, &bytes);
    }
    let log = server.stop();
    for line in log.lines() {
        let time = line.split(' ').next().unwrap_or_default();
        assert!(
            chrono::DateTime::parse_from_rfc3339(time).is_ok(),
            "not a line of the server's: {line:?}"
        );
        assert!(
            !line.contains(|letter: char| letter.is_control()),
            "{line:?}"
        );
    }
    assert!(log.lines().count() >= 9, "{log}");
}
