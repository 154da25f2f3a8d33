//! Sign-in with Google and GitHub, and the identities linked to an account.

use axum::response::Response;

use crate::models;
use crate::rt::{self, *};

/// Sign-in with Google and GitHub, and the identities linked to an account.
pub trait Oauth: Guard {
    /// Begin a sign-in or a link with GitHub.
    ///
    /// Answers the URL to send the browser to, with a single-use `state` (10 minutes) and PKCE (S256), bound to this
    /// browser by a cookie and to the flow. `flow=link` needs a recently authenticated session.
    ///
    /// `GET /v0/auth/oauth/github/authorize`, with or without a session, rate limit `oauth`
    ///
    /// # Errors
    /// - 400: `request:invalid`
    /// - 401: `auth:session_required`
    /// - 403: `user:not_verified`, `session:reauthentication_required`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `oauth:provider_not_configured`, `system:unavailable`, `system:overloaded`
    fn authorize_github(
        &self,
        context: RequestContext,
        session: Option<Self::Session>,
        query: AuthorizeGithubQuery,
    ) -> impl Future<Output = Result<AuthorizeGithubResponse, Self::Error>> + Send;

    /// Begin a sign-in or a link with Google.
    ///
    /// Answers the URL to send the browser to, with a single-use `state` (10 minutes) and PKCE (S256), bound to this
    /// browser by a cookie and to the flow. `flow=link` needs a recently authenticated session.
    ///
    /// `GET /v0/auth/oauth/google/authorize`, with or without a session, rate limit `oauth`
    ///
    /// # Errors
    /// - 400: `request:invalid`
    /// - 401: `auth:session_required`
    /// - 403: `user:not_verified`, `session:reauthentication_required`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 502: `oauth:provider_unavailable`
    /// - 503: `oauth:provider_not_configured`, `system:unavailable`, `system:overloaded`
    /// - 504: `oauth:provider_unavailable`
    fn authorize_google(
        &self,
        context: RequestContext,
        session: Option<Self::Session>,
        query: AuthorizeGoogleQuery,
    ) -> impl Future<Output = Result<AuthorizeGoogleResponse, Self::Error>> + Send;

