//! A server behind TLS whose certificate nobody vouches for: OpenSSL's own.

use std::path::Path;
use std::process::{Command, Stdio};

use tokio::io::{
    AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWriteExt as _, BufReader,
};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Child;
use tokio::sync::watch;

/// The process; it ends with this.
#[derive(Debug)]
pub struct SelfSigned {
    pub port: u16,
    said: watch::Receiver<String>,
    _process: Child,
}

impl SelfSigned {
    /// Starts `openssl s_server` with further arguments, its certificate in this folder. None where there is no OpenSSL,
    /// which is said aloud; in CI there must be.
    pub async fn start(folder: &Path, arguments: &[&str]) -> Option<Self> {
        let (certificate, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
        let mut make = Command::new("openssl");
        make.args([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
        ])
        .args([
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
        ]);
        make.arg("-keyout").arg(&key).arg("-out").arg(&certificate);
        let made = make.stdout(Stdio::null()).stderr(Stdio::null()).status();
        if made.is_err() {
            assert!(std::env::var_os("CI").is_none(), "openssl is needed in CI");
            eprintln!("SKIPPED: a certificate that nobody vouches for: no openssl");
            return None;
        }
        assert!(made.expect("a certificate").success());
        let port = {
            let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
            free.local_addr().expect("an address").port()
        };
        let mut serve = tokio::process::Command::new("openssl");
        serve
            .args(["s_server", "-accept", &format!("127.0.0.1:{port}")])
            .arg("-cert")
            .arg(&certificate)
            .arg("-key")
            .arg(&key)
            .args(arguments);
        // Its input stays open: at the end of that it ends, too.
        serve
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut process = serve.kill_on_drop(true).spawn().expect("openssl");
        let (tell, said) = watch::channel(String::new());
        let tell = std::sync::Arc::new(tell);
        tokio::spawn(listen(
            process.stdout.take().expect("its output"),
            tell.clone(),
        ));
        tokio::spawn(listen(process.stderr.take().expect("its errors"), tell));
        let server = Self {
            port,
            said,
            _process: process,
        };
        server.wait_for("ACCEPT").await;
        Some(server)
    }

    /// A mail server in front of it, which says nothing in clear but that TLS comes next.
    pub async fn behind_starttls(&self) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let (port, behind) = (listener.local_addr().expect("an address").port(), self.port);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(lead_on(stream, behind));
            }
        });
        port
    }

    /// Everything that it has said, which includes what was sent to it, as soon as these words are in there.
    pub async fn wait_for(&self, words: &str) -> String {
        let mut said = self.said.clone();
        let heard = said.wait_for(|said| said.contains(words)).await;
        heard.expect("the server runs").clone()
    }
}

async fn lead_on(stream: TcpStream, port: u16) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink.example ESMTP\r\n").await?;
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 && !line.starts_with("STARTTLS") {
        stream
            .write_all(b"250-sink.example\r\n250 STARTTLS\r\n")
            .await?;
        line.clear();
    }
    stream.write_all(b"220 go on\r\n").await?;
    let mut behind = TcpStream::connect(("127.0.0.1", port)).await?;
    tokio::io::copy_bidirectional(&mut stream, &mut behind).await?;
    Ok(())
}

async fn listen(mut output: impl AsyncRead + Unpin, tell: std::sync::Arc<watch::Sender<String>>) {
    let mut bytes = [0; 4096];
    while let Ok(count @ 1..) = output.read(&mut bytes).await {
        let text = String::from_utf8_lossy(&bytes[..count]).into_owned();
        tell.send_modify(|said| said.push_str(&text));
    }
}
