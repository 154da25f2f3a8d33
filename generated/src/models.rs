//! The schemas of the contract.
//!
//! What a request can hold implements [`Schema`]: its rules are applied before there is a value of the type.
//! Fields that the contract marks `x-secret` do not print.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::models;
use crate::rt::{self, DefaultValue, Field, Format, Object, Rule, Schema, Text};

/// The client that caused the action; in your own view only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActionClient {
    /// Client address.
    pub address: String,
    /// User agent; empty when none was sent.
    pub user_agent: String,
}

/// Facts of the action; public profile facts only, in the public log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActionData {
    /// 4–15 of `A-Z a-z 0-9 _`, letter or digit at both ends. Unique without regard to case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
    /// The name to show; no control characters, not blank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Profile fields that changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fields: Option<Vec<String>>,
    /// Which picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<models::ImageKind>,
    /// Where the picture is; its content never changes under one URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
    /// An identity provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<models::OauthProvider>,
    /// How a sign-in was proven.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<models::SignInMethod>,
}

/// What was done. The public log and the stream hold `user:create` (once verified), `user:edit` and `user:image` only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ActionKind {
    /// `user:create`
    #[serde(rename = "user:create")]
    UserCreate,
    /// `user:register`
    #[serde(rename = "user:register")]
    UserRegister,
    /// `user:verify`
    #[serde(rename = "user:verify")]
    UserVerify,
    /// `user:edit`
    #[serde(rename = "user:edit")]
    UserEdit,
    /// `user:image`
    #[serde(rename = "user:image")]
    UserImage,
    /// `auth:login`
    #[serde(rename = "auth:login")]
    AuthLogin,
    /// `auth:login_failed`
    #[serde(rename = "auth:login_failed")]
    AuthLoginFailed,
    /// `auth:logout`
    #[serde(rename = "auth:logout")]
    AuthLogout,
    /// `auth:reauthenticate`
    #[serde(rename = "auth:reauthenticate")]
    AuthReauthenticate,
    /// `session:revoke`
    #[serde(rename = "session:revoke")]
    SessionRevoke,
    /// `oauth:link`
    #[serde(rename = "oauth:link")]
    OauthLink,
    /// `oauth:unlink`
    #[serde(rename = "oauth:unlink")]
    OauthUnlink,
    /// `totp:enable`
    #[serde(rename = "totp:enable")]
    TotpEnable,
    /// `totp:disable`
    #[serde(rename = "totp:disable")]
    TotpDisable,
    /// `totp:regenerate`
    #[serde(rename = "totp:regenerate")]
    TotpRegenerate,
    /// `password:change`
    #[serde(rename = "password:change")]
    PasswordChange,
    /// `password:reset`
    #[serde(rename = "password:reset")]
    PasswordReset,
    /// `email:change`
    #[serde(rename = "email:change")]
    EmailChange,
}

impl ActionKind {
    /// Every value, in the order of the contract.
    pub const ALL: &[Self] = &[
        Self::UserCreate,
        Self::UserRegister,
        Self::UserVerify,
        Self::UserEdit,
        Self::UserImage,
        Self::AuthLogin,
        Self::AuthLoginFailed,
        Self::AuthLogout,
        Self::AuthReauthenticate,
        Self::SessionRevoke,
        Self::OauthLink,
        Self::OauthUnlink,
        Self::TotpEnable,
        Self::TotpDisable,
        Self::TotpRegenerate,
        Self::PasswordChange,
        Self::PasswordReset,
        Self::EmailChange,
    ];

    /// The value of this spelling.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|value| value.as_str() == text)
    }

    /// The value as it is written in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UserCreate => "user:create",
            Self::UserRegister => "user:register",
            Self::UserVerify => "user:verify",
            Self::UserEdit => "user:edit",
            Self::UserImage => "user:image",
            Self::AuthLogin => "auth:login",
            Self::AuthLoginFailed => "auth:login_failed",
            Self::AuthLogout => "auth:logout",
            Self::AuthReauthenticate => "auth:reauthenticate",
            Self::SessionRevoke => "session:revoke",
            Self::OauthLink => "oauth:link",
            Self::OauthUnlink => "oauth:unlink",
            Self::TotpEnable => "totp:enable",
            Self::TotpDisable => "totp:disable",
            Self::TotpRegenerate => "totp:regenerate",
            Self::PasswordChange => "password:change",
            Self::PasswordReset => "password:reset",
            Self::EmailChange => "email:change",
        }
    }
}

impl fmt::Display for ActionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Schema for ActionKind {
    const RULE: &'static Rule = &Rule::Choice(&[
        "user:create",
        "user:register",
        "user:verify",
        "user:edit",
        "user:image",
        "auth:login",
        "auth:login_failed",
        "auth:logout",
        "auth:reauthenticate",
        "session:revoke",
        "oauth:link",
        "oauth:unlink",
        "totp:enable",
        "totp:disable",
        "totp:regenerate",
        "password:change",
        "password:reset",
        "email:change",
    ]);
}

/// One action, once committed never changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActionLogEntry {
    /// A UUID; the server makes them of version 7.
    pub id: uuid::Uuid,
    /// What was done. The public log and the stream hold `user:create` (once verified), `user:edit` and `user:image` only.
    pub action: models::ActionKind,
    /// A UUID; the server makes them of version 7.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor_id: Option<uuid::Uuid>,
    /// Kind of the thing acted on.
    pub resource_type: models::ResourceType,
    /// A UUID; the server makes them of version 7.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_id: Option<uuid::Uuid>,
    /// Facts of the action; public profile facts only, in the public log.
    pub data: models::ActionData,
    /// The client that caused the action; in your own view only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<models::ActionClient>,
    /// RFC 3339, UTC.
    pub created_at: chrono::DateTime<chrono::Utc>,
}

/// A page of the log, newest first. `older_cursor` is absent at the log's beginning; `newer_cursor` is there whenever
/// the log has entries, so that what comes next can be asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActionLogPage {
    /// The entries.
    pub items: Vec<models::ActionLogEntry>,
    /// An opaque place in a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub older_cursor: Option<String>,
    /// An opaque place in a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newer_cursor: Option<String>,
}

