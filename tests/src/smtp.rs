//! An SMTP server on loopback (RFC 5321) that takes mails, or misbehaves as told.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What the server does with a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Takes it.
    Polite,
    /// Answers the recipient with this reply.
    Refusing(&'static str),
    /// Says nothing, not even hello.
    Silent,
    /// Takes the data and hangs up without a word.
    CuttingOff,
}

/// A mail that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    pub from: String,
    pub to: Vec<String>,
    pub data: String,
}

impl Received {
    /// The value of a header of one line.
    pub fn header(&self, name: &str) -> Option<&str> {
        let prefix = format!("{name}: ");
        self.data
            .lines()
            .take_while(|line| !line.is_empty())
            .find_map(|line| line.strip_prefix(&prefix))
    }
}

/// The server. It stops when it is dropped.
#[derive(Debug)]
pub struct SmtpServer {
    pub address: SocketAddr,
    manner: Arc<Mutex<Manner>>,
    seen: watch::Receiver<Seen>,
    task: tokio::task::JoinHandle<()>,
}

/// What has happened so far.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    pub connections: usize,
    pub commands: Vec<String>,
    pub mails: Vec<Received>,
}

impl SmtpServer {
    pub async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let manner = Arc::new(Mutex::new(manner));
        let (tell, seen) = watch::channel(Seen::default());
        let tell = Arc::new(tell);
        let behaviour = manner.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tell.send_modify(|seen| seen.connections += 1);
                let manner = *behaviour.lock().unwrap_or_else(PoisonError::into_inner);
                tokio::spawn(converse(stream, manner, tell.clone()));
            }
        });
        Self {
            address,
            manner,
            seen,
            task,
        }
    }

    /// From the next connection on.
    pub fn behave(&self, manner: Manner) {
        *self.manner.lock().unwrap_or_else(PoisonError::into_inner) = manner;
    }

    /// What has happened, as soon as `enough` says that it is enough.
    pub async fn wait_for(&self, enough: impl FnMut(&Seen) -> bool) -> Seen {
        let mut seen = self.seen.clone();
        seen.wait_for(enough)
            .await
            .expect("the server runs")
            .clone()
    }

    /// What has happened so far.
    pub fn seen(&self) -> Seen {
        self.seen.borrow().clone()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn converse(stream: TcpStream, manner: Manner, tell: Arc<watch::Sender<Seen>>) -> Option<()> {
    if manner == Manner::Silent {
        // Until the client hangs up.
        let _ = stream.readable().await;
        return None;
    }
    let mut stream = BufReader::new(stream);
    say(&mut stream, "220 sink.example ESMTP").await?;
    let (mut from, mut to) = (String::new(), Vec::new());
    loop {
        let line = read_line(&mut stream).await?;
        tell.send_modify(|seen| seen.commands.push(line.clone()));
        let verb = line
            .split([' ', ':'])
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" | "HELO" => say(&mut stream, "250 sink.example").await?,
            "MAIL" => {
                from = address(&line);
                say(&mut stream, "250 ok").await?;
            }
            "RCPT" => match manner {
                Manner::Refusing(reply) => say(&mut stream, reply).await?,
                _ => {
                    to.push(address(&line));
                    say(&mut stream, "250 ok").await?;
                }
            },
            "DATA" => {
                say(&mut stream, "354 go on").await?;
                let data = read_data(&mut stream).await?;
                if manner == Manner::CuttingOff {
                    return None;
                }
                let mail = Received {
                    from: from.clone(),
                    to: std::mem::take(&mut to),
                    data,
                };
                say(&mut stream, "250 taken").await?;
                tell.send_modify(|seen| seen.mails.push(mail));
            }
            "QUIT" => {
                say(&mut stream, "221 bye").await?;
                return Some(());
            }
            "RSET" | "NOOP" => say(&mut stream, "250 ok").await?,
            _ => say(&mut stream, "502 not here").await?,
        }
    }
}

async fn say(stream: &mut BufReader<TcpStream>, line: &str) -> Option<()> {
    stream
        .write_all(format!("{line}\r\n").as_bytes())
        .await
        .ok()
}

async fn read_line(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let read = stream.read_line(&mut line).await.ok()?;
    (read > 0).then(|| line.trim_end().to_owned())
}

/// Up to the lone dot, with the dots undone that were doubled on the way.
async fn read_data(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut data = String::new();
    loop {
        let line = read_line(stream).await?;
        if line == "." {
            return Some(data);
        }
        data.push_str(line.strip_prefix('.').unwrap_or(&line));
        data.push('\n');
    }
}

/// What stands between angle brackets.
fn address(line: &str) -> String {
    let inner = line
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'));
    inner.map_or_else(String::new, |(address, _)| address.to_owned())
}
