//! Password sign-in, sessions and the email flows.

use axum::response::Response;

use crate::models;
use crate::rt::{self, *};

/// Password sign-in, sessions and the email flows.
pub trait Auth: Guard {
    /// Ask to change your email address.
    ///
    /// Always 202, whether the new address is taken or not. A link goes to the new address (15 minutes), a notice to the
    /// old one; nothing changes before the link is confirmed. `password` is needed where the account has one. The session of
    /// an unverified registration may use this to mend a typing error: the new address then gets the verification mail.
    ///
    /// `POST /v0/auth/change-email`, with a session (an unverified account's will do), rate limit `secret`
    ///
    /// # Errors
    /// - 400: `request:malformed`, `request:invalid`, `password:required`, `password:incorrect`, `email:unchanged`
    /// - 401: `auth:session_required`
    /// - 403: `csrf:cross_origin`, `session:reauthentication_required`
    /// - 408: `request:timeout`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn change_email(
        &self,
        context: RequestContext,
        session: Self::Session,
        body: models::ChangeEmailRequest,
    ) -> impl Future<Output = Result<ChangeEmailResponse, Self::Error>> + Send;

    /// Change your password.
    ///
    /// Keeps this session, with a new token in a new cookie, and ends the others; the owner is told by mail. An account
    /// without a password sets its first one without `current_password`, if the session is recently authenticated.
    ///
    /// `POST /v0/auth/change-password`, with a session, rate limit `secret`
    ///
    /// # Errors
    /// - 400: `request:malformed`, `request:invalid`, `password:required`, `password:incorrect`, `password:unchanged`, `password:too_weak`
    /// - 401: `auth:session_required`
    /// - 403: `csrf:cross_origin`, `user:not_verified`, `session:reauthentication_required`
    /// - 408: `request:timeout`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn change_password(
        &self,
        context: RequestContext,
        session: Self::Session,
        body: models::ChangePasswordRequest,
    ) -> impl Future<Output = Result<ChangePasswordResponse, Self::Error>> + Send;

    /// Confirm a new email address.
    ///
    /// Takes the token of the mail to the new address. Swaps the address, cancels open tokens to the old one, ends other
    /// sessions and tells the old address.
    ///
    /// `POST /v0/auth/confirm-email-change`, rate limit `token`
    ///
    /// # Errors
    /// - 400: `request:malformed`, `request:invalid`, `token:invalid`
    /// - 403: `csrf:cross_origin`
    /// - 408: `request:timeout`
    /// - 409: `user:email_already_exists`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn confirm_email_change(
        &self,
        context: RequestContext,
        body: models::ConfirmEmailChangeRequest,
    ) -> impl Future<Output = Result<ConfirmEmailChangeResponse, Self::Error>> + Send;

    /// Ask for a password reset mail.
    ///
    /// Always 202, whether the address has an account or not. The mail's token lives 15 minutes and works once. For an
    /// unverified registration the link proves the address as well.
    ///
    /// `POST /v0/auth/forgot-password`, rate limit `mail`
    ///
    /// # Errors
    /// - 400: `request:malformed`, `request:invalid`
    /// - 403: `csrf:cross_origin`
    /// - 408: `request:timeout`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn forgot_password(
        &self,
        context: RequestContext,
        body: models::ForgotPasswordRequest,
    ) -> impl Future<Output = Result<ForgotPasswordResponse, Self::Error>> + Send;

    /// List your sessions.
    ///
    /// All live sessions of the account, the most recently used first. There are at most as many as the server's
    /// configuration permits (100 by default): one more ends those that were not used for longest.
    ///
    /// `GET /v0/auth/sessions`, with a session
    ///
    /// # Errors
    /// - 401: `auth:session_required`
    /// - 403: `user:not_verified`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn list_sessions(
        &self,
        context: RequestContext,
        session: Self::Session,
    ) -> impl Future<Output = Result<ListSessionsResponse, Self::Error>> + Send;

    /// Sign in with email and password.
    ///
    /// Knows verified accounts only. A wrong password, an unknown address and an unverified address are the same 401,
    /// after the same work. Where the account has TOTP on, the outcome is `totp_required` with a single-use
    /// `temp_token` for `verify_totp` (5 minutes) and no cookie; else `authenticated`, with the cookie.
    /// Without `remember_me` the cookie ends with the browser.
    ///
    /// `POST /v0/auth/login`, rate limit `login`
    ///
    /// # Errors
    /// - 400: `request:malformed`, `request:invalid`
    /// - 401: `auth:invalid_credentials`
    /// - 403: `csrf:cross_origin`
    /// - 408: `request:timeout`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn login(
        &self,
        context: RequestContext,
        body: models::LoginRequest,
    ) -> impl Future<Output = Result<LoginResponse, Self::Error>> + Send;

    /// End this session.
    ///
    /// The session is gone at once on every instance, and the cookie is cleared.
    ///
    /// `POST /v0/auth/logout`, with a session (an unverified account's will do)
    ///
    /// # Errors
    /// - 401: `auth:session_required`
    /// - 403: `csrf:cross_origin`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn logout(
        &self,
        context: RequestContext,
        session: Self::Session,
    ) -> impl Future<Output = Result<LogoutResponse, Self::Error>> + Send;

    /// Prove again that it is you.
    ///
    /// Makes this session recently authenticated for 10 minutes, which sensitive operations ask for. Send exactly one of
    /// `password` and `totp_code` (the latter where TOTP is on; a backup code is not accepted here). The session's token
    /// is replaced: a new cookie comes back and the old value stops working. A fresh sign-in, by password or by a
    /// linked provider, has the same effect.
    ///
    /// `POST /v0/auth/reauthenticate`, with a session, rate limit `secret`
    ///
    /// # Errors
    /// - 400: `request:malformed`, `request:invalid`, `password:incorrect`, `totp:invalid_code`, `totp:not_enabled`
    /// - 401: `auth:session_required`
    /// - 403: `csrf:cross_origin`, `user:not_verified`
    /// - 408: `request:timeout`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn reauthenticate(
        &self,
        context: RequestContext,
        session: Self::Session,
        body: models::ReauthenticateRequest,
    ) -> impl Future<Output = Result<ReauthenticateResponse, Self::Error>> + Send;

    /// Send the verification mail again.
    ///
    /// For the session of an unverified registration. The earlier token stops working. Limited per account.
    ///
    /// `POST /v0/auth/resend-verification-email`, with a session (an unverified account's will do), rate limit `mail`
    ///
    /// # Errors
    /// - 400: `email:already_verified`
    /// - 401: `auth:session_required`
    /// - 403: `csrf:cross_origin`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn resend_verification_email(
        &self,
        context: RequestContext,
        session: Self::Session,
    ) -> impl Future<Output = Result<ResendVerificationEmailResponse, Self::Error>> + Send;

    /// Set a new password with a reset token.
    ///
    /// Ends all sessions, cancels pending sign-ins, other reset tokens and a pending email change, and tells the owner by
    /// mail. TOTP stays on. It signs nobody in.
    ///
    /// `POST /v0/auth/reset-password`, rate limit `token`
    ///
    /// # Errors
    /// - 400: `request:malformed`, `request:invalid`, `token:invalid`, `password:too_weak`
    /// - 403: `csrf:cross_origin`
    /// - 408: `request:timeout`
    /// - 409: `user:email_already_exists`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn reset_password(
        &self,
        context: RequestContext,
        body: models::ResetPasswordRequest,
    ) -> impl Future<Output = Result<ResetPasswordResponse, Self::Error>> + Send;

    /// End all your other sessions.
    ///
    /// This session stays. Takes effect at once on every instance.
    ///
    /// `POST /v0/auth/sessions/revoke-others`, with a session
    ///
    /// # Errors
    /// - 401: `auth:session_required`
    /// - 403: `csrf:cross_origin`, `user:not_verified`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn revoke_other_sessions(
        &self,
        context: RequestContext,
        session: Self::Session,
    ) -> impl Future<Output = Result<RevokeOtherSessionsResponse, Self::Error>> + Send;

    /// End one of your sessions.
    ///
    /// Takes effect at once on every instance. A session of somebody else looks nonexistent. Ending the current one clears the cookie.
    ///
    /// `DELETE /v0/auth/sessions/{session_id}`, with a session
    ///
    /// # Errors
    /// - 400: `request:invalid`
    /// - 401: `auth:session_required`
    /// - 403: `csrf:cross_origin`, `user:not_verified`
    /// - 404: `session:not_found`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn revoke_session(
        &self,
        context: RequestContext,
        session: Self::Session,
        path: RevokeSessionPath,
    ) -> impl Future<Output = Result<RevokeSessionResponse, Self::Error>> + Send;

    /// Prove an email address.
    ///
    /// Takes the token of the verification mail (24 hours, single use). Marks the account verified; a session held by
    /// that registration becomes a full one. If the address got an account meanwhile the answer is 409. It signs nobody in.
    ///
    /// `POST /v0/auth/verify-email`, rate limit `token`
    ///
    /// # Errors
    /// - 400: `request:malformed`, `request:invalid`, `token:invalid`
    /// - 403: `csrf:cross_origin`
    /// - 408: `request:timeout`
    /// - 409: `user:email_already_exists`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn verify_email(
        &self,
        context: RequestContext,
        body: models::VerifyEmailRequest,
    ) -> impl Future<Output = Result<VerifyEmailResponse, Self::Error>> + Send;
}

