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
            line.strip_prefix('\u{feff}').unwrap_or(&line)
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
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

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
    fn of_two_byte_order_marks_one_is_text() {
        let mut decoder = Decoder::default();
        let events = decoder.push("\u{feff}\u{feff}data: x\n\ndata: y\n\n".as_bytes());
        assert_eq!(events, Ok(vec![event("", "message", "y")]));
    }

    #[test]
    fn an_event_without_end_is_refused() {
        let mut decoder = Decoder::default();
        assert_eq!(decoder.push(&vec![b'x'; LONGEST + 1]), Err(TooLong));
    }

    /// A stream as the standard reads it (WHATWG HTML 9.2.6), all of it at once.
    fn read(stream: &[u8]) -> Vec<RawEvent> {
        let text = String::from_utf8_lossy(stream)
            .replace("\r\n", "\n")
            .replace('\r', "\n");
        let (whole, _) = text.rsplit_once('\n').unwrap_or_default();
        let whole = whole.strip_prefix('\u{feff}').unwrap_or(whole);
        let (mut events, mut id) = (Vec::new(), String::new());
        let (mut name, mut data) = (String::new(), None::<String>);
        for line in whole.split('\n') {
            let (field, value) = line.split_once(':').unwrap_or((line, ""));
            let value = value.strip_prefix(' ').unwrap_or(value);
            match field {
                "" if line.is_empty() => {
                    let name = Some(std::mem::take(&mut name)).filter(|name| !name.is_empty());
                    let name = name.as_deref().unwrap_or("message");
                    events.extend(data.take().map(|data| event(&id, name, &data)));
                }
                "id" if !value.contains('\0') => value.clone_into(&mut id),
                "event" => value.clone_into(&mut name),
                "data" => {
                    data = Some(data.map_or(value.to_owned(), |data| format!("{data}\n{value}")));
                }
                _ => {}
            }
        }
        events
    }

    fn piece() -> impl Strategy<Value = Vec<u8>> {
        let words = [
            "data",
            "id",
            "event",
            "retry",
            ":",
            ": ",
            " ",
            "\n",
            "\n",
            "\r",
            "\r\n",
            "\n\n",
            "1500",
            "é",
            "\u{feff}",
            "\0",
            "user:edit",
        ];
        prop_oneof![
            6 => select(words.to_vec()).prop_map(|word| word.as_bytes().to_vec()),
            1 => vec(any::<u8>(), 0..3),
        ]
    }

    proptest! {
        #[test]
        fn a_stream_is_read_as_the_standard_says_however_it_arrives(
            pieces in vec(piece(), 0..40),
            cuts in vec(any::<Index>(), 0..12),
        ) {
            let bytes = pieces.concat();
            let mut cuts: Vec<_> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let mut decoder = Decoder::default();
            let mut events = Vec::new();
            for cut in cuts.windows(2) {
                events.extend(decoder.push(&bytes[cut[0]..cut[1]]).unwrap());
            }
            prop_assert_eq!(events, read(&bytes), "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn what_is_kept_of_a_stream_without_events_is_bounded() {
        for line in [
            "data\n",
            "data:0123456789abcdef\n",
            "id:0123456789abcdef\n",
            "event: x\r",
            "x: y\r\n",
        ] {
            let lines = line.repeat(4096);
            let mut decoder = Decoder::default();
            for _ in 0..2 * LONGEST / lines.len() + 1 {
                match decoder.push(lines.as_bytes()) {
                    Ok(events) => assert_eq!(events, []),
                    Err(TooLong) => break,
                }
                assert!(decoder.line.len() + decoder.data.len() <= LONGEST + line.len());
                assert!(decoder.id.len() + decoder.name.len() <= line.len());
            }
        }
    }
}
