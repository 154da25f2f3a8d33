//! Finding accounts: what is found, that the indices follow every change, and that they are used.

use accord_server::domain::types::{Email, Patch, UserId};
use accord_server::store::search::{self, Find, Hit, Prefix, Spellings};
use accord_server::store::{Engine, users};

use crate::database::{Database, on_each_engine};
use crate::migrations::{connect, tamper};
use crate::{read, write};

async fn find(d: &Database, what: Find<'_>) -> Vec<String> {
    let hits = read!(d, |tx| search::find(tx, what, 100).await).unwrap();
    hits.into_iter()
        .map(|Hit { handle_key, .. }| handle_key)
        .collect()
}

/// Those that hold all the pieces, none of which is at the start of their handle or name.
async fn holding(d: &Database, pieces: &[&str]) -> Vec<String> {
    let words = pieces.iter().map(|&piece| piece.to_owned()).collect();
    let whole = Prefix {
        start: "\u{7f}",
        end: "\u{7f}",
    };
    let what = Find::Holding {
        words: &words,
        whole,
        among: 100,
        after: (-1, ""),
    };
    let mut found = find(d, what).await;
    found.sort();
    found
}

fn spellings(backward: bool, start: &str, end: &str, either: &[[&str; 2]]) -> Spellings {
    Spellings {
        backward,
        start: start.to_owned(),
        end: end.to_owned(),
        either: either.iter().map(|it| it.map(str::to_owned)).collect(),
    }
}

async fn spelled(d: &Database, spellings: &[Spellings]) -> Vec<String> {
    let what = Find::Spelled {
        spellings,
        among: 100,
    };
    let mut found = find(d, what).await;
    found.sort();
    found
}

/// Those with the word.
async fn with_word(d: &Database, word: &str) -> Vec<String> {
    let backward: String = word.chars().rev().collect();
    let (start, back) = (&*format!("{word} "), &*format!("{backward} "));
    let end = |text: &str| format!("{text}\u{7f}");
    let forward = spelled(d, &[spellings(false, start, &end(start), &[[start, ""]])]).await;
    let backward = spelled(d, &[spellings(true, back, &end(back), &[[back, ""]])]).await;
    assert_eq!(forward, backward, "{word}");
    forward
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

        assert_eq!(holding(d, &["love"]).await, ["ada_l"]);
        assert_eq!(holding(d, &["love", "ada"]).await, ["ada_l"]);
        assert_eq!(
            holding(d, &[" ad"]).await,
            ["ada_l", "adam", "adele", "zoe1", "zoe2"]
        );
        assert!(holding(d, &["lov", "lace", "lovlace"]).await.is_empty());
        for odd in ["100%", "0% ", "% o", "o_\\", "\\'\"*"] {
            assert_eq!(holding(d, &[odd]).await, ["other"], "{odd}");
        }
        for nothing in ["%%%", "___", "\"\"\"", "a*b", "AND OR", "%", "_", ""] {
            assert!(holding(d, &[nothing]).await.is_empty(), "{nothing}");
        }
    })
    .await;
}

