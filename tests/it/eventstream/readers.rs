//! Readers that are slow, or do not read at all.

use accord_server::config::Period;

use super::*;

pub fn tests() -> Vec<Case> {
    tests![
        q1_a_reader_that_falls_behind_is_caught_up_from_the_database,
        q1_readers_that_never_read_hold_up_nobody,
        q1_a_reader_that_stalls_for_too_long_is_told_so,
    ]
}

/// More than is kept in memory.
const MANY: u64 = 6000;

fn patient() -> Setup {
    // The machine that runs all tests at once may be slow.
    Setup::default().configured(|config| config.limits.stream_stall = Period::minutes(5))
}

/// The numbers of the events in a text.
fn numbers(text: &str) -> Vec<u64> {
    let names = text.split("\"display_name\":\"").skip(1);
    let number = |name: &str| name.split('"').next()?.parse().ok();
    names.filter_map(number).collect()
}

async fn q1_a_reader_that_falls_behind_is_caught_up_from_the_database(stage: Stage) {
    let server = stage.server_with(patient()).await;
    let mut wire = Wire::open(&server, "").await;
    wire.until("\n\n").await;
    let last = publish(&server, MANY).await;
    let text = wire.until(&format!("\"{last}\"")).await;
    let expected: Vec<_> = (last - MANY + 1..=last).collect();
    assert!(numbers(&text) == expected, "all, once, in order");
    let next = publish(&server, 1).await;
    assert_eq!(numbers(&wire.until(&format!("\"{next}\"")).await), [next]);
}

async fn q1_readers_that_never_read_hold_up_nobody(stage: Stage) {
    let server = stage.server_with(patient()).await;
    let mut silent = Vec::new();
    for _ in 0..20 {
        silent.push(Wire::open(&server, "").await);
    }
    subscribers(&server, 20).await;
    let mut healthy = Wire::open(&server, "").await;
    healthy.until("\n\n").await;
    let last = publish(&server, MANY).await;
    let text = healthy.until(&format!("\"{last}\"")).await;
    assert_eq!(numbers(&text).len() as u64, MANY);
    drop(silent);
    subscribers(&server, 1).await;
}

async fn q1_a_reader_that_stalls_for_too_long_is_told_so(stage: Stage) {
    const STALL: Duration = Duration::from_millis(300);
    let setup = Setup::default().configured(|config| config.limits.stream_stall = Period(STALL));
    let server = stage.server_with(setup).await;
    let mut wire = Wire::open(&server, "Connection: close\r\n").await;
    wire.until("\n\n").await;
    // More than all buffers between here and there take.
    let last = publish(&server, 2 * MANY).await;
    tokio::time::sleep(2 * STALL).await;
    let text = wire.rest().await;
    let numbers = numbers(&text);
    assert!((numbers.len() as u64) < 2 * MANY && !numbers.contains(&last));
    assert!(numbers.windows(2).all(|pair| pair[0] + 1 == pair[1]));
    let (_, end) = text.split_once("event: lagged\n").expect("the reason");
    assert!(end.starts_with("data: {}\n\n"), "{end:?}");
    assert!(!end.contains("id:"), "nothing follows");
    subscribers(&server, 0).await;
}
