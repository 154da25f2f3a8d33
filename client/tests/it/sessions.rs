use accord_client::{Secret, SessionMode};

use crate::{ME, SIGNED_IN, Server, json, respond};

async fn server() -> Server {
    Server::start(|_, request| match request.uri.path() {
        "/v0/auth/login" => {
            let mut response = json(200, SIGNED_IN);
            let cookies = [
                "flow=f1; Path=/",
                "session_id=t1; Path=/; HttpOnly; SameSite=Lax",
            ];
            for cookie in cookies {
                response
                    .headers_mut()
                    .append("set-cookie", cookie.parse().unwrap());
            }
            response
        }
        "/v0/auth/logout" => respond(204, &[("set-cookie", "session_id=; Path=/; Max-Age=0")], ""),
        _ => json(200, ME),
    })
    .await
}

#[tokio::test]
async fn a_bearer_session_is_kept_shared_and_ended() {
    let server = server().await;
    let client = server.client();
    client
        .login()
        .body_map(|b| b.email("a@b.c").password("secret"))
        .await
        .unwrap();
    assert_eq!(client.session(), Some(Secret::from("t1")));

    client.clone().get_me().await.unwrap();
    assert_eq!(
        server.header(1, "authorization").as_deref(),
        Some("Bearer t1")
    );
    assert_eq!(server.header(1, "cookie").as_deref(), Some("flow=f1"));

    client.logout().await.unwrap();
    assert_eq!(client.session(), None);
    client.get_me().await.unwrap();
    assert_eq!(server.header(3, "authorization"), None);
}

#[tokio::test]
async fn a_cookie_session_is_kept_and_ended() {
    let server = server().await;
    let client = server
        .builder()
        .session_mode(SessionMode::Cookie)
        .build()
        .unwrap();
    client
        .login()
        .body_map(|b| b.email("a@b.c").password("secret"))
        .await
        .unwrap();
    assert_eq!(client.session(), Some(Secret::from("t1")));

    client.get_me().await.unwrap();
    let cookies = server.header(1, "cookie").unwrap();
    assert!(
        cookies.contains("session_id=t1") && cookies.contains("flow=f1"),
        "{cookies}"
    );
    assert_eq!(server.header(1, "authorization"), None);

    client.logout().await.unwrap();
    assert_eq!(client.session(), None);
}

#[tokio::test]
async fn a_session_from_elsewhere_is_used() {
    let server = server().await;
    let bearer = server.builder().session("old").build().unwrap();
    bearer.get_me().await.unwrap();
    assert_eq!(
        server.header(0, "authorization").as_deref(),
        Some("Bearer old")
    );

    let cookie = server
        .builder()
        .session_mode(SessionMode::Cookie)
        .session("old")
        .build()
        .unwrap();
    cookie.get_me().await.unwrap();
    assert_eq!(
        server.header(1, "cookie").as_deref(),
        Some("session_id=old")
    );
    cookie.set_session(None);
    assert_eq!(cookie.session(), None);
}