/// Answers of [`change_email`](Auth::change_email).
#[derive(Debug)]
#[must_use]
pub enum ChangeEmailResponse {
    /// 202: Accepted
    Accepted,
}

impl Answer for ChangeEmailResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Accepted => rt::empty(202),
        }
    }
}

/// Answers of [`change_password`](Auth::change_password).
#[derive(Debug)]
#[must_use]
pub enum ChangePasswordResponse {
    /// 204: No content
    NoContent,
}

impl Answer for ChangePasswordResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::NoContent => rt::empty(204),
        }
    }
}

/// Answers of [`confirm_email_change`](Auth::confirm_email_change).
#[derive(Debug)]
#[must_use]
pub enum ConfirmEmailChangeResponse {
    /// 204: No content
    NoContent,
}

impl Answer for ConfirmEmailChangeResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::NoContent => rt::empty(204),
        }
    }
}

/// Answers of [`forgot_password`](Auth::forgot_password).
#[derive(Debug)]
#[must_use]
pub enum ForgotPasswordResponse {
    /// 202: Accepted
    Accepted,
}

impl Answer for ForgotPasswordResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Accepted => rt::empty(202),
        }
    }
}

/// Answers of [`list_sessions`](Auth::list_sessions).
#[derive(Debug)]
#[must_use]
pub enum ListSessionsResponse {
    /// 200: Ok
    Ok(models::SessionList),
}

