//! A socket with manners: it gives up on clients that stall, replaces hyper's bare errors, and
//! closes so that the last answer arrives.

use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::StatusCode;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep};

use super::head::Head;
use super::raw::{self, RawErrors};
use super::tracked::Activity;
use crate::config::Limits;

/// While closing: how long a client may pause, how long it may take in all, and how much it may
/// still send. (Closing with unread data resets the connection, which can destroy the answer on its
/// way.)
const LINGER_PAUSE: Duration = Duration::from_secs(1);
const LINGER_TOTAL: Duration = Duration::from_secs(10);
const LINGER_BYTES: usize = 64 * 1024 * 1024;

pub struct Watched {
    stream: TcpStream,
    peer: SocketAddr,
    activity: Arc<Activity>,
    errors: Arc<RawErrors>,
    header_timeout: Duration,
    write_timeout: Duration,
    head: Head,
    /// Runs from the first byte of a head.
    head_timer: Option<Pin<Box<Sleep>>>,
    /// How many requests there were before that head.
    head_number: u64,
    /// Runs while the client does not read.
    stalled: Option<Pin<Box<Sleep>>>,
    /// Written in place of what hyper gave.
    own: Vec<u8>,
    written: usize,
    last_used: Instant,
    closing: Closing,
}

enum Closing {
    No,
    Said,
    Lingering {
        pause: Pin<Box<Sleep>>,
        until: Instant,
        bytes: usize,
    },
    Done,
}

impl Watched {
    pub fn new(
        stream: TcpStream,
        peer: SocketAddr,
        activity: Arc<Activity>,
        errors: Arc<RawErrors>,
        limits: &Limits,
    ) -> Self {
        Self {
            stream,
            peer,
            activity,
            errors,
            header_timeout: limits.header_timeout.0,
            write_timeout: limits.write_timeout.0,
            head: Head::default(),
            head_timer: None,
            head_number: 0,
            stalled: None,
            own: Vec::new(),
            written: 0,
            last_used: Instant::now(),
            closing: Closing::No,
        }
    }

    /// Notes bytes that may belong to a request head.
    fn received(&mut self, bytes: &[u8]) {
        self.last_used = Instant::now();
        let number = self.activity.requests();
        if number == 0 && self.head_timer.is_none() && bytes.starts_with(b"PRI") {
            self.activity.set_http2();
        }
        if self.activity.is_busy() || self.activity.is_http2() {
            return;
        }
        if self.head_number != number {
            self.head_number = number;
            self.head_timer = None;
            self.head = Head::default();
        }
        if self.head_timer.is_none() {
            self.head_timer = Some(Box::pin(sleep(self.header_timeout)));
        }
        self.head.feed(bytes);
        self.activity.set_ambiguous(self.head.is_ambiguous());
    }

    /// Whether a head has been begun and not finished in time.
    fn is_overdue(&mut self, cx: &mut Context<'_>) -> bool {
        let over = self.activity.is_busy()
            || self.activity.is_http2()
            || self.activity.requests() != self.head_number;
        if over {
            self.head_timer = None;
        }
        let timer = self.head_timer.as_mut();
        timer.is_some_and(|timer| timer.as_mut().poll(cx).is_ready())
    }

    /// What hyper means to write, or what is written in its place.
    fn replace(&mut self, found: &raw::Found, head: &[u8]) {
        let status = match found.status {
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE if !self.head.has_line => {
                StatusCode::URI_TOO_LONG
            }
            status => status,
        };
        self.own = self.errors.replace(status, head, self.peer);
        self.written = 0;
    }

    fn poll_own(&mut self, cx: &mut Context<'_>) -> Poll<Result<()>> {
        while self.written < self.own.len() {
            let rest = &self.own[self.written..];
            let sent = Pin::new(&mut self.stream).poll_write(cx, rest);
            match sent {
                Poll::Ready(sent) => {
                    self.stalled = None;
                    match sent? {
                        0 => return Poll::Ready(Err(ErrorKind::WriteZero.into())),
                        n => self.written += n,
                    }
                }
                Poll::Pending => return self.poll_stalled(cx).map(Err),
            }
        }
        Poll::Ready(Ok(()))
    }

