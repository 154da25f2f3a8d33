use std::sync::{Arc, Mutex};

use accord_client::types::ActionKind;
use accord_client::{Exchange, Observer, Patch};

use crate::{ME, Server, json, problem};

#[tokio::test]
async fn a_request_says_what_the_contract_says() {
    let server = Server::start(|_, _| json(200, r#"{"items":[]}"#)).await;
    let kinds = vec![ActionKind::UserEdit, "future:kind".into()];
    server
        .client()
        .list_action_logs()
        .actions(kinds)
        .limit(5)
        .await
        .unwrap();
    assert_eq!(
        server.target(0),
        "/v0/action-logs?actions=user%3Aedit&actions=future%3Akind&limit=5"
    );
    assert_eq!(
        server.header(0, "accept").as_deref(),
        Some("application/json")
    );
    assert_eq!(server.header(0, "api-version"), None);
    assert!(
        server
            .header(0, "user-agent")
            .unwrap()
            .starts_with("accord-client/")
    );
}

#[tokio::test]
async fn a_base_path_is_kept_and_a_path_parameter_is_escaped() {
    let server = Server::start(|_, _| json(200, r#"{"handle":"a/b?","available":false}"#)).await;
    let client = accord_client::Client::connect(&format!("{}/accounts/", server.url)).unwrap();
    client
        .check_handle_availability()
        .handle("a/b?")
        .await
        .unwrap();
    assert_eq!(
        server.target(0),
        "/accounts/v0/users/handle/a%2Fb%3F/available"
    );
}

#[tokio::test]
async fn a_patch_sends_what_is_to_change() {
    let server = Server::start(|_, _| json(200, ME)).await;
    let client = server.client();
    client.update_me().await.unwrap();
    client
        .update_me()
        .body_map(|b| b.bio(Patch::Null))
        .await
        .unwrap();
    client
        .update_me()
        .body_map(|b| b.bio(Patch::from("x")).display_name("Ada".to_owned()))
        .await
        .unwrap();
    assert_eq!(server.body(0), b"{}");
    assert_eq!(server.body(1), br#"{"bio":null}"#);
    assert_eq!(server.body(2), br#"{"bio":"x","display_name":"Ada"}"#);
}

#[tokio::test]
async fn an_upload_is_the_bytes() {
    let server = Server::start(|_, _| {
        json(200, r#"{"url":"http://x/y","width":512,"height":512,"content_type":"image/webp","bytes":9}"#)
    })
    .await;
    let stored = server
        .client()
        .upload_profile_image()
        .body(vec![1, 2, 3])
        .await
        .unwrap();
    assert_eq!(stored.width, 512);
    assert_eq!(server.body(0), [1, 2, 3]);
    assert_eq!(
        server.header(0, "content-type").as_deref(),
        Some("application/octet-stream")
    );
}

#[derive(Default)]
struct Notes(Mutex<Vec<String>>);

impl Observer for Notes {
    fn response(&self, exchange: &Exchange<'_>) {
        let text =
            |bytes: Option<&[u8]>| String::from_utf8_lossy(bytes.unwrap_or_default()).into_owned();
        let note = format!(
            "{exchange:?} {} {}",
            text(exchange.request_body),
            text(exchange.body)
        );
        self.0.lock().unwrap().push(note);
    }
}

#[tokio::test]
async fn an_observer_sees_every_exchange() {
    let server = Server::start(|n, _| {
        if n == 0 {
            problem(503, "system:overloaded", &[("retry-after", "0")])
        } else {
            json(200, "{}")
        }
    })
    .await;
    let notes = Arc::new(Notes::default());
    let client = server
        .builder()
        .observer(Arc::<Notes>::clone(&notes))
        .build()
        .unwrap();
    client.get_me().await.unwrap_err();
    client
        .forgot_password()
        .body_map(|b| b.email("a@b.c"))
        .await
        .unwrap_err();
    let notes = notes.0.lock().unwrap();
    assert_eq!(
        *notes,
        [
            "get_me: GET /v0/user/me -> 503 Service Unavailable  {\"status\":503,\"code\":\"system:overloaded\",\"request_id\":\"request-1\"}",
            "get_me: GET /v0/user/me -> 200 OK  {}",
            "forgot_password: POST /v0/auth/forgot-password -> 200 OK {\"email\":\"a@b.c\"} {}",
        ]
    );
}