/// `public`: what everybody may see. `own`: all about your account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ActionLogView {
    /// `public`
    #[serde(rename = "public")]
    Public,
    /// `own`
    #[serde(rename = "own")]
    Own,
}

impl ActionLogView {
    /// Every value, in the order of the contract.
    pub const ALL: &[Self] = &[Self::Public, Self::Own];

    /// The value of this spelling.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|value| value.as_str() == text)
    }

    /// The value as it is written in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Own => "own",
        }
    }
}

impl fmt::Display for ActionLogView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Schema for ActionLogView {
    const RULE: &'static Rule = &Rule::Choice(&["public", "own"]);
}

/// The backup codes, shown this once.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct BackupCodes {
    /// Each works once.
    pub backup_codes: Vec<String>,
}

impl fmt::Debug for BackupCodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BackupCodes")
            .field("backup_codes", &rt::SECRET)
            .finish()
    }
}

/// The new address, and the password where the account has one.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangeEmailRequest {
    /// An email address. Compared without regard to case; kept as typed.
    pub new_email: String,
    /// The current password, exactly as it was set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
}

impl fmt::Debug for ChangeEmailRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChangeEmailRequest")
            .field("new_email", &self.new_email)
            .field("password", &rt::SECRET)
            .finish()
    }
}

impl Schema for ChangeEmailRequest {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[
            Field::required(
                "new_email",
                &Rule::Text(Text {
                    min: 3,
                    max: 254,
                    format: Some(Format::Email),
                    ..Text::ANY
                }),
            ),
            Field::optional(
                "password",
                &Rule::Text(Text {
                    min: 1,
                    max: 256,
                    ..Text::ANY
                }),
            ),
        ],
        closed: true,
        min: 0,
    });
}

/// Current and new password; an account without a password sends the new one alone.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangePasswordRequest {
    /// The current password, exactly as it was set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_password: Option<String>,
    /// 8–128 characters, counted as code points after NFC normalisation; any characters. Refused with
    /// `password:too_weak` when common, easy to guess, or made of the account's handle or address or of the
    /// service's name. A server may ask for more than 8.
    pub new_password: String,
}

impl fmt::Debug for ChangePasswordRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChangePasswordRequest")
            .field("current_password", &rt::SECRET)
            .field("new_password", &rt::SECRET)
            .finish()
    }
}

impl Schema for ChangePasswordRequest {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[
            Field::optional(
                "current_password",
                &Rule::Text(Text {
                    min: 1,
                    max: 256,
                    ..Text::ANY
                }),
            ),
            Field::required(
                "new_password",
                &Rule::Text(Text {
                    min: 8,
                    max: 256,
                    ..Text::ANY
                }),
            ),
        ],
        closed: true,
        min: 0,
    });
}

/// The pending token, the wished handle, and perhaps a name.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct CompleteSignupRequest {
    /// An opaque single-use token.
    pub pending_token: String,
    /// 4–15 of `A-Z a-z 0-9 _`, letter or digit at both ends. Unique without regard to case.
    pub handle: String,
    /// The name to show; no control characters, not blank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
}

impl fmt::Debug for CompleteSignupRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CompleteSignupRequest")
            .field("pending_token", &rt::SECRET)
            .field("handle", &self.handle)
            .field("display_name", &self.display_name)
            .finish()
    }
}

impl Schema for CompleteSignupRequest {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[
            Field::required(
                "pending_token",
                &Rule::Text(Text {
                    min: 16,
                    max: 256,
                    ..Text::ANY
                }),
            ),
            Field::required(
                "handle",
                &Rule::Text(Text {
                    min: 4,
                    max: 15,
                    pattern: rt::pattern!("^[A-Za-z0-9][A-Za-z0-9_]*[A-Za-z0-9]$"),
                    ..Text::ANY
                }),
            ),
            Field::optional(
                "display_name",
                &Rule::Text(Text {
                    min: 1,
                    max: 50,
                    pattern: rt::pattern!(
                        "^[^\\x00-\\x1f\\x7f]*[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$"
                    ),
                    ..Text::ANY
                }),
            ),
        ],
        closed: true,
        min: 0,
    });
}

/// The token of the mail to the new address.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ConfirmEmailChangeRequest {
    /// An opaque single-use token.
    pub token: String,
}

impl fmt::Debug for ConfirmEmailChangeRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConfirmEmailChangeRequest")
            .field("token", &rt::SECRET)
            .finish()
    }
}

impl Schema for ConfirmEmailChangeRequest {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[Field::required(
            "token",
            &Rule::Text(Text {
                min: 16,
                max: 256,
                ..Text::ANY
            }),
        )],
        closed: true,
        min: 0,
    });
}

/// A registration. Without `display_name` the handle is shown.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct CreateUserRequest {
    /// An email address. Compared without regard to case; kept as typed.
    pub email: String,
    /// 4–15 of `A-Z a-z 0-9 _`, letter or digit at both ends. Unique without regard to case.
    pub handle: String,
    /// 8–128 characters, counted as code points after NFC normalisation; any characters. Refused with
    /// `password:too_weak` when common, easy to guess, or made of the account's handle or address or of the
    /// service's name. A server may ask for more than 8.
    pub password: String,
    /// The name to show; no control characters, not blank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
}

impl fmt::Debug for CreateUserRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreateUserRequest")
            .field("email", &self.email)
            .field("handle", &self.handle)
            .field("password", &rt::SECRET)
            .field("display_name", &self.display_name)
            .finish()
    }
}

