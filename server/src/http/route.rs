//! Routes that are no operations: they tell their path by their response, for the log.

use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::middleware::{Next, from_fn};
use axum::response::Response;

/// A router whose responses tell their path.
pub fn named(router: Router) -> Router {
    router.route_layer(from_fn(
        async |path: Option<MatchedPath>, request: Request, next: Next| {
            name(next.run(request).await, path)
        },
    ))
}

/// A response that tells the path it comes from.
pub fn name(mut response: Response, path: Option<MatchedPath>) -> Response {
    if let Some(path) = path {
        response.extensions_mut().insert(path);
    }
    response
}
