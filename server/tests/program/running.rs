//! Processes, and a client for them.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};

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

/// A directory of this name that is not there yet.
pub fn fresh(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    path
}

/// A server of its own, stopped when the test ends.
pub struct Running {
    pub child: Child,
    pub log: BufReader<std::process::ChildStdout>,
    pub address: String,
    /// What it logged until it listened.
    pub said: Vec<Value>,
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

/// Starts a server with a data directory of this name, empty.
pub fn start_as(command: Command, data: &str, environment: &[(&str, &str)]) -> Running {
    let data = fresh(data);
    go_on_as(command, data.to_str().unwrap(), environment)
}

/// Starts a server with a data directory as it is.
pub fn go_on_as(mut command: Command, data: &str, environment: &[(&str, &str)]) -> Running {
    let common = [
        ("ACCORD_LISTEN", "127.0.0.1:0"),
        ("ACCORD_DATA_DIR", data),
        ("ACCORD_LOG__FORMAT", "json"),
    ];
    command.envs(common).envs(environment.iter().copied());
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut log = BufReader::new(child.stdout.take().unwrap());
    let mut said = Vec::new();
    let address = loop {
        let mut line = String::new();
        assert!(
            log.read_line(&mut line).unwrap() > 0,
            "the server has ended"
        );
        let line: Value = serde_json::from_str(&line).unwrap();
        if line["message"] == "listening" {
            break line["address"].as_str().unwrap().to_owned();
        }
        said.push(line);
    };
    Running {
        child,
        log,
        address,
        said,
    }
}

impl Running {
    /// Stops it as an operator would, and answers the rest of its log.
    #[cfg(unix)]
    pub fn stop(mut self) -> String {
        let signal = format!("kill -TERM {}", self.child.id());
        let sent = Command::new("sh").args(["-c", &signal]).status().unwrap();
        assert!(sent.success());
        let mut log = String::new();
        self.log.read_to_string(&mut log).unwrap();
        assert_eq!(self.child.wait().unwrap().code(), Some(0), "{log}");
        log
    }
}

/// A client of a server, with a session when it has got one.
#[derive(Clone)]
pub struct Api {
    base: String,
    http: reqwest::Client,
    token: String,
}

impl Api {
    pub fn new(address: &str) -> Self {
        let http = reqwest::Client::builder().tls_certs_only([]);
        Self {
            base: format!("http://{address}"),
            http: http.build().unwrap(),
            token: String::new(),
        }
    }

    /// The same, with another server.
    pub fn at(&self, address: &str) -> Self {
        let base = format!("http://{address}");
        Self {
            base,
            ..self.clone()
        }
    }

    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse().unwrap();
        let request = self.http.request(method, format!("{}{path}", self.base));
        match self.token.is_empty() {
            true => request,
            false => request.bearer_auth(&self.token),
        }
    }

    pub async fn send(
        &self,
        method: &str,
        path: &str,
        body: &Value,
    ) -> reqwest::Result<reqwest::Response> {
        self.request(method, path).json(body).send().await
    }

    /// Somebody with a proven address, signed in.
    pub async fn sign_up(&self, name: &str) -> Self {
        let (email, password) = (format!("{name}@example.com"), "tangerine umbrella voyage");
        let person = json!({ "email": email, "handle": name, "password": password });
        let made = self.send("POST", "/v0/users", &person).await.unwrap();
        assert_eq!(made.status(), 201);
        let mails = self
            .request("GET", "/dev/mailbox/messages")
            .send()
            .await
            .unwrap();
        let mails = mails.text().await.unwrap();
        let token = mails.split("token=").nth(1).unwrap();
        let token: String = token
            .chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter))
            .collect();
        let token = json!({ "token": token });
        let proven = self.send("POST", "/v0/auth/verify-email", &token);
        assert!(proven.await.unwrap().status().is_success());
        self.sign_in(name).await
    }

    pub async fn sign_in(&self, name: &str) -> Self {
        let (email, password) = (format!("{name}@example.com"), "tangerine umbrella voyage");
        let body = json!({ "email": email, "password": password });
        let answer = self.send("POST", "/v0/auth/login", &body).await.unwrap();
        assert_eq!(answer.status(), 200);
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        let value = cookie.split(['=', ';']).nth(1).unwrap();
        let token = value.to_owned();
        Self {
            token,
            ..self.clone()
        }
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
