//! Signs in, with the second factor where it is on, and prints what happens: `cargo run --example sign_in -- URL`.
use accord_client::{Client, Event, types::SignInStatus};
use futures::TryStreamExt;

fn ask(what: &str) -> std::io::Result<String> {
    println!("{what}:");
    std::io::stdin().lines().next().unwrap_or(Ok(String::new()))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::connect(&std::env::args().nth(1).ok_or("usage: sign_in URL")?)?;
    let (email, secret) = (ask("email")?, ask("password")?);
    let (login, verify) = (client.login(), client.verify_totp());
    let mut result = login.body_map(|b| b.email(email).password(secret)).await?;
    if let (SignInStatus::TotpRequired, Some(token)) = (result.status, result.temp_token) {
        let code = ask("code")?;
        result = verify.body_map(|b| b.temp_token(token).code(code)).await?;
    }
    let user = result.user.ok_or("not signed up")?;
    println!("signed in as {}", user.handle);
    let mut events = client.events();
    while let Some(event) = events.try_next().await? {
        match event {
            Event::Action(entry) => println!("{}: {:?}", entry.action, entry.data.handle),
            Event::Gap => println!("something was missed; it is in the action log"),
        }
    }
    Ok(())
}
