//! Finding accounts: what is found, that the indices follow every change, and that they are used.

use accord_server::domain::types::{Email, Patch, UserId};
use accord_server::store::search::{self, Find, Hit, Prefix};
use accord_server::store::{Engine, users};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use crate::database::{Database, on_each_engine};
use crate::{read, write};

async fn find(d: &Database, what: Find<'_>) -> Vec<String> {
    let hits = read!(d, |tx| search::find(tx, what, 100).await).unwrap();
    hits.into_iter()
        .map(|Hit { handle_key, .. }| handle_key)
        .collect()
}

async fn holding(d: &Database, pieces: &[&[&str]]) -> Vec<String> {
    let text = |piece: &&str| (*piece).to_owned();
    let alternatives: Vec<_> = pieces
        .iter()
        .map(|pieces| pieces.iter().map(text).collect())
        .collect();
    let mut found = find(d, Find::Similar(&alternatives)).await;
    found.sort();
    found
}

async fn rename(d: &Database, id: UserId, name: &str) {
    let change = users::ProfileChange {
        display_name: Some(name),
        bio: Patch::Keep,
        ..Default::default()
    };
    let now = d.now();
    write!(d, |tx| users::update_profile(tx, id, &change, now).await).unwrap();
}

const AD: Prefix<'_> = Prefix {
    start: "ad",
    end: "ae",
};

#[tokio::test]
async fn accounts_are_found_by_handle_and_name() {
    on_each_engine(async |d| {
        for (handle, name) in [
            ("ada_l", "Ada Lovelace"),
            ("adam", "Ad"),
            ("adele", "Adele"),
            ("zoe1", "Ädgar"),
            ("zoe2", "Adgar"),
            ("other", "100% O_\\'\"*"),
        ] {
            let id = d
                .add_user(handle, &format!("{handle}@example.com"), true)
                .await;
            rename(d, id, name).await;
        }
        d.add_user("adhoc", "adhoc@example.com", false).await;

        assert_eq!(find(d, Find::Handle("ada_l")).await, ["ada_l"]);
        assert!(
            find(d, Find::Handle("adhoc")).await.is_empty(),
            "not an account"
        );
        let named = |name, after| find(d, Find::Name { name, after });
        assert_eq!(named("adgar", "").await, ["zoe1", "zoe2"]);
        assert_eq!(named("adgar", "zoe1").await, ["zoe2"]);
        let handles = |after| find(d, Find::Handles { prefix: AD, after });
        assert_eq!(
            handles("").await,
            ["ada_l", "adele"],
            "Ad is found by its name"
        );
        assert_eq!(handles("ada_l").await, ["adele"]);
        let names = |after| find(d, Find::Names { prefix: AD, after });
        assert_eq!(names(("", "")).await, ["zoe1", "zoe2"]);
        assert_eq!(names(("adgar", "zoe1")).await, ["zoe2"]);

        assert_eq!(holding(d, &[&["love"]]).await, ["ada_l"]);
        assert_eq!(holding(d, &[&["love", "ada"]]).await, ["ada_l"]);
        assert_eq!(
            holding(d, &[&["love", "xyz"], &["dele", "e"]]).await,
            ["adele"]
        );
        assert_eq!(
            holding(d, &[&[" ad"]]).await,
            ["ada_l", "adam", "adele", "zoe1", "zoe2"]
        );
        assert!(holding(d, &[&["lov", "lace", "lovlace"]]).await.is_empty());
        for odd in ["100%", "0% ", "% o", "o_\\", "\\'\"*"] {
            assert_eq!(holding(d, &[&[odd]]).await, ["other"], "{odd}");
        }
        for nothing in ["%%%", "___", "\"\"\"", "a*b", "AND OR", "%", "_", ""] {
            assert!(holding(d, &[&[nothing]]).await.is_empty(), "{nothing}");
        }
    })
    .await;
}

/// What holds the words comes by score and handle, from wherever one goes on.
#[tokio::test]
async fn what_holds_the_words_comes_in_order() {
    on_each_engine(async |d| {
        for (handle, name) in [
            ("zz_love", "Nobody"),
            ("xx_love", "Nobody"),
            ("glover", "Nobody"),
            ("clover", "Nobody"),
            ("second", "Under_Love"),
            ("third", "True Love"),
            ("beloved", "Nobody"),
            ("lovely", "By the handle"),
            ("someone", "Lovely by the name"),
        ] {
            let id = d
                .add_user(handle, &format!("{handle}@example.com"), true)
                .await;
            rename(d, id, name).await;
        }
        let words = vec!["love".to_owned()];
        let after = async |after, limit| {
            let what = Find::Holding {
                words: &words,
                whole: Prefix {
                    start: "love",
                    end: "lovf",
                },
                among: 100,
                after,
            };
            let hits = read!(d, |tx| search::find(tx, what, limit).await).unwrap();
            let mut hits: Vec<_> = hits.into_iter().map(|hit| hit.handle_key).collect();
            hits.sort();
            hits
        };
        assert_eq!(after((-1, ""), 2).await, ["second", "third"]);
        assert_eq!(
            after((0, "third"), 3).await,
            ["beloved", "xx_love", "zz_love"]
        );
        assert_eq!(after((1, "beloved"), 100).await, ["clover", "glover"]);
        let apart = Find::Holding {
            words: &vec!["love".to_owned(), "true".to_owned()],
            whole: Prefix {
                start: "love true",
                end: "love truf",
            },
            among: 100,
            after: (1, "zz"),
        };
        assert_eq!(find(d, apart).await, ["third"]);
    })
    .await;
}

