//! The head of a request, watched while it is being received. Hyper resolves a request that has both
//! a `Content-Length` and a `Transfer-Encoding` by dropping the former and closing the connection;
//! here such a request is noticed, to be refused: no proxy may read it in another way than we do.

/// What has been seen of a head so far.
#[derive(Debug, Default)]
pub struct Head {
    /// Its first line is complete.
    pub has_line: bool,
    has_length: bool,
    has_coding: bool,
    is_complete: bool,
    /// The beginning of the line being received.
    line: Vec<u8>,
}

/// The longer one of the two names, and the colon.
const ENOUGH: usize = b"transfer-encoding:".len();

impl Head {
    /// Takes the next bytes; whatever comes after the end of the head is not looked at.
    pub fn feed(&mut self, bytes: &[u8]) {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            if self.is_complete {
                return;
            }
            let (text, ends) = match piece.strip_suffix(b"\n") {
                Some(text) => (text, true),
                None => (piece, false),
            };
            let room = ENOUGH - self.line.len();
            let start = text.iter().take(room);
            self.line.extend(start.map(u8::to_ascii_lowercase));
            if ends {
                self.end_line();
            }
        }
    }

    fn end_line(&mut self) {
        // Empty lines before the first one are allowed.
        self.is_complete = self.has_line && matches!(&self.line[..], b"" | b"\r");
        self.has_line |= !matches!(&self.line[..], b"" | b"\r");
        self.has_length |= self.line.starts_with(b"content-length:");
        self.has_coding |= self.line.starts_with(b"transfer-encoding:");
        self.line.clear();
    }

    /// Whether the length of the body is given in two ways.
    pub fn is_ambiguous(&self) -> bool {
        self.has_length && self.has_coding
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lengths_are_noticed_however_they_arrive() {
        let both = "\r\nPOST / HTTP/1.1\r\nContent-Length: 5\r\nX: y\r\nTransfer-Encoding: chunked\r\n\r\n";
        for step in 1..both.len() {
            let mut head = Head::default();
            for bytes in both.as_bytes().chunks(step) {
                head.feed(bytes);
            }
            assert!(head.is_ambiguous() && head.is_complete, "{step}");
        }
        for one in [
            "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nX: content-length: 5\r\n\r\n",
            "content-length:\r\n\r\n",
        ] {
            let mut head = Head::default();
            head.feed(one.as_bytes());
            assert!(!head.is_ambiguous(), "{one}");
        }
    }
}
