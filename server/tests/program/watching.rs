//! What operators watch: metrics, traces, the log.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use crate::running::{Api, accord, get, start_as};

const SECRET: &str = "hunter2 hunter2 hunter2";

fn login() -> Value {
    json!({ "email": "nobody@example.com", "password": SECRET })
}

#[tokio::test]
async fn metrics_have_an_address_of_their_own_and_name_the_operations() {
    let listen = [("ACCORD_METRICS__LISTEN", "127.0.0.1:0")];
    let server = start_as(accord(&[], &[]), "program-metrics", &listen);
    let metrics = server.said.iter().find(|line| line["message"] == "metrics");
    let metrics = metrics.expect("where they are")["address"]
        .as_str()
        .unwrap();
    let api = Api::new(&server.address);
    for _ in 0..3 {
        let answer = api.send("POST", "/v0/auth/login", &login()).await.unwrap();
        assert_eq!(answer.status(), 401);
    }
    let mut events = api
        .request("GET", "/v0/eventstream/actions")
        .send()
        .await
        .unwrap();
    events.chunk().await.unwrap().expect("an opening");

    let text = get(metrics, "/metrics");
    for line in [
        r#"accord_http_requests_total{operation="login",status="401"} 3"#,
        r#"accord_http_errors_total{operation="login",code="auth:invalid_credentials"} 3"#,
        r#"accord_http_request_duration_seconds_bucket{operation="login",le="+Inf"} 3"#,
        r#"accord_http_request_duration_seconds_count{operation="stream_actions"} 1"#,
        r#"accord_database_connections{pool="read",state="max"} 16"#,
        r#"accord_database_connections{pool="write",state="max"} 1"#,
        "accord_database_up 1",
        "accord_hashes_total 3",
        "accord_hashing_waiting 0",
        r#"accord_mails{state="queued"} 0"#,
        "accord_mails_oldest_queued_seconds 0",
        "accord_event_stream_subscribers 1",
        "accord_log_lines_dropped_total 0",
    ] {
        assert!(text.contains(line), "no {line} in {text}");
    }
    assert!(
        !text.contains("hunter2") && !text.contains("nobody@"),
        "{text}"
    );
    assert!(get(metrics, "/v0/user/me").starts_with("HTTP/1.1 404"));
}

/// Off unless asked for, and never where the public is.
#[test]
fn asvs_13_4_metrics_are_not_for_the_public() {
    for environment in [&[][..], &[("ACCORD_METRICS__LISTEN", "127.0.0.1:0")]] {
        let server = start_as(accord(&[], &[]), "program-metrics-public", environment);
        let answer = get(&server.address, "/metrics");
        assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
        assert!(answer.contains("request:unknown_path"), "{answer}");
    }
    let same = [
        ("ACCORD_LISTEN", "127.0.0.1:8000"),
        ("ACCORD_METRICS__LISTEN", "127.0.0.1:8000"),
    ];
    let refused = crate::running::run(&["config", "check"], &same);
    let message = String::from_utf8(refused.stderr).unwrap();
    assert!(message.contains("metrics.listen"), "{message}");
}

/// SECURITY: 16.1.1, 16.2.1.
#[tokio::test]
async fn each_request_is_logged_with_its_id() {
    let server = start_as(accord(&[], &[]), "program-ids", &[]);
    let api = Api::new(&server.address);
    let given = api
        .request("POST", "/v0/auth/login")
        .header("x-request-id", "given-by-a-client");
    let made = api.request("POST", "/v0/auth/login");
    let mut ids = Vec::new();
    for request in [given, made] {
        let answer = request.json(&login()).send().await.unwrap();
        ids.push(
            answer.headers()["x-request-id"]
                .to_str()
                .unwrap()
                .to_owned(),
        );
    }
    assert_eq!(ids[0], "given-by-a-client");
    let log = server.stop();
    let lines = log.lines().map(|line| serde_json::from_str(line).unwrap());
    let requests: Vec<Value> = lines
        .filter(|line: &Value| line["message"] == "request")
        .collect();
    assert_eq!(requests.len(), 2, "{log}");
    for (line, id) in requests.iter().zip(ids) {
        assert_eq!(line["request_id"], id.as_str());
    }
    assert!(
        !log.contains("hunter2") && !log.contains("nobody@"),
        "{log}"
    );
}

/// A collector that takes whatever it is sent.
fn collector() -> (String, Arc<Mutex<Vec<u8>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let taken = Arc::new(Mutex::new(Vec::new()));
    let all = Arc::clone(&taken);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let patience = Some(Duration::from_secs(10));
            stream.set_read_timeout(patience).unwrap();
            let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
            while !is_whole(&bytes) {
                match stream.read(&mut chunk) {
                    Ok(0) | Err(_) => break,
                    Ok(count) => bytes.extend_from_slice(&chunk[..count]),
                }
            }
            all.lock().unwrap().extend(bytes);
            let _ = stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        }
    });
    (url, taken)
}

/// Whether a request with its body has come.
fn is_whole(bytes: &[u8]) -> bool {
    let Some(end) = find(bytes, b"\r\n\r\n") else {
        return false;
    };
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let length = head.split("content-length: ").nth(1).unwrap_or("0");
    let length: usize = length.lines().next().unwrap().trim().parse().unwrap();
    bytes.len() >= end + 4 + length
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";

/// Asks for something in the middle of a trace; answers what the collector got.
async fn traced(data: &str, environment: &[(&str, &str)]) -> Vec<u8> {
    let (url, taken) = collector();
    let mut all = vec![("ACCORD_TRACES__ENDPOINT", url.as_str())];
    all.extend(environment);
    let server = start_as(accord(&[], &[]), data, &all);
    let request = Api::new(&server.address)
        .request("POST", "/v0/auth/login")
        .header("traceparent", format!("00-{TRACE}-b7ad6b7169203331-01"))
        .header("x-request-id", "traced-request");
    let answer = request.json(&login()).send().await.unwrap();
    assert_eq!(answer.status(), 401);
    // What is under way is sent before the end.
    server.stop();
    let taken = taken.lock().unwrap();
    taken.clone()
}

fn trace_id() -> Vec<u8> {
    let byte = |at| u8::from_str_radix(&TRACE[at..at + 2], 16).unwrap();
    (0..TRACE.len()).step_by(2).map(byte).collect()
}

/// SECURITY: 16.2.5.
#[tokio::test]
async fn traces_go_to_the_collector_without_secrets() {
    let sent = traced("program-traces", &[]).await;
    for word in [
        "POST /v1/traces",
        "login",
        "/v0/auth/login",
        "traced-request",
        "auth:invalid_credentials",
        "hash password",
        "accord",
    ] {
        assert!(find(&sent, word.as_bytes()).is_some(), "no {word}");
    }
    for secret in ["hunter2", "nobody@example.com"] {
        assert!(
            find(&sent, secret.as_bytes()).is_none(),
            "{secret} was sent"
        );
    }
    assert!(
        find(&sent, &trace_id()).is_none(),
        "anybody may begin a trace"
    );
}

/// SECURITY: 4.1.3.
#[tokio::test]
async fn a_trusted_proxy_may_begin_the_trace() {
    let trusted = [("ACCORD_TRUSTED_PROXIES", "127.0.0.1/32")];
    let sent = traced("program-traces-proxy", &trusted).await;
    assert!(find(&sent, &trace_id()).is_some());
    let none = [("ACCORD_TRACES__SAMPLE_RATIO", "0")];
    assert!(traced("program-traces-none", &none).await.is_empty());
}
