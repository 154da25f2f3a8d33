//! Arguments, exit codes, start and stop.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Command;

use crate::running::{accord, get, run, start, start_as};

#[test]
fn f23_a_wrong_configuration_is_one_message_and_no_start() {
    let environment = [
        ("ACCORD_MODE", "production"),
        ("ACCORD_SMTP__PASSWORD", "hunter2"),
        ("ACCORD_NONSENSE", "1"),
    ];
    for arguments in [&[][..], &["serve"], &["config", "check"]] {
        let output = run(arguments, &environment);
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        let message = String::from_utf8(output.stderr).unwrap();
        for expected in [
            "ACCORD_PUBLIC_URL",
            "ACCORD_FRONTEND_URL",
            "ACCORD_KEYS__CURRENT",
            "ACCORD_SMTP__HOST",
            "ACCORD_NONSENSE",
        ] {
            assert!(message.contains(expected), "{message}");
        }
        assert!(!message.contains("hunter2"), "{message}");
    }
}

#[test]
fn the_configuration_explains_itself() {
    let output = run(&["config", "check"], &[]);
    assert!(output.status.success());
    let schema = run(&["config", "schema"], &[]).stdout;
    let schema: serde_json::Value = serde_json::from_slice(&schema).unwrap();
    assert!(schema["properties"]["listen"].is_object());
    let example = run(&["config", "example"], &[]).stdout;
    assert!(
        String::from_utf8(example)
            .unwrap()
            .contains("[rate_limits.login]")
    );
    let key = run(&["keys", "generate", "2026"], &[]).stdout;
    let key = String::from_utf8(key).unwrap();
    let output = run(
        &["config", "check"],
        &[("ACCORD_KEYS__CURRENT", key.trim())],
    );
    assert!(output.status.success(), "{output:?}");
}

#[cfg(unix)]
#[test]
fn f15_the_server_starts_serves_and_stops_at_a_signal() {
    let mut server = start("program-signal");
    assert!(get(&server.address, "/swagger.json").contains("200 OK"));
    let missing = get(&server.address, "/nowhere?token=hunter2");
    assert!(missing.contains("request:unknown_path"), "{missing}");
    let pid = server.child.id();
    // SIGHUP is harmless.
    for signal in ["-HUP", "-TERM"] {
        assert!(
            Command::new("sh")
                .args(["-c", &format!("kill {signal} {pid}")])
                .status()
                .unwrap()
                .success()
        );
        if signal == "-HUP" {
            assert!(get(&server.address, "/nowhere").contains("404"));
        }
    }
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
    let mut log = String::new();
    server.log.read_to_string(&mut log).unwrap();
    let requests: Vec<serde_json::Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|line: &serde_json::Value| line["message"] == "request")
        .collect();
    assert_eq!(requests.len(), 3, "{log}");
    assert_eq!(requests[1]["code"], "request:unknown_path");
    assert_eq!(requests[1]["client"], "127.0.0.1");
    assert!(requests[0]["timestamp"].as_str().unwrap().ends_with('Z'));
    assert!(!log.contains("hunter2"), "{log}");
    assert!(log.contains("stopped"));
}

#[cfg(unix)]
#[test]
fn f21_a_log_that_nobody_reads_stops_nothing() {
    let server = start("program-log");
    for _ in 0..2_000 {
        // More than a pipe holds.
        assert!(get(&server.address, "/nowhere").contains("404"));
    }
}

#[cfg(unix)]
#[test]
fn f14_too_few_file_descriptors_are_survived() {
    let mut shell = Command::new("sh");
    let program = env!("CARGO_BIN_EXE_accord");
    shell.args(["-c", &format!("ulimit -n 64; exec {program}")]);
    shell.env_clear();
    let server = start_as(shell, "program-files", &[]);
    let held: Vec<_> = (0..100)
        .map(|_| TcpStream::connect(&server.address).unwrap())
        .collect();
    // Those that found a place are served.
    let mut first = &held[0];
    write!(
        first,
        "GET /nowhere HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    let mut text = String::new();
    first.read_to_string(&mut text).unwrap();
    assert!(text.contains("request:unknown_path"), "{text}");
    drop(held);
    // The others have gone, and there is place again.
    assert!(get(&server.address, "/nowhere").contains("404"));
}

#[test]
fn f12_a_body_that_drips_is_cut_off() {
    let patience = [("ACCORD_LIMITS__BODY_TIMEOUT", "200ms")];
    let server = start_as(accord(&[], &[]), "program-body", &patience);
    let mut stream = TcpStream::connect(&server.address).unwrap();
    write!(
        stream,
        "POST /v0/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
         content-length: 100\r\n\r\n{{\"email\":"
    )
    .unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 408"), "{text}");
    assert!(text.contains("request:timeout"), "{text}");
}
