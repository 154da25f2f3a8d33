//! The endpoints.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use contract_tests::prelude::*;

use super::id_token::public_key;
use super::{Fake, Mood, Person, lock, random};
use crate::oauth::trip::Provider;

pub fn router(fake: &Fake) -> Router {
    Router::new()
        .route("/.well-known/openid-configuration", get(discovery))
        .route("/keys", get(keys))
        .route("/token", post(google_token))
        .route("/login/oauth/access_token", post(github_token))
        .route("/user", get(github_user))
        .route("/user/emails", get(github_emails))
        .with_state(fake.clone())
        .layer(axum::middleware::from_fn_with_state(fake.clone(), note))
}

async fn note(
    State(fake): State<Fake>,
    request: Request,
    next: axum::middleware::Next,
) -> Response {
    let call = format!("{} {}", request.method(), request.uri().path());
    lock(&fake.0.calls).push(call);
    next.run(request).await
}

/// The answer of a mood, or nothing when it is well.
async fn answer(mood: Mood) -> Option<Response> {
    let json = [(header::CONTENT_TYPE, "application/json")];
    Some(match mood {
        Mood::Well => return None,
        Mood::Status(status) => {
            let status = StatusCode::from_u16(status).expect("a status");
            (status, json, r#"{"error":"server_error"}"#).into_response()
        }
        Mood::Hangs => std::future::pending().await,
        Mood::Says(text) => (json, text).into_response(),
        Mood::Huge => (json, "x".repeat(10 << 20)).into_response(),
        Mood::Endless => {
            let chunk = || Ok::<_, std::io::Error>(bytes::Bytes::from(vec![b' '; 64 << 10]));
            let chunks = futures::stream::iter((0..160).map(move |_| chunk()));
            (json, axum::body::Body::from_stream(chunks)).into_response()
        }
        Mood::Redirects(to) => {
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response()
        }
    })
}

fn refuse(error: &str) -> Response {
    (
        StatusCode::BAD_REQUEST,
        axum::Json(json!({ "error": error })),
    )
        .into_response()
}

async fn discovery(State(fake): State<Fake>) -> Response {
    let (mood, issuer) = {
        let settings = lock(&fake.0.settings);
        (settings.discovery.clone(), settings.issuer.clone())
    };
    if let Some(answer) = answer(mood).await {
        return answer;
    }
    let url = fake.url();
    axum::Json(json!({
        "issuer": issuer.unwrap_or_else(|| url.clone()),
        "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
        "jwks_uri": format!("{url}/keys"),
        "response_types_supported": ["code", "token", "id_token", "none"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }))
    .into_response()
}

async fn keys(State(fake): State<Fake>) -> Response {
    let (mood, kid) = {
        let settings = lock(&fake.0.settings);
        (settings.keys.clone(), settings.key_id)
    };
    if let Some(answer) = answer(mood).await {
        return answer;
    }
    axum::Json(json!({ "keys": [public_key(kid.unwrap_or("one"))] })).into_response()
}

async fn google_token(State(fake): State<Fake>, form: String) -> Response {
    let mood = lock(&fake.0.settings).token.clone();
    if let Some(answer) = answer(mood).await {
        return answer;
    }
    let grant = match fake.redeem(Provider::Google, &form) {
        Ok(grant) => grant,
        Err(error) => return refuse(error),
    };
    let mut tokens = json!({
        "access_token": random(), "expires_in": 3599, "token_type": "Bearer",
        "scope": "openid https://www.googleapis.com/auth/userinfo.email",
    });
    if let Some(token) = fake.id_token(&grant) {
        tokens["id_token"] = json!(token);
    }
    let known = ["access_token", "id_token"].iter();
    let known = known.filter_map(|name| tokens[*name].as_str().map(str::to_owned));
    lock(&fake.0.tokens).extend(known);
    axum::Json(tokens).into_response()
}

/// GitHub reports errors with status 200.
async fn github_token(State(fake): State<Fake>, headers: HeaderMap, form: String) -> Response {
    let mood = lock(&fake.0.settings).token.clone();
    if let Some(answer) = answer(mood).await {
        return answer;
    }
    assert_eq!(headers[header::ACCEPT], "application/json");
    let grant = match fake.redeem(Provider::Github, &form) {
        Ok(grant) => grant,
        Err(_) => {
            let error = json!({
                "error": "bad_verification_code",
                "error_description": "The code passed is incorrect or expired.",
                "error_uri": "https://docs.github.com/apps/oauth",
            });
            return axum::Json(error).into_response();
        }
    };
    let token = format!("gho_{}", random());
    lock(&fake.0.people).insert(token.clone(), grant.person);
    lock(&fake.0.tokens).push(token.clone());
    axum::Json(
        json!({ "access_token": token, "scope": "read:user,user:email", "token_type": "bearer" }),
    )
    .into_response()
}

/// The person of an API request, as GitHub wants it to be.
fn person(fake: &Fake, headers: &HeaderMap) -> Result<Person, Box<Response>> {
    let refused = |status: StatusCode, message: &str| {
        Err(Box::new(
            (status, axum::Json(json!({ "message": message }))).into_response(),
        ))
    };
    if !headers.contains_key(header::USER_AGENT) {
        return refused(
            StatusCode::FORBIDDEN,
            "Request forbidden by administrative rules.",
        );
    }
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let token = token.and_then(|value| value.strip_prefix("Bearer "));
    match token.and_then(|token| lock(&fake.0.people).get(token).cloned()) {
        Some(person) => Ok(person),
        None => refused(StatusCode::UNAUTHORIZED, "Bad credentials"),
    }
}

async fn github_user(State(fake): State<Fake>, headers: HeaderMap) -> Response {
    let mood = lock(&fake.0.settings).api.clone();
    if let Some(answer) = answer(mood).await {
        return answer;
    }
    match person(&fake, &headers) {
        Err(refused) => *refused,
        Ok(person) => axum::Json(json!({
            "login": person.login,
            "id": person.id.parse::<u64>().expect("GitHub's ids are numbers"),
            "node_id": "MDQ6VXNlcjE=",
            "avatar_url": *lock(&fake.0.avatar),
            "type": "User",
            "name": person.name,
            // What somebody typed, and nothing to go by.
            "email": "typed@example.org",
        }))
        .into_response(),
    }
}

async fn github_emails(State(fake): State<Fake>, uri: Uri, headers: HeaderMap) -> Response {
    let person = match person(&fake, &headers) {
        Err(refused) => return *refused,
        Ok(person) => person,
    };
    let mut query = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let page = query.find(|(name, _)| name == "page");
    let page: usize = page.map_or(1, |(_, page)| page.parse().expect("a number"));
    let pages = person.pages();
    let Some(addresses) = pages.get(page - 1) else {
        return axum::Json(json!([])).into_response();
    };
    let mut response = axum::Json(addresses).into_response();
    if page < pages.len() {
        let link = format!(
            "<{}{}?page={}>; rel=\"next\"",
            fake.url(),
            uri.path(),
            page + 1
        );
        let link = link.parse().expect("a header");
        response.headers_mut().insert(header::LINK, link);
    }
    response
}
