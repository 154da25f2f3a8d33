//! What happened, written and read.

use accord_server::domain::types::UserId;
use accord_server::store::action_logs::{self, Direction, Filter, NewAction};

use crate::database::on_each_engine;
use crate::{read, write};

#[tokio::test]
async fn actions_are_logged_and_read() {
    on_each_engine(async |d| {
        let (alice, bob) = (d.user_id(), d.user_id());
        assert_eq!(
            read!(d, |tx| action_logs::latest_position(tx).await).unwrap(),
            0
        );
        assert_eq!(
            write!(d, |tx| action_logs::append(tx, &[]).await).unwrap(),
            0
        );
        let action = |action: &'static str, actor: UserId, public| NewAction {
            id: d.action_id(),
            action,
            actor_id: Some(actor),
            resource_type: "user",
            resource_id: Some(actor.uuid()),
            public,
            data: r#"{"handle":"x"}"#,
            private_data: Some(r#"{"address":"::1"}"#),
            request_id: "r1",
            created_at: d.now(),
        };
        let first = [
            action("user:create", alice, true),
            action("auth:login", alice, false),
        ];
        let second = [action("user:edit", bob, true)];
        let third = [
            action("user:image", alice, true),
            action("user:edit", alice, true),
        ];
        let mut last = 0;
        for entries in [&first[..], &second, &third] {
            last = write!(d, |tx| action_logs::append(tx, entries).await).unwrap();
        }
        assert_eq!(last, 5);
        assert_eq!(
            read!(d, |tx| action_logs::latest_position(tx).await).unwrap(),
            5
        );

        let page = async |filter: &Filter, from, direction, limit| -> Vec<i64> {
            read!(d, |tx| action_logs::page(
                tx, filter, from, direction, limit
            )
            .await)
            .unwrap()
            .iter()
            .map(|action| action.position)
            .collect()
        };
        use Direction::{Newer, Older};
        let all = Filter::default();
        assert_eq!(page(&all, None, Older, 9).await, [5, 4, 3, 2, 1]);
        assert_eq!(page(&all, None, Newer, 2).await, [1, 2]);
        assert_eq!(page(&all, Some(3), Older, 9).await, [2, 1]);
        assert_eq!(page(&all, Some(3), Newer, 9).await, [4, 5]);
        let public = Filter {
            public_only: true,
            ..Filter::default()
        };
        assert_eq!(page(&public, None, Older, 9).await, [5, 4, 3, 1]);
        let of_bob = Filter {
            actor_id: Some(bob),
            ..Filter::default()
        };
        assert_eq!(page(&of_bob, None, Older, 9).await, [3]);
        let on_alice = Filter {
            resource_type: Some("user".into()),
            resource_id: Some(alice.uuid()),
            ..Filter::default()
        };
        assert_eq!(page(&on_alice, None, Newer, 9).await, [1, 2, 4, 5]);
        let actions = Filter {
            actions: vec!["user:edit".into(), "user:image".into()],
            actor_id: Some(alice),
            ..public.clone()
        };
        assert_eq!(page(&actions, Some(5), Older, 9).await, [4]);

        let read = read!(d, |tx| action_logs::page(tx, &all, Some(2), Older, 1).await).unwrap();
        assert_eq!((read[0].id, read[0].created_at), (first[0].id, d.now()));
        assert_eq!(read[0].data, r#"{"handle":"x"}"#);
        assert_eq!(
            read[0].private_data.as_deref(),
            Some(r#"{"address":"::1"}"#)
        );
        let place = async |id, public| {
            read!(d, |tx| action_logs::position_of(tx, id, public).await).unwrap()
        };
        assert_eq!(place(first[1].id, false).await, Some(2));
        assert_eq!(place(first[1].id, true).await, None, "not for everybody");
        assert_eq!(place(second[0].id, true).await, Some(3));
        assert_eq!(place(d.action_id(), false).await, None);

        let of_bob_on_alice = [NewAction {
            resource_id: Some(alice.uuid()),
            ..action("user:edit", bob, false)
        }];
        write!(d, |tx| action_logs::append(tx, &of_bob_on_alice).await).unwrap();
        let concerning = |user| Filter {
            concerning: Some(user),
            ..Filter::default()
        };
        let alices = concerning(alice);
        assert_eq!(page(&alices, None, Older, 9).await, [6, 5, 4, 2, 1]);
        assert_eq!(page(&alices, None, Newer, 2).await, [1, 2]);
        assert_eq!(page(&alices, Some(5), Older, 2).await, [4, 2]);
        assert_eq!(page(&alices, Some(4), Newer, 9).await, [5, 6]);
        assert_eq!(page(&concerning(bob), None, Older, 9).await, [6, 3]);
        let edits = Filter {
            actions: vec!["user:edit".into()],
            actor_id: Some(bob),
            ..alices
        };
        assert_eq!(page(&edits, Some(7), Older, 9).await, [6]);
    })
    .await;
}
