//! What is served beside the operations: the contract, its reader, and the mailbox of development.

use contract_tests::prelude::*;

pub fn tests() -> Vec<Case> {
    tests![
        the_contract_is_served_as_it_is_written,
        the_contract_is_served_as_json_for_this_server,
        the_documentation_needs_nobody_else,
        details_lead_to_the_reference_of_errors,
        the_mailbox_shows_what_was_sent,
    ]
}

fn written() -> Value {
    serde_norway::from_str(include_str!("../../openapi.yaml")).expect("YAML")
}

async fn get(server: &TestServer, path: &str) -> Answer {
    let answer = server.raw(Method::GET, path).send().await;
    assert_eq!(answer.outcome(), (200, "ok"), "{path}: {answer}");
    answer
}

async fn the_contract_is_served_as_it_is_written(server: TestServer) {
    let served = get(&server, "/openapi.yaml").await;
    let served: Value = serde_norway::from_slice(&served.body).expect("YAML");
    assert_eq!(served["paths"], written()["paths"]);
}

async fn the_contract_is_served_as_json_for_this_server(server: TestServer) {
    let served = get(&server, "/swagger.json").await;
    assert!(
        served
            .header("content-type")
            .starts_with("application/json")
    );
    assert_eq!(served.json()["paths"], written()["paths"]);
    assert_eq!(
        served.json()["components"]["schemas"],
        written()["components"]["schemas"]
    );
}

/// SECURITY: 3.4.8.
/// No CDN: every script and style sheet comes from this server.
async fn the_documentation_needs_nobody_else(server: TestServer) {
    let mut page = server.raw(Method::GET, "/docs").send().await;
    if page.status != 200 {
        page = get(&server, "/docs/").await;
    }
    assert!(page.header("content-type").starts_with("text/html"));
    assert_eq!(page.header("cross-origin-opener-policy"), "same-origin");
    let html = String::from_utf8_lossy(&page.body).into_owned();
    let assets = regex::Regex::new(r#"(?:src|href)="([^"]+)""#).expect("a pattern");
    let assets: Vec<_> = assets
        .captures_iter(&html)
        .map(|found| found[1].to_owned())
        .collect();
    assert!(assets.iter().any(|asset| asset.ends_with(".js")), "{html}");
    for asset in assets {
        assert!(!asset.contains("//"), "{asset} is elsewhere");
        let path = if asset.starts_with('/') {
            asset
        } else {
            format!("/docs/{}", asset.trim_start_matches("./"))
        };
        get(&server, &path).await;
    }
}

async fn details_lead_to_the_reference_of_errors(server: TestServer) {
    let refusal = server.example_of("login").send().await;
    let details = refusal.json()["details"]
        .as_str()
        .expect("details")
        .to_owned();
    let (_, link) = details.rsplit_once("see ").expect("a link");
    let link: url::Url = link.parse().expect("a URL");
    assert_eq!(link.path(), "/docs/errors");
    assert_eq!(link.fragment(), Some("auth:invalid_credentials"));
    let page = get(&server, link.path()).await;
    assert!(page.header("content-type").starts_with("text/html"));
    let html = String::from_utf8_lossy(&page.body);
    let outcomes = contract().operations.iter().flat_map(Operation::outcomes);
    for (_, code) in outcomes.filter(|(status, _)| *status >= 400) {
        assert!(html.contains(&format!("id=\"{code}\"")), "{code}");
    }
    get(&server, "/docs/errors.css").await;
}

async fn the_mailbox_shows_what_was_sent(server: TestServer) {
    let newcomer = server.unverified().await;
    server.mail_to(&newcomer.email).await;
    let list = get(&server, "/dev/mailbox").await;
    assert!(String::from_utf8_lossy(&list.body).contains(&newcomer.email));
    let messages = get(&server, "/dev/mailbox/messages").await;
    assert!(messages.json().to_string().contains(&newcomer.email));
}
