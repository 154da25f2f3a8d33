//! Decodes Server-Sent Events.
//!
//! eventsource-stream 0.2 was tried: it panics on a byte order mark, forgets a `retry:` that comes without data, and
//! buffers without bound.

use std::time::Duration;

/// The longest line and the longest event, in bytes.
const LONGEST: usize = 1 << 20;

/// An event as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RawEvent {
    /// The id that the stream named last.
    pub id: String,
    /// The value of `event:`, or `message`.
    pub name: String,
    /// The lines of `data:`.
    pub data: String,
}

/// Takes chunks, gives events.
#[derive(Default)]
pub(crate) struct Decoder {
    line: Vec<u8>,
    after_cr: bool,
    past_first_line: bool,
    id: String,
    name: String,
    data: String,
    retry: Option<Duration>,
}

/// A line or an event is longer than any that the server sends.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooLong;

impl Decoder {
    pub fn push(&mut self, chunk: &[u8]) -> Result<Vec<RawEvent>, TooLong> {
        let mut events = Vec::new();
        for &byte in chunk {
            let second_half = byte == b'\n' && std::mem::take(&mut self.after_cr);
            self.after_cr = byte == b'\r';
            match byte {
                _ if second_half => {}
                b'\n' | b'\r' => events.extend(self.end_of_line()),
                _ if self.line.len() + self.data.len() >= LONGEST => return Err(TooLong),
                _ => self.line.push(byte),
            }
        }
        Ok(events)
    }

    /// The delay before reconnecting that the stream asked for since the last call.
    pub fn take_retry(&mut self) -> Option<Duration> {
        self.retry.take()
    }

    /// The id that the stream named last; empty when it has named none.
    pub fn last_id(&self) -> &str {
        &self.id
    }

    fn end_of_line(&mut self) -> Option<RawEvent> {
        let line = std::mem::take(&mut self.line);
        let line = String::from_utf8_lossy(&line);
        let first = !std::mem::replace(&mut self.past_first_line, true);
        let line = if first {
            line.trim_start_matches('\u{feff}')
        } else {
            &line
        };
        if line.is_empty() {
            return self.dispatch();
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => self.name = value.to_owned(),
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "id" if !value.contains('\0') => self.id = value.to_owned(),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis).or(self.retry);
            }
            _ => {}
        }
        None
    }

    fn dispatch(&mut self) -> Option<RawEvent> {
        let name = std::mem::take(&mut self.name);
        let mut data = std::mem::take(&mut self.data);
        data.pop()?;
        let name = if name.is_empty() {
            "message".to_owned()
        } else {
            name
        };
        Some(RawEvent {
            id: self.id.clone(),
            name,
            data,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: &str, name: &str, data: &str) -> RawEvent {
        RawEvent {
            id: id.into(),
            name: name.into(),
            data: data.into(),
        }
    }

    #[test]
    fn any_chunking_and_any_line_end_give_the_same_events() {
        let text =
            "\u{feff}: hi\nid: 1\nevent: a\ndata: x\ndata: y\n\ndata\n\nid: 2\nevent:b\ndata:é\n\n";
        let expected = [
            event("1", "a", "x\ny"),
            event("1", "message", ""),
            event("2", "b", "é"),
        ];
        for end in ["\n", "\r", "\r\n"] {
            let bytes = text.replace('\n', end).into_bytes();
            for size in 1..bytes.len() {
                let mut decoder = Decoder::default();
                let events: Vec<_> = bytes
                    .chunks(size)
                    .flat_map(|chunk| decoder.push(chunk).unwrap())
                    .collect();
                assert_eq!(events, expected, "{end:?} in chunks of {size}");
            }
        }
    }

    #[test]
    fn retry_counts_without_data_too() {
        let mut decoder = Decoder::default();
        assert_eq!(decoder.push(b"retry: 1500\n\nretry: soon\n\n"), Ok(vec![]));
        assert_eq!(decoder.take_retry(), Some(Duration::from_millis(1500)));
        assert_eq!(decoder.take_retry(), None);
    }

    #[test]
    fn an_event_without_end_is_refused() {
        let mut decoder = Decoder::default();
        assert_eq!(decoder.push(&vec![b'x'; LONGEST + 1]), Err(TooLong));
    }
}
