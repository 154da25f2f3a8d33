//! Wrong guesses.

use accord_server::store::attempts::{self, Reserved};

use crate::database::{on_each_engine, seconds};
use crate::{read, write};

#[tokio::test]
async fn wrong_guesses_are_counted_and_forgiven() {
    on_each_engine(async |d| {
        let reserve = async |key: &str| {
            let now = d.now();
            write!(d, |tx| attempts::reserve(tx, key, now, now + seconds(100))
                .await)
            .unwrap()
        };
        for count in 1..=3 {
            assert_eq!(reserve("login:alice").await, Reserved::Go { count });
            d.pass(60);
        }
        assert_eq!(reserve("login:bob").await, Reserved::Go { count: 1 });
        let until = d.now() + seconds(30);
        write!(d, |tx| attempts::block(tx, "login:alice", until).await).unwrap();
        write!(d, |tx| attempts::block(
            tx,
            "login:alice",
            until - seconds(9)
        )
        .await)
        .unwrap();
        assert_eq!(reserve("login:alice").await, Reserved::Blocked { until });
        let known = read!(d, |tx| attempts::get(tx, "login:alice").await)
            .unwrap()
            .unwrap();
        assert_eq!((known.count, known.blocked_until), (3, Some(until)));
        d.pass(30);
        assert_eq!(reserve("login:alice").await, Reserved::Go { count: 4 });
        write!(d, |tx| attempts::refund(tx, "login:alice").await).unwrap();
        assert_eq!(reserve("login:alice").await, Reserved::Go { count: 4 });
        d.pass(100);
        assert_eq!(
            reserve("login:alice").await,
            Reserved::Go { count: 1 },
            "forgotten"
        );
        write!(d, |tx| attempts::clear(tx, "login:alice").await).unwrap();
        assert!(
            read!(d, |tx| attempts::get(tx, "login:alice").await)
                .unwrap()
                .is_none()
        );
        let purged = write!(d, |tx| attempts::purge(tx, d.now(), 9).await).unwrap();
        assert_eq!(purged, 1, "bob's");
    })
    .await;
}