/// No statement can forget the index.
#[tokio::test]
async fn the_index_follows_every_change() {
    on_each_engine(async |d| {
        let now = d.now();
        let id = d.add_user("grace", "grace@example.com", false).await;
        rename(d, id, "Grace Hopper").await;
        assert!(holding(d, &[&["hopper"]]).await.is_empty());
        let address = Email::parse("grace@example.com").unwrap();
        write!(d, |tx| users::mark_verified(tx, id, &address, now).await).unwrap();
        assert_eq!(holding(d, &[&["hopper"]]).await, ["grace"]);
        assert_eq!(
            find(
                d,
                Find::Name {
                    name: "grace hopper",
                    after: ""
                }
            )
            .await,
            ["grace"]
        );
        rename(d, id, "Admiral").await;
        assert!(holding(d, &[&["hopper"]]).await.is_empty());
        assert_eq!(holding(d, &[&["miral"]]).await, ["grace"]);
        for (disabled, found) in [(Some(now), 0), (None, 1)] {
            write!(d, |tx| users::set_disabled(tx, id, disabled, now).await).unwrap();
            assert_eq!(holding(d, &[&["miral"]]).await.len(), found);
            assert_eq!(find(d, Find::Handle("grace")).await.len(), found);
        }
        // What is rolled back was never there.
        let mut tx = d.db.write().await.unwrap();
        users::delete(&mut tx, id).await.unwrap();
        drop(tx);
        assert_eq!(holding(d, &[&["miral"]]).await, ["grace"]);
        write!(d, |tx| users::delete(tx, id).await).unwrap();
        assert!(holding(d, &[&["miral"]]).await.is_empty());

        let one = d.add_user("one_of", "one@example.com", true).await;
        let two = d.add_user("two_of", "two@example.com", false).await;
        let users = read!(d, |tx| users::by_ids(tx, &[one, two, id]).await).unwrap();
        assert_eq!(users.len(), 2);
        assert!(
            read!(d, |tx| users::by_ids(tx, &[]).await)
                .unwrap()
                .is_empty()
        );
    })
    .await;
}

/// Many accounts, so that the planner has something to choose.
async fn crowd(d: &Database) {
    let columns = "id, handle, handle_key, display_name, search_name, email, email_key, verified_at, created_at, \
         updated_at";
    match d.engine {
        Engine::Sqlite => {
            let sql = format!(
                "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 20000) \
                 INSERT INTO users ({columns}) SELECT randomblob(16), 'user' || n, 'user' || n, \
                 hex(n), lower(hex(n)) || ' name', n, n, '2026', '2026', '2026' FROM n; ANALYZE"
            );
            let mut connection = SqliteConnection::connect(&d.url).await.unwrap();
            sqlx::raw_sql(AssertSqlSafe(sql))
                .execute(&mut connection)
                .await
                .unwrap();
            connection.close().await.unwrap();
        }
        Engine::Postgres => {
            let sql = format!(
                "INSERT INTO users ({columns}) SELECT gen_random_uuid(), 'user' || n, 'user' || n, \
                 md5(n::text), md5(n::text) || ' name', n, n, now(), now(), now() \
                 FROM generate_series(1, 20000) n; ANALYZE users"
            );
            let mut connection = PgConnection::connect(&d.url).await.unwrap();
            sqlx::raw_sql(AssertSqlSafe(sql))
                .execute(&mut connection)
                .await
                .unwrap();
            connection.close().await.unwrap();
        }
    }
}

#[tokio::test]
async fn every_search_goes_by_an_index() {
    on_each_engine(async |d| {
        crowd(d).await;
        let words = vec!["hopper".to_owned()];
        let spellings = [
            vec![" gra".to_owned(), "hopper ".to_owned()],
            vec!["race hopper ".to_owned()],
        ];
        let trigrams = match d.engine {
            Engine::Sqlite => "SCAN user_search VIRTUAL TABLE INDEX",
            Engine::Postgres => "Bitmap Index Scan on users_by_visible_trigrams",
        };
        for (what, index) in [
            (Find::Handle("grace"), "handle_key"),
            (
                Find::Name {
                    name: "grace",
                    after: "",
                },
                "users_by_visible_search_name",
            ),
            (
                Find::Handles {
                    prefix: AD,
                    after: "ada",
                },
                "users_by_visible_handle_key",
            ),
            (
                Find::Names {
                    prefix: AD,
                    after: ("ada", "ada_l"),
                },
                "users_by_visible_search_name",
            ),
            (
                Find::Holding {
                    words: &words,
                    whole: AD,
                    among: 1000,
                    after: (-1, ""),
                },
                trigrams,
            ),
            (Find::Similar(&spellings), trigrams),
        ] {
            let plan = read!(d, |tx| search::explain(tx, what, 21).await)
                .unwrap()
                .join("\n");
            assert!(plan.contains(index), "{what:?}:\n{plan}");
            for slow in ["SCAN u\n", "SCAN users", "Seq Scan"] {
                assert!(!plan.contains(slow), "{what:?}:\n{plan}");
            }
            // Only what has a bound is sorted.
            let sorts = plan.contains("TEMP B-TREE") || plan.contains("Sort");
            assert_eq!(
                sorts,
                matches!(what, Find::Holding { .. }),
                "{what:?}:\n{plan}"
            );
        }
    })
    .await;
}
