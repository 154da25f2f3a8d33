//! Registers an account and reads it back: `cargo run --example sign_up -- http://127.0.0.1:8080 ada@example.com ada_l`.

use accord_client::Client;
use accord_client::errors::CreateUserError;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(url), Some(email), Some(handle)) =
        (arguments.next(), arguments.next(), arguments.next())
    else {
        return Err("usage: sign_up URL EMAIL HANDLE".into());
    };
    let password = std::env::var("ACCORD_PASSWORD")?;
    let client = Client::connect(&url)?;

    let registration = client
        .create_user()
        .body_map(|b| b.email(email).handle(handle).password(password));
    match registration.await {
        Ok(user) => println!("welcome, {}", user.handle),
        Err(CreateUserError::UserHandleAlreadyExists(_)) => {
            return Err("that handle is taken".into());
        }
        Err(
            CreateUserError::RequestInvalid(problem) | CreateUserError::PasswordTooWeak(problem),
        ) => {
            for error in &problem.errors {
                eprintln!("{}: {}", error.field, error.message);
            }
            return Err(problem.into());
        }
        Err(other) => return Err(other.into()),
    }

    // The registration brought a session; the client keeps it.
    let me = client.get_me().await?;
    println!("a mail is on its way to {}", me.email);
    client.logout().await?;
    Ok(())
}