    /// Ready when the client has not read for too long.
    fn poll_stalled(&mut self, cx: &mut Context<'_>) -> Poll<Error> {
        let timeout = self.write_timeout;
        let timer = self.stalled.get_or_insert_with(|| Box::pin(sleep(timeout)));
        timer
            .as_mut()
            .poll(cx)
            .map(|()| timed_out("the client does not read"))
    }

    /// Reads and forgets what the client still sends.
    fn poll_linger(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Closing::Lingering {
            pause,
            until,
            bytes,
        } = &mut self.closing
        else {
            return Poll::Ready(());
        };
        let mut sink = [0; 8 * 1024];
        loop {
            let mut buffer = ReadBuf::new(&mut sink);
            match Pin::new(&mut self.stream).poll_read(cx, &mut buffer) {
                Poll::Ready(Ok(())) if !buffer.filled().is_empty() => {
                    *bytes += buffer.filled().len();
                    let now = Instant::now();
                    if *bytes > LINGER_BYTES || now > *until {
                        return Poll::Ready(());
                    }
                    pause.as_mut().reset(now + LINGER_PAUSE);
                }
                Poll::Ready(_) => return Poll::Ready(()),
                Poll::Pending => return pause.as_mut().poll(cx),
            }
        }
    }
}

fn timed_out(what: &'static str) -> Error {
    Error::new(ErrorKind::TimedOut, what)
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        let before = buffer.filled().len();
        match Pin::new(&mut self.stream).poll_read(cx, buffer) {
            Poll::Ready(Ok(())) => {
                let bytes = &buffer.filled()[before..];
                if !bytes.is_empty() {
                    self.received(bytes);
                }
                Poll::Ready(Ok(()))
            }
            Poll::Pending if self.is_overdue(cx) => {
                // A last word, if it can be said without waiting.
                let word = self
                    .errors
                    .replace(StatusCode::REQUEST_TIMEOUT, b"", self.peer);
                let _ = self.stream.try_write(&word);
                Poll::Ready(Err(timed_out("the request head")))
            }
            other => other,
        }
    }
}

impl AsyncWrite for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<Result<usize>> {
        ready!(self.poll_own(cx))?;
        let mut buffer = buffer;
        if let Some(found) = raw::find(buffer) {
            if found.start == 0 {
                self.replace(&found, buffer);
                return Poll::Ready(Ok(buffer.len()));
            }
            // First what comes before it.
            buffer = &buffer[..found.start];
        }
        match Pin::new(&mut self.stream).poll_write(cx, buffer) {
            Poll::Ready(sent) => {
                self.stalled = None;
                self.last_used = Instant::now();
                Poll::Ready(sent)
            }
            Poll::Pending => self.poll_stalled(cx).map(Err),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        ready!(self.poll_own(cx))?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        loop {
            match &self.closing {
                Closing::No => {
                    ready!(self.poll_own(cx))?;
                    self.closing = Closing::Said;
                }
                Closing::Said => {
                    ready!(Pin::new(&mut self.stream).poll_shutdown(cx))?;
                    let now = Instant::now();
                    // Nothing can be on its way on a connection that has been quiet.
                    self.closing = match self.last_used + LINGER_PAUSE < now {
                        true => Closing::Done,
                        false => Closing::Lingering {
                            pause: Box::pin(sleep(LINGER_PAUSE)),
                            until: now + LINGER_TOTAL,
                            bytes: 0,
                        },
                    };
                }
                Closing::Lingering { .. } => {
                    ready!(self.poll_linger(cx));
                    self.closing = Closing::Done;
                }
                Closing::Done => return Poll::Ready(Ok(())),
            }
        }
    }
}
