//! Everything that can go wrong, by its stable code. No HTTP here: `api/error.rs` knows statuses.

use std::borrow::Cow;
use std::time::Duration;

use crate::store;

/// The result of domain functions.
pub type Result<T, E = Error> = std::result::Result<T, E>;

type Source = Box<dyn std::error::Error + Send + Sync + 'static>;

/// What the domain refuses or fails at. `Display` is text for developers, never a promise;
/// [`Error::code`] is the promise.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    // The request.
    /// Fields that no rule of the contract could judge alone.
    #[error("the request is not valid")]
    Invalid(Vec<FieldError>),
    /// Too many requests or guesses.
    #[error("too many requests")]
    RateLimited(RateLimit),

    // Sessions and signing in.
    #[error("a session is required")]
    SessionRequired,
    #[error("the session belongs to an account that is not verified")]
    NotVerified,
    #[error("the session was not authenticated recently")]
    ReauthenticationRequired,
    #[error("no such session")]
    SessionNotFound,
    #[error("wrong email or password")]
    InvalidCredentials,
    #[error("the token is unknown, used or expired")]
    TokenInvalid,

    // Accounts.
    #[error("no such user")]
    UserNotFound,
    #[error("the handle is taken")]
    HandleExists,
    #[error("the handle is reserved")]
    HandleReserved,
    #[error("the email belongs to an account")]
    EmailExists,
    #[error("the email is the current one")]
    EmailUnchanged,
    #[error("the email is verified already")]
    EmailAlreadyVerified,
    #[error("the password is too weak: {}", .0.code())]
    PasswordTooWeak(WeakPassword),
    #[error("the current password is wrong")]
    PasswordIncorrect,
    #[error("the current password is missing")]
    PasswordRequired,
    #[error("the password is the current one")]
    PasswordUnchanged,

    // OAuth.
    #[error("the provider is not configured")]
    OauthProviderNotConfigured,
    /// The provider cannot be reached, answers with an error, or with nonsense.
    #[error("the provider is not available: {source}")]
    OauthProviderUnavailable {
        /// It took too long, rather than answering badly.
        timed_out: bool,
        source: Source,
    },
    #[error("the state is unknown, used, expired or of another browser")]
    OauthInvalidState,
    #[error("the provider refuses the code")]
    OauthInvalidCode,
    #[error("the ID token is not valid")]
    OauthInvalidIdToken,
    #[error("the provider has no verified email for the identity")]
    OauthEmailNotVerified,
    #[error("the email of the identity belongs to an account")]
    OauthEmailExists,
    #[error("the identity is linked to an account")]
    OauthAccountAlreadyLinked,
    #[error("the account has an identity of this provider")]
    OauthProviderAlreadyLinked,
    #[error("it is the last way to sign in")]
    OauthCannotUnlinkLast,
    #[error("no identity of this provider is linked")]
    OauthConnectionNotFound,

    // Second factor.
    #[error("TOTP is on already")]
    TotpAlreadyEnabled,
    #[error("TOTP is not on")]
    TotpNotEnabled,
    #[error("TOTP was not set up, or too long ago")]
    TotpSetupRequired,
    #[error("the code is wrong or was used")]
    TotpInvalidCode,

    // Images.
    #[error("not a supported image format")]
    FileUnsupportedType,
    #[error("the image cannot be read")]
    FileUnreadable,
    #[error("the image has too many pixels")]
    FileDimensionsTooLarge,

    // The system.
    /// Something the request needs cannot be reached in time.
    #[error("unavailable: {0}")]
    Unavailable(#[source] Source),
    /// A bounded queue is full.
    #[error("overloaded, retry in {} s", .retry_after.as_secs())]
    Overloaded { retry_after: Duration },
    /// A mistake of ours.
    #[error("internal error: {0}")]
    Internal(#[source] Source),
}

/// One field that is not valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Path of the field as the contract names it.
    pub field: Cow<'static, str>,
    /// Machine-readable reason.
    pub code: Cow<'static, str>,
    /// The same for people; never holds the value.
    pub message: Cow<'static, str>,
}

