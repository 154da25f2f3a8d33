//! Stored pictures. Whoever knows the key may see one, on any page; nobody can make a page of it.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use bytes::Bytes;
use contract::rt::Problem;
use futures::future::BoxFuture;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::documents::document;
use super::errors;

const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName =
    HeaderName::from_static("cross-origin-resource-policy");

/// Where the pictures are.
pub trait Pictures: Send + Sync + 'static {
    /// How long one may be kept.
    fn caching(&self) -> &'static str;

    /// The WebP of a key; none for what is not a key, too.
    fn get<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Bytes>, Problem>>;
}

/// Routes under /media.
pub fn routes(pictures: Arc<dyn Pictures>) -> Router {
    Router::new()
        .route("/media/{*key}", get(picture))
        .with_state(pictures)
}

async fn picture(
    State(pictures): State<Arc<dyn Pictures>>,
    Path(key): Path<String>,
    headers: HeaderMap,
) -> Response {
    let found = match pictures.get(&key).await {
        Ok(found) => found,
        Err(problem) => return problem.into_response(""),
    };
    let (Some(webp), Ok(etag)) = (found, HeaderValue::try_from(format!("\"{key}\""))) else {
        return errors::unknown_path().into_response("");
    };
    let mut response = if headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .any(|known| *known == etag)
    {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        document("image/webp", webp)
    };
    let sandbox = "default-src 'none'; sandbox";
    for (name, value) in [
        (CACHE_CONTROL, pictures.caching()),
        (CONTENT_SECURITY_POLICY, sandbox),
        (CROSS_ORIGIN_RESOURCE_POLICY, "cross-origin"),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response.headers_mut().insert(ETAG, etag);
    response
}
