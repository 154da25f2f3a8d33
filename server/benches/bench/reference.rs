//! What is measured against: the same queries on the same database by hand, with axum and sqlx, and nothing else: no
//! limits, no log, no request ids, no validation, no headers, no contract.

use std::net::Ipv4Addr;

use anyhow::Result;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use axum::{Json, Router};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use sqlx::FromRow;
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use uuid::Uuid;

use super::server::announce;

/// The columns that Accord reads of a user; not all of them are shown.
#[derive(FromRow, Serialize)]
struct User {
    id: Uuid,
    handle: String,
    display_name: String,
    email: String,
    #[serde(skip)]
    #[sqlx(rename = "email_key")]
    _email_key: String,
    verified_at: Option<DateTime<Utc>>,
    #[serde(skip)]
    #[sqlx(rename = "password_hash")]
    _password_hash: Option<String>,
    bio: Option<String>,
    profile_image: Option<String>,
    banner_image: Option<String>,
    #[serde(skip)]
    #[sqlx(rename = "disabled_at")]
    _disabled_at: Option<DateTime<Utc>>,
    totp_enabled_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

/// A session with its user.
#[derive(FromRow)]
struct Caller {
    #[sqlx(rename = "session_id")]
    _session_id: Uuid,
    #[sqlx(rename = "persistent")]
    _persistent: bool,
    #[sqlx(rename = "last_used_at")]
    _last_used_at: DateTime<Utc>,
    #[sqlx(rename = "authenticated_at")]
    _authenticated_at: DateTime<Utc>,
    #[sqlx(rename = "expires_at")]
    _expires_at: DateTime<Utc>,
    #[sqlx(flatten)]
    user: User,
}

/// An entry of the action log.
#[derive(FromRow, Serialize)]
struct Action {
    #[serde(skip)]
    #[sqlx(rename = "position")]
    _position: i64,
    id: Uuid,
    action: String,
    actor_id: Option<Uuid>,
    resource_type: String,
    resource_id: Option<Uuid>,
    #[serde(skip)]
    #[sqlx(rename = "public")]
    _public: bool,
    data: String,
    #[serde(skip)]
    #[sqlx(rename = "private_data")]
    _private_data: Option<String>,
    #[serde(skip)]
    #[sqlx(rename = "request_id")]
    _request_id: String,
    created_at: DateTime<Utc>,
}

#[derive(Deserialize)]
struct Change {
    bio: String,
}

/// Serves until it is killed.
pub fn serve(url: &str) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let router = match url.starts_with("sqlite:") {
            true => {
                let options = url
                    .parse::<SqliteConnectOptions>()?
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full);
                let readers = SqlitePoolOptions::new()
                    .max_connections(16)
                    .test_before_acquire(false)
                    .connect_with(options.clone())
                    .await?;
                let writer = SqlitePoolOptions::new()
                    .max_connections(1)
                    .test_before_acquire(false)
                    .connect_with(options)
                    .await?;
                sqlite::router(readers, writer)
            }
            false => {
                let pool = PgPoolOptions::new()
                    .max_connections(16)
                    .test_before_acquire(false)
                    .connect(url)
                    .await?;
                postgres::router(pool.clone(), pool)
            }
        };
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        announce(listener.local_addr()?);
        Ok(axum::serve(listener, router).await?)
    })
}

fn failed<E>(_: E) -> StatusCode {
    StatusCode::INTERNAL_SERVER_ERROR
}

fn parameter(query: Option<String>, name: &str) -> Option<String> {
    let query = query?;
    let mut all = url::form_urlencoded::parse(query.as_bytes());
    all.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
}

fn token_hash(headers: &HeaderMap) -> Option<Vec<u8>> {
    let cookie = headers.get("cookie")?.to_str().ok()?;
    let token = cookie.strip_prefix("session_id=")?;
    let token = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?;
    Some(Sha256::digest(token).to_vec())
}

