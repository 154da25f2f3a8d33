//! People for the tests.

use std::ops::Deref;
use std::sync::atomic::{AtomicUsize, Ordering};

use accord_client::Client;
use uuid::Uuid;

use crate::server::TestServer;

/// Strong, and of no person in particular.
pub const PASSWORD: &str = "correct horse battery staple";

/// What somebody registers with; nobody else in this process has the same.
#[derive(Debug, Clone)]
pub struct Person {
    pub email: String,
    pub handle: String,
    pub password: String,
}

impl Person {
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(1);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        Self {
            email: format!("person{number}@example.com"),
            handle: format!("person{number}"),
            password: PASSWORD.into(),
        }
    }
}

impl Default for Person {
    fn default() -> Self {
        Self::new()
    }
}

/// Somebody with an account and a session. Derefs to the client that holds the session.
#[derive(Debug, Clone)]
pub struct Identity {
    pub client: Client,
    pub email: String,
    pub handle: String,
    pub password: String,
    pub user_id: Uuid,
}

impl Deref for Identity {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Identity {
    /// The token of the session.
    pub fn token(&self) -> String {
        self.client
            .session()
            .expect("a session")
            .expose()
            .to_owned()
    }
}

impl TestServer {
    /// Nobody: a client without a session.
    pub fn anonymous(&self) -> Client {
        self.client(|client| client)
    }

    /// Somebody who registered just now and has not proven the address.
    pub async fn unverified(&self) -> Identity {
        self.register(Person::new()).await
    }

    /// Somebody whose address is proven, signed in.
    pub async fn user(&self) -> Identity {
        let identity = self.unverified().await;
        self.verify(&identity).await;
        identity
    }

    /// Registers a person.
    pub async fn register(&self, person: Person) -> Identity {
        let client = self.anonymous();
        let Person {
            email,
            handle,
            password,
        } = person;
        let request = client
            .create_user()
            .body_map(|body| body.email(&email).handle(&handle).password(&password));
        let user = request
            .await
            .unwrap_or_else(|error| panic!("registering {email}: {error}"));
        Identity {
            client,
            email,
            handle,
            password,
            user_id: user.id,
        }
    }

    /// Follows the link of the verification mail.
    pub async fn verify(&self, identity: &Identity) {
        let token = self.mail_to(&identity.email).await.token();
        let request = self.anonymous();
        let verified = request
            .verify_email()
            .body_map(|body| body.token(token))
            .await;
        verified.unwrap_or_else(|error| panic!("verifying {}: {error}", identity.email));
    }

    /// Disables the account, as an operator would.
    pub async fn disable(&self, identity: &Identity) {
        let now = self.services.clock.now();
        let mut tx = self.services.db.write().await.expect("the database");
        accord_server::store::users::set_disabled(&mut tx, identity.user_id.into(), Some(now), now)
            .await
            .expect("disabled");
        tx.commit().await.expect("disabled");
    }

    /// The same account, signed in once more: another session.
    pub async fn sign_in(&self, identity: &Identity) -> Identity {
        let client = self.anonymous();
        let request = client
            .login()
            .body_map(|body| body.email(&identity.email).password(&identity.password));
        request
            .await
            .unwrap_or_else(|error| panic!("signing in {}: {error}", identity.email));
        Identity {
            client,
            ..identity.clone()
        }
    }
}
