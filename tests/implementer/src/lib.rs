//! The tag `users` of the contract, in memory, on the generated crate alone: nothing of the Accord server is in here.
//!
//! What the contract says of a request (bounds, formats, required fields, content types, sessions) holds already when
//! a method is called; what is left to write is what happens.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::Request;
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::{Extension, Router};
use chrono::{DateTime, Utc};
use contract::apis::users::*;
use contract::models::{
    CreateUserRequest, CurrentUser, HandleAvailability, HandleUnavailableReason, PublicUser,
};
use contract::rt::{Arrival, Credential, Guard, Problem, RequestContext};
use uuid::{Builder, Uuid};

/// Everybody who registered.
#[derive(Debug)]
pub struct InMemory {
    users: Mutex<Vec<CurrentUser>>,
    now: fn() -> DateTime<Utc>,
}

impl InMemory {
    /// Nobody yet. Time is an argument.
    pub fn new(now: fn() -> DateTime<Utc>) -> Self {
        Self {
            users: Mutex::default(),
            now,
        }
    }

    /// The routes of the tag, each request named, and the refusal of every other path.
    pub fn router(self) -> Router {
        let (now, count) = (self.now, Arc::new(AtomicUsize::new(0)));
        let named = move |mut request: Request, next: Next| {
            let id = id(now(), count.fetch_add(1, Ordering::Relaxed)).to_string();
            async move {
                request.extensions_mut().insert(Arrival {
                    request_id: id.as_str().into(),
                    ..Arrival::default()
                });
                let mut response = next.run(request).await;
                let id = HeaderValue::from_str(&id).expect("a UUID is ASCII");
                response.headers_mut().insert("x-request-id", id);
                response
            }
        };
        let unknown = async |Extension(arrival): Extension<Arrival>| {
            Problem::new(404, "request:unknown_path").into_response(&arrival.request_id)
        };
        contract::server::users_routes()
            .with_state(Arc::new(self))
            .fallback(unknown)
            .layer(axum::middleware::from_fn(named))
    }

    fn users(&self) -> MutexGuard<'_, Vec<CurrentUser>> {
        self.users.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, is: impl Fn(&CurrentUser) -> bool) -> Result<PublicUser, Problem> {
        let users = self.users();
        let user = users.iter().find(|user| is(user));
        user.map(public)
            .ok_or_else(|| Problem::new(404, "user:not_found"))
    }

    fn has(&self, handle: &str) -> bool {
        self.find(|user| user.handle.eq_ignore_ascii_case(handle))
            .is_ok()
    }
}

fn public(user: &CurrentUser) -> PublicUser {
    PublicUser {
        id: user.id,
        handle: user.handle.clone(),
        display_name: user.display_name.clone(),
        bio: user.bio.clone(),
        profile_image_url: user.profile_image_url.clone(),
        banner_image_url: user.banner_image_url.clone(),
        created_at: user.created_at,
    }
}

/// Nobody signs in here, and everybody may ask.
impl Guard for InMemory {
    type Session = ();
    type Error = Problem;

    async fn admit(&self, _: &RequestContext) -> Result<(), Problem> {
        Ok(())
    }

    async fn authenticate(&self, _: &RequestContext, _: Credential) -> Result<(), Problem> {
        Err(Problem::session_required())
    }
}

impl Users for InMemory {
    async fn create_user(
        &self,
        _: RequestContext,
        body: CreateUserRequest,
    ) -> Result<CreateUserResponse, Problem> {
        if self.has(&body.handle) {
            return Err(Problem::new(409, "user:handle_already_exists"));
        }
        let (mut users, now) = (self.users(), (self.now)());
        let user = CurrentUser {
            id: id(now, users.len()),
            display_name: body.display_name.unwrap_or_else(|| body.handle.clone()),
            handle: body.handle,
            email: body.email,
            email_verified: false,
            bio: None,
            profile_image_url: None,
            banner_image_url: None,
            has_password: true,
            totp_enabled: false,
            created_at: now,
            updated_at: now,
        };
        users.push(user.clone());
        Ok(CreateUserResponse::Created(user))
    }

    async fn get_profile_by_handle(
        &self,
        _: RequestContext,
        query: GetProfileByHandleQuery,
    ) -> Result<GetProfileByHandleResponse, Problem> {
        let user = self.find(|user| user.handle.eq_ignore_ascii_case(&query.handle));
        user.map(GetProfileByHandleResponse::Ok)
    }

    async fn get_profile_by_id(
        &self,
        _: RequestContext,
        query: GetProfileByIdQuery,
    ) -> Result<GetProfileByIdResponse, Problem> {
        let user = self.find(|user| user.id == query.user_id);
        user.map(GetProfileByIdResponse::Ok)
    }

    async fn check_handle_availability(
        &self,
        _: RequestContext,
        path: CheckHandleAvailabilityPath,
    ) -> Result<CheckHandleAvailabilityResponse, Problem> {
        let taken = self.has(&path.handle);
        Ok(CheckHandleAvailabilityResponse::Ok(HandleAvailability {
            available: !taken,
            reason: taken.then_some(HandleUnavailableReason::Taken),
            handle: path.handle,
        }))
    }
}

/// Of version 7; the count makes it unique.
fn id(now: DateTime<Utc>, count: usize) -> Uuid {
    let mut rest = [0; 10];
    rest[2..].copy_from_slice(&count.to_be_bytes());
    Builder::from_unix_timestamp_millis(now.timestamp_millis().unsigned_abs(), &rest).into_uuid()
}
