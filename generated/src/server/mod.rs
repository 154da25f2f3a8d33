//! The routes of the contract.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use axum::{Router, routing};

use crate::{apis, operations, rt};

/// Everything that the contract asks an implementation for.
pub trait Api:
    apis::action_logs::ActionLogs
    + apis::auth::Auth
    + apis::eventstream::Eventstream
    + apis::health::Health
    + apis::oauth::Oauth
    + apis::search::Search
    + apis::totp::Totp
    + apis::user::User
    + apis::users::Users
{
}

impl<A> Api for A where
    A: apis::action_logs::ActionLogs
        + apis::auth::Auth
        + apis::eventstream::Eventstream
        + apis::health::Health
        + apis::oauth::Oauth
        + apis::search::Search
        + apis::totp::Totp
        + apis::user::User
        + apis::users::Users
{
}

/// A router that answers the operations of the contract by `api`, and nothing else: layers and fallbacks are the
/// caller's.
pub fn new<A: Api>(api: Arc<A>) -> Router {
    Router::new()
        .merge(action_logs_routes())
        .merge(auth_routes())
        .merge(eventstream_routes())
        .merge(health_routes())
        .merge(oauth_routes())
        .merge(search_routes())
        .merge(totp_routes())
        .merge(user_routes())
        .merge(users_routes())
        .with_state(api)
}

/// The operations of the tag `action_logs`, for who implements no more than these.
pub fn action_logs_routes<A: apis::action_logs::ActionLogs>() -> Router<Arc<A>> {
    Router::new().route("/v0/action-logs", routing::get(list_action_logs::<A>))
}

/// The operations of the tag `auth`, for who implements no more than these.
pub fn auth_routes<A: apis::auth::Auth>() -> Router<Arc<A>> {
    Router::new()
        .route("/v0/auth/change-email", routing::post(change_email::<A>))
        .route(
            "/v0/auth/change-password",
            routing::post(change_password::<A>),
        )
        .route(
            "/v0/auth/confirm-email-change",
            routing::post(confirm_email_change::<A>),
        )
        .route(
            "/v0/auth/forgot-password",
            routing::post(forgot_password::<A>),
        )
        .route("/v0/auth/sessions", routing::get(list_sessions::<A>))
        .route("/v0/auth/login", routing::post(login::<A>))
        .route("/v0/auth/logout", routing::post(logout::<A>))
        .route(
            "/v0/auth/reauthenticate",
            routing::post(reauthenticate::<A>),
        )
        .route(
            "/v0/auth/resend-verification-email",
            routing::post(resend_verification_email::<A>),
        )
        .route(
            "/v0/auth/reset-password",
            routing::post(reset_password::<A>),
        )
        .route(
            "/v0/auth/sessions/revoke-others",
            routing::post(revoke_other_sessions::<A>),
        )
        .route(
            "/v0/auth/sessions/{session_id}",
            routing::delete(revoke_session::<A>),
        )
        .route("/v0/auth/verify-email", routing::post(verify_email::<A>))
}

/// The operations of the tag `eventstream`, for who implements no more than these.
pub fn eventstream_routes<A: apis::eventstream::Eventstream>() -> Router<Arc<A>> {
    Router::new().route("/v0/eventstream/actions", routing::get(stream_actions::<A>))
}

/// The operations of the tag `health`, for who implements no more than these.
pub fn health_routes<A: apis::health::Health>() -> Router<Arc<A>> {
    Router::new().route("/health-check", routing::get(health_check::<A>))
}

