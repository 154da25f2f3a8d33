//! Frames that no HTTP/2 client sends.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::harness::{PATIENCE, Server, start};

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const GOAWAY: u8 = 7;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;
/// The reasons for a refusal: what is not HTTP/2, and what is no field.
const PROTOCOL_ERROR: u32 = 1;
const COMPRESSION_ERROR: u32 = 9;

/// What became of a request.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    /// The first byte of its header block: 0x88 is `:status: 200` in the static table.
    Answered(u8),
    /// By a reset of the stream or the end of the connection, for this reason.
    Refused(u32),
}

struct Connection {
    stream: TcpStream,
    next: u32,
}

impl Connection {
    async fn open(server: &Server) -> Self {
        Self::open_in_pieces(server, PREFACE.len()).await
    }

    /// With the preface in pieces of this many bytes, and pauses between them.
    async fn open_in_pieces(server: &Server, length: usize) -> Self {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        for piece in PREFACE.chunks(length) {
            stream.write_all(piece).await.unwrap();
            sleep(Duration::from_millis(5)).await;
        }
        let mut connection = Self { stream, next: 1 };
        connection.write(SETTINGS, 0, 0, &[]).await;
        connection
    }

    async fn write(&mut self, kind: u8, flags: u8, stream: u32, payload: &[u8]) {
        let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
        let mut frame = length[1..].to_vec();
        frame.extend([kind, flags]);
        frame.extend(stream.to_be_bytes());
        frame.extend(payload);
        self.stream.write_all(&frame).await.unwrap();
    }

    async fn read(&mut self) -> (u8, u32, Vec<u8>) {
        let mut head = [0; 9];
        self.stream.read_exact(&mut head).await.unwrap();
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let stream = u32::from_be_bytes(head[5..9].try_into().unwrap());
        let mut payload = vec![0; length as usize];
        self.stream.read_exact(&mut payload).await.unwrap();
        (head[3], stream, payload)
    }

    /// Posts a body of five bytes with these fields, on a stream of its own.
    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Fate {
        // :method POST and :scheme http of the static table.
        let mut block = vec![0x83, 0x86];
        let pseudo = [(":path", path), (":authority", "localhost")];
        for (name, value) in pseudo.iter().chain(fields) {
            // A literal without indexing, its name new.
            block.push(0);
            for text in [name, value] {
                block.push(u8::try_from(text.len()).unwrap());
                block.extend(text.bytes());
            }
        }
        let id = self.next;
        self.next += 2;
        self.write(HEADERS, END_HEADERS, id, &block).await;
        self.write(DATA, END_STREAM, id, b"hello").await;
        timeout(PATIENCE, self.fate(id)).await.expect("an answer")
    }

    async fn fate(&mut self, id: u32) -> Fate {
        loop {
            let (kind, stream, payload) = self.read().await;
            match kind {
                HEADERS if stream == id => return Fate::Answered(payload[0]),
                RST_STREAM if stream == id => {
                    return Fate::Refused(u32::from_be_bytes(payload[..4].try_into().unwrap()));
                }
                GOAWAY => {
                    return Fate::Refused(u32::from_be_bytes(payload[4..8].try_into().unwrap()));
                }
                _ => {}
            }
        }
    }
}

const OK: Fate = Fate::Answered(0x88);
const ECHO: &str = "/v0/auth/login";

/// What is spoken is found out, however slowly the first bytes come.
#[tokio::test]
async fn a_preface_may_come_in_pieces() {
    let server = start().await;
    for length in [1, 2, 3, 23] {
        let mut connection = Connection::open_in_pieces(&server, length).await;
        assert_eq!(connection.post(ECHO, &[]).await, OK, "{length}");
    }
}

/// SECURITY: 4.2.3; fields that mean something to HTTP/1 alone, and could make one request two behind a proxy.
#[tokio::test]
async fn fields_of_http_1_are_refused_over_http_2() {
    let server = start().await;
    for field in [
        ("transfer-encoding", "chunked"),
        ("transfer-encoding", ""),
        ("connection", "close"),
        ("connection", "x-any"),
        ("keep-alive", "timeout=5"),
        ("proxy-connection", "keep-alive"),
        ("upgrade", "h2c"),
        ("te", "gzip"),
        ("content-length", "4"),
        ("content-length", "6"),
        (":path", "/v0/user/me"),
        (":unknown", "x"),
    ] {
        let mut connection = Connection::open(&server).await;
        let refused = connection.post(ECHO, &[field]).await;
        assert_eq!(refused, Fate::Refused(PROTOCOL_ERROR), "{field:?}");
    }
    for field in [("te", "trailers"), ("content-length", "5"), ("x-any", "1")] {
        let mut connection = Connection::open(&server).await;
        assert_eq!(connection.post(ECHO, &[field]).await, OK, "{field:?}");
    }
}

/// SECURITY: 4.2.4; what would be a line of its own in HTTP/1.
#[tokio::test]
async fn line_breaks_in_fields_are_refused_over_http_2() {
    let server = start().await;
    for (path, name, value) in [
        (ECHO, "x-any", "a\r\nx-forged: 1"),
        (ECHO, "x-any", "a\nb"),
        (ECHO, "x-any", "a\rb"),
        (ECHO, "x-any", "a\0b"),
        (ECHO, "x-any\r\nx-forged", "1"),
        (ECHO, "x-any\n", "1"),
        (ECHO, "x any", "1"),
        (ECHO, "x-any:", "1"),
        (ECHO, "X-Any", "1"),
        (ECHO, "", "1"),
        ("/v0/auth/login HTTP/1.1\r\nhost: x\r\n\r\n", "x-any", "1"),
        ("/v0/auth/login\n", "x-any", "1"),
    ] {
        // What cannot be decompressed ends the connection, for its state is unknown from there on.
        let mut connection = Connection::open(&server).await;
        let fate = connection.post(path, &[(name, value)]).await;
        let reasons = [PROTOCOL_ERROR, COMPRESSION_ERROR].map(Fate::Refused);
        assert!(reasons.contains(&fate), "{name:?} {value:?}: {fate:?}");
    }
    let mut connection = Connection::open(&server).await;
    assert_eq!(connection.post(ECHO, &[("x-any", "1")]).await, OK);
}
