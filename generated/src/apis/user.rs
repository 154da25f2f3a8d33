//! The signed-in user's own profile and pictures.

use axum::response::Response;

use crate::models;
use crate::rt::{self, *};

/// The signed-in user's own profile and pictures.
pub trait User: Guard {
    /// Remove your banner image.
    ///
    /// Also answers 204 where there is none.
    ///
    /// `DELETE /v0/user/me/banner-image`, with a session
    ///
    /// # Errors
    /// - 401: `auth:session_required`
    /// - 403: `csrf:cross_origin`, `user:not_verified`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn delete_banner_image(
        &self,
        context: RequestContext,
        session: Self::Session,
    ) -> impl Future<Output = Result<DeleteBannerImageResponse, Self::Error>> + Send;

    /// Remove your profile image.
    ///
    /// Also answers 204 where there is none.
    ///
    /// `DELETE /v0/user/me/profile-image`, with a session
    ///
    /// # Errors
    /// - 401: `auth:session_required`
    /// - 403: `csrf:cross_origin`, `user:not_verified`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn delete_profile_image(
        &self,
        context: RequestContext,
        session: Self::Session,
    ) -> impl Future<Output = Result<DeleteProfileImageResponse, Self::Error>> + Send;

    /// Read your own profile.
    ///
    /// Works for unverified registrations, too.
    ///
    /// `GET /v0/user/me`, with a session (an unverified account's will do)
    ///
    /// # Errors
    /// - 401: `auth:session_required`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn get_me(
        &self,
        context: RequestContext,
        session: Self::Session,
    ) -> impl Future<Output = Result<GetMeResponse, Self::Error>> + Send;

    /// Change your own profile.
    ///
    /// Changes what is present. A field that is absent stays; `null` clears it (`display_name` cannot be cleared).
    ///
    /// `PATCH /v0/user/me`, with a session
    ///
    /// # Errors
    /// - 400: `request:malformed`, `request:invalid`
    /// - 401: `auth:session_required`
    /// - 403: `csrf:cross_origin`, `user:not_verified`
    /// - 408: `request:timeout`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn update_me(
        &self,
        context: RequestContext,
        session: Self::Session,
        body: models::UpdateMeRequest,
    ) -> impl Future<Output = Result<UpdateMeResponse, Self::Error>> + Send;

    /// Set your banner image.
    ///
    /// The file's bytes are the body. PNG, JPEG, WebP and GIF (its first frame), told by content; at most 8 MiB and 40 megapixels.
    /// The picture is turned upright, stripped of metadata, cropped to cover 1500×500 and stored as WebP. The former one is removed.
    ///
    /// `POST /v0/user/me/banner-image`, with a session, rate limit `upload`
    ///
    /// # Errors
    /// - 400: `file:unsupported_type`, `file:unreadable`, `file:dimensions_too_large`
    /// - 401: `auth:session_required`
    /// - 403: `csrf:cross_origin`, `user:not_verified`
    /// - 408: `request:timeout`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn upload_banner_image(
        &self,
        context: RequestContext,
        session: Self::Session,
        body: Bytes,
    ) -> impl Future<Output = Result<UploadBannerImageResponse, Self::Error>> + Send;

    /// Set your profile image.
    ///
    /// The file's bytes are the body. PNG, JPEG, WebP and GIF (its first frame), told by content; at most 8 MiB and 40 megapixels.
    /// The picture is turned upright, stripped of metadata, cropped to cover 512×512 and stored as WebP. The former one is removed.
    ///
    /// `POST /v0/user/me/profile-image`, with a session, rate limit `upload`
    ///
    /// # Errors
    /// - 400: `file:unsupported_type`, `file:unreadable`, `file:dimensions_too_large`
    /// - 401: `auth:session_required`
    /// - 403: `csrf:cross_origin`, `user:not_verified`
    /// - 408: `request:timeout`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn upload_profile_image(
        &self,
        context: RequestContext,
        session: Self::Session,
        body: Bytes,
    ) -> impl Future<Output = Result<UploadProfileImageResponse, Self::Error>> + Send;
}

/// Answers of [`delete_banner_image`](User::delete_banner_image).
#[derive(Debug)]
#[must_use]
pub enum DeleteBannerImageResponse {
    /// 204: No content
    NoContent,
}

impl Answer for DeleteBannerImageResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::NoContent => rt::empty(204),
        }
    }
}

/// Answers of [`delete_profile_image`](User::delete_profile_image).
#[derive(Debug)]
#[must_use]
pub enum DeleteProfileImageResponse {
    /// 204: No content
    NoContent,
}

impl Answer for DeleteProfileImageResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::NoContent => rt::empty(204),
        }
    }
}

/// Answers of [`get_me`](User::get_me).
#[derive(Debug)]
#[must_use]
pub enum GetMeResponse {
    /// 200: Ok
    Ok(models::CurrentUser),
}

impl Answer for GetMeResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}

/// Answers of [`update_me`](User::update_me).
#[derive(Debug)]
#[must_use]
pub enum UpdateMeResponse {
    /// 200: Ok
    Ok(models::CurrentUser),
}

impl Answer for UpdateMeResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}

/// Answers of [`upload_banner_image`](User::upload_banner_image).
#[derive(Debug)]
#[must_use]
pub enum UploadBannerImageResponse {
    /// 200: Ok
    Ok(models::StoredImage),
}

impl Answer for UploadBannerImageResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}

/// Answers of [`upload_profile_image`](User::upload_profile_image).
#[derive(Debug)]
#[must_use]
pub enum UploadProfileImageResponse {
    /// 200: Ok
    Ok(models::StoredImage),
}

impl Answer for UploadProfileImageResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}