/// Each word of a handle or a name begins one text, and ends another, of as many characters as are compared.
#[tokio::test]
async fn words_are_found_from_their_starts_and_from_their_ends() {
    on_each_engine(async |d| {
        let long = format!("{}é {}", "x".repeat(40), "日".repeat(34));
        for (handle, name) in [
            ("ada_l", "Ada King Lovelace"),
            ("adam", "adam"),
            ("other", "100% O_\\'\"*"),
            ("long", &long),
        ] {
            let id = d
                .add_user(handle, &format!("{handle}@example.com"), true)
                .await;
            rename(d, id, name).await;
        }
        d.add_user("adhoc", "adhoc@example.com", false).await;
        for word in ["ada", "king", "lovelace", "ada_l"] {
            assert_eq!(with_word(d, word).await, ["ada_l"], "{word}");
        }
        for word in ["100%", "o_\\'\"*"] {
            assert_eq!(with_word(d, word).await, ["other"], "{word}");
        }
        assert_eq!(with_word(d, "adam").await, ["adam"]);
        assert_eq!(with_word(d, &"日".repeat(34)).await, ["long"]);
        for word in ["adhoc", "lace", "100_", "%", "_", "da"] {
            let from_there_on = spellings(false, word, "\u{10ffff}", &[[word, ""]]);
            assert_eq!(spelled(d, &[from_there_on]).await, [""; 0], "{word}");
        }

        let forward = |either| spellings(false, "ad", "ae", either);
        let backward = |either| spellings(true, "ec", "ed", either);
        let one = [forward(&[["ada k", "ace"]])];
        assert_eq!(spelled(d, &one).await, ["ada_l"]);
        assert_eq!(spelled(d, &[forward(&[["ada", "kin"]])]).await, [""; 0]);
        assert_eq!(spelled(d, &[forward(&[["ada", "ng"]])]).await, ["ada_l"]);
        let both = [
            forward(&[["adam", ""], ["ad%", ""]]),
            backward(&[["ecal", "king"]]),
        ];
        assert_eq!(spelled(d, &both).await, ["adam"]);
        let both = [forward(&[["ad", ""]]), backward(&[["ecal", "gnik"]])];
        assert_eq!(spelled(d, &both).await, ["ada_l", "adam"], "each once");
        let few = Find::Spelled {
            spellings: &both[..1],
            among: 1,
        };
        assert_eq!(find(d, few).await, ["ada_l"], "no more are looked at");
        assert_eq!(spelled(d, &[]).await, [""; 0]);
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

/// Those with a word, as both indices know it; one of them by its end as well.
async fn indexed(d: &Database, word: &str) -> Vec<String> {
    let found = with_word(d, word).await;
    for piece in [word, &word[2..]] {
        assert_eq!(found, holding(d, &[piece]).await, "{piece}");
    }
    found
}

/// No statement can forget the indices.
#[tokio::test]
async fn the_indices_follow_every_change() {
    on_each_engine(async |d| {
        let now = d.now();
        let id = d.add_user("grace", "grace@example.com", false).await;
        rename(d, id, "Grace Hopper").await;
        assert!(indexed(d, "hopper").await.is_empty());
        let address = Email::parse("grace@example.com").unwrap();
        write!(d, |tx| users::mark_verified(tx, id, &address, now).await).unwrap();
        assert_eq!(indexed(d, "hopper").await, ["grace"]);
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
        assert!(indexed(d, "hopper").await.is_empty());
        assert_eq!(indexed(d, "admiral").await, ["grace"]);
        for (disabled, found) in [(Some(now), 0), (None, 1)] {
            write!(d, |tx| users::set_disabled(tx, id, disabled, now).await).unwrap();
            assert_eq!(indexed(d, "admiral").await.len(), found);
            assert_eq!(find(d, Find::Handle("grace")).await.len(), found);
        }
        // What is rolled back was never there.
        let mut tx = d.db.write().await.unwrap();
        users::delete(&mut tx, id).await.unwrap();
        drop(tx);
        assert_eq!(indexed(d, "admiral").await, ["grace"]);
        write!(d, |tx| users::delete(tx, id).await).unwrap();
        assert!(indexed(d, "admiral").await.is_empty());

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

/// A database of an earlier version: its accounts are found like those that come later.
#[tokio::test]
async fn accounts_from_before_the_words_were_kept_have_them_too() {
    on_each_engine(async |d| {
        let id = d.add_user("grace", "grace@example.com", true).await;
        rename(d, id, "Grace Hopper").await;
        let without = match d.engine {
            Engine::Sqlite => {
                "DROP TRIGGER user_words_insert; DROP TRIGGER user_words_before_update; \
                 DROP TRIGGER user_words_after_update; DROP TRIGGER user_words_before_delete; \
                 DROP VIEW user_search_words; DROP TABLE user_search_positions;"
            }
            Engine::Postgres => {
                "DROP FUNCTION add_user_words() CASCADE; DROP FUNCTION remove_user_words() CASCADE; \
                 DROP FUNCTION words_of(text, text);"
            }
        };
        let undo = format!(
            "{without} DROP TABLE user_words; DELETE FROM _sqlx_migrations WHERE version = 7"
        );
        tamper(d, &undo).await;
        connect(d).await.unwrap().close().await;
        assert_eq!(indexed(d, "hopper").await, ["grace"]);
        rename(d, id, "Admiral").await;
        assert_eq!(indexed(d, "admiral").await, ["grace"]);
        assert_eq!(indexed(d, "hopper").await, [""; 0]);
    })
    .await;
}

/// Many accounts, so that the planner has something to choose.
async fn crowd(d: &Database) {
    let columns = "id, handle, handle_key, display_name, search_name, email, email_key, verified_at, created_at, \
         updated_at";
    let sql = match d.engine {
        Engine::Sqlite => format!(
            "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 20000) \
             INSERT INTO users ({columns}) SELECT randomblob(16), 'user' || n, 'user' || n, \
             hex(n), lower(hex(n)) || ' name', n, n, '2026', '2026', '2026' FROM n; ANALYZE"
        ),
        Engine::Postgres => format!(
            "INSERT INTO users ({columns}) SELECT gen_random_uuid(), 'user' || n, 'user' || n, \
             md5(n::text), md5(n::text) || ' name', n, n, now(), now(), now() \
             FROM generate_series(1, 20000) n; ANALYZE users"
        ),
    };
    tamper(d, &sql).await;
}

#[tokio::test]
async fn every_search_goes_by_an_index() {
    on_each_engine(async |d| {
        crowd(d).await;
        let words = vec!["hopper".to_owned()];
        let both = [
            spellings(false, "grace", "gracf", &[["grace ", "per"]]),
            spellings(true, "repp", "repq", &[["reppoh", "grace"]]),
        ];
        let trigrams = match d.engine {
            Engine::Sqlite => "SCAN user_search VIRTUAL TABLE INDEX",
            Engine::Postgres => "Bitmap Index Scan on users_by_visible_trigrams",
        };
        let words_index = match d.engine {
            Engine::Sqlite => {
                "SEARCH user_words USING PRIMARY KEY (backward=? AND text>? AND text<?)"
            }
            Engine::Postgres => "Scan on user_words_pkey",
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
            (
                Find::Spelled {
                    spellings: &both,
                    among: 5000,
                },
                words_index,
            ),
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
                matches!(what, Find::Holding { .. } | Find::Spelled { .. }),
                "{what:?}:\n{plan}"
            );
        }
    })
    .await;
}
