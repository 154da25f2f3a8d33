use std::io::Write;
use std::sync::{Mutex, PoisonError};

use proptest::prelude::*;
use serde_json::{Value, json};
use tracing::subscriber::with_default;
use tracing_subscriber::fmt::MakeWriter;

use super::*;

#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

impl Write for &Memory {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Memory {
    type Writer = &'a Memory;

    fn make_writer(&'a self) -> &'a Memory {
        self
    }
}

fn logged(json: bool, work: impl FnOnce()) -> String {
    let memory = Memory::default();
    let lines = tracing_subscriber::fmt().with_writer(memory.clone());
    match json {
        true => with_default(lines.event_format(Json).finish(), work),
        false => with_default(lines.event_format(Pretty::new(false)).finish(), work),
    }
    let text = memory.0.lock().unwrap().clone();
    String::from_utf8(text).unwrap()
}

async fn say() {
    tracing::info!("inside");
}

fn within_a_request() {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime
        .unwrap()
        .block_on(of_request("abcdefgh".into(), say()));
}

/// SECURITY: 16.2.1, 16.4.1.
#[test]
fn a_line_is_one_object_whatever_is_in_it() {
    let evil = "\r\n\u{1b}[31m\"} {\"level\":\"ERROR\u{2028}\0";
    let text = logged(true, || {
        let (number, missing) = (7_u64, None::<&str>);
        tracing::warn!(evil, number, missing, share = 0.5, yes = true, debug = ?evil, shown = %evil, "said {evil}");
    });
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.ends_with("}\n") && !text.contains('\u{1b}'), "{text}");
    let mut line: Value = serde_json::from_str(&text).unwrap();
    let time = line["timestamp"].take();
    let time = time.as_str().unwrap();
    assert!(chrono::DateTime::parse_from_rfc3339(time).is_ok() && time.ends_with('Z'));
    let expected = json!({
        "timestamp": null,
        "level": "WARN",
        "message": format!("said {evil}"),
        "evil": evil,
        "number": 7,
        "share": 0.5,
        "yes": true,
        "debug": format!("{evil:?}"),
        "shown": evil,
        "target": "accord_server::logging::format::tests",
    });
    assert_eq!(line, expected);
}

#[test]
fn a_line_of_a_request_has_its_id_in_either_form() {
    for json in [true, false] {
        let text = logged(json, within_a_request);
        assert!(
            text.contains("inside") && text.contains("abcdefgh"),
            "{text}"
        );
        let text = logged(json, || tracing::info!("outside"));
        assert!(
            text.contains("outside") && !text.contains("request_id"),
            "{text}"
        );
    }
}

#[test]
fn what_libraries_log_keeps_their_name() {
    // As the bridge from the `log` crate makes it.
    let text = logged(true, || {
        tracing::event!(
            target: "log",
            tracing::Level::WARN,
            log.target = "a_library",
            log.module_path = "a_library::inside",
            log.line = 7_u64,
            "heard"
        );
    });
    let line: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(line["target"], "a_library");
    assert_eq!(line["message"], "heard");
    assert!(!text.contains("log."), "{text}");
}

proptest! {
    /// SECURITY: 16.4.1.
    #[test]
    fn a_line_is_one_line_whatever_is_in_it(
        text in prop_oneof![any::<String>(), "(\r|\n|\x1b\\[31m|\"|\\}|\\\\|,|\u{2028}|\0|\\PC){0,20}"],
    ) {
        let written = logged(true, || {
            tracing::warn!(path = text, client = %text, cause = ?text, "request");
        });
        prop_assert_eq!(written.lines().count(), 1, "{}", written);
        prop_assert!(!written.trim_end().contains(|c: char| c.is_ascii_control()));
        let line: Value = serde_json::from_str(&written).unwrap();
        prop_assert_eq!(&line["path"], &text);
        prop_assert_eq!(&line["client"], &text);
        prop_assert_eq!(&line["cause"], &format!("{text:?}"));
        prop_assert_eq!(&line["message"], "request");
    }
}
