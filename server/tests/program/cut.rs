//! Clients that hang up in the middle of a word.

use std::io::Write as _;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::json;
use sqlx::{Connection as _, SqliteConnection};

use crate::running::{Api, accord, fresh, get, go_on_as};

const CLIENTS: usize = 400;
/// Nothing here takes longer.
const PATIENCE: Duration = Duration::from_secs(60);

/// A registration as it goes over the wire.
fn registration(number: usize) -> String {
    let body = json!({
        "email": format!("cut{number}@example.com"),
        "handle": format!("cut{number}x"),
        "password": "tangerine umbrella voyage",
    });
    let body = body.to_string();
    format!(
        "POST /v0/users HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// SECURITY: F-25; what they began is done as a whole or not at all, and what it held is free again.
#[tokio::test]
async fn clients_that_hang_up_leave_nothing_behind() {
    let folder = fresh("program-cut");
    let settings = [
        ("ACCORD_METRICS__LISTEN", "127.0.0.1:0"),
        ("ACCORD_PASSWORD__ARGON2_MEMORY", "8"),
        ("ACCORD_PASSWORD__ARGON2_ITERATIONS", "1"),
        (
            "ACCORD_RATE_LIMITS__REGISTER__PER_ADDRESS__BURST",
            "1000000",
        ),
    ];
    let server = go_on_as(accord(&[], &[]), folder.to_str().unwrap(), &settings);
    let metrics = server.said.iter().find(|line| line["message"] == "metrics");
    let metrics = metrics.unwrap()["address"].as_str().unwrap().to_owned();
    for number in 0..CLIENTS {
        let text = registration(number);
        // Every third one says all it has to say.
        let cut = match number % 3 {
            0 => text.len(),
            _ => number * 7919 % text.len(),
        };
        let mut stream = TcpStream::connect(&server.address).unwrap();
        stream.write_all(&text.as_bytes()[..cut]).unwrap();
    }

    let begun = Instant::now();
    let idle = [
        r#"accord_database_connections{pool="read",state="busy"} 0"#,
        r#"accord_database_connections{pool="write",state="busy"} 0"#,
        "accord_hashing_waiting 0",
    ];
    loop {
        let text = get(&metrics, "/metrics");
        if idle.iter().all(|line| text.contains(line)) {
            break;
        }
        assert!(begun.elapsed() < PATIENCE, "{text}");
    }
    let user = Api::new(&server.address).sign_up("ada_l").await;
    let me = user.request("GET", "/v0/user/me").send().await.unwrap();
    assert_eq!(me.status(), 200);

    let log = server.stop();
    let abandoned = log.matches("abandoned by the client").count();
    assert!(abandoned > 0, "nobody hung up while he was served");
    let url = format!("sqlite://{}/accord.db", folder.display());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    let each_whole = "SELECT count(*) FROM users u WHERE handle_key LIKE 'cut%' \
        AND (SELECT count(*) FROM mails m WHERE m.user_id = u.id AND kind = 'verify_email') = 1 \
        AND (SELECT count(*) FROM sessions s WHERE s.user_id = u.id) = 1 \
        AND (SELECT count(*) FROM action_logs a WHERE a.actor_id = u.id) = 1";
    let all = "SELECT (SELECT count(*) FROM users WHERE handle_key LIKE 'cut%') \
        + (SELECT count(*) FROM mails WHERE user_id NOT IN (SELECT id FROM users))";
    let mut counts = Vec::new();
    for sql in [each_whole, all] {
        let count: i64 = sqlx::query_scalar(sql)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        counts.push(count);
    }
    assert_eq!(counts[0], counts[1], "something is there by half");
    assert!(counts[0] < CLIENTS as i64, "{counts:?}");
}
