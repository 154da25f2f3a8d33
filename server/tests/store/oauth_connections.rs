//! Identities are linked once.

use accord_server::domain::types::{ConnectionId, UserId};
use accord_server::store::oauth_connections::{
    self, NewConnection, UNIQUE_IDENTITY, UNIQUE_PROVIDER,
};
use accord_server::store::users;

use crate::database::{Database, on_each_engine};
use crate::{read, write};

fn connection<'a>(
    d: &Database,
    user_id: UserId,
    provider: &'a str,
    identity: &'a str,
) -> NewConnection<'a> {
    NewConnection {
        id: ConnectionId::from(d.user_id().uuid()),
        user_id,
        provider,
        provider_user_id: identity,
        email: Some("ada@example.com"),
        display_name: None,
        created_at: d.now(),
    }
}

#[tokio::test]
async fn identities_are_linked_once() {
    on_each_engine(async |d| {
        let ada = d.add_user("ada_l", "ada@example.com", true).await;
        let bob = d.add_user("bobby", "bob@example.com", true).await;
        let google = connection(d, ada, "google", "42");
        write!(d, |tx| oauth_connections::insert(tx, &google).await).unwrap();
        d.pass(1);
        // The same number at another provider is somebody else (ASVS 6.8.1).
        let github = connection(d, ada, "github", "42");
        write!(d, |tx| oauth_connections::insert(tx, &github).await).unwrap();

        let refused = async |new: NewConnection<'_>, index: &str| {
            let mut tx = d.db.write().await.unwrap();
            let error = oauth_connections::insert(&mut tx, &new).await.unwrap_err();
            assert!(error.violates(index), "{error}");
        };
        refused(connection(d, bob, "google", "42"), UNIQUE_IDENTITY).await;
        refused(connection(d, ada, "google", "43"), UNIQUE_PROVIDER).await;

        let found = async |identity| {
            read!(d, |tx| oauth_connections::by_identity(
                tx, "google", identity
            )
            .await)
            .unwrap()
        };
        let own = found("42").await.unwrap();
        assert_eq!((own.id, own.user_id), (google.id, ada));
        assert_eq!(own.email.as_deref(), Some("ada@example.com"));
        assert!(own.display_name.is_none() && found("43").await.is_none());
        let list = async |user| read!(d, |tx| oauth_connections::list(tx, user).await).unwrap();
        let providers: Vec<_> = list(ada)
            .await
            .into_iter()
            .map(|own| own.provider)
            .collect();
        assert_eq!(providers, ["google", "github"], "the oldest first");
        assert!(list(bob).await.is_empty());

        assert!(write!(d, |tx| oauth_connections::delete(tx, google.id).await).unwrap());
        assert!(!write!(d, |tx| oauth_connections::delete(tx, google.id).await).unwrap());
        assert!(write!(d, |tx| users::delete(tx, ada).await).unwrap());
        assert!(list(ada).await.is_empty(), "links end with the account");
    })
    .await;
}
