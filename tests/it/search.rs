//! Tag `search`: finding users.

use contract_tests::prelude::*;

pub fn tests() -> Vec<Case> {
    tests![
        the_best_matches_come_first,
        accounts_alone_are_found,
        pages_stay_while_users_are_added,
        a_cursor_is_good_for_its_search_alone,
        nothing_in_a_query_is_special,
        a_database_that_is_busy_is_told,
    ]
}

async fn named(server: &TestServer, handle: &str, name: &str) -> Identity {
    let person = Person {
        handle: handle.to_owned(),
        ..Person::new()
    };
    let user = server.register(person).await;
    server.verify(&user).await;
    let user = server.sign_in(&user).await;
    user.update_me()
        .body_map(|body| body.display_name(name.to_owned()))
        .await
        .expect("named");
    user
}

async fn found(server: &TestServer, query: &str) -> Vec<String> {
    let page = server
        .anonymous()
        .search_users()
        .query(query)
        .limit(100)
        .await;
    page.expect("a page")
        .items
        .iter()
        .map(|user| user.handle.clone())
        .collect()
}

async fn the_best_matches_come_first(server: TestServer) {
    for (handle, name) in [
        ("zeta", "Tesla"),
        ("tesla", "Somebody"),
        ("tesla_n", "Nikola"),
        ("alpha", "Tesla Coil"),
        ("beta1", "Nikola Tésla"),
        ("gamma", "Antesland"),
        ("delta", "Tessla"),
        ("other", "Nobody"),
    ] {
        named(&server, handle, name).await;
    }
    let all = [
        "tesla", "zeta", "tesla_n", "alpha", "beta1", "gamma", "delta",
    ];
    for query in ["tesla", "TESLA", "Ｔｅｓｌａ", " tésla "] {
        assert_eq!(found(&server, query).await, all, "{query}");
    }
    assert_eq!(found(&server, "nikola tsela").await, ["beta1"]);
    assert_eq!(found(&server, "tesla nikola").await, ["beta1", "tesla_n"]);
    assert_eq!(
        found(&server, "te").await,
        ["tesla", "tesla_n", "zeta", "alpha", "delta"]
    );
}

async fn accounts_alone_are_found(server: TestServer) {
    let newcomer = server.unverified().await;
    assert!(found(&server, &newcomer.handle).await.is_empty());
    server.verify(&newcomer).await;
    assert!(
        found(&server, &newcomer.handle)
            .await
            .contains(&newcomer.handle)
    );
}

async fn pages_stay_while_users_are_added(server: TestServer) {
    for handle in ["maria2", "maria4", "maria6", "xmaria", "ymaria", "marla"] {
        named(&server, handle, "Somebody").await;
    }
    let (mut seen, mut cursor) = (Vec::new(), None::<String>);
    for added in [
        "maria1", "maria3", "zmaria", "maria5", "amaria", "maria7", "maria8", "maria9",
    ] {
        let nobody = server.anonymous();
        let search = nobody.search_users().query("maria").limit(1);
        let page = match cursor.take() {
            None => search.await,
            Some(cursor) => search.cursor(cursor).await,
        };
        let page = page.expect("a page");
        seen.extend(page.items.iter().map(|user| user.handle.clone()));
        cursor = page.next_cursor.map(|cursor| cursor.to_string());
        if cursor.is_none() {
            break;
        }
        named(&server, added, "Somebody").await;
    }
    let mut once = seen.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), seen.len(), "{seen:?}");
    for there in ["maria2", "maria4", "maria6", "xmaria", "ymaria", "marla"] {
        assert!(
            seen.iter().any(|handle| handle == there),
            "{there} of {seen:?}"
        );
    }
    assert!(seen.is_sorted_by_key(|handle| !handle.starts_with("maria")));
}

async fn a_cursor_is_good_for_its_search_alone(server: TestServer) {
    for handle in ["maria2", "maria4"] {
        named(&server, handle, "Somebody").await;
    }
    let nobody = server.anonymous();
    let page = nobody
        .search_users()
        .query("maria")
        .limit(1)
        .await
        .expect("a page");
    let cursor = page.next_cursor.as_ref().expect("a cursor").to_string();
    let other = nobody
        .search_users()
        .query("mari")
        .cursor(cursor.clone())
        .await;
    assert_eq!(other.refusal(), (400, "request:invalid"));
    for wrong in ["A".to_owned(), format!("{cursor}A"), cursor[1..].to_owned()] {
        let refused = nobody.search_users().query("maria").cursor(wrong).await;
        assert_eq!(refused.refusal(), (400, "request:invalid"));
    }
    let same = nobody.search_users().query("MARIA").cursor(cursor).await;
    assert_eq!(same.expect("the same search").items[0].handle, "maria4");
}

/// SECURITY: 1.2.4, 1.2.9.
async fn nothing_in_a_query_is_special(server: TestServer) {
    named(&server, "someone", "100% \"O'Neill\" (a_b) \\ *").await;
    named(&server, "another", "Plain").await;
    for query in ["100%", "\"o'neill\"", "(a_b)", "\\ *", "% \"O"] {
        assert_eq!(found(&server, query).await, ["someone"], "{query}");
    }
    for query in [
        "%",
        "_",
        "%%%%",
        "____",
        "*",
        "some*",
        "\"\"\"\"",
        "'; --",
        "x OR y",
        "NEAR(a b)",
        "\u{301}",
        " ",
    ] {
        assert!(found(&server, query).await.is_empty(), "{query}");
    }
}

async fn a_database_that_is_busy_is_told(stage: Stage) {
    let server = stage
        .server_with(Setup::default().with_little_patience())
        .await;
    let connections = server.hold_all_connections().await;
    let refusal = server
        .anonymous()
        .search_users()
        .query("ada")
        .await
        .refusal();
    assert_eq!(refusal, (503, "system:unavailable"));
    drop(connections);
}
