//! The second factor, time-based one-time passwords (RFC 6238), with backup codes.

use axum::response::Response;

use crate::models;
use crate::rt::{self, *};

/// The second factor, time-based one-time passwords (RFC 6238), with backup codes.
pub trait Totp: Guard {
    /// Turn TOTP off.
    ///
    /// Asks for a TOTP code or a backup code and a recently authenticated session. Ends the other sessions; the owner is told by mail.
    ///
    /// `POST /v0/auth/totp/disable`, with a session, rate limit `secret`
    ///
    /// # Errors
    /// - 400: `request:malformed`, `request:invalid`, `totp:not_enabled`, `totp:invalid_code`
    /// - 401: `auth:session_required`
    /// - 403: `csrf:cross_origin`, `user:not_verified`, `session:reauthentication_required`
    /// - 408: `request:timeout`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn disable_totp(
        &self,
        context: RequestContext,
        session: Self::Session,
        body: models::TotpCodeRequest,
    ) -> impl Future<Output = Result<DisableTotpResponse, Self::Error>> + Send;

    /// Turn TOTP on.
    ///
    /// A current code of the pending setup turns TOTP on, ends the other sessions and answers 10 backup codes, shown this once.
    ///
    /// `POST /v0/auth/totp/enable`, with a session, rate limit `secret`
    ///
    /// # Errors
    /// - 400: `request:malformed`, `request:invalid`, `totp:setup_required`, `totp:invalid_code`
    /// - 401: `auth:session_required`
    /// - 403: `csrf:cross_origin`, `user:not_verified`
    /// - 408: `request:timeout`
    /// - 409: `totp:already_enabled`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn enable_totp(
        &self,
        context: RequestContext,
        session: Self::Session,
        body: models::EnableTotpRequest,
    ) -> impl Future<Output = Result<EnableTotpResponse, Self::Error>> + Send;

    /// Is TOTP on?.
    ///
    /// Whether TOTP is on, since when, and how many backup codes remain.
    ///
    /// `GET /v0/auth/totp/status`, with a session
    ///
    /// # Errors
    /// - 401: `auth:session_required`
    /// - 403: `user:not_verified`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn get_totp_status(
        &self,
        context: RequestContext,
        session: Self::Session,
    ) -> impl Future<Output = Result<GetTotpStatusResponse, Self::Error>> + Send;

    /// Make new backup codes.
    ///
    /// Asks for a TOTP code or a backup code and a recently authenticated session. The old codes stop working.
    ///
    /// `POST /v0/auth/totp/backup-codes/regenerate`, with a session, rate limit `secret`
    ///
    /// # Errors
    /// - 400: `request:malformed`, `request:invalid`, `totp:not_enabled`, `totp:invalid_code`
    /// - 401: `auth:session_required`
    /// - 403: `csrf:cross_origin`, `user:not_verified`, `session:reauthentication_required`
    /// - 408: `request:timeout`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn regenerate_backup_codes(
        &self,
        context: RequestContext,
        session: Self::Session,
        body: models::TotpCodeRequest,
    ) -> impl Future<Output = Result<RegenerateBackupCodesResponse, Self::Error>> + Send;

    /// Begin to set up TOTP.
    ///
    /// Answers a new secret; nothing is on until `enable_totp`. A second setup replaces the first; a setup expires after
    /// 10 minutes. Needs a recently authenticated session.
    ///
    /// `POST /v0/auth/totp/setup`, with a session, rate limit `secret`
    ///
    /// # Errors
    /// - 401: `auth:session_required`
    /// - 403: `csrf:cross_origin`, `user:not_verified`, `session:reauthentication_required`
    /// - 409: `totp:already_enabled`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn setup_totp(
        &self,
        context: RequestContext,
        session: Self::Session,
    ) -> impl Future<Output = Result<SetupTotpResponse, Self::Error>> + Send;

    /// Sign in with the second factor.
    ///
    /// Takes the `temp_token` of a sign-in and a TOTP code or a backup code. A code is accepted once, one step of clock
    /// difference is tolerated to each side, 5 wrong codes end the `temp_token`.
    ///
    /// `POST /v0/auth/totp/verify`, rate limit `secret`
    ///
    /// # Errors
    /// - 400: `request:malformed`, `request:invalid`, `token:invalid`, `totp:invalid_code`
    /// - 403: `csrf:cross_origin`
    /// - 408: `request:timeout`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn verify_totp(
        &self,
        context: RequestContext,
        body: models::VerifyTotpRequest,
    ) -> impl Future<Output = Result<VerifyTotpResponse, Self::Error>> + Send;
}

/// Answers of [`disable_totp`](Totp::disable_totp).
#[derive(Debug)]
#[must_use]
pub enum DisableTotpResponse {
    /// 204: No content
    NoContent,
}

impl Answer for DisableTotpResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::NoContent => rt::empty(204),
        }
    }
}

/// Answers of [`enable_totp`](Totp::enable_totp).
#[derive(Debug)]
#[must_use]
pub enum EnableTotpResponse {
    /// 200: Ok
    Ok(models::BackupCodes),
}

impl Answer for EnableTotpResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}

/// Answers of [`get_totp_status`](Totp::get_totp_status).
#[derive(Debug)]
#[must_use]
pub enum GetTotpStatusResponse {
    /// 200: Ok
    Ok(models::TotpStatus),
}

impl Answer for GetTotpStatusResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}

/// Answers of [`regenerate_backup_codes`](Totp::regenerate_backup_codes).
#[derive(Debug)]
#[must_use]
pub enum RegenerateBackupCodesResponse {
    /// 200: Ok
    Ok(models::BackupCodes),
}

impl Answer for RegenerateBackupCodesResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}

/// Answers of [`setup_totp`](Totp::setup_totp).
#[derive(Debug)]
#[must_use]
pub enum SetupTotpResponse {
    /// 200: Ok
    Ok(models::TotpSetup),
}

impl Answer for SetupTotpResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}

/// Answers of [`verify_totp`](Totp::verify_totp).
#[derive(Debug)]
#[must_use]
pub enum VerifyTotpResponse {
    /// 200: Ok
    Ok(models::SignInResult),
}

impl Answer for VerifyTotpResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}