    /// Finish a sign-up that began at a provider.
    ///
    /// Takes the `pending_token` of an OAuth sign-in (10 minutes, single use, bound to the browser that started it) and a
    /// handle. The account is created verified, linked and signed in. The address comes from the provider alone.
    ///
    /// `POST /v0/auth/complete-signup`, rate limit `oauth`
    ///
    /// # Errors
    /// - 400: `request:malformed`, `request:invalid`, `token:invalid`, `user:handle_reserved`
    /// - 403: `csrf:cross_origin`
    /// - 408: `request:timeout`
    /// - 409: `user:handle_already_exists`, `oauth:email_already_exists`, `oauth:account_already_linked`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn complete_signup(
        &self,
        context: RequestContext,
        body: models::CompleteSignupRequest,
    ) -> impl Future<Output = Result<CompleteSignupResponse, Self::Error>> + Send;

    /// Link a GitHub identity.
    ///
    /// Needs a recently authenticated session, the one that began the flow. The owner is told by mail.
    ///
    /// `POST /v0/auth/oauth/github/link`, with a session, rate limit `oauth`
    ///
    /// # Errors
    /// - 400: `request:malformed`, `request:invalid`, `oauth:invalid_state`, `oauth:invalid_code`
    /// - 401: `auth:session_required`
    /// - 403: `csrf:cross_origin`, `user:not_verified`, `session:reauthentication_required`
    /// - 408: `request:timeout`
    /// - 409: `oauth:account_already_linked`, `oauth:provider_already_linked`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 502: `oauth:provider_unavailable`
    /// - 503: `oauth:provider_not_configured`, `system:unavailable`, `system:overloaded`
    /// - 504: `oauth:provider_unavailable`
    fn link_github(
        &self,
        context: RequestContext,
        session: Self::Session,
        body: models::OauthLinkRequest,
    ) -> impl Future<Output = Result<LinkGithubResponse, Self::Error>> + Send;

    /// Link a Google identity.
    ///
    /// Needs a recently authenticated session, the one that began the flow. The owner is told by mail.
    ///
    /// `POST /v0/auth/oauth/google/link`, with a session, rate limit `oauth`
    ///
    /// # Errors
    /// - 400: `request:malformed`, `request:invalid`, `oauth:invalid_state`, `oauth:invalid_code`, `oauth:invalid_id_token`
    /// - 401: `auth:session_required`
    /// - 403: `csrf:cross_origin`, `user:not_verified`, `session:reauthentication_required`
    /// - 408: `request:timeout`
    /// - 409: `oauth:account_already_linked`, `oauth:provider_already_linked`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 502: `oauth:provider_unavailable`
    /// - 503: `oauth:provider_not_configured`, `system:unavailable`, `system:overloaded`
    /// - 504: `oauth:provider_unavailable`
    fn link_google(
        &self,
        context: RequestContext,
        session: Self::Session,
        body: models::OauthLinkRequest,
    ) -> impl Future<Output = Result<LinkGoogleResponse, Self::Error>> + Send;

    /// List your linked identities.
    ///
    /// At most one identity per provider.
    ///
    /// `GET /v0/auth/oauth/connections`, with a session
    ///
    /// # Errors
    /// - 401: `auth:session_required`
    /// - 403: `user:not_verified`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn list_oauth_connections(
        &self,
        context: RequestContext,
        session: Self::Session,
    ) -> impl Future<Output = Result<ListOauthConnectionsResponse, Self::Error>> + Send;

    /// Sign in with GitHub.
    ///
    /// Takes the `code` and `state` that GitHub handed to the redirect URI. A known identity signs in (TOTP is still asked
    /// for where it is on); a new one answers `signup_required` with a `pending_token` for `complete_signup`. An
    /// identity whose address belongs to an account is never linked by the address alone: 409 (sign in, then link).
    ///
    /// `POST /v0/auth/oauth/github/login`, rate limit `oauth`
    ///
    /// # Errors
    /// - 400: `request:malformed`, `request:invalid`, `oauth:invalid_state`, `oauth:invalid_code`, `oauth:email_not_verified`
    /// - 403: `csrf:cross_origin`
    /// - 408: `request:timeout`
    /// - 409: `oauth:email_already_exists`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 502: `oauth:provider_unavailable`
    /// - 503: `oauth:provider_not_configured`, `system:unavailable`, `system:overloaded`
    /// - 504: `oauth:provider_unavailable`
    fn login_with_github(
        &self,
        context: RequestContext,
        body: models::OauthLoginRequest,
    ) -> impl Future<Output = Result<LoginWithGithubResponse, Self::Error>> + Send;

    /// Sign in with Google.
    ///
    /// Takes the `code` and `state` that Google handed to the redirect URI. A known identity signs in (TOTP is still asked
    /// for where it is on); a new one answers `signup_required` with a `pending_token` for `complete_signup`. An
    /// identity whose address belongs to an account is never linked by the address alone: 409 (sign in, then link).
    ///
    /// `POST /v0/auth/oauth/google/login`, rate limit `oauth`
    ///
    /// # Errors
    /// - 400: `request:malformed`, `request:invalid`, `oauth:invalid_state`, `oauth:invalid_code`, `oauth:invalid_id_token`, `oauth:email_not_verified`
    /// - 403: `csrf:cross_origin`
    /// - 408: `request:timeout`
    /// - 409: `oauth:email_already_exists`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 429: `rate_limit:exceeded`
    /// - 500: `system:internal`
    /// - 502: `oauth:provider_unavailable`
    /// - 503: `oauth:provider_not_configured`, `system:unavailable`, `system:overloaded`
    /// - 504: `oauth:provider_unavailable`
    fn login_with_google(
        &self,
        context: RequestContext,
        body: models::OauthLoginRequest,
    ) -> impl Future<Output = Result<LoginWithGoogleResponse, Self::Error>> + Send;

    /// Unlink an identity.
    ///
    /// Needs a recently authenticated session. The last way to sign in cannot be removed. The owner is told by mail.
    ///
    /// `POST /v0/auth/oauth/unlink`, with a session
    ///
    /// # Errors
    /// - 400: `request:malformed`, `request:invalid`, `oauth:cannot_unlink_last_connection`
    /// - 401: `auth:session_required`
    /// - 403: `csrf:cross_origin`, `user:not_verified`, `session:reauthentication_required`
    /// - 404: `oauth:connection_not_found`
    /// - 408: `request:timeout`
    /// - 413: `request:body_too_large`
    /// - 415: `request:unsupported_media_type`
    /// - 500: `system:internal`
    /// - 503: `system:unavailable`, `system:overloaded`
    fn unlink_oauth_connection(
        &self,
        context: RequestContext,
        session: Self::Session,
        body: models::UnlinkOauthRequest,
    ) -> impl Future<Output = Result<UnlinkOauthConnectionResponse, Self::Error>> + Send;
}