impl Schema for CreateUserRequest {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[
            Field::required(
                "email",
                &Rule::Text(Text {
                    min: 3,
                    max: 254,
                    format: Some(Format::Email),
                    ..Text::ANY
                }),
            ),
            Field::required(
                "handle",
                &Rule::Text(Text {
                    min: 4,
                    max: 15,
                    pattern: rt::pattern!("^[A-Za-z0-9][A-Za-z0-9_]*[A-Za-z0-9]$"),
                    ..Text::ANY
                }),
            ),
            Field::required(
                "password",
                &Rule::Text(Text {
                    min: 8,
                    max: 256,
                    ..Text::ANY
                }),
            ),
            Field::optional(
                "display_name",
                &Rule::Text(Text {
                    min: 1,
                    max: 50,
                    pattern: rt::pattern!(
                        "^[^\\x00-\\x1f\\x7f]*[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$"
                    ),
                    ..Text::ANY
                }),
            ),
        ],
        closed: true,
        min: 0,
    });
}

/// Your own account. Fields without a value are absent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CurrentUser {
    /// A UUID; the server makes them of version 7.
    pub id: uuid::Uuid,
    /// 4–15 of `A-Z a-z 0-9 _`, letter or digit at both ends. Unique without regard to case.
    pub handle: String,
    /// The name to show; no control characters, not blank.
    pub display_name: String,
    /// An email address. Compared without regard to case; kept as typed.
    pub email: String,
    /// Is the address proven?
    pub email_verified: bool,
    /// A few words about oneself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bio: Option<String>,
    /// Where the picture is; its content never changes under one URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile_image_url: Option<String>,
    /// Where the picture is; its content never changes under one URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub banner_image_url: Option<String>,
    /// Can the account sign in with a password?
    pub has_password: bool,
    /// Is the second factor on?
    pub totp_enabled: bool,
    /// RFC 3339, UTC.
    pub created_at: chrono::DateTime<chrono::Utc>,
    /// RFC 3339, UTC.
    pub updated_at: chrono::DateTime<chrono::Utc>,
}

/// Does it answer?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DependencyState {
    /// `up`
    #[serde(rename = "up")]
    Up,
    /// `down`
    #[serde(rename = "down")]
    Down,
}

impl DependencyState {
    /// Every value, in the order of the contract.
    pub const ALL: &[Self] = &[Self::Up, Self::Down];

    /// The value of this spelling.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|value| value.as_str() == text)
    }

    /// The value as it is written in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

impl fmt::Display for DependencyState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A current code of the pending secret.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct EnableTotpRequest {
    /// Six digits from an authenticator (RFC 6238, SHA-1, 30 seconds).
    pub code: String,
}

impl fmt::Debug for EnableTotpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnableTotpRequest")
            .field("code", &rt::SECRET)
            .finish()
    }
}

impl Schema for EnableTotpRequest {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[Field::required(
            "code",
            &Rule::Text(Text {
                min: 6,
                max: 6,
                pattern: rt::pattern!("^[0-9]{6}$"),
                ..Text::ANY
            }),
        )],
        closed: true,
        min: 0,
    });
}

/// The body of every response that is not 2xx.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Error {
    /// The HTTP status.
    pub status: i32,
    /// What went wrong, as `domain:reason`. Keep a branch for codes you do not know.
    pub code: models::ErrorCode,
    /// Text for developers; present only when the server runs in development mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// The fields of the request that broke the contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<models::FieldError>>,
    /// Name of one request in the server's log.
    pub request_id: String,
}

/// What went wrong, as `domain:reason`. Keep a branch for codes you do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ErrorCode {
    /// `auth:invalid_credentials`
    #[serde(rename = "auth:invalid_credentials")]
    AuthInvalidCredentials,
    /// `auth:session_required`
    #[serde(rename = "auth:session_required")]
    AuthSessionRequired,
    /// `csrf:cross_origin`
    #[serde(rename = "csrf:cross_origin")]
    CsrfCrossOrigin,
    /// `email:already_verified`
    #[serde(rename = "email:already_verified")]
    EmailAlreadyVerified,
    /// `email:unchanged`
    #[serde(rename = "email:unchanged")]
    EmailUnchanged,
    /// `file:dimensions_too_large`
    #[serde(rename = "file:dimensions_too_large")]
    FileDimensionsTooLarge,
    /// `file:unreadable`
    #[serde(rename = "file:unreadable")]
    FileUnreadable,
    /// `file:unsupported_type`
    #[serde(rename = "file:unsupported_type")]
    FileUnsupportedType,
    /// `oauth:account_already_linked`
    #[serde(rename = "oauth:account_already_linked")]
    OauthAccountAlreadyLinked,
    /// `oauth:cannot_unlink_last_connection`
    #[serde(rename = "oauth:cannot_unlink_last_connection")]
    OauthCannotUnlinkLastConnection,
    /// `oauth:connection_not_found`
    #[serde(rename = "oauth:connection_not_found")]
    OauthConnectionNotFound,
    /// `oauth:email_already_exists`
    #[serde(rename = "oauth:email_already_exists")]
    OauthEmailAlreadyExists,
    /// `oauth:email_not_verified`
    #[serde(rename = "oauth:email_not_verified")]
    OauthEmailNotVerified,
    /// `oauth:invalid_code`
    #[serde(rename = "oauth:invalid_code")]
    OauthInvalidCode,
    /// `oauth:invalid_id_token`
    #[serde(rename = "oauth:invalid_id_token")]
    OauthInvalidIdToken,
    /// `oauth:invalid_state`
    #[serde(rename = "oauth:invalid_state")]
    OauthInvalidState,
    /// `oauth:provider_already_linked`
    #[serde(rename = "oauth:provider_already_linked")]
    OauthProviderAlreadyLinked,
    /// `oauth:provider_not_configured`
    #[serde(rename = "oauth:provider_not_configured")]
    OauthProviderNotConfigured,
    /// `oauth:provider_unavailable`
    #[serde(rename = "oauth:provider_unavailable")]
    OauthProviderUnavailable,
    /// `password:incorrect`
    #[serde(rename = "password:incorrect")]
    PasswordIncorrect,
    /// `password:required`
    #[serde(rename = "password:required")]
    PasswordRequired,
    /// `password:too_weak`
    #[serde(rename = "password:too_weak")]
    PasswordTooWeak,
    /// `password:unchanged`
    #[serde(rename = "password:unchanged")]
    PasswordUnchanged,
    /// `rate_limit:exceeded`
    #[serde(rename = "rate_limit:exceeded")]
    RateLimitExceeded,
    /// `request:body_too_large`
    #[serde(rename = "request:body_too_large")]
    RequestBodyTooLarge,
    /// `request:headers_too_large`
    #[serde(rename = "request:headers_too_large")]
    RequestHeadersTooLarge,
    /// `request:invalid`
    #[serde(rename = "request:invalid")]
    RequestInvalid,
    /// `request:malformed`
    #[serde(rename = "request:malformed")]
    RequestMalformed,
    /// `request:method_not_allowed`
    #[serde(rename = "request:method_not_allowed")]
    RequestMethodNotAllowed,
    /// `request:timeout`
    #[serde(rename = "request:timeout")]
    RequestTimeout,
    /// `request:unknown_path`
    #[serde(rename = "request:unknown_path")]
    RequestUnknownPath,
    /// `request:unsupported_media_type`
    #[serde(rename = "request:unsupported_media_type")]
    RequestUnsupportedMediaType,
    /// `request:uri_too_long`
    #[serde(rename = "request:uri_too_long")]
    RequestUriTooLong,
    /// `session:not_found`
    #[serde(rename = "session:not_found")]
    SessionNotFound,
    /// `session:reauthentication_required`
    #[serde(rename = "session:reauthentication_required")]
    SessionReauthenticationRequired,
    /// `system:internal`
    #[serde(rename = "system:internal")]
    SystemInternal,
    /// `system:overloaded`
    #[serde(rename = "system:overloaded")]
    SystemOverloaded,
    /// `system:unavailable`
    #[serde(rename = "system:unavailable")]
    SystemUnavailable,
    /// `token:invalid`
    #[serde(rename = "token:invalid")]
    TokenInvalid,
    /// `totp:already_enabled`
    #[serde(rename = "totp:already_enabled")]
    TotpAlreadyEnabled,
    /// `totp:invalid_code`
    #[serde(rename = "totp:invalid_code")]
    TotpInvalidCode,
    /// `totp:not_enabled`
    #[serde(rename = "totp:not_enabled")]
    TotpNotEnabled,
    /// `totp:setup_required`
    #[serde(rename = "totp:setup_required")]
    TotpSetupRequired,
    /// `user:email_already_exists`
    #[serde(rename = "user:email_already_exists")]
    UserEmailAlreadyExists,
    /// `user:handle_already_exists`
    #[serde(rename = "user:handle_already_exists")]
    UserHandleAlreadyExists,
    /// `user:handle_reserved`
    #[serde(rename = "user:handle_reserved")]
    UserHandleReserved,
    /// `user:not_found`
    #[serde(rename = "user:not_found")]
    UserNotFound,
    /// `user:not_verified`
    #[serde(rename = "user:not_verified")]
    UserNotVerified,
}