/// The operations of the tag `oauth`, for who implements no more than these.
pub fn oauth_routes<A: apis::oauth::Oauth>() -> Router<Arc<A>> {
    Router::new()
        .route(
            "/v0/auth/oauth/github/authorize",
            routing::get(authorize_github::<A>),
        )
        .route(
            "/v0/auth/oauth/google/authorize",
            routing::get(authorize_google::<A>),
        )
        .route(
            "/v0/auth/complete-signup",
            routing::post(complete_signup::<A>),
        )
        .route(
            "/v0/auth/oauth/github/link",
            routing::post(link_github::<A>),
        )
        .route(
            "/v0/auth/oauth/google/link",
            routing::post(link_google::<A>),
        )
        .route(
            "/v0/auth/oauth/connections",
            routing::get(list_oauth_connections::<A>),
        )
        .route(
            "/v0/auth/oauth/github/login",
            routing::post(login_with_github::<A>),
        )
        .route(
            "/v0/auth/oauth/google/login",
            routing::post(login_with_google::<A>),
        )
        .route(
            "/v0/auth/oauth/unlink",
            routing::post(unlink_oauth_connection::<A>),
        )
}

/// The operations of the tag `search`, for who implements no more than these.
pub fn search_routes<A: apis::search::Search>() -> Router<Arc<A>> {
    Router::new().route("/v0/search/users", routing::get(search_users::<A>))
}

/// The operations of the tag `totp`, for who implements no more than these.
pub fn totp_routes<A: apis::totp::Totp>() -> Router<Arc<A>> {
    Router::new()
        .route("/v0/auth/totp/disable", routing::post(disable_totp::<A>))
        .route("/v0/auth/totp/enable", routing::post(enable_totp::<A>))
        .route("/v0/auth/totp/status", routing::get(get_totp_status::<A>))
        .route(
            "/v0/auth/totp/backup-codes/regenerate",
            routing::post(regenerate_backup_codes::<A>),
        )
        .route("/v0/auth/totp/setup", routing::post(setup_totp::<A>))
        .route("/v0/auth/totp/verify", routing::post(verify_totp::<A>))
}

/// The operations of the tag `user`, for who implements no more than these.
pub fn user_routes<A: apis::user::User>() -> Router<Arc<A>> {
    Router::new()
        .route(
            "/v0/user/me/banner-image",
            routing::delete(delete_banner_image::<A>),
        )
        .route(
            "/v0/user/me/profile-image",
            routing::delete(delete_profile_image::<A>),
        )
        .route("/v0/user/me", routing::get(get_me::<A>))
        .route("/v0/user/me", routing::patch(update_me::<A>))
        .route(
            "/v0/user/me/banner-image",
            routing::post(upload_banner_image::<A>),
        )
        .route(
            "/v0/user/me/profile-image",
            routing::post(upload_profile_image::<A>),
        )
}

/// The operations of the tag `users`, for who implements no more than these.
pub fn users_routes<A: apis::users::Users>() -> Router<Arc<A>> {
    Router::new()
        .route(
            "/v0/users/handle/{handle}/available",
            routing::get(check_handle_availability::<A>),
        )
        .route("/v0/users", routing::post(create_user::<A>))
        .route(
            "/v0/users/profile",
            routing::get(get_profile_by_handle::<A>),
        )
        .route("/v0/users/profile/id", routing::get(get_profile_by_id::<A>))
}

async fn list_action_logs<A: apis::action_logs::ActionLogs>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::LIST_ACTION_LOGS,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let session = call.optional_session(&*api).await?;
            let query = call.query()?;
            let context = call.into_context();
            let answer =
                apis::action_logs::ActionLogs::list_action_logs(&*api, context, session, query);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn change_email<A: apis::auth::Auth>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(&operations::CHANGE_EMAIL, request, async move |mut call| {
        call.admit(&*api).await?;
        let session = call.session(&*api).await?;
        let body = call.json().await?;
        let context = call.into_context();
        let answer = apis::auth::Auth::change_email(&*api, context, session, body);
        rt::finish(answer.await)
    })
    .await
}

