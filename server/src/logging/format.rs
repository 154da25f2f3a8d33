//! What a line looks like: an object of JSON in production, text in development. Every line that is written while a
//! request is worked on has its id.

use std::fmt::{self, Debug};
use std::sync::Arc;

use serde::Serialize;
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::fmt::format::{Format, Full, Writer};
use tracing_subscriber::fmt::time::{FormatTime as _, SystemTime};
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

tokio::task_local! {
    static REQUEST_ID: Arc<str>;
}

/// Works on a request: what is logged meanwhile bears its id. (A span would do the same, for a tenth of the time that a
/// short request takes.)
pub async fn of_request<F: Future>(id: Arc<str>, work: F) -> F::Output {
    REQUEST_ID.scope(id, work).await
}

/// Lines of JSON: `{"timestamp":…,"level":…,"message":…,…,"target":…}`.
#[derive(Debug)]
pub struct Json;

impl<S, N> FormatEvent<S, N> for Json
where
    S: Subscriber + for<'span> LookupSpan<'span>,
    N: for<'writer> FormatFields<'writer> + 'static,
{
    fn format_event(
        &self,
        _: &FmtContext<'_, S, N>,
        mut out: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let mut time = String::with_capacity(32);
        SystemTime.format_time(&mut Writer::new(&mut time))?;
        let mut line = Line::begin(&time);
        line.put("level", event.metadata().level().as_str());
        event.record(&mut line);
        let target = line.target.take();
        line.put(
            "target",
            target.as_deref().unwrap_or(event.metadata().target()),
        );
        let _ = REQUEST_ID.try_with(|id| line.put("request_id", &**id));
        out.write_str(line.end()?)
    }
}

/// An object under construction.
struct Line {
    bytes: Vec<u8>,
    /// Of a line that came by the `log` crate.
    target: Option<String>,
}

impl Line {
    fn begin(time: &str) -> Self {
        let mut line = Self {
            bytes: Vec::with_capacity(512),
            target: None,
        };
        line.bytes.push(b'{');
        line.value("timestamp", time);
        line
    }

    fn put<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        self.bytes.push(b',');
        self.value(name, value);
    }

    fn value<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        // Neither can fail: names are texts, and what is logged is a text, a number or a truth.
        let _ = serde_json::to_writer(&mut self.bytes, name);
        self.bytes.push(b':');
        let _ = serde_json::to_writer(&mut self.bytes, value);
    }

    fn end(&mut self) -> Result<&str, fmt::Error> {
        self.bytes.extend_from_slice(b"}\n");
        std::str::from_utf8(&self.bytes).map_err(|_| fmt::Error)
    }
}

impl Visit for Line {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "log.target" => self.target = Some(value.to_owned()),
            name if name.starts_with("log.") => {}
            name => self.put(name, value),
        }
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field.name(), &value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field.name(), &value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() != "log.line" {
            self.put(field.name(), &value);
        }
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.put(field.name(), &value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.put(field.name(), &format_args!("{value:?}"));
    }
}

/// Lines for who sits in front of them.
#[derive(Debug)]
pub struct Pretty(Format<Full>);

impl Pretty {
    pub fn new(colours: bool) -> Self {
        Self(Format::default().with_ansi(colours))
    }
}

impl<S, N> FormatEvent<S, N> for Pretty
where
    S: Subscriber + for<'span> LookupSpan<'span>,
    N: for<'writer> FormatFields<'writer> + 'static,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut out: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let mut line = String::new();
        self.0
            .format_event(context, Writer::new(&mut line), event)?;
        let _ = REQUEST_ID.try_with(|id| {
            line.truncate(line.trim_end_matches('\n').len());
            line.push_str(" request_id=");
            line.push_str(id);
            line.push('\n');
        });
        out.write_str(&line)
    }
}

#[cfg(test)]
mod tests;