impl ErrorCode {
    /// Every value, in the order of the contract.
    pub const ALL: &[Self] = &[
        Self::AuthInvalidCredentials,
        Self::AuthSessionRequired,
        Self::CsrfCrossOrigin,
        Self::EmailAlreadyVerified,
        Self::EmailUnchanged,
        Self::FileDimensionsTooLarge,
        Self::FileUnreadable,
        Self::FileUnsupportedType,
        Self::OauthAccountAlreadyLinked,
        Self::OauthCannotUnlinkLastConnection,
        Self::OauthConnectionNotFound,
        Self::OauthEmailAlreadyExists,
        Self::OauthEmailNotVerified,
        Self::OauthInvalidCode,
        Self::OauthInvalidIdToken,
        Self::OauthInvalidState,
        Self::OauthProviderAlreadyLinked,
        Self::OauthProviderNotConfigured,
        Self::OauthProviderUnavailable,
        Self::PasswordIncorrect,
        Self::PasswordRequired,
        Self::PasswordTooWeak,
        Self::PasswordUnchanged,
        Self::RateLimitExceeded,
        Self::RequestBodyTooLarge,
        Self::RequestHeadersTooLarge,
        Self::RequestInvalid,
        Self::RequestMalformed,
        Self::RequestMethodNotAllowed,
        Self::RequestTimeout,
        Self::RequestUnknownPath,
        Self::RequestUnsupportedMediaType,
        Self::RequestUriTooLong,
        Self::SessionNotFound,
        Self::SessionReauthenticationRequired,
        Self::SystemInternal,
        Self::SystemOverloaded,
        Self::SystemUnavailable,
        Self::TokenInvalid,
        Self::TotpAlreadyEnabled,
        Self::TotpInvalidCode,
        Self::TotpNotEnabled,
        Self::TotpSetupRequired,
        Self::UserEmailAlreadyExists,
        Self::UserHandleAlreadyExists,
        Self::UserHandleReserved,
        Self::UserNotFound,
        Self::UserNotVerified,
    ];

