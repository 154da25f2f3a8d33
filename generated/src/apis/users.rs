//! Registration and public profiles.

use axum::response::Response;

use crate::models;
use crate::rt::{self, *};

/// Registration and public profiles.
pub trait Users: Guard {
    /// Is a handle free?.
    ///
    /// Says whether the handle can be registered now, and why not.
    ///
    /// `GET /v0/users/handle/{handle}/available`, rate limit `lookup`
    ///
    /// # Errors
    /// - 400: `request:invalid`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn check_handle_availability(
        &self,
        context: RequestContext,
        path: CheckHandleAvailabilityPath,
    ) -> impl Future<Output = Result<CheckHandleAvailabilityResponse, Self::Error>> + Send;

    /// Register.
    ///
    /// Answers alike for a free and for a taken address: the new, unverified user and a session limited to `get_me`, `logout`,
    /// `resend_verification_email` and `change_email`; any other session operation answers 403 `user:not_verified`. The
    /// mail that goes out carries the verification link or, where the address has an account, says so. The handle is
    /// reserved for 24 hours; the address is reserved by nobody until it is proven.
    ///
    /// `POST /v0/users`, rate limit `register`
    ///
    /// # Errors
    /// - 400: `request:malformed`, `request:invalid`, `user:handle_reserved`, `password:too_weak`
    /// - 403: `csrf:cross_origin`
    /// - 408: `request:timeout`
    /// - 409: `user:handle_already_exists`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn create_user(
        &self,
        context: RequestContext,
        body: models::CreateUserRequest,
    ) -> impl Future<Output = Result<CreateUserResponse, Self::Error>> + Send;

    /// Read a profile by handle.
    ///
    /// The public profile of a verified user; the handle's case does not matter.
    ///
    /// `GET /v0/users/profile`, rate limit `lookup`
    ///
    /// # Errors
    /// - 400: `request:invalid`
    /// - 404: `user:not_found`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn get_profile_by_handle(
        &self,
        context: RequestContext,
        query: GetProfileByHandleQuery,
    ) -> impl Future<Output = Result<GetProfileByHandleResponse, Self::Error>> + Send;

    /// Read a profile by id.
    ///
    /// The public profile of a verified user.
    ///
    /// `GET /v0/users/profile/id`, rate limit `lookup`
    ///
    /// # Errors
    /// - 400: `request:invalid`
    /// - 404: `user:not_found`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn get_profile_by_id(
        &self,
        context: RequestContext,
        query: GetProfileByIdQuery,
    ) -> impl Future<Output = Result<GetProfileByIdResponse, Self::Error>> + Send;
}

/// Path parameters of [`check_handle_availability`](Users::check_handle_availability).
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub struct CheckHandleAvailabilityPath {
    /// The wished handle, of any form; one that breaks the rules is answered with the reason `invalid`.
    pub handle: String,
}

impl Schema for CheckHandleAvailabilityPath {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[Field::required(
            "handle",
            &Rule::Text(Text {
                min: 1,
                max: 64,
                ..Text::ANY
            }),
        )],
        ..Object::OPEN
    });
}

/// Answers of [`check_handle_availability`](Users::check_handle_availability).
#[derive(Debug)]
#[must_use]
pub enum CheckHandleAvailabilityResponse {
    /// 200: Ok
    Ok(models::HandleAvailability),
}

impl Answer for CheckHandleAvailabilityResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}

/// Answers of [`create_user`](Users::create_user).
#[derive(Debug)]
#[must_use]
pub enum CreateUserResponse {
    /// 201: Created
    Created(models::CurrentUser),
}

impl Answer for CreateUserResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Created(body) => rt::json(201, &body),
        }
    }
}

/// Query parameters of [`get_profile_by_handle`](Users::get_profile_by_handle).
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub struct GetProfileByHandleQuery {
    /// Handle of the user.
    pub handle: String,
}

impl Schema for GetProfileByHandleQuery {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[Field::required(
            "handle",
            &Rule::Text(Text {
                min: 4,
                max: 15,
                pattern: rt::pattern!("^[A-Za-z0-9][A-Za-z0-9_]*[A-Za-z0-9]$"),
                ..Text::ANY
            }),
        )],
        ..Object::OPEN
    });
}

/// Answers of [`get_profile_by_handle`](Users::get_profile_by_handle).
#[derive(Debug)]
#[must_use]
pub enum GetProfileByHandleResponse {
    /// 200: Ok
    Ok(models::PublicUser),
}

impl Answer for GetProfileByHandleResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}

/// Query parameters of [`get_profile_by_id`](Users::get_profile_by_id).
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub struct GetProfileByIdQuery {
    /// Id of the user.
    pub user_id: uuid::Uuid,
}

impl Schema for GetProfileByIdQuery {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[Field::required(
            "user_id",
            &Rule::Text(Text {
                min: 36,
                max: 36,
                format: Some(Format::Uuid),
                ..Text::ANY
            }),
        )],
        ..Object::OPEN
    });
}

/// Answers of [`get_profile_by_id`](Users::get_profile_by_id).
#[derive(Debug)]
#[must_use]
pub enum GetProfileByIdResponse {
    /// 200: Ok
    Ok(models::PublicUser),
}

impl Answer for GetProfileByIdResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}
