//! Neighbours behind TLS: none is trusted that is not who it should be, and nobody is told anything in clear.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::running::{fresh, get, run, start_as};

/// Says aloud that a test is left out; in CI nothing may be.
fn skip(what: &str) {
    let in_ci = std::env::var_os("CI").is_some();
    assert!(!in_ci, "{what} is needed in CI");
    eprintln!("SKIPPED: TLS to neighbours, for {what} is missing");
}

/// A certificate for `localhost` that nobody has signed but itself, and its key.
struct Certificate {
    file: String,
    key: String,
}

impl Certificate {
    fn make(folder: &Path, name: &str) -> Option<Self> {
        let path = |end| folder.join(format!("{name}.{end}")).display().to_string();
        let (file, key) = (path("pem"), path("key"));
        let made = Command::new("openssl")
            .args([
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            ])
            .args(["-subj", "/CN=localhost"])
            .args(["-addext", "subjectAltName=DNS:localhost"])
            .args(["-addext", "basicConstraints=critical,CA:FALSE"])
            .args(["-keyout", &key, "-out", &file])
            .stderr(Stdio::null())
            .status();
        made.is_ok_and(|made| made.success())
            .then_some(Self { file, key })
    }
}

fn free_port() -> u16 {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    free.local_addr().unwrap().port()
}

/// Waits until something listens.
fn await_listener(port: u16) {
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(begun.elapsed() < Duration::from_secs(20), "nobody listens");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// PostgreSQL of this test alone, with a certificate. Dropping stops it.
struct Postgres {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
}

impl Postgres {
    fn start(certificate: &Certificate) -> Option<Self> {
        let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
        let programs = versions.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
        let programs = programs.filter(|bin| bin.join("initdb").exists()).max()?;
        // Elsewhere than the build, where its user may not come.
        let folder = std::env::temp_dir().join(format!("accord-tls-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        for file in [&certificate.file, &certificate.key] {
            std::fs::copy(file, folder.join(Path::new(file).file_name().unwrap())).unwrap();
        }
        let server = Self {
            programs,
            folder,
            port: free_port(),
        };
        if is_root() {
            let folder = server.folder.to_str().unwrap();
            let mut chown = Command::new("chown");
            let given = chown.args(["-R", "postgres", folder]).status();
            assert!(given.unwrap().success());
        }
        let (folder, port) = (server.folder.display(), server.port);
        let name = |file: &str| {
            let name = Path::new(file).file_name().unwrap().to_str().unwrap();
            format!("{folder}/{name}")
        };
        let (file, key) = (name(&certificate.file), name(&certificate.key));
        assert!(server.run(&format!("initdb -D {folder}/data -A trust -U postgres")));
        assert!(server.run(&format!(
            "pg_ctl -D {folder}/data -w -l {folder}/log -o '-h 127.0.0.1 -p {port} -k {folder} \
             -c ssl=on -c ssl_cert_file={file} -c ssl_key_file={key}' start"
        )));
        Some(server)
    }

    /// As the user who may: it refuses to run as root.
    fn run(&self, command: &str) -> bool {
        let command = format!("{}/{command} >/dev/null 2>&1", self.programs.display());
        let mut shell = match is_root() {
            true => Command::new("su"),
            false => Command::new("sh"),
        };
        if is_root() {
            shell.args(["postgres", "-s", "/bin/sh"]);
        }
        let run = shell.args(["-c", &command]).current_dir("/").status();
        run.unwrap().success()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.run(&format!(
            "pg_ctl -D {}/data -m immediate stop",
            self.folder.display()
        ));
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout == b"0\n"
}

fn text(output: Output) -> String {
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

/// What the doctor says of the database behind a URL.
fn doctor(data: &str, url: &str) -> String {
    let environment = [("ACCORD_DATA_DIR", data), ("ACCORD_DATABASE_URL", url)];
    let report = text(run(&["doctor"], &environment));
    let mut lines = report.lines();
    let line = lines.find(|line| line.contains("  database  "));
    line.unwrap_or_else(|| panic!("{report}")).to_owned()
}

/// SECURITY: 12.3.2.
#[test]
fn sslmode_verify_full_takes_nobody_but_the_server_it_names() {
    let folder = fresh("program-postgres-tls");
    std::fs::create_dir_all(&folder).unwrap();
    let made = ["own", "other"].map(|name| Certificate::make(&folder, name));
    let [Some(own), Some(other)] = made else {
        return skip("openssl");
    };
    let Some(server) = Postgres::start(&own) else {
        return skip("PostgreSQL");
    };
    let (data, port) = (folder.join("data"), server.port);
    let data = data.to_str().unwrap();
    let url = |host: &str, query: &str| {
        format!("postgres://postgres@{host}:{port}/postgres?sslmode={query}")
    };
    let trusting = |file: &str| format!("verify-full&sslrootcert={file}");
    let taken = doctor(data, &url("localhost", &trusting(&own.file)));
    assert!(taken.starts_with("ok"), "{taken}");
    for (host, query) in [
        // Of another name than the certificate's.
        ("127.0.0.1", trusting(&own.file)),
        // Signed by somebody else, and by nobody whom the system knows.
        ("localhost", trusting(&other.file)),
        ("localhost", "verify-full".to_owned()),
    ] {
        let refused = doctor(data, &url(host, &query));
        assert!(refused.starts_with("FAILED"), "{host} {query}: {refused}");
    }
    // It is the mode that tells: without it that server is taken.
    let taken = doctor(data, &url("127.0.0.1", "require"));
    assert!(taken.starts_with("ok"), "{taken}");
}

/// SECURITY: 12.3.2.
#[test]
fn a_database_without_the_tls_that_is_required_is_told_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let all = Arc::clone(&heard);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut question = [0; 8];
            stream.read_exact(&mut question).unwrap();
            stream.write_all(b"N").unwrap();
            let mut rest = Vec::new();
            let _ = stream.read_to_end(&mut rest);
            all.lock().unwrap().push((question, rest));
        }
    });
    let data = fresh("program-postgres-clear");
    let url = format!("postgres://accord:hunter2@localhost:{port}/x?sslmode=verify-full");
    let refused = doctor(data.to_str().unwrap(), &url);
    assert!(refused.starts_with("FAILED"), "{refused}");
    let heard = heard.lock().unwrap();
    assert!(!heard.is_empty());
    for (question, rest) in heard.iter() {
        // SSLRequest, and not a byte more.
        assert_eq!(question, &[0, 0, 0, 8, 4, 210, 22, 47]);
        assert!(rest.is_empty(), "{}", String::from_utf8_lossy(rest));
    }
}