    /// The value of this spelling.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|value| value.as_str() == text)
    }

    /// The value as it is written in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AuthInvalidCredentials => "auth:invalid_credentials",
            Self::AuthSessionRequired => "auth:session_required",
            Self::CsrfCrossOrigin => "csrf:cross_origin",
            Self::EmailAlreadyVerified => "email:already_verified",
            Self::EmailUnchanged => "email:unchanged",
            Self::FileDimensionsTooLarge => "file:dimensions_too_large",
            Self::FileUnreadable => "file:unreadable",
            Self::FileUnsupportedType => "file:unsupported_type",
            Self::OauthAccountAlreadyLinked => "oauth:account_already_linked",
            Self::OauthCannotUnlinkLastConnection => "oauth:cannot_unlink_last_connection",
            Self::OauthConnectionNotFound => "oauth:connection_not_found",
            Self::OauthEmailAlreadyExists => "oauth:email_already_exists",
            Self::OauthEmailNotVerified => "oauth:email_not_verified",
            Self::OauthInvalidCode => "oauth:invalid_code",
            Self::OauthInvalidIdToken => "oauth:invalid_id_token",
            Self::OauthInvalidState => "oauth:invalid_state",
            Self::OauthProviderAlreadyLinked => "oauth:provider_already_linked",
            Self::OauthProviderNotConfigured => "oauth:provider_not_configured",
            Self::OauthProviderUnavailable => "oauth:provider_unavailable",
            Self::PasswordIncorrect => "password:incorrect",
            Self::PasswordRequired => "password:required",
            Self::PasswordTooWeak => "password:too_weak",
            Self::PasswordUnchanged => "password:unchanged",
            Self::RateLimitExceeded => "rate_limit:exceeded",
            Self::RequestBodyTooLarge => "request:body_too_large",
            Self::RequestHeadersTooLarge => "request:headers_too_large",
            Self::RequestInvalid => "request:invalid",
            Self::RequestMalformed => "request:malformed",
            Self::RequestMethodNotAllowed => "request:method_not_allowed",
            Self::RequestTimeout => "request:timeout",
            Self::RequestUnknownPath => "request:unknown_path",
            Self::RequestUnsupportedMediaType => "request:unsupported_media_type",
            Self::RequestUriTooLong => "request:uri_too_long",
            Self::SessionNotFound => "session:not_found",
            Self::SessionReauthenticationRequired => "session:reauthentication_required",
            Self::SystemInternal => "system:internal",
            Self::SystemOverloaded => "system:overloaded",
            Self::SystemUnavailable => "system:unavailable",
            Self::TokenInvalid => "token:invalid",
            Self::TotpAlreadyEnabled => "totp:already_enabled",
            Self::TotpInvalidCode => "totp:invalid_code",
            Self::TotpNotEnabled => "totp:not_enabled",
            Self::TotpSetupRequired => "totp:setup_required",
            Self::UserEmailAlreadyExists => "user:email_already_exists",
            Self::UserHandleAlreadyExists => "user:handle_already_exists",
            Self::UserHandleReserved => "user:handle_reserved",
            Self::UserNotFound => "user:not_found",
            Self::UserNotVerified => "user:not_verified",
        }
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One broken rule of one field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldError {
    /// Name of the parameter, or path into the body as `a.b.0`; empty for the body itself.
    pub field: String,
    /// The rule that was broken, as `too_short`, `format`, `required`, `unknown_field`.
    pub code: String,
    /// The rule in words. Never holds the value.
    pub message: String,
}

/// The address of the account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ForgotPasswordRequest {
    /// An email address. Compared without regard to case; kept as typed.
    pub email: String,
}

impl Schema for ForgotPasswordRequest {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[Field::required(
            "email",
            &Rule::Text(Text {
                min: 3,
                max: 254,
                format: Some(Format::Email),
                ..Text::ANY
            }),
        )],
        closed: true,
        min: 0,
    });
}

/// Whether a handle can be registered now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandleAvailability {
    /// Any short text.
    pub handle: String,
    /// Can it be registered now?
    pub available: bool,
    /// Why a handle cannot be registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<models::HandleUnavailableReason>,
}

/// Why a handle cannot be registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum HandleUnavailableReason {
    /// `taken`
    #[serde(rename = "taken")]
    Taken,
    /// `reserved`
    #[serde(rename = "reserved")]
    Reserved,
    /// `invalid`
    #[serde(rename = "invalid")]
    Invalid,
}

impl HandleUnavailableReason {
    /// Every value, in the order of the contract.
    pub const ALL: &[Self] = &[Self::Taken, Self::Reserved, Self::Invalid];

    /// The value of this spelling.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|value| value.as_str() == text)
    }

    /// The value as it is written in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Reserved => "reserved",
            Self::Invalid => "invalid",
        }
    }
}

impl fmt::Display for HandleUnavailableReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// State of each dependency; `redis` only when configured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HealthDependencies {
    /// Does it answer?
    pub database: models::DependencyState,
    /// Does it answer?
    pub mail: models::DependencyState,
    /// Does it answer?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redis: Option<models::DependencyState>,
}

/// What a health check reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum HealthProbe {
    /// `ready`
    #[serde(rename = "ready")]
    Ready,
    /// `live`
    #[serde(rename = "live")]
    Live,
}

impl HealthProbe {
    /// Every value, in the order of the contract.
    pub const ALL: &[Self] = &[Self::Ready, Self::Live];

    /// The value of this spelling.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|value| value.as_str() == text)
    }

    /// The value as it is written in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Live => "live",
        }
    }
}

impl fmt::Display for HealthProbe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Schema for HealthProbe {
    const RULE: &'static Rule = &Rule::Choice(&["ready", "live"]);
}

/// State of the server. `dependencies` is absent for `probe=live`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HealthReport {
    /// `degraded`: something that is not needed for answering requests is down.
    pub status: models::HealthStatus,
    /// Version of the server.
    pub version: String,
    /// State of each dependency; `redis` only when configured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dependencies: Option<models::HealthDependencies>,
}

/// `degraded`: something that is not needed for answering requests is down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum HealthStatus {
    /// `ok`
    #[serde(rename = "ok")]
    Ok,
    /// `degraded`
    #[serde(rename = "degraded")]
    Degraded,
}

impl HealthStatus {
    /// Every value, in the order of the contract.
    pub const ALL: &[Self] = &[Self::Ok, Self::Degraded];

    /// The value of this spelling.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|value| value.as_str() == text)
    }

    /// The value as it is written in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Degraded => "degraded",
        }
    }
}

impl fmt::Display for HealthStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Which picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ImageKind {
    /// `profile`
    #[serde(rename = "profile")]
    Profile,
    /// `banner`
    #[serde(rename = "banner")]
    Banner,
}

impl ImageKind {
    /// Every value, in the order of the contract.
    pub const ALL: &[Self] = &[Self::Profile, Self::Banner];

    /// The value of this spelling.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|value| value.as_str() == text)
    }

    /// The value as it is written in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Banner => "banner",
        }
    }
}

impl fmt::Display for ImageKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Email, password, and whether to stay signed in.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct LoginRequest {
    /// An email address. Compared without regard to case; kept as typed.
    pub email: String,
    /// The current password, exactly as it was set.
    pub password: String,
    /// Keep the cookie when the browser closes.
    pub remember_me: bool,
}