/// The handlers, once for each driver.
macro_rules! handlers {
    ($module:ident, $database:ty, $begin:literal) => {
        mod $module {
            use super::*;

            #[derive(Clone)]
            struct Pools {
                reads: sqlx::Pool<$database>,
                writes: sqlx::Pool<$database>,
            }

            pub fn router(reads: sqlx::Pool<$database>, writes: sqlx::Pool<$database>) -> Router {
                Router::new()
                    .route("/health-check", get(health))
                    .route("/v0/user/me", get(me).patch(update))
                    .route("/v0/users/profile", get(profile))
                    .route("/v0/users/handle/{handle}/available", get(available))
                    .route("/v0/action-logs", get(actions))
                    .with_state(Pools { reads, writes })
            }

            async fn health() -> Json<Value> {
                Json(json!({ "status": "ok", "version": "1" }))
            }

            async fn caller(pools: &Pools, headers: &HeaderMap) -> Result<User, StatusCode> {
                let hash = token_hash(headers).ok_or(StatusCode::UNAUTHORIZED)?;
                let caller = sqlx::query_as::<_, Caller>(
                    "SELECT s.id AS session_id, s.persistent, s.last_used_at, s.authenticated_at, \
                     s.expires_at, u.id, u.handle, u.display_name, u.email, u.email_key, u.verified_at, \
                     u.password_hash, u.bio, u.profile_image, u.banner_image, u.disabled_at, \
                     u.totp_enabled_at, u.created_at, u.updated_at \
                     FROM sessions s JOIN users u ON u.id = s.user_id \
                     WHERE s.token_hash = $1 AND s.idle_expires_at > $2 AND u.disabled_at IS NULL",
                )
                .bind(hash)
                .bind(Utc::now())
                .fetch_optional(&pools.reads)
                .await
                .map_err(failed)?;
                caller.map(|caller| caller.user).ok_or(StatusCode::UNAUTHORIZED)
            }

            async fn me(
                State(pools): State<Pools>,
                headers: HeaderMap,
            ) -> Result<Json<User>, StatusCode> {
                caller(&pools, &headers).await.map(Json)
            }

            async fn profile(
                State(pools): State<Pools>,
                RawQuery(query): RawQuery,
            ) -> Result<Json<User>, StatusCode> {
                let handle = parameter(query, "handle").ok_or(StatusCode::BAD_REQUEST)?;
                sqlx::query_as::<_, User>(
                    "SELECT id, handle, display_name, email, email_key, verified_at, password_hash, bio, \
                     profile_image, banner_image, disabled_at, totp_enabled_at, created_at, \
                     updated_at FROM users \
                     WHERE handle_key = $1 AND verified_at IS NOT NULL AND disabled_at IS NULL",
                )
                .bind(handle.to_lowercase())
                .fetch_optional(&pools.reads)
                .await
                .map_err(failed)?
                .map(Json)
                .ok_or(StatusCode::NOT_FOUND)
            }

            async fn available(
                State(pools): State<Pools>,
                axum::extract::Path(handle): axum::extract::Path<String>,
            ) -> Result<Json<Value>, StatusCode> {
                let row: Option<(i64,)> = sqlx::query_as(
                    "SELECT CAST(1 AS bigint) FROM users \
                     WHERE handle_key = $1 AND (verified_at IS NOT NULL OR created_at > $2)",
                )
                .bind(handle.to_lowercase())
                .bind(Utc::now())
                .fetch_optional(&pools.reads)
                .await
                .map_err(failed)?;
                Ok(Json(json!({ "available": row.is_none() })))
            }

            async fn actions(
                State(pools): State<Pools>,
                RawQuery(query): RawQuery,
            ) -> Result<Json<Value>, StatusCode> {
                let limit: i64 = parameter(query, "limit")
                    .and_then(|limit| limit.parse().ok())
                    .ok_or(StatusCode::BAD_REQUEST)?;
                let actions = sqlx::query_as::<_, Action>(
                    "SELECT position, id, action, actor_id, resource_type, resource_id, public, data, \
                     private_data, request_id, created_at FROM action_logs WHERE public = $1 ORDER BY position DESC LIMIT $2",
                )
                .bind(true)
                .bind(limit)
                .fetch_all(&pools.reads)
                .await
                .map_err(failed)?;
                Ok(Json(json!({ "items": actions })))
            }

            async fn update(
                State(pools): State<Pools>,
                headers: HeaderMap,
                Json(change): Json<Change>,
            ) -> Result<Json<User>, StatusCode> {
                let user = caller(&pools, &headers).await?;
                let mut tx = pools.writes.begin_with($begin).await.map_err(failed)?;
                let user = sqlx::query_as::<_, User>(
                    "UPDATE users SET bio = $1, updated_at = $2 WHERE id = $3 \
                     RETURNING id, handle, display_name, email, email_key, verified_at, password_hash, bio, \
                     profile_image, banner_image, disabled_at, totp_enabled_at, created_at, \
                     updated_at",
                )
                .bind(&change.bio)
                .bind(Utc::now())
                .bind(user.id)
                .fetch_one(&mut *tx)
                .await
                .map_err(failed)?;
                sqlx::query(
                    "UPDATE action_clock SET position = position + 1 WHERE id = 1",
                )
                .execute(&mut *tx)
                .await
                .map_err(failed)?;
                sqlx::query(
                    "INSERT INTO action_logs (position, id, action, actor_id, resource_type, \
                     resource_id, public, data, request_id, created_at) \
                     SELECT position, $1, $2, $3, $4, $3, $5, $6, $7, $8 FROM action_clock",
                )
                .bind(Uuid::now_v7())
                .bind("user:edit")
                .bind(user.id)
                .bind("user")
                .bind(true)
                .bind(json!({ "handle": user.handle, "fields": ["bio"] }).to_string())
                .bind("measured")
                .bind(Utc::now())
                .execute(&mut *tx)
                .await
                .map_err(failed)?;
                tx.commit().await.map_err(failed)?;
                Ok(Json(user))
            }
        }
    };
}

handlers!(sqlite, sqlx::Sqlite, "BEGIN IMMEDIATE");
handlers!(postgres, sqlx::Postgres, "BEGIN");
