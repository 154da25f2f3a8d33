//! Server-Sent Events, as bytes (WHATWG HTML 9.2).

use bytes::Bytes;

use crate::domain::types::ActionId;

/// Says nothing, and keeps proxies from closing a connection that looks idle.
pub const HEARTBEAT: Bytes = Bytes::from_static(b":\n\n");

/// An event. Whatever `data` holds, it stays data: each of its lines gets a field of its own (SECURITY Q-4).
pub fn event(id: ActionId, name: &str, data: &str) -> Bytes {
    let mut text = String::with_capacity(data.len() + name.len() + 64);
    field(&mut text, "id", &id.to_string());
    field(&mut text, "event", name);
    for line in lines(data) {
        field(&mut text, "data", line);
    }
    text.push('\n');
    text.into()
}

/// The beginning of a stream: how long to wait before reconnecting, and where to go on if the connection is lost before
/// the first event. (An `id` without `data` is remembered by readers and shown to nobody.)
pub fn opening(retry: u16, after: Option<ActionId>) -> Bytes {
    let mut text = format!("retry: {retry}\n");
    if let Some(id) = after {
        field(&mut text, "id", &id.to_string());
    }
    text.push('\n');
    text.into()
}

/// The beginning of a stream that cannot go on where its reader was. Makes the reader forget that place.
pub fn resync(retry: u16, after: Option<ActionId>) -> Bytes {
    let id = after.map(|id| id.to_string()).unwrap_or_default();
    format!("retry: {retry}\nid: {id}\nevent: resync\ndata: {{}}\n\n").into()
}

/// The end of a stream whose reader took too long.
pub fn lagged(retry: u16) -> Bytes {
    format!("retry: {retry}\nevent: lagged\ndata: {{}}\n\n").into()
}

/// The end of a stream whose server stops.
pub fn closing(retry: u16) -> Bytes {
    format!("retry: {retry}\n\n").into()
}

fn field(text: &mut String, name: &str, value: &str) {
    text.push_str(name);
    text.push_str(": ");
    text.extend(value.chars().filter(|c| !matches!(c, '\r' | '\n' | '\0')));
    text.push('\n');
}

/// What readers take for lines: ended by CR LF, CR or LF.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let current = rest?;
        let Some(end) = current.find(['\r', '\n']) else {
            rest = None;
            return Some(current);
        };
        let length = if current[end..].starts_with("\r\n") {
            2
        } else {
            1
        };
        rest = Some(&current[end + length..]);
        Some(&current[..end])
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn id() -> ActionId {
        Uuid::from_u128(7).into()
    }

    const ID: &str = "id: 00000000-0000-0000-0000-000000000007\n";

    #[test]
    fn an_event_has_id_name_and_data() {
        let bytes = event(id(), "user:edit", r#"{"a":"b"}"#);
        let expected = format!("{ID}event: user:edit\ndata: {{\"a\":\"b\"}}\n\n");
        assert_eq!(bytes, expected);
    }

    #[test]
    fn q4_line_ends_forge_no_fields() {
        for end in ["\n", "\r", "\r\n", "\n\r", "\r\n\r\n"] {
            let forged = format!("x{end}event: admin{end}id: 9{end}{end}data: y");
            let bytes = event(id(), &format!("a{end}b\0"), &forged);
            let text = std::str::from_utf8(&bytes).unwrap();
            let (body, rest) = text.split_once("\n\n").unwrap();
            assert_eq!(rest, "", "{text:?} is more than one event");
            assert!(!text.contains(['\r', '\0']), "{text:?}");
            let mut fields = body.lines();
            assert_eq!(fields.next(), Some(ID.trim_end()));
            assert_eq!(fields.next(), Some("event: ab"));
            assert!(
                fields.all(|field| field.starts_with("data: ")),
                "{text:?} has forged fields"
            );
        }
    }

    #[test]
    fn the_ends_and_beginnings_are_whole_events() {
        assert_eq!(opening(1500, None), "retry: 1500\n\n");
        assert_eq!(opening(1500, Some(id())), format!("retry: 1500\n{ID}\n"));
        assert_eq!(
            resync(1500, None),
            "retry: 1500\nid: \nevent: resync\ndata: {}\n\n"
        );
        assert_eq!(
            resync(1500, Some(id())),
            format!("retry: 1500\n{ID}event: resync\ndata: {{}}\n\n")
        );
        assert_eq!(lagged(9), "retry: 9\nevent: lagged\ndata: {}\n\n");
        assert_eq!(closing(9), "retry: 9\n\n");
    }

    /// A stream as the standard reads it (WHATWG HTML 9.2.6), all of it at once: id, name and data of each event.
    fn read(stream: &str) -> Vec<(String, String, String)> {
        let (mut events, mut id) = (Vec::new(), String::new());
        let (mut name, mut data) = (String::new(), None::<String>);
        for line in stream.replace("\r\n", "\n").replace('\r', "\n").split('\n') {
            let (field, value) = line.split_once(':').unwrap_or((line, ""));
            let value = value.strip_prefix(' ').unwrap_or(value);
            match field {
                "" if line.is_empty() => {
                    let name = std::mem::take(&mut name);
                    events.extend(data.take().map(|data| (id.clone(), name, data)));
                }
                "id" if !value.contains('\0') => id = value.to_owned(),
                "event" => name = value.to_owned(),
                "data" => {
                    data = Some(data.map_or(value.to_owned(), |data| format!("{data}\n{value}")))
                }
                _ => {}
            }
        }
        events
    }

    proptest! {
        /// SECURITY: Q-4.
        #[test]
        fn events_are_read_as_they_were_written(
            events in proptest::collection::vec(
                (any::<u128>(), "[a-z:_\r\n ]{1,12}", "(data: |event: |id: |\\PC|\r|\n|\r\n|:| ){0,12}"),
                0..5,
            ),
        ) {
            let written = events.iter().map(|(id, name, data)| event(Uuid::from_u128(*id).into(), name, data));
            let stream: Vec<u8> = [opening(1500, None), HEARTBEAT].into_iter().chain(written).flatten().collect();
            let expected: Vec<_> = events.iter().map(|(id, name, data)| {
                let data = data.replace("\r\n", "\n").replace('\r', "\n");
                (Uuid::from_u128(*id).to_string(), name.replace(['\r', '\n'], ""), data)
            }).collect();
            prop_assert_eq!(read(std::str::from_utf8(&stream).unwrap()), expected);
        }
    }
}