impl FieldError {
    /// A field error of fixed text.
    pub const fn new(field: &'static str, code: &'static str, message: &'static str) -> Self {
        Self {
            field: Cow::Borrowed(field),
            code: Cow::Borrowed(code),
            message: Cow::Borrowed(message),
        }
    }
}

/// What a limiter tells about a refused request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Name of the limit that refused.
    pub policy: Cow<'static, str>,
    /// How many the window admits.
    pub limit: u64,
    /// How many are left in it.
    pub remaining: u64,
    /// Length of the window.
    pub window: Duration,
    /// When it is worth trying again.
    pub retry_after: Duration,
}

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WeakPassword {
    /// Shorter than the configured minimum.
    TooShort,
    /// On the list of common passwords, or little more than the account's own names.
    TooCommon,
    /// Too few guesses would find it.
    TooGuessable,
}

impl WeakPassword {
    /// The stable code of the reason.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooShort => "too_short",
            Self::TooCommon => "too_common",
            Self::TooGuessable => "too_guessable",
        }
    }
}

impl Error {
    /// An internal error from any other.
    pub fn internal(source: impl Into<Source>) -> Self {
        Self::Internal(source.into())
    }

    /// Something outside that cannot be reached.
    pub fn unavailable(source: impl Into<Source>) -> Self {
        Self::Unavailable(source.into())
    }

    /// Whether it is no fault of who asked.
    pub const fn is_fault(&self) -> bool {
        matches!(
            self,
            Self::Unavailable(_) | Self::Overloaded { .. } | Self::Internal(_)
        )
    }

    /// The machine-readable code of the contract.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "request:invalid",
            Self::RateLimited(_) => "rate_limit:exceeded",
            Self::SessionRequired => "auth:session_required",
            Self::NotVerified => "user:not_verified",
            Self::ReauthenticationRequired => "session:reauthentication_required",
            Self::SessionNotFound => "session:not_found",
            Self::InvalidCredentials => "auth:invalid_credentials",
            Self::TokenInvalid => "token:invalid",
            Self::UserNotFound => "user:not_found",
            Self::HandleExists => "user:handle_already_exists",
            Self::HandleReserved => "user:handle_reserved",
            Self::EmailExists => "user:email_already_exists",
            Self::EmailUnchanged => "email:unchanged",
            Self::EmailAlreadyVerified => "email:already_verified",
            Self::PasswordTooWeak(_) => "password:too_weak",
            Self::PasswordIncorrect => "password:incorrect",
            Self::PasswordRequired => "password:required",
            Self::PasswordUnchanged => "password:unchanged",
            Self::OauthProviderNotConfigured => "oauth:provider_not_configured",
            Self::OauthProviderUnavailable { .. } => "oauth:provider_unavailable",
            Self::OauthInvalidState => "oauth:invalid_state",
            Self::OauthInvalidCode => "oauth:invalid_code",
            Self::OauthInvalidIdToken => "oauth:invalid_id_token",
            Self::OauthEmailNotVerified => "oauth:email_not_verified",
            Self::OauthEmailExists => "oauth:email_already_exists",
            Self::OauthAccountAlreadyLinked => "oauth:account_already_linked",
            Self::OauthProviderAlreadyLinked => "oauth:provider_already_linked",
            Self::OauthCannotUnlinkLast => "oauth:cannot_unlink_last_connection",
            Self::OauthConnectionNotFound => "oauth:connection_not_found",
            Self::TotpAlreadyEnabled => "totp:already_enabled",
            Self::TotpNotEnabled => "totp:not_enabled",
            Self::TotpSetupRequired => "totp:setup_required",
            Self::TotpInvalidCode => "totp:invalid_code",
            Self::FileUnsupportedType => "file:unsupported_type",
            Self::FileUnreadable => "file:unreadable",
            Self::FileDimensionsTooLarge => "file:dimensions_too_large",
            Self::Unavailable(_) => "system:unavailable",
            Self::Overloaded { .. } => "system:overloaded",
            Self::Internal(_) => "system:internal",
        }
    }
}

/// A violated unique index that the domain expects is matched before this:
/// what gets here was not expected.
impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Unavailable(_) => Self::unavailable(error),
            store::Error::Unique(_) | store::Error::Internal(_) => Self::internal(error),
        }
    }
}