/// A server that speaks TLS with a certificate, and answers every request with a page. Dropping stops it.
struct Behind(Child, u16);

impl Behind {
    fn start(certificate: &Certificate) -> Self {
        let port = free_port();
        let server = Command::new("openssl")
            .args(["s_server", "-quiet", "-www", "-accept", &port.to_string()])
            .args(["-cert", &certificate.file, "-key", &certificate.key])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        await_listener(port);
        Self(server.unwrap(), port)
    }
}

impl Drop for Behind {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A mail server that offers STARTTLS, and leads it to what is behind it. Answers what it was told in clear.
fn mail_server(behind: u16) -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let all = Arc::clone(&heard);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            stream.write_all(b"220 here\r\n").unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap());
            let mut line = String::new();
            while lines.read_line(&mut line).is_ok_and(|bytes| bytes > 0) {
                let said = std::mem::take(&mut line).trim_end().to_owned();
                let is_start = said == "STARTTLS";
                let reply: &[u8] = match &said[..4] {
                    "EHLO" => b"250-here\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n",
                    "STAR" => b"220 go on\r\n",
                    "QUIT" => b"221 bye\r\n",
                    _ => b"250 ok\r\n",
                };
                all.lock().unwrap().push(said);
                let _ = stream.write_all(reply);
                if is_start {
                    let mut inner = TcpStream::connect(("127.0.0.1", behind)).unwrap();
                    let (mut back, mut out) = (inner.try_clone().unwrap(), stream);
                    std::thread::spawn(move || std::io::copy(&mut back, &mut out));
                    let _ = std::io::copy(&mut lines, &mut inner);
                    break;
                }
            }
        }
    });
    (port, heard)
}

/// SECURITY: 12.2.1, 12.3.2.
#[test]
fn a_mail_server_with_a_certificate_of_nobodys_is_told_no_password_and_no_mail() {
    let folder = fresh("program-smtp-tls");
    std::fs::create_dir_all(&folder).unwrap();
    let Some(certificate) = Certificate::make(&folder, "own") else {
        return skip("openssl");
    };
    let behind = Behind::start(&certificate);
    let (with_starttls, heard) = mail_server(behind.1);
    for (tls, port) in [("starttls", with_starttls), ("tls", behind.1)] {
        let port = port.to_string();
        let environment = [
            ("ACCORD_DATA_DIR", folder.to_str().unwrap()),
            ("ACCORD_SMTP__HOST", "localhost"),
            ("ACCORD_SMTP__PORT", &port),
            ("ACCORD_SMTP__TLS", tls),
            ("ACCORD_SMTP__FROM", "accounts@example.com"),
            ("ACCORD_SMTP__USERNAME", "accord"),
            ("ACCORD_SMTP__PASSWORD", "hunter2"),
        ];
        let report = text(run(&["doctor"], &environment));
        let line = report.lines().find(|line| line.contains("  smtp  "));
        let line = line.unwrap_or_else(|| panic!("{report}"));
        assert!(line.starts_with("FAILED"), "{tls}: {line}");
        assert!(line.contains("certificate"), "{tls}: {line}");
    }
    let heard = heard.lock().unwrap();
    assert!(heard.iter().any(|line| line == "STARTTLS"), "{heard:?}");
    for line in heard.iter() {
        let is_harmless = ["EHLO ", "STARTTLS", "QUIT"];
        assert!(
            is_harmless.iter().any(|known| line.starts_with(known)),
            "{heard:?}"
        );
    }
}

/// SECURITY: 12.3.2.
#[test]
fn a_provider_with_a_certificate_of_nobodys_is_no_provider() {
    let folder = fresh("program-provider-tls");
    std::fs::create_dir_all(&folder).unwrap();
    let Some(certificate) = Certificate::make(&folder, "own") else {
        return skip("openssl");
    };
    let behind = Behind::start(&certificate);
    let issuer = format!("https://localhost:{}", behind.1);
    let environment = [
        ("ACCORD_OAUTH__GOOGLE__ISSUER", issuer.as_str()),
        ("ACCORD_OAUTH__GOOGLE__CLIENT_ID", "accord"),
        ("ACCORD_OAUTH__GOOGLE__CLIENT_SECRET", "hunter2"),
    ];
    let server = start_as(
        crate::running::accord(&[], &[]),
        "program-provider",
        &environment,
    );
    let answer = get(
        &server.address,
        "/v0/auth/oauth/google/authorize?flow=login",
    );
    assert!(answer.starts_with("HTTP/1.1 502"), "{answer}");
    assert!(answer.contains("oauth:provider_unavailable"), "{answer}");
    assert!(answer.contains("it cannot be reached"), "{answer}");
}
