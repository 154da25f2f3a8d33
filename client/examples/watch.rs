//! Prints public actions as they happen: `cargo run --example watch -- http://127.0.0.1:8080`.

use accord_client::{Client, Event};
use futures::TryStreamExt;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).ok_or("usage: watch URL")?;
    let client = Client::connect(&url)?;

    // What has been, oldest of the last ten first; then what comes.
    let page = client.list_action_logs().limit(10).await?;
    for entry in page.items.iter().rev() {
        println!("{} {}", entry.created_at, entry.action);
    }
    let mut events = client.events();
    if let Some(newest) = page.items.first() {
        events = events.resume_after(newest.id);
    }
    while let Some(event) = events.try_next().await? {
        match event {
            Event::Action(entry) => println!("{} {}", entry.created_at, entry.action),
            Event::Gap => println!("some actions were missed; they are in the action log"),
        }
    }
    Ok(())
}
