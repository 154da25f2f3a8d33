//! The contract as this server keeps it, and Swagger UI to read it with. All of it is in the binary.

mod limits;

use std::sync::Arc;

use anyhow::Context as _;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use bytes::Bytes;
use contract::rt::Problem;
use serde_norway::Value;
use tokio::sync::OnceCell;

use super::documents::{self, document, file};
use super::error_reference;
use crate::config::{Config, RateLimits};

macro_rules! asset {
    ($path:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/", $path))
    };
}

const CONTRACT: &str = include_str!("../../../openapi.yaml");
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

/// What is different from server to server.
#[derive(Clone, Debug)]
struct Place {
    url: String,
    session_cookie: String,
    rate_limits: RateLimits,
}

/// The contract, for this server.
#[derive(Debug)]
struct Published {
    yaml: Bytes,
    json: Bytes,
    /// The page of error codes.
    errors: Bytes,
}

/// Routes of /docs, /swagger.json and /openapi.yaml.
pub fn routes(config: &Config) -> Router {
    let place = Place {
        url: config
            .public_url()
            .as_str()
            .trim_end_matches('/')
            .to_owned(),
        session_cookie: config.session_cookie(),
        rate_limits: config.rate_limits.clone(),
    };
    // Made when first asked for: most starts are never asked.
    let published = Arc::new(OnceCell::new());
    let made = move |show: fn(&Published) -> Response| {
        let (place, published) = (place.clone(), published.clone());
        get(move || async move {
            let made = published.get_or_try_init(|| publish_aside(place)).await;
            made.map_or_else(refuse, show)
        })
    };
    let page = || async { documents::page(documents::PAGE, &asset!("docs/index.html")[..]) };
    Router::new()
        .route("/docs", get(page))
        .route("/docs/", get(page))
        .route(
            error_reference::PATH,
            made(|made| documents::page(documents::PAGE, made.errors.clone())),
        )
        .route(
            "/docs/errors.css",
            get(|| async { file(STYLE, asset!("docs/errors.css")) }),
        )
        .route(
            "/docs/init.js",
            get(|| async { file(SCRIPT, asset!("docs/init.js")) }),
        )
        .route(
            "/docs/swagger-ui-bundle.js",
            get(|| async { file(SCRIPT, asset!("swagger-ui/swagger-ui-bundle.js")) }),
        )
        .route(
            "/docs/swagger-ui.css",
            get(|| async { file(STYLE, asset!("swagger-ui/swagger-ui.css")) }),
        )
        .route(
            "/openapi.yaml",
            made(|made| document("application/yaml", made.yaml.clone())),
        )
        .route(
            "/swagger.json",
            made(|made| document("application/json", made.json.clone())),
        )
}

fn refuse(error: anyhow::Error) -> Response {
    Problem::internal()
        .with_details(format!("{error:#}"))
        .into_response("")
}

/// A contract of this size is not parsed on a thread that serves requests.
async fn publish_aside(place: Place) -> anyhow::Result<Published> {
    tokio::task::spawn_blocking(move || publish(&place)).await?
}

fn publish(place: &Place) -> anyhow::Result<Published> {
    let mut contract: Value = serde_norway::from_str(CONTRACT)?;
    let server = [
        (Value::from("url"), Value::from(place.url.as_str())),
        (Value::from("description"), Value::from("This server")),
    ];
    let server = Value::Mapping(server.into_iter().collect());
    *at(&mut contract, &["servers"])? = Value::Sequence(vec![server]);
    let cookie = ["components", "securitySchemes", "cookieAuth", "name"];
    *at(&mut contract, &cookie)? = Value::from(place.session_cookie.as_str());
    let description = at(&mut contract, &["info", "description"])?;
    let written = description.as_str().unwrap_or_default();
    *description = Value::from(written.to_owned() + &limits::section(&place.rate_limits));
    let errors = error_reference::page(&serde_json::to_value(&contract)?)?;
    Ok(Published {
        errors: errors.into(),
        yaml: serde_norway::to_string(&contract)?.into(),
        json: serde_json::to_vec(&contract)?.into(),
    })
}

fn at<'v>(value: &'v mut Value, path: &[&str]) -> anyhow::Result<&'v mut Value> {
    path.iter().try_fold(value, |value, name| {
        value
            .get_mut(*name)
            .with_context(|| format!("the contract has no {name}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contract_names_this_server_and_its_cookie() {
        let place = Place {
            url: "https://api.example".into(),
            session_cookie: "__Host-session_id".into(),
            rate_limits: RateLimits::default(),
        };
        let made = publish(&place).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&made.json).unwrap();
        let yaml: serde_json::Value = serde_norway::from_slice(&made.yaml).unwrap();
        assert_eq!(json, yaml);
        assert_eq!(json["servers"][0]["url"], "https://api.example");
        let cookie = &json["components"]["securitySchemes"]["cookieAuth"];
        assert_eq!(cookie["name"], "__Host-session_id");
        let limits = "\n| login | 30 in 5m | 10 in 5m |\n";
        let description = &json["info"]["description"];
        assert!(description.as_str().unwrap().contains(limits));
        // Nothing else has changed, the order of the paths included.
        let mut original: serde_json::Value = serde_norway::from_str(CONTRACT).unwrap();
        let written = original["info"]["description"].as_str().unwrap();
        assert!(description.as_str().unwrap().starts_with(written));
        original["info"] = json["info"].clone();
        original["servers"] = json["servers"].clone();
        original["components"]["securitySchemes"]["cookieAuth"] = cookie.clone();
        assert_eq!(json, original);
        let text = String::from_utf8(made.json.to_vec()).unwrap();
        let order = [
            "\"openapi\"",
            "/health-check",
            "/v0/auth/login",
            "\"components\"",
        ];
        let places = order.map(|part| text.find(part).unwrap());
        assert!(places.is_sorted(), "{places:?}");
    }
}
