//! What is printed, and the chart of it in README.md.

use std::path::Path;

use anyhow::{Context as _, Result};

use super::engine::Engine;

const BEGIN: &str = "<!-- bench: written by `cargo xtask bench -- --readme` -->\n";
const END: &str = "<!-- end of bench -->\n";

/// Characters of a bar that is as long as the reference's.
const UNIT: f64 = 30.0;

/// What was found, in order; each line is printed as soon as it is known.
#[derive(Debug)]
pub struct Report {
    lines: Vec<String>,
}

impl Report {
    pub fn new() -> Self {
        let processors = std::thread::available_parallelism().map_or(0, |number| number.get());
        let memory = std::fs::read_to_string("/proc/meminfo")
            .ok()
            .and_then(|text| {
                let kilobytes = text.split_whitespace().nth(1)?.parse::<u64>().ok()?;
                Some(kilobytes.div_ceil(1 << 20))
            });
        let mut report = Self { lines: Vec::new() };
        report.line(format!(
            "{processors} processors, {} GiB of memory; medians; ratios to a bare axum and sqlx server in the same run",
            memory.unwrap_or_default()
        ));
        report
    }

    /// One figure, beside the goal where there is one.
    pub fn figure(&mut self, engine: &Engine, what: &str, value: f64, unit: &str, goal: &str) {
        let digits = match value {
            value if value >= 100.0 => 0,
            value if value >= 10.0 => 1,
            _ => 2,
        };
        let goal = match goal {
            "" => String::new(),
            goal => format!("   (goal {goal})"),
        };
        let engine = engine.name();
        self.line(format!(
            "{engine:<10} {what:<54} {value:>9.digits$} {unit:<4}{goal}"
        ));
    }

    /// An operation: requests a second, p50 and p99 in seconds, of ours and of the bare server.
    pub fn ratio(
        &mut self,
        engine: &Engine,
        operation: &str,
        rate: (f64, f64),
        p50: (f64, f64),
        p99: (f64, f64),
    ) {
        let ratio = rate.0 / rate.1;
        let bar = "█".repeat((ratio * UNIT).round().clamp(0.0, 2.0 * UNIT) as usize);
        self.line(format!(
            "{:<10} {operation:<26} {ratio:>5.2} {bar:<32} {:>6.0}/s  p50 {:.2} ms ({:.2})  p99 {:.2} ms ({:.2})",
            engine.name(),
            rate.0,
            p50.0 * 1e3,
            p50.0 / p50.1,
            p99.0 * 1e3,
            p99.0 / p99.1,
        ));
    }

    fn line(&mut self, line: String) {
        println!("{line}");
        self.lines.push(line);
    }

    /// Puts what has a reference or a goal between the marks in README.md.
    pub fn write_chart(&self) -> Result<()> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
        let readme = std::fs::read_to_string(&path)?;
        let (before, rest) = readme
            .split_once(BEGIN)
            .context("README.md has no place for it")?;
        let (_, after) = rest
            .split_once(END)
            .context("README.md has no end of that place")?;
        let told = |line: &&str| {
            ["processors", "█", "(goal ", ": the same"]
                .iter()
                .any(|mark| line.contains(mark))
        };
        let lines = self.lines.iter().map(String::as_str).filter(told);
        let chart = lines.collect::<Vec<_>>().join("\n");
        std::fs::write(
            path,
            format!("{before}{BEGIN}```text\n{chart}\n```\n{END}{after}"),
        )?;
        Ok(())
    }
}
