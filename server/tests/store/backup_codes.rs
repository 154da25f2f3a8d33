//! Codes that stand in for an authenticator.

use accord_server::store::{backup_codes, users};

use crate::database::{on_each_engine, secret};
use crate::{read, write};

#[tokio::test]
async fn backup_codes_are_good_once() {
    on_each_engine(async |d| {
        let alice = d.add_user("alice", "alice@example.com", true).await;
        let bobby = d.add_user("bobby", "bobby@example.com", true).await;
        let codes = [secret(), secret(), secret()];
        let replace = async |user, codes: &[_]| {
            write!(d, |tx| backup_codes::replace(tx, user, codes, d.now())
                .await)
            .unwrap();
        };
        let count = async |user| read!(d, |tx| backup_codes::count(tx, user).await).unwrap();
        let consume =
            async |user, code| write!(d, |tx| backup_codes::consume(tx, user, code).await).unwrap();
        replace(alice, &codes).await;
        replace(bobby, &codes[..1]).await;
        assert_eq!((count(alice).await, count(bobby).await), (3, 1));
        assert!(!consume(alice, secret()).await && !consume(bobby, codes[1]).await);
        assert!(consume(alice, codes[0]).await);
        assert!(!consume(alice, codes[0]).await, "used");
        assert_eq!((count(alice).await, count(bobby).await), (2, 1));

        let new = secret();
        replace(alice, &[new]).await;
        assert!(!consume(alice, codes[1]).await, "replaced");
        assert_eq!(count(alice).await, 1);
        let deleted = write!(d, |tx| backup_codes::delete_all(tx, alice).await).unwrap();
        assert_eq!((deleted, count(alice).await), (1, 0));
        write!(d, |tx| users::delete(tx, bobby).await).unwrap();
        assert_eq!(count(bobby).await, 0, "they go with their user");
    })
    .await;
}
