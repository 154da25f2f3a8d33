//! Documentation and the development mailbox.

use std::sync::Arc;

use accord_server::config::{Config, Mode};
use accord_server::http::dev_mailbox::{self, Mail, Mailbox};
use accord_server::http::docs;
use contract::rt::Problem;
use futures::future::{BoxFuture, FutureExt as _, ready};
use uuid::Uuid;

use crate::harness::{Answer, Server, config, start_router};

async fn documented() -> Server {
    let config = config();
    let router = docs::routes(&config);
    start_router(config, router).await
}

#[tokio::test]
async fn swagger_ui_needs_nothing_from_elsewhere() {
    let server = documented().await;
    for path in ["/docs", "/docs/"] {
        let page = server.get(path).await;
        assert_eq!(page.status, 200);
        assert_eq!(
            page.header("content-type"),
            Some("text/html; charset=utf-8")
        );
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.contains("script-src 'self';"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(
            page.header("cross-origin-opener-policy"),
            Some("same-origin")
        );
        let html = page.text();
        assert!(!html.contains("//") && !html.contains("style="), "{html}");
        // Every file that the page names is here.
        let mut files = 0;
        for part in html.split('"').filter(|part| part.starts_with("/docs/")) {
            let file = server.get(part).await;
            assert_eq!(file.status, 200, "{part}");
            assert!(!file.body.is_empty());
            assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
            files += 1;
        }
        assert_eq!(files, 3);
    }
    server
        .get("/docs/other.js")
        .await
        .assert_problem(404, "request:unknown_path");
}

#[tokio::test]
async fn the_contract_is_served_for_this_server() {
    let server = documented().await;
    let json = server.get("/swagger.json").await;
    assert_eq!(json.header("content-type"), Some("application/json"));
    let json: serde_json::Value = serde_json::from_slice(&json.body).unwrap();
    assert_eq!(json["servers"][0]["url"], "https://api.example");
    let yaml = server.get("/openapi.yaml").await;
    assert_eq!(yaml.header("content-type"), Some("application/yaml"));
    let yaml: serde_json::Value = serde_norway::from_slice(&yaml.body).unwrap();
    assert_eq!(json, yaml);
}

struct Mails(Vec<Mail>);

impl Mailbox for Mails {
    fn list(&self, to: Option<String>) -> BoxFuture<'_, Result<Vec<Mail>, Problem>> {
        let wanted = |mail: &&Mail| {
            to.as_deref()
                .is_none_or(|to| mail.to.eq_ignore_ascii_case(to))
        };
        ready(Ok(self.0.iter().filter(wanted).cloned().collect())).boxed()
    }

    fn get(&self, id: Uuid) -> BoxFuture<'_, Result<Option<Mail>, Problem>> {
        ready(Ok(self.0.iter().find(|mail| mail.id == id).cloned())).boxed()
    }
}

fn mail() -> Mail {
    Mail {
        id: Uuid::from_u128(7),
        to: "\"<b>\"@example.com".into(),
        subject: "Hello <script>alert(1)</script>".into(),
        text: "Open </pre><img src=x>".into(),
        html: Some("<html><head><title>x</title></head><body>Hi</body></html>".into()),
        links: vec![
            "https://app.example/verify?token=a&b".into(),
            "javascript:alert(1)".into(),
        ],
        created_at: "2026-11-23T16:00:00Z".parse().unwrap(),
    }
}

async fn mailbox(mails: Vec<Mail>) -> Server {
    let config = Config {
        mode: Some(Mode::Development),
        ..config()
    };
    start_router(config, dev_mailbox::routes(Arc::new(Mails(mails)))).await
}

async fn page(server: &Server, path: &str) -> Answer {
    let page = server.get(path).await;
    assert_eq!(page.status, 200, "{path}");
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    page
}

#[tokio::test]
async fn the_mailbox_shows_mails_and_escapes_them() {
    let server = mailbox(vec![mail()]).await;
    let id = mail().id;
    let list = page(&server, "/dev/mailbox").await;
    assert!(list.text().contains(&format!("href=\"/dev/mailbox/{id}\"")));
    let shown = page(&server, &format!("/dev/mailbox/{id}")).await;
    for page in [&list, &shown] {
        let html = page.text();
        assert!(html.contains("Hello &lt;script&gt;"), "{html}");
        assert!(!html.contains("<script") && !html.contains("<b>") && !html.contains("<img"));
        let policy = page.header("content-security-policy").unwrap();
        assert!(!policy.contains("unsafe"), "{policy}");
    }
    let html = shown.text();
    assert!(html.contains("token=a&amp;b\""), "{html}");
    assert!(!html.contains("href=\"javascript"), "{html}");
    assert!(html.contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\""));

    let frame = page(&server, &format!("/dev/mailbox/{id}/html")).await;
    assert!(
        frame
            .text()
            .contains("<head><base target=\"_blank\"><title>")
    );
    let policy = frame.header("content-security-policy").unwrap();
    assert!(
        policy.contains("sandbox") && policy.contains("default-src 'none'"),
        "{policy}"
    );

    let style = server.get("/dev/mailbox/style.css").await;
    assert_eq!(
        style.header("content-type"),
        Some("text/css; charset=utf-8")
    );
}

#[tokio::test]
async fn the_mailbox_speaks_json_too() {
    let server = mailbox(vec![mail()]).await;
    let one = server
        .get(&format!("/dev/mailbox/messages/{}", mail().id))
        .await;
    let one: serde_json::Value = serde_json::from_slice(&one.body).unwrap();
    assert_eq!(one["subject"], mail().subject);
    assert_eq!(one["links"][0], mail().links[0]);
    assert_eq!(one["created_at"], "2026-11-23T16:00:00Z");
    for (query, count) in [
        ("", 1),
        ("?to=%22%3CB%3E%22@example.com", 1),
        ("?to=a@b.c", 0),
    ] {
        let all = server.get(&format!("/dev/mailbox/messages{query}")).await;
        let all: serde_json::Value = serde_json::from_slice(&all.body).unwrap();
        assert_eq!(all["items"].as_array().unwrap().len(), count, "{query}");
    }
    let empty = mailbox(Vec::new()).await;
    assert!(
        page(&empty, "/dev/mailbox")
            .await
            .text()
            .contains("No mail yet")
    );
}

#[tokio::test]
async fn a_page_elsewhere_cannot_have_its_name_lead_to_the_mailbox() {
    let server = mailbox(vec![mail()]).await;
    let rebound =
        "GET /dev/mailbox/messages HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n";
    assert_eq!(server.send(rebound).await.status, 404);
}

#[tokio::test]
async fn a_mail_that_is_not_there_is_not_found() {
    let server = mailbox(Vec::new()).await;
    for path in [
        "/dev/mailbox/00000000-0000-0000-0000-000000000001",
        "/dev/mailbox/00000000-0000-0000-0000-000000000001/html",
        "/dev/mailbox/messages/00000000-0000-0000-0000-000000000001",
        "/dev/mailbox/nonsense",
    ] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.text().contains("request:unknown_path"));
    }
}
