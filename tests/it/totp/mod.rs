//! Tag `totp`.

mod backup_codes;
mod keys;
mod limits;
pub mod phone;
mod races;
mod setup;
mod sign_in;
mod steps;

use std::ops::Deref;

use accord_client::Client;
use accord_client::errors::{ReauthenticateError, VerifyTotpError};
use accord_client::types::{SignInResult, SignInStatus};
use accord_server::store::action_logs::{self, Direction, Filter};
use contract_tests::prelude::*;

use self::phone::Phone;

pub fn tests() -> Vec<Case> {
    [
        backup_codes::tests(),
        keys::tests(),
        limits::tests(),
        races::tests(),
        setup::tests(),
        sign_in::tests(),
        steps::tests(),
    ]
    .concat()
}

const SECOND: Duration = Duration::from_secs(1);
const STEP: Duration = Duration::from_secs(30);
const INVALID_CODE: (u16, &str) = (400, "totp:invalid_code");
const INVALID_TOKEN: (u16, &str) = (400, "token:invalid");

/// Somebody with the second factor on, and a session. The time step of the first code is over.
pub struct Enrolled {
    pub identity: Identity,
    pub phone: Phone,
    pub backup_codes: Vec<String>,
}

impl Deref for Enrolled {
    type Target = Identity;

    fn deref(&self) -> &Identity {
        &self.identity
    }
}

async fn set_up(user: &Identity) -> Phone {
    let setup = user.setup_totp().await.expect("a setup");
    Phone::with_secret(setup.secret.expose())
}

pub async fn enrolled(server: &TestServer) -> Enrolled {
    let identity = server.user().await;
    let phone = set_up(&identity).await;
    let code = phone.code(server, 0);
    let shown = identity
        .enable_totp()
        .body_map(|body| body.code(code))
        .await
        .expect("turned on");
    server.advance(STEP);
    Enrolled {
        identity,
        phone,
        backup_codes: shown
            .backup_codes
            .iter()
            .map(|code| code.expose().to_owned())
            .collect(),
    }
}

/// The first step of a sign-in: somebody without a session, and the token for the second step.
pub async fn begin(server: &TestServer, user: &Identity) -> (Client, String) {
    let client = server.anonymous();
    let request = client
        .login()
        .body_map(|body| body.email(&user.email).password(&user.password));
    let result = request.await.expect("the first step");
    assert_eq!(result.status, SignInStatus::TotpRequired);
    assert!(result.user.is_none() && client.session().is_none());
    let token = result.temp_token.expect("a token").expose().to_owned();
    (client, token)
}

async fn verify(client: &Client, token: &str, code: &str) -> Result<SignInResult, VerifyTotpError> {
    client
        .verify_totp()
        .body_map(|body| body.temp_token(token).code(code))
        .await
}

/// Both steps.
async fn sign_in(
    server: &TestServer,
    user: &Identity,
    code: &str,
) -> Result<Client, VerifyTotpError> {
    let (client, token) = begin(server, user).await;
    verify(&client, &token, code).await.map(|_| client)
}

async fn reauthenticate(user: &Identity, code: &str) -> Result<(), ReauthenticateError> {
    let code = Some(accord_client::Secret::from(code));
    user.reauthenticate()
        .body_map(|body| body.totp_code(code))
        .await
}

async fn remaining(user: &Client) -> i32 {
    let status = user.get_totp_status().await.expect("the status");
    status.backup_codes_remaining
}

/// What the log has of somebody, the latest first: kind and facts.
async fn log_of(server: &TestServer, user: &Identity) -> Vec<(String, Value)> {
    let filter = Filter {
        actor_id: Some(user.user_id.into()),
        ..Filter::default()
    };
    let mut tx = server.services.db.read().await.expect("the database");
    let entries = action_logs::page(&mut tx, &filter, None, Direction::Older, 100).await;
    let read = |entry: action_logs::Action| {
        let facts = serde_json::from_str(&entry.data).expect("facts");
        (entry.action, facts)
    };
    entries.expect("the log").into_iter().map(read).collect()
}
