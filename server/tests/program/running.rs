//! The program as a process.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};

pub fn accord(arguments: &[&str], environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_accord"));
    command
        .args(arguments)
        .env_clear()
        .envs(environment.iter().copied());
    command.current_dir(env!("CARGO_TARGET_TMPDIR"));
    command
}

pub fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    accord(arguments, environment).output().unwrap()
}

/// A server of its own, stopped when the test ends.
pub struct Running {
    pub child: Child,
    pub log: BufReader<std::process::ChildStdout>,
    pub address: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn start(data: &str) -> Running {
    start_as(accord(&[], &[]), data, &[])
}

pub fn start_as(mut command: Command, data: &str, environment: &[(&str, &str)]) -> Running {
    let data = format!("{}/{data}", env!("CARGO_TARGET_TMPDIR"));
    let _ = std::fs::remove_dir_all(&data);
    let common = [
        ("ACCORD_LISTEN", "127.0.0.1:0"),
        ("ACCORD_DATA_DIR", data.as_str()),
        ("ACCORD_LOG__FORMAT", "json"),
    ];
    command.envs(common).envs(environment.iter().copied());
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut log = BufReader::new(child.stdout.take().unwrap());
    let address = loop {
        let mut line = String::new();
        assert!(
            log.read_line(&mut line).unwrap() > 0,
            "the server has ended"
        );
        let line: serde_json::Value = serde_json::from_str(&line).unwrap();
        if line["message"] == "listening" {
            break line["address"].as_str().unwrap().to_owned();
        }
    };
    Running {
        child,
        log,
        address,
    }
}

pub fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
}
