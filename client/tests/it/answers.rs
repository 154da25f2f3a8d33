use std::time::Duration;

use accord_client::errors::{GetMeError, LoginError, UploadProfileImageError};
use accord_client::types::ErrorCode;
use accord_client::{OperationError, TransportError};

use crate::{ME, Server, json, problem, respond};

async fn login(server: &Server) -> LoginError {
    let client = server.client();
    let login = client.login();
    login
        .body_map(|b| b.email("a@b.c").password("secret"))
        .await
        .unwrap_err()
}

#[tokio::test]
async fn a_code_of_the_contract_is_a_variant() {
    let server =
        Server::start(|_, _| problem(429, "rate_limit:exceeded", &[("retry-after", "7")])).await;
    let LoginError::RateLimitExceeded(problem) = login(&server).await else {
        panic!()
    };
    assert_eq!(problem.retry_after, Some(Duration::from_secs(7)));
    assert_eq!(problem.request_id, "request-1");
    assert_eq!(
        problem.to_string(),
        "429 rate_limit:exceeded [request request-1]"
    );
}

#[tokio::test]
async fn the_fields_are_named() {
    let server = Server::start(|_, _| {
        json(
            400,
            r#"{"status":400,"code":"request:invalid","request_id":"request-1",
                "errors":[{"field":"email","code":"format","message":"not an email address"}]}"#,
        )
    })
    .await;
    let LoginError::RequestInvalid(problem) = login(&server).await else {
        panic!()
    };
    assert_eq!(problem.field("email").next().unwrap().code, "format");
    assert_eq!(problem.field("password").count(), 0);
}

#[tokio::test]
async fn a_code_that_the_operation_does_not_list_is_unknown() {
    for (status, code) in [
        (418, "tea:pot"),
        (404, "user:not_found"),
        (400, "auth:invalid_credentials"),
    ] {
        let server = Server::start(move |_, _| problem(status, code, &[])).await;
        let error = login(&server).await;
        assert!(
            matches!(&error, LoginError::Unknown(problem) if problem.code == ErrorCode::from(code)),
            "{error}"
        );
        assert_eq!(error.problem().unwrap().status, status);
    }
}

#[tokio::test]
async fn an_answer_of_a_proxy_is_no_problem_of_the_server() {
    let server = Server::start(|_, _| {
        respond(
            502,
            &[("content-type", "text/html")],
            "<h1>Bad gateway</h1>",
        )
    })
    .await;
    let LoginError::Transport(TransportError::Http(error)) = login(&server).await else {
        panic!()
    };
    assert_eq!(error.status().unwrap(), 502);
}

#[tokio::test]
async fn an_answer_of_another_shape_is_unreadable() {
    let server = Server::start(|_, _| json(200, r#"{"status":5}"#)).await;
    assert!(matches!(
        login(&server).await,
        LoginError::Transport(TransportError::Unreadable(_))
    ));
    let server = Server::start(|_, _| respond(302, &[("location", "/elsewhere")], "")).await;
    assert!(matches!(
        login(&server).await,
        LoginError::Transport(TransportError::Status(_))
    ));
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn an_endless_answer_is_cut_off() {
    let server = Server::start(|_, _| respond(200, &[], vec![b' '; 9 << 20])).await;
    assert!(matches!(
        server.client().get_me().await,
        Err(GetMeError::Transport(TransportError::Http(_)))
    ));
}

#[tokio::test]
async fn nothing_is_sent_when_something_is_missing() {
    let server = Server::start(|_, _| json(200, ME)).await;
    let error = server
        .client()
        .login()
        .body_map(|b| b.email("a@b.c"))
        .await
        .unwrap_err();
    assert!(matches!(
        error,
        LoginError::Transport(TransportError::Request(_))
    ));
    let error = server.client().upload_profile_image().await.unwrap_err();
    assert!(matches!(
        error,
        UploadProfileImageError::Transport(TransportError::Request(_))
    ));
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn errors_have_something_in_common() {
    async fn code_of<E: OperationError>(error: E) -> (&'static str, String) {
        (E::OPERATION, error.code().unwrap().to_string())
    }
    let server = Server::start(|_, _| problem(401, "auth:invalid_credentials", &[])).await;
    let error = login(&server).await;
    assert_eq!(
        error.to_string(),
        "login: 401 auth:invalid_credentials [request request-1]"
    );
    assert_eq!(
        code_of(error).await,
        ("login", "auth:invalid_credentials".into())
    );
}

#[tokio::test]
async fn send_gives_status_and_headers() {
    let server = Server::start(|_, _| json(200, ME)).await;
    let response = server.client().get_me().send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.handle, "ada_l");

    let server = Server::start(|_, _| problem(401, "auth:session_required", &[])).await;
    let error: GetMeError = server.client().get_me().send().await.unwrap_err().into();
    assert!(matches!(error, GetMeError::AuthSessionRequired(_)));
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_given_up() {
    let server = Server::start(|_, _| {
        let never = futures::stream::pending::<Result<Vec<u8>, std::io::Error>>();
        respond(200, &[], axum::body::Body::from_stream(never))
    })
    .await;
    let client = server
        .builder()
        .timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    let Err(GetMeError::Transport(TransportError::Http(error))) = client.get_me().await else {
        panic!()
    };
    assert!(error.is_timeout(), "{error:?}");
}

#[test]
fn only_http_urls_are_servers() {
    for url in [
        "",
        "accounts.example.com",
        "ftp://example.com",
        "http://",
        "http://example.com/?a=b",
    ] {
        assert!(accord_client::Client::connect(url).is_err(), "{url}");
    }
    assert!(accord_client::Client::connect("https://example.com/accounts/").is_ok());
}
