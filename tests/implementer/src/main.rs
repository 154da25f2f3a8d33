//! Serves the tag `users` from memory: `cargo run -p implementer -- 127.0.0.1:8081`.

use implementer::InMemory;

#[allow(clippy::disallowed_methods)] // where time comes in
#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "127.0.0.1:8081".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    axum::serve(listener, InMemory::new(chrono::Utc::now).router()).await
}