async fn change_password<A: apis::auth::Auth>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::CHANGE_PASSWORD,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let session = call.session(&*api).await?;
            let body = call.json().await?;
            let context = call.into_context();
            let answer = apis::auth::Auth::change_password(&*api, context, session, body);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn confirm_email_change<A: apis::auth::Auth>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::CONFIRM_EMAIL_CHANGE,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let body = call.json().await?;
            let context = call.into_context();
            let answer = apis::auth::Auth::confirm_email_change(&*api, context, body);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn forgot_password<A: apis::auth::Auth>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::FORGOT_PASSWORD,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let body = call.json().await?;
            let context = call.into_context();
            let answer = apis::auth::Auth::forgot_password(&*api, context, body);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn list_sessions<A: apis::auth::Auth>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::LIST_SESSIONS,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let session = call.session(&*api).await?;
            let context = call.into_context();
            let answer = apis::auth::Auth::list_sessions(&*api, context, session);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn login<A: apis::auth::Auth>(State(api): State<Arc<A>>, request: Request) -> Response {
    rt::answer(&operations::LOGIN, request, async move |mut call| {
        call.admit(&*api).await?;
        let body = call.json().await?;
        let context = call.into_context();
        let answer = apis::auth::Auth::login(&*api, context, body);
        rt::finish(answer.await)
    })
    .await
}

async fn logout<A: apis::auth::Auth>(State(api): State<Arc<A>>, request: Request) -> Response {
    rt::answer(&operations::LOGOUT, request, async move |mut call| {
        call.admit(&*api).await?;
        let session = call.session(&*api).await?;
        let context = call.into_context();
        let answer = apis::auth::Auth::logout(&*api, context, session);
        rt::finish(answer.await)
    })
    .await
}

async fn reauthenticate<A: apis::auth::Auth>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::REAUTHENTICATE,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let session = call.session(&*api).await?;
            let body = call.json().await?;
            let context = call.into_context();
            let answer = apis::auth::Auth::reauthenticate(&*api, context, session, body);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn resend_verification_email<A: apis::auth::Auth>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::RESEND_VERIFICATION_EMAIL,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let session = call.session(&*api).await?;
            let context = call.into_context();
            let answer = apis::auth::Auth::resend_verification_email(&*api, context, session);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn reset_password<A: apis::auth::Auth>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::RESET_PASSWORD,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let body = call.json().await?;
            let context = call.into_context();
            let answer = apis::auth::Auth::reset_password(&*api, context, body);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn revoke_other_sessions<A: apis::auth::Auth>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::REVOKE_OTHER_SESSIONS,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let session = call.session(&*api).await?;
            let context = call.into_context();
            let answer = apis::auth::Auth::revoke_other_sessions(&*api, context, session);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn revoke_session<A: apis::auth::Auth>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::REVOKE_SESSION,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let session = call.session(&*api).await?;
            let path = call.path().await?;
            let context = call.into_context();
            let answer = apis::auth::Auth::revoke_session(&*api, context, session, path);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn verify_email<A: apis::auth::Auth>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(&operations::VERIFY_EMAIL, request, async move |mut call| {
        call.admit(&*api).await?;
        let body = call.json().await?;
        let context = call.into_context();
        let answer = apis::auth::Auth::verify_email(&*api, context, body);
        rt::finish(answer.await)
    })
    .await
}

async fn stream_actions<A: apis::eventstream::Eventstream>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::STREAM_ACTIONS,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let query = call.query()?;
            let header = call.header()?;
            let context = call.into_context();
            let answer =
                apis::eventstream::Eventstream::stream_actions(&*api, context, query, header);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn health_check<A: apis::health::Health>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(&operations::HEALTH_CHECK, request, async move |mut call| {
        call.admit(&*api).await?;
        let query = call.query()?;
        let context = call.into_context();
        let answer = apis::health::Health::health_check(&*api, context, query);
        rt::finish(answer.await)
    })
    .await
}