/// Query parameters of [`authorize_github`](Oauth::authorize_github).
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub struct AuthorizeGithubQuery {
    /// What the authorization is for.
    pub flow: models::OauthFlow,
}

impl Schema for AuthorizeGithubQuery {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[Field::optional("flow", <models::OauthFlow as Schema>::RULE)
            .with_default(DefaultValue::Text("login"))],
        ..Object::OPEN
    });
}

/// Answers of [`authorize_github`](Oauth::authorize_github).
#[derive(Debug)]
#[must_use]
pub enum AuthorizeGithubResponse {
    /// 200: Ok
    Ok(models::OauthAuthorization),
}

impl Answer for AuthorizeGithubResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}

/// Query parameters of [`authorize_google`](Oauth::authorize_google).
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub struct AuthorizeGoogleQuery {
    /// What the authorization is for.
    pub flow: models::OauthFlow,
}

impl Schema for AuthorizeGoogleQuery {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[Field::optional("flow", <models::OauthFlow as Schema>::RULE)
            .with_default(DefaultValue::Text("login"))],
        ..Object::OPEN
    });
}

/// Answers of [`authorize_google`](Oauth::authorize_google).
#[derive(Debug)]
#[must_use]
pub enum AuthorizeGoogleResponse {
    /// 200: Ok
    Ok(models::OauthAuthorization),
}

impl Answer for AuthorizeGoogleResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}

/// Answers of [`complete_signup`](Oauth::complete_signup).
#[derive(Debug)]
#[must_use]
pub enum CompleteSignupResponse {
    /// 201: Created
    Created(models::SignInResult),
}

impl Answer for CompleteSignupResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Created(body) => rt::json(201, &body),
        }
    }
}

/// Answers of [`link_github`](Oauth::link_github).
#[derive(Debug)]
#[must_use]
pub enum LinkGithubResponse {
    /// 200: Ok
    Ok(models::OauthConnection),
}

impl Answer for LinkGithubResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}

/// Answers of [`link_google`](Oauth::link_google).
#[derive(Debug)]
#[must_use]
pub enum LinkGoogleResponse {
    /// 200: Ok
    Ok(models::OauthConnection),
}

impl Answer for LinkGoogleResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}

/// Answers of [`list_oauth_connections`](Oauth::list_oauth_connections).
#[derive(Debug)]
#[must_use]
pub enum ListOauthConnectionsResponse {
    /// 200: Ok
    Ok(models::OauthConnectionList),
}

impl Answer for ListOauthConnectionsResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}

/// Answers of [`login_with_github`](Oauth::login_with_github).
#[derive(Debug)]
#[must_use]
pub enum LoginWithGithubResponse {
    /// 200: Ok
    Ok(models::SignInResult),
}

impl Answer for LoginWithGithubResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}

/// Answers of [`login_with_google`](Oauth::login_with_google).
#[derive(Debug)]
#[must_use]
pub enum LoginWithGoogleResponse {
    /// 200: Ok
    Ok(models::SignInResult),
}

impl Answer for LoginWithGoogleResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::Ok(body) => rt::json(200, &body),
        }
    }
}

/// Answers of [`unlink_oauth_connection`](Oauth::unlink_oauth_connection).
#[derive(Debug)]
#[must_use]
pub enum UnlinkOauthConnectionResponse {
    /// 204: No content
    NoContent,
}

impl Answer for UnlinkOauthConnectionResponse {
    fn into_response(self) -> Result<Response, Problem> {
        match self {
            Self::NoContent => rt::empty(204),
        }
    }
}
