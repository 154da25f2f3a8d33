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
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

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

    /// A line of a head, or what somebody hopes to pass for one.
    fn line() -> impl Strategy<Value = Vec<u8>> {
        let text = prop_oneof![
            select(&[
                "Content-Length: 5",
                "content-length:5",
                "CONTENT-LENGTH : 5",
                "Transfer-Encoding: chunked",
                "transfer-encoding:\tx",
                "X-Content-Length: 5",
                " Content-Length: 5",
                "X: transfer-encoding:",
                "Content-Length",
                "POST / HTTP/1.1",
                "",
            ])
            .prop_map(str::to_owned),
            "[ -~]{0,30}",
        ];
        prop_oneof![
            4 => text.prop_map(String::into_bytes),
            1 => vec(any::<u8>(), 0..12),
        ]
    }

    /// The same, told by the lines of the whole.
    fn is_ambiguous(bytes: &[u8]) -> bool {
        let end = bytes.iter().rposition(|byte| *byte == b'\n').unwrap_or(0);
        let lines = bytes[..end].split(|byte| *byte == b'\n');
        let lines = lines.map(|line| String::from_utf8_lossy(line).to_ascii_lowercase());
        let head = lines
            .skip_while(|line| line.trim_end_matches('\r').is_empty())
            .take_while(|line| !matches!(&**line, "" | "\r"));
        let head: Vec<_> = head.collect();
        let has = |name: &str| head.iter().any(|line| line.starts_with(name));
        has("content-length:") && has("transfer-encoding:")
    }

    proptest! {
        /// SECURITY: 4.2.1.
        #[test]
        fn a_head_is_judged_alike_however_it_arrives(
            lines in vec((line(), select(&["\r\n", "\n", "\r\n\r\n", "\r"])), 0..10),
            cuts in vec(any::<proptest::sample::Index>(), 0..12),
        ) {
            let lines = lines.into_iter().map(|(line, end)| [&line, end.as_bytes()].concat());
            let bytes = lines.collect::<Vec<_>>().concat();
            let mut cuts: Vec<_> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let mut head = Head::default();
            for piece in cuts.windows(2) {
                head.feed(&bytes[piece[0]..piece[1]]);
                prop_assert!(head.line.len() <= ENOUGH, "memory is bounded");
            }
            prop_assert_eq!(head.is_ambiguous(), is_ambiguous(&bytes), "{}", bytes.escape_ascii());
        }
    }
}