async fn authorize_github<A: apis::oauth::Oauth>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::AUTHORIZE_GITHUB,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let session = call.optional_session(&*api).await?;
            let query = call.query()?;
            let context = call.into_context();
            let answer = apis::oauth::Oauth::authorize_github(&*api, context, session, query);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn authorize_google<A: apis::oauth::Oauth>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::AUTHORIZE_GOOGLE,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let session = call.optional_session(&*api).await?;
            let query = call.query()?;
            let context = call.into_context();
            let answer = apis::oauth::Oauth::authorize_google(&*api, context, session, query);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn complete_signup<A: apis::oauth::Oauth>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::COMPLETE_SIGNUP,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let body = call.json().await?;
            let context = call.into_context();
            let answer = apis::oauth::Oauth::complete_signup(&*api, context, body);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn link_github<A: apis::oauth::Oauth>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(&operations::LINK_GITHUB, request, async move |mut call| {
        call.admit(&*api).await?;
        let session = call.session(&*api).await?;
        let body = call.json().await?;
        let context = call.into_context();
        let answer = apis::oauth::Oauth::link_github(&*api, context, session, body);
        rt::finish(answer.await)
    })
    .await
}

async fn link_google<A: apis::oauth::Oauth>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(&operations::LINK_GOOGLE, request, async move |mut call| {
        call.admit(&*api).await?;
        let session = call.session(&*api).await?;
        let body = call.json().await?;
        let context = call.into_context();
        let answer = apis::oauth::Oauth::link_google(&*api, context, session, body);
        rt::finish(answer.await)
    })
    .await
}

async fn list_oauth_connections<A: apis::oauth::Oauth>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::LIST_OAUTH_CONNECTIONS,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let session = call.session(&*api).await?;
            let context = call.into_context();
            let answer = apis::oauth::Oauth::list_oauth_connections(&*api, context, session);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn login_with_github<A: apis::oauth::Oauth>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::LOGIN_WITH_GITHUB,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let body = call.json().await?;
            let context = call.into_context();
            let answer = apis::oauth::Oauth::login_with_github(&*api, context, body);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn login_with_google<A: apis::oauth::Oauth>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::LOGIN_WITH_GOOGLE,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let body = call.json().await?;
            let context = call.into_context();
            let answer = apis::oauth::Oauth::login_with_google(&*api, context, body);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn unlink_oauth_connection<A: apis::oauth::Oauth>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::UNLINK_OAUTH_CONNECTION,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let session = call.session(&*api).await?;
            let body = call.json().await?;
            let context = call.into_context();
            let answer = apis::oauth::Oauth::unlink_oauth_connection(&*api, context, session, body);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn search_users<A: apis::search::Search>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(&operations::SEARCH_USERS, request, async move |mut call| {
        call.admit(&*api).await?;
        let query = call.query()?;
        let context = call.into_context();
        let answer = apis::search::Search::search_users(&*api, context, query);
        rt::finish(answer.await)
    })
    .await
}

async fn disable_totp<A: apis::totp::Totp>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(&operations::DISABLE_TOTP, request, async move |mut call| {
        call.admit(&*api).await?;
        let session = call.session(&*api).await?;
        let body = call.json().await?;
        let context = call.into_context();
        let answer = apis::totp::Totp::disable_totp(&*api, context, session, body);
        rt::finish(answer.await)
    })
    .await
}

async fn enable_totp<A: apis::totp::Totp>(State(api): State<Arc<A>>, request: Request) -> Response {
    rt::answer(&operations::ENABLE_TOTP, request, async move |mut call| {
        call.admit(&*api).await?;
        let session = call.session(&*api).await?;
        let body = call.json().await?;
        let context = call.into_context();
        let answer = apis::totp::Totp::enable_totp(&*api, context, session, body);
        rt::finish(answer.await)
    })
    .await
}

async fn get_totp_status<A: apis::totp::Totp>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::GET_TOTP_STATUS,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let session = call.session(&*api).await?;
            let context = call.into_context();
            let answer = apis::totp::Totp::get_totp_status(&*api, context, session);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn regenerate_backup_codes<A: apis::totp::Totp>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::REGENERATE_BACKUP_CODES,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let session = call.session(&*api).await?;
            let body = call.json().await?;
            let context = call.into_context();
            let answer = apis::totp::Totp::regenerate_backup_codes(&*api, context, session, body);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn setup_totp<A: apis::totp::Totp>(State(api): State<Arc<A>>, request: Request) -> Response {
    rt::answer(&operations::SETUP_TOTP, request, async move |mut call| {
        call.admit(&*api).await?;
        let session = call.session(&*api).await?;
        let context = call.into_context();
        let answer = apis::totp::Totp::setup_totp(&*api, context, session);
        rt::finish(answer.await)
    })
    .await
}