impl fmt::Debug for LoginRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoginRequest")
            .field("email", &self.email)
            .field("password", &rt::SECRET)
            .field("remember_me", &self.remember_me)
            .finish()
    }
}

impl Schema for LoginRequest {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[
            Field::required(
                "email",
                &Rule::Text(Text {
                    min: 3,
                    max: 254,
                    format: Some(Format::Email),
                    ..Text::ANY
                }),
            ),
            Field::required(
                "password",
                &Rule::Text(Text {
                    min: 1,
                    max: 256,
                    ..Text::ANY
                }),
            ),
            Field::optional("remember_me", &Rule::Boolean)
                .with_default(DefaultValue::Boolean(false)),
        ],
        closed: true,
        min: 0,
    });
}

/// Where to send the browser, the state that comes back from there, and until when it is good.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct OauthAuthorization {
    /// The provider's authorization page with all parameters.
    pub authorization_url: String,
    /// The state of one flow, as the provider hands it back.
    pub state: String,
    /// RFC 3339, UTC.
    pub expires_at: chrono::DateTime<chrono::Utc>,
}

impl fmt::Debug for OauthAuthorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OauthAuthorization")
            .field("authorization_url", &self.authorization_url)
            .field("state", &rt::SECRET)
            .field("expires_at", &self.expires_at)
            .finish()
    }
}

/// A linked identity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OauthConnection {
    /// An identity provider.
    pub provider: models::OauthProvider,
    /// An email address. Compared without regard to case; kept as typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The name the provider gave when the identity was linked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// RFC 3339, UTC.
    pub linked_at: chrono::DateTime<chrono::Utc>,
}

/// Linked identities.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OauthConnectionList {
    /// The oldest first.
    pub items: Vec<models::OauthConnection>,
}

/// `login`: sign in or up. `link`: add the identity to the signed-in account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum OauthFlow {
    /// `login`
    #[serde(rename = "login")]
    Login,
    /// `link`
    #[serde(rename = "link")]
    Link,
}

impl OauthFlow {
    /// Every value, in the order of the contract.
    pub const ALL: &[Self] = &[Self::Login, Self::Link];

    /// The value of this spelling.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|value| value.as_str() == text)
    }

    /// The value as it is written in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Link => "link",
        }
    }
}

impl fmt::Display for OauthFlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Schema for OauthFlow {
    const RULE: &'static Rule = &Rule::Choice(&["login", "link"]);
}

/// What the provider handed to the redirect URI.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct OauthLinkRequest {
    /// The authorization code.
    pub code: String,
    /// The state of one flow, as the provider hands it back.
    pub state: String,
    /// The `iss` parameter, when the provider sent one (RFC 9207).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iss: Option<String>,
}

impl fmt::Debug for OauthLinkRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OauthLinkRequest")
            .field("code", &rt::SECRET)
            .field("state", &rt::SECRET)
            .field("iss", &self.iss)
            .finish()
    }
}

impl Schema for OauthLinkRequest {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[
            Field::required(
                "code",
                &Rule::Text(Text {
                    min: 1,
                    max: 2048,
                    ..Text::ANY
                }),
            ),
            Field::required(
                "state",
                &Rule::Text(Text {
                    min: 1,
                    max: 256,
                    ..Text::ANY
                }),
            ),
            Field::optional(
                "iss",
                &Rule::Text(Text {
                    min: 1,
                    max: 512,
                    ..Text::ANY
                }),
            ),
        ],
        closed: true,
        min: 0,
    });
}

/// What the provider handed to the redirect URI.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct OauthLoginRequest {
    /// The authorization code.
    pub code: String,
    /// The state of one flow, as the provider hands it back.
    pub state: String,
    /// The `iss` parameter, when the provider sent one (RFC 9207).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iss: Option<String>,
    /// Keep the cookie when the browser closes.
    pub remember_me: bool,
}

impl fmt::Debug for OauthLoginRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OauthLoginRequest")
            .field("code", &rt::SECRET)
            .field("state", &rt::SECRET)
            .field("iss", &self.iss)
            .field("remember_me", &self.remember_me)
            .finish()
    }
}

impl Schema for OauthLoginRequest {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[
            Field::required(
                "code",
                &Rule::Text(Text {
                    min: 1,
                    max: 2048,
                    ..Text::ANY
                }),
            ),
            Field::required(
                "state",
                &Rule::Text(Text {
                    min: 1,
                    max: 256,
                    ..Text::ANY
                }),
            ),
            Field::optional(
                "iss",
                &Rule::Text(Text {
                    min: 1,
                    max: 512,
                    ..Text::ANY
                }),
            ),
            Field::optional("remember_me", &Rule::Boolean)
                .with_default(DefaultValue::Boolean(false)),
        ],
        closed: true,
        min: 0,
    });
}

/// An identity provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum OauthProvider {
    /// `google`
    #[serde(rename = "google")]
    Google,
    /// `github`
    #[serde(rename = "github")]
    Github,
}

impl OauthProvider {
    /// Every value, in the order of the contract.
    pub const ALL: &[Self] = &[Self::Google, Self::Github];

    /// The value of this spelling.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|value| value.as_str() == text)
    }

    /// The value as it is written in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Google => "google",
            Self::Github => "github",
        }
    }
}

impl fmt::Display for OauthProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Schema for OauthProvider {
    const RULE: &'static Rule = &Rule::Choice(&["google", "github"]);
}

/// Back in time, or forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PageDirection {
    /// `older`
    #[serde(rename = "older")]
    Older,
    /// `newer`
    #[serde(rename = "newer")]
    Newer,
}

impl PageDirection {
    /// Every value, in the order of the contract.
    pub const ALL: &[Self] = &[Self::Older, Self::Newer];

    /// The value of this spelling.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|value| value.as_str() == text)
    }

    /// The value as it is written in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Older => "older",
            Self::Newer => "newer",
        }
    }
}

impl fmt::Display for PageDirection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Schema for PageDirection {
    const RULE: &'static Rule = &Rule::Choice(&["older", "newer"]);
}