impl Answer for ListSessionsResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}

/// Answers of [`login`](Auth::login).
#[derive(Debug)]
#[must_use]
pub enum LoginResponse {
    /// 200: Ok
    Ok(models::SignInResult),
}

impl Answer for LoginResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}

/// Answers of [`logout`](Auth::logout).
#[derive(Debug)]
#[must_use]
pub enum LogoutResponse {
    /// 204: No content
    NoContent,
}

impl Answer for LogoutResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::NoContent => rt::empty(204),
        }
    }
}

/// Answers of [`reauthenticate`](Auth::reauthenticate).
#[derive(Debug)]
#[must_use]
pub enum ReauthenticateResponse {
    /// 204: No content
    NoContent,
}

impl Answer for ReauthenticateResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::NoContent => rt::empty(204),
        }
    }
}

/// Answers of [`resend_verification_email`](Auth::resend_verification_email).
#[derive(Debug)]
#[must_use]
pub enum ResendVerificationEmailResponse {
    /// 202: Accepted
    Accepted,
}

impl Answer for ResendVerificationEmailResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Accepted => rt::empty(202),
        }
    }
}

/// Answers of [`reset_password`](Auth::reset_password).
#[derive(Debug)]
#[must_use]
pub enum ResetPasswordResponse {
    /// 204: No content
    NoContent,
}

impl Answer for ResetPasswordResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::NoContent => rt::empty(204),
        }
    }
}

/// Answers of [`revoke_other_sessions`](Auth::revoke_other_sessions).
#[derive(Debug)]
#[must_use]
pub enum RevokeOtherSessionsResponse {
    /// 200: Ok
    Ok(models::RevokedSessions),
}

impl Answer for RevokeOtherSessionsResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}

/// Path parameters of [`revoke_session`](Auth::revoke_session).
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub struct RevokeSessionPath {
    /// Id of the session, from the list of sessions.
    pub session_id: uuid::Uuid,
}

impl Schema for RevokeSessionPath {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[Field::required(
            "session_id",
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

/// Answers of [`revoke_session`](Auth::revoke_session).
#[derive(Debug)]
#[must_use]
pub enum RevokeSessionResponse {
    /// 204: No content
    NoContent,
}

impl Answer for RevokeSessionResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::NoContent => rt::empty(204),
        }
    }
}

/// Answers of [`verify_email`](Auth::verify_email).
#[derive(Debug)]
#[must_use]
pub enum VerifyEmailResponse {
    /// 204: No content
    NoContent,
}

impl Answer for VerifyEmailResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::NoContent => rt::empty(204),
        }
    }
}