async fn verify_totp<A: apis::totp::Totp>(State(api): State<Arc<A>>, request: Request) -> Response {
    rt::answer(&operations::VERIFY_TOTP, request, async move |mut call| {
        call.admit(&*api).await?;
        let body = call.json().await?;
        let context = call.into_context();
        let answer = apis::totp::Totp::verify_totp(&*api, context, body);
        rt::finish(answer.await)
    })
    .await
}

async fn delete_banner_image<A: apis::user::User>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::DELETE_BANNER_IMAGE,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let session = call.session(&*api).await?;
            let context = call.into_context();
            let answer = apis::user::User::delete_banner_image(&*api, context, session);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn delete_profile_image<A: apis::user::User>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::DELETE_PROFILE_IMAGE,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let session = call.session(&*api).await?;
            let context = call.into_context();
            let answer = apis::user::User::delete_profile_image(&*api, context, session);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn get_me<A: apis::user::User>(State(api): State<Arc<A>>, request: Request) -> Response {
    rt::answer(&operations::GET_ME, request, async move |mut call| {
        call.admit(&*api).await?;
        let session = call.session(&*api).await?;
        let context = call.into_context();
        let answer = apis::user::User::get_me(&*api, context, session);
        rt::finish(answer.await)
    })
    .await
}

async fn update_me<A: apis::user::User>(State(api): State<Arc<A>>, request: Request) -> Response {
    rt::answer(&operations::UPDATE_ME, request, async move |mut call| {
        call.admit(&*api).await?;
        let session = call.session(&*api).await?;
        let body = call.json().await?;
        let context = call.into_context();
        let answer = apis::user::User::update_me(&*api, context, session, body);
        rt::finish(answer.await)
    })
    .await
}

async fn upload_banner_image<A: apis::user::User>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::UPLOAD_BANNER_IMAGE,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let session = call.session(&*api).await?;
            let body = call.bytes().await?;
            let context = call.into_context();
            let answer = apis::user::User::upload_banner_image(&*api, context, session, body);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn upload_profile_image<A: apis::user::User>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::UPLOAD_PROFILE_IMAGE,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let session = call.session(&*api).await?;
            let body = call.bytes().await?;
            let context = call.into_context();
            let answer = apis::user::User::upload_profile_image(&*api, context, session, body);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn check_handle_availability<A: apis::users::Users>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::CHECK_HANDLE_AVAILABILITY,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let path = call.path().await?;
            let context = call.into_context();
            let answer = apis::users::Users::check_handle_availability(&*api, context, path);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn create_user<A: apis::users::Users>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(&operations::CREATE_USER, request, async move |mut call| {
        call.admit(&*api).await?;
        let body = call.json().await?;
        let context = call.into_context();
        let answer = apis::users::Users::create_user(&*api, context, body);
        rt::finish(answer.await)
    })
    .await
}

async fn get_profile_by_handle<A: apis::users::Users>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::GET_PROFILE_BY_HANDLE,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let query = call.query()?;
            let context = call.into_context();
            let answer = apis::users::Users::get_profile_by_handle(&*api, context, query);
            rt::finish(answer.await)
        },
    )
    .await
}

async fn get_profile_by_id<A: apis::users::Users>(
    State(api): State<Arc<A>>,
    request: Request,
) -> Response {
    rt::answer(
        &operations::GET_PROFILE_BY_ID,
        request,
        async move |mut call| {
            call.admit(&*api).await?;
            let query = call.query()?;
            let context = call.into_context();
            let answer = apis::users::Users::get_profile_by_id(&*api, context, query);
            rt::finish(answer.await)
        },
    )
    .await
}