/// What everybody may see of a verified user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublicUser {
    /// A UUID; the server makes them of version 7.
    pub id: uuid::Uuid,
    /// 4–15 of `A-Z a-z 0-9 _`, letter or digit at both ends. Unique without regard to case.
    pub handle: String,
    /// The name to show; no control characters, not blank.
    pub display_name: String,
    /// A few words about oneself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bio: Option<String>,
    /// Where the picture is; its content never changes under one URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile_image_url: Option<String>,
    /// Where the picture is; its content never changes under one URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub banner_image_url: Option<String>,
    /// RFC 3339, UTC.
    pub created_at: chrono::DateTime<chrono::Utc>,
}

/// Exactly one of the two.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ReauthenticateRequest {
    /// The current password, exactly as it was set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// Six digits from an authenticator (RFC 6238, SHA-1, 30 seconds).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub totp_code: Option<String>,
}

impl fmt::Debug for ReauthenticateRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReauthenticateRequest")
            .field("password", &rt::SECRET)
            .field("totp_code", &rt::SECRET)
            .finish()
    }
}

impl Schema for ReauthenticateRequest {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[
            Field::optional(
                "password",
                &Rule::Text(Text {
                    min: 1,
                    max: 256,
                    ..Text::ANY
                }),
            ),
            Field::optional(
                "totp_code",
                &Rule::Text(Text {
                    min: 6,
                    max: 6,
                    pattern: rt::pattern!("^[0-9]{6}$"),
                    ..Text::ANY
                }),
            ),
        ],
        closed: true,
        min: 0,
    });
}

/// The token of the reset mail and the new password.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ResetPasswordRequest {
    /// An opaque single-use token.
    pub token: String,
    /// 8–128 characters, counted as code points after NFC normalisation; any characters. Refused with
    /// `password:too_weak` when common, easy to guess, or made of the account's handle or address or of the
    /// service's name. A server may ask for more than 8.
    pub new_password: String,
}

impl fmt::Debug for ResetPasswordRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResetPasswordRequest")
            .field("token", &rt::SECRET)
            .field("new_password", &rt::SECRET)
            .finish()
    }
}

impl Schema for ResetPasswordRequest {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[
            Field::required(
                "token",
                &Rule::Text(Text {
                    min: 16,
                    max: 256,
                    ..Text::ANY
                }),
            ),
            Field::required(
                "new_password",
                &Rule::Text(Text {
                    min: 8,
                    max: 256,
                    ..Text::ANY
                }),
            ),
        ],
        closed: true,
        min: 0,
    });
}

/// Kind of the thing acted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ResourceType {
    /// `user`
    #[serde(rename = "user")]
    User,
    /// `session`
    #[serde(rename = "session")]
    Session,
    /// `oauth_connection`
    #[serde(rename = "oauth_connection")]
    OauthConnection,
}

impl ResourceType {
    /// Every value, in the order of the contract.
    pub const ALL: &[Self] = &[Self::User, Self::Session, Self::OauthConnection];

    /// The value of this spelling.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|value| value.as_str() == text)
    }

    /// The value as it is written in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Session => "session",
            Self::OauthConnection => "oauth_connection",
        }
    }
}

impl fmt::Display for ResourceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How many sessions were ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RevokedSessions {
    /// Number of sessions.
    pub revoked: i64,
}

/// One live session of the account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// A UUID; the server makes them of version 7.
    pub id: uuid::Uuid,
    /// Is it the one that asks?
    pub is_current: bool,
    /// RFC 3339, UTC.
    pub created_at: chrono::DateTime<chrono::Utc>,
    /// RFC 3339, UTC.
    pub last_used_at: chrono::DateTime<chrono::Utc>,
    /// RFC 3339, UTC.
    pub expires_at: chrono::DateTime<chrono::Utc>,
    /// Client address at sign-in.
    pub address: String,
    /// User agent at sign-in; empty when none was sent.
    pub user_agent: String,
}

/// Live sessions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SessionList {
    /// The most recently used first.
    pub items: Vec<models::Session>,
}

/// How a sign-in was proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SignInMethod {
    /// `password`
    #[serde(rename = "password")]
    Password,
    /// `google`
    #[serde(rename = "google")]
    Google,
    /// `github`
    #[serde(rename = "github")]
    Github,
    /// `password_totp`
    #[serde(rename = "password_totp")]
    PasswordTotp,
    /// `google_totp`
    #[serde(rename = "google_totp")]
    GoogleTotp,
    /// `github_totp`
    #[serde(rename = "github_totp")]
    GithubTotp,
    /// `signup`
    #[serde(rename = "signup")]
    Signup,
}

impl SignInMethod {
    /// Every value, in the order of the contract.
    pub const ALL: &[Self] = &[
        Self::Password,
        Self::Google,
        Self::Github,
        Self::PasswordTotp,
        Self::GoogleTotp,
        Self::GithubTotp,
        Self::Signup,
    ];

    /// The value of this spelling.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|value| value.as_str() == text)
    }

    /// The value as it is written in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Google => "google",
            Self::Github => "github",
            Self::PasswordTotp => "password_totp",
            Self::GoogleTotp => "google_totp",
            Self::GithubTotp => "github_totp",
            Self::Signup => "signup",
        }
    }
}

impl fmt::Display for SignInMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Outcome of a sign-in. `user` comes with `authenticated`; `temp_token` and `expires_at` with `totp_required`;
/// `pending_token`, `expires_at` and `suggestion` with `signup_required`.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct SignInResult {
    /// `authenticated`: signed in. `totp_required`: go on with `verify_totp`. `signup_required`: go on with `complete_signup`.
    pub status: models::SignInStatus,
    /// Your own account. Fields without a value are absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<models::CurrentUser>,
    /// An opaque single-use token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temp_token: Option<String>,
    /// An opaque single-use token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending_token: Option<String>,
    /// RFC 3339, UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<chrono::DateTime<chrono::Utc>>,
    /// What the provider says of the person; a start for the sign-up form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<models::SignupSuggestion>,
}

