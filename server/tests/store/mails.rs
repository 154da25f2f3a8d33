//! The way of a mail through the queue.

use accord_server::store::mails;

use crate::database::{on_each_engine, seconds};
use crate::{read, write};

#[tokio::test]
async fn mails_are_queued_sent_and_parked() {
    on_each_engine(async |d| {
        let user = d.add_user("alice", "alice@example.com", true).await;
        let enqueue = async |name: &str, lifetime: Option<i64>| {
            d.pass(1);
            let mail = mails::NewMail {
                id: d.mail_id(),
                message_id: name,
                user_id: Some(user),
                kind: "verify_email",
                key_id: "k1",
                payload: b"sealed",
                expires_at: lifetime.map(|lifetime| d.now() + seconds(lifetime)),
                created_at: d.now(),
            };
            write!(d, |tx| mails::enqueue(tx, &mail).await).unwrap();
            mail.id
        };
        let claim = async |limit, lease| {
            let now = d.now();
            write!(d, |tx| mails::claim(tx, limit, now, now + seconds(lease))
                .await)
            .unwrap()
        };
        let taken_back = enqueue("taken back", None).await;
        write!(d, |tx| mails::take_back(tx, taken_back).await).unwrap();
        let (a, b) = (enqueue("a", Some(10)).await, enqueue("b", None).await);
        let (c, e) = (enqueue("c", None).await, enqueue("e", Some(1)).await);
        d.pass(1);
        let got = claim(2, 30).await;
        assert_eq!(
            got.iter().map(|mail| mail.id).collect::<Vec<_>>(),
            [a, b],
            "oldest first"
        );
        assert_eq!((got[0].attempts, &got[0].payload[..]), (1, &b"sealed"[..]));
        assert_eq!(
            (got[0].key_id.as_str(), got[0].message_id.as_str()),
            ("k1", "a")
        );
        assert_eq!(
            claim(9, 30).await[0].id,
            c,
            "claimed ones and expired ones are passed over"
        );
        assert!(claim(9, 30).await.is_empty());

        assert!(write!(d, |tx| mails::mark_sent(tx, a, d.now(), false).await).unwrap());
        assert!(!write!(d, |tx| mails::mark_sent(tx, a, d.now(), false).await).unwrap());
        let later = d.now() + seconds(60);
        assert!(write!(d, |tx| mails::retry(tx, b, later, "421 later").await).unwrap());
        assert!(write!(d, |tx| mails::park(tx, c, "550 no such user").await).unwrap());
        assert!(!write!(d, |tx| mails::park(tx, a, "").await).unwrap());
        assert_eq!(
            write!(d, |tx| mails::park_expired(tx, d.now()).await).unwrap(),
            1
        );
        let counts = read!(d, |tx| mails::counts(tx).await).unwrap();
        assert_eq!((counts.queued, counts.sent, counts.parked), (1, 1, 2));
        assert!(counts.oldest_queued_at < Some(d.now()));

        d.pass(59);
        assert!(claim(9, 30).await.is_empty());
        d.pass(1);
        let got = claim(9, 30).await;
        assert_eq!((got[0].id, got[0].attempts), (b, 2));
        assert_eq!(got[0].last_error.as_deref(), Some("421 later"));
        d.pass(30);
        assert_eq!(claim(9, 30).await[0].attempts, 3, "the worker died");
        assert!(write!(d, |tx| mails::mark_sent(tx, b, d.now(), true).await).unwrap());

        let all = read!(d, |tx| mails::list(tx, 3).await).unwrap();
        assert_eq!(
            all.iter().map(|mail| mail.id).collect::<Vec<_>>(),
            [e, c, b],
            "newest first"
        );
        assert_eq!(
            (all[2].status.as_str(), &all[2].payload[..]),
            ("sent", &b"sealed"[..])
        );
        assert_eq!(all[1].last_error.as_deref(), Some("550 no such user"));
        let all = read!(d, |tx| mails::list(tx, 9).await).unwrap();
        assert_eq!((all[3].id, &all[3].payload[..]), (a, &b""[..]), "forgotten");
        assert_eq!(
            write!(d, |tx| mails::purge(tx, d.now(), 3).await).unwrap(),
            3
        );
        assert_eq!(
            write!(d, |tx| mails::purge(tx, d.now(), 3).await).unwrap(),
            1
        );
    })
    .await;
}