impl fmt::Debug for SignInResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignInResult")
            .field("status", &self.status)
            .field("user", &self.user)
            .field("temp_token", &rt::SECRET)
            .field("pending_token", &rt::SECRET)
            .field("expires_at", &self.expires_at)
            .field("suggestion", &self.suggestion)
            .finish()
    }
}

/// `authenticated`: signed in. `totp_required`: go on with `verify_totp`. `signup_required`: go on with `complete_signup`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SignInStatus {
    /// `authenticated`
    #[serde(rename = "authenticated")]
    Authenticated,
    /// `totp_required`
    #[serde(rename = "totp_required")]
    TotpRequired,
    /// `signup_required`
    #[serde(rename = "signup_required")]
    SignupRequired,
}

impl SignInStatus {
    /// Every value, in the order of the contract.
    pub const ALL: &[Self] = &[
        Self::Authenticated,
        Self::TotpRequired,
        Self::SignupRequired,
    ];

    /// The value of this spelling.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|value| value.as_str() == text)
    }

    /// The value as it is written in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Authenticated => "authenticated",
            Self::TotpRequired => "totp_required",
            Self::SignupRequired => "signup_required",
        }
    }
}

impl fmt::Display for SignInStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What the provider says of the person; a start for the sign-up form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignupSuggestion {
    /// An email address. Compared without regard to case; kept as typed.
    pub email: String,
    /// 4–15 of `A-Z a-z 0-9 _`, letter or digit at both ends. Unique without regard to case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
    /// The name to show; no control characters, not blank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
}

/// The picture as it was stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredImage {
    /// Where the picture is; its content never changes under one URL.
    pub url: String,
    /// Pixels.
    pub width: i32,
    /// Pixels.
    pub height: i32,
    /// Always `image/webp`.
    pub content_type: String,
    /// Size of the stored file.
    pub bytes: i64,
}

/// A TOTP code or a backup code.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct TotpCodeRequest {
    /// A TOTP code (six digits) or a backup code (dashes, spaces and case make no difference).
    pub code: String,
}

impl fmt::Debug for TotpCodeRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TotpCodeRequest")
            .field("code", &rt::SECRET)
            .finish()
    }
}

impl Schema for TotpCodeRequest {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[Field::required(
            "code",
            &Rule::Text(Text {
                min: 6,
                max: 64,
                ..Text::ANY
            }),
        )],
        closed: true,
        min: 0,
    });
}

/// The pending secret, three ways.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct TotpSetup {
    /// The secret in base32, for typing in.
    pub secret: String,
    /// The `otpauth://` URI.
    pub otpauth_uri: String,
    /// The URI as a QR code, a PNG in a `data:` URI.
    pub qr_code: String,
    /// RFC 3339, UTC.
    pub expires_at: chrono::DateTime<chrono::Utc>,
}

impl fmt::Debug for TotpSetup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TotpSetup")
            .field("secret", &rt::SECRET)
            .field("otpauth_uri", &rt::SECRET)
            .field("qr_code", &rt::SECRET)
            .field("expires_at", &self.expires_at)
            .finish()
    }
}

/// State of the second factor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TotpStatus {
    /// Is TOTP on?
    pub enabled: bool,
    /// RFC 3339, UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled_at: Option<chrono::DateTime<chrono::Utc>>,
    /// Backup codes that still work.
    pub backup_codes_remaining: i32,
}

/// Which identity to unlink.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnlinkOauthRequest {
    /// An identity provider.
    pub provider: models::OauthProvider,
}

impl Schema for UnlinkOauthRequest {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[Field::required(
            "provider",
            <models::OauthProvider as Schema>::RULE,
        )],
        closed: true,
        min: 0,
    });
}

/// What to change. Absent keeps, `null` clears.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UpdateMeRequest {
    /// The name to show; no control characters, not blank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// A few words about oneself; `null` clears it.
    #[serde(
        default,
        deserialize_with = "rt::some",
        skip_serializing_if = "Option::is_none"
    )]
    pub bio: Option<Option<String>>,
}

impl Schema for UpdateMeRequest {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[
            Field::optional(
                "display_name",
                &Rule::Text(Text {
                    min: 1,
                    max: 50,
                    pattern: rt::pattern!(
                        "^[^\\x00-\\x1f\\x7f]*[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$"
                    ),
                    ..Text::ANY
                }),
            ),
            Field::optional(
                "bio",
                &Rule::Nullable(&Rule::Text(Text {
                    max: 500,
                    ..Text::ANY
                })),
            ),
        ],
        closed: true,
        min: 0,
    });
}

/// A page of users, best match first. Without `next_cursor` it is the last one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UserPage {
    /// The users.
    pub items: Vec<models::PublicUser>,
    /// An opaque place in a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// The token of the verification mail.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct VerifyEmailRequest {
    /// An opaque single-use token.
    pub token: String,
}

impl fmt::Debug for VerifyEmailRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifyEmailRequest")
            .field("token", &rt::SECRET)
            .finish()
    }
}

impl Schema for VerifyEmailRequest {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[Field::required(
            "token",
            &Rule::Text(Text {
                min: 16,
                max: 256,
                ..Text::ANY
            }),
        )],
        closed: true,
        min: 0,
    });
}

/// The token of the sign-in and a code.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct VerifyTotpRequest {
    /// An opaque single-use token.
    pub temp_token: String,
    /// A TOTP code (six digits) or a backup code (dashes, spaces and case make no difference).
    pub code: String,
}

impl fmt::Debug for VerifyTotpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifyTotpRequest")
            .field("temp_token", &rt::SECRET)
            .field("code", &rt::SECRET)
            .finish()
    }
}

impl Schema for VerifyTotpRequest {
    const RULE: &'static Rule = &Rule::Object(Object {
        fields: &[
            Field::required(
                "temp_token",
                &Rule::Text(Text {
                    min: 16,
                    max: 256,
                    ..Text::ANY
                }),
            ),
            Field::required(
                "code",
                &Rule::Text(Text {
                    min: 6,
                    max: 64,
                    ..Text::ANY
                }),
            ),
        ],
        closed: true,
        min: 0,
    });
}
