// Written by `cargo xtask codegen` from openapi.yaml. Do not edit: mend the contract or the generator.

#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{ClientHooks, OperationInfo, RequestBuilderExt, encode_path};
#[doc = r" Types used as operation parameters and responses."]
#[allow(clippy::all)]
pub mod types {
    #[doc = "The client that caused the action; in your own view only."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct ActionClient {
        #[doc = "Client address."]
        pub address: ::std::string::String,
        #[doc = "User agent; empty when none was sent."]
        pub user_agent: ::std::string::String,
    }
    impl ActionClient {
        /// Begins one, field by field.
        pub fn builder() -> builder::ActionClient {
            Default::default()
        }
    }
    #[doc = "Facts of the action; public profile facts only, in the public log."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug, Default)]
    pub struct ActionData {
        #[doc = "The name to show; no control characters, not blank."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub display_name: ::std::option::Option<::std::string::String>,
        #[doc = "Profile fields that changed."]
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub fields: ::std::vec::Vec<::std::string::String>,
        #[doc = "4–15 of `A-Z a-z 0-9 _`, letter or digit at both ends. Unique without regard to case."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub handle: ::std::option::Option<::std::string::String>,
        /// Which picture.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub image: ::std::option::Option<ImageKind>,
        #[doc = "Where the picture is; its content never changes under one URL."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub image_url: ::std::option::Option<::std::string::String>,
        /// How a sign-in was proven.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub method: ::std::option::Option<crate::generated::open::SignInMethod>,
        /// An identity provider.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub provider: ::std::option::Option<OauthProvider>,
    }
    impl ActionData {
        /// Begins one, field by field.
        pub fn builder() -> builder::ActionData {
            Default::default()
        }
    }
    #[doc = "One action, once committed never changed."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct ActionLogEntry {
        /// What was done. The public log and the stream hold `user:create` (once verified), `user:edit` and `user:image` only.
        pub action: crate::generated::open::ActionKind,
        #[doc = "A UUID; the server makes them of version 7."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub actor_id: ::std::option::Option<::uuid::Uuid>,
        /// The client that caused the action; in your own view only.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub client: ::std::option::Option<ActionClient>,
        #[doc = "RFC 3339, UTC."]
        pub created_at: ::chrono::DateTime<::chrono::offset::Utc>,
        /// Facts of the action; public profile facts only, in the public log.
        pub data: ActionData,
        #[doc = "A UUID; the server makes them of version 7."]
        pub id: ::uuid::Uuid,
        #[doc = "A UUID; the server makes them of version 7."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub resource_id: ::std::option::Option<::uuid::Uuid>,
        /// Kind of the thing acted on.
        pub resource_type: crate::generated::open::ResourceType,
    }
    impl ActionLogEntry {
        /// Begins one, field by field.
        pub fn builder() -> builder::ActionLogEntry {
            Default::default()
        }
    }
    #[doc = "A page of the log, newest first. `older_cursor` is absent at the log's beginning; `newer_cursor` is there whenever\nthe log has entries, so that what comes next can be asked for.\n"]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct ActionLogPage {
        #[doc = "The entries."]
        pub items: ::std::vec::Vec<ActionLogEntry>,
        #[doc = "An opaque place in a list."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub newer_cursor: ::std::option::Option<::std::string::String>,
        #[doc = "An opaque place in a list."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub older_cursor: ::std::option::Option<::std::string::String>,
    }
    impl ActionLogPage {
        /// Begins one, field by field.
        pub fn builder() -> builder::ActionLogPage {
            Default::default()
        }
    }
    #[doc = "`public`: what everybody may see. `own`: all about your account."]
    #[derive(
        :: serde :: Deserialize,
        :: serde :: Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
    )]
    pub enum ActionLogView {
        /// `public`
        #[serde(rename = "public")]
        Public,
        /// `own`
        #[serde(rename = "own")]
        Own,
    }
    impl ::std::fmt::Display for ActionLogView {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Public => f.write_str("public"),
                Self::Own => f.write_str("own"),
            }
        }
    }
    impl ::std::str::FromStr for ActionLogView {
        type Err = self::error::ConversionError;
        fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "public" => Ok(Self::Public),
                "own" => Ok(Self::Own),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ActionLogView {
        type Error = self::error::ConversionError;
        fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ActionLogView {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for ActionLogView {
        fn default() -> Self {
            ActionLogView::Public
        }
    }
    #[doc = "The backup codes, shown this once."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct BackupCodes {
        #[doc = "Each works once."]
        pub backup_codes: ::std::vec::Vec<::accord_client::Secret>,
    }
    impl BackupCodes {
        /// Begins one, field by field.
        pub fn builder() -> builder::BackupCodes {
            Default::default()
        }
    }
    #[doc = "The new address, and the password where the account has one."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct ChangeEmailRequest {
        #[doc = "An email address. Compared without regard to case; kept as typed."]
        pub new_email: ::std::string::String,
        #[doc = "The current password, exactly as it was set."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub password: ::std::option::Option<::accord_client::Secret>,
    }
    impl ChangeEmailRequest {
        /// Begins one, field by field.
        pub fn builder() -> builder::ChangeEmailRequest {
            Default::default()
        }
    }
    #[doc = "Current and new password; an account without a password sends the new one alone."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct ChangePasswordRequest {
        #[doc = "The current password, exactly as it was set."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub current_password: ::std::option::Option<::accord_client::Secret>,
        #[doc = "8–128 characters, counted as code points after NFC normalisation; any characters. Refused with\n`password:too_weak` when common, easy to guess, or made of the account's handle or address or of the\nservice's name. A server may ask for more than 8.\n"]
        pub new_password: ::accord_client::Secret,
    }
    impl ChangePasswordRequest {
        /// Begins one, field by field.
        pub fn builder() -> builder::ChangePasswordRequest {
            Default::default()
        }
    }
    #[doc = "The pending token, the wished handle, and perhaps a name."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct CompleteSignupRequest {
        #[doc = "The name to show; no control characters, not blank."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub display_name: ::std::option::Option<::std::string::String>,
        #[doc = "4–15 of `A-Z a-z 0-9 _`, letter or digit at both ends. Unique without regard to case."]
        pub handle: ::std::string::String,
        #[doc = "An opaque single-use token."]
        pub pending_token: ::accord_client::Secret,
    }
    impl CompleteSignupRequest {
        /// Begins one, field by field.
        pub fn builder() -> builder::CompleteSignupRequest {
            Default::default()
        }
    }
    #[doc = "The token of the mail to the new address."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct ConfirmEmailChangeRequest {
        #[doc = "An opaque single-use token."]
        pub token: ::accord_client::Secret,
    }
    impl ConfirmEmailChangeRequest {
        /// Begins one, field by field.
        pub fn builder() -> builder::ConfirmEmailChangeRequest {
            Default::default()
        }
    }
    #[doc = "A registration. Without `display_name` the handle is shown."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct CreateUserRequest {
        #[doc = "The name to show; no control characters, not blank."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub display_name: ::std::option::Option<::std::string::String>,
        #[doc = "An email address. Compared without regard to case; kept as typed."]
        pub email: ::std::string::String,
        #[doc = "4–15 of `A-Z a-z 0-9 _`, letter or digit at both ends. Unique without regard to case."]
        pub handle: ::std::string::String,
        #[doc = "8–128 characters, counted as code points after NFC normalisation; any characters. Refused with\n`password:too_weak` when common, easy to guess, or made of the account's handle or address or of the\nservice's name. A server may ask for more than 8.\n"]
        pub password: ::accord_client::Secret,
    }
    impl CreateUserRequest {
        /// Begins one, field by field.
        pub fn builder() -> builder::CreateUserRequest {
            Default::default()
        }
    }
    #[doc = "Your own account. Fields without a value are absent."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct CurrentUser {
        #[doc = "Where the picture is; its content never changes under one URL."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub banner_image_url: ::std::option::Option<::std::string::String>,
        #[doc = "A few words about oneself."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub bio: ::std::option::Option<::std::string::String>,
        #[doc = "RFC 3339, UTC."]
        pub created_at: ::chrono::DateTime<::chrono::offset::Utc>,
        #[doc = "The name to show; no control characters, not blank."]
        pub display_name: ::std::string::String,
        #[doc = "An email address. Compared without regard to case; kept as typed."]
        pub email: ::std::string::String,
        #[doc = "Is the address proven?"]
        pub email_verified: bool,
        #[doc = "4–15 of `A-Z a-z 0-9 _`, letter or digit at both ends. Unique without regard to case."]
        pub handle: ::std::string::String,
        #[doc = "Can the account sign in with a password?"]
        pub has_password: bool,
        #[doc = "A UUID; the server makes them of version 7."]
        pub id: ::uuid::Uuid,
        #[doc = "Where the picture is; its content never changes under one URL."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub profile_image_url: ::std::option::Option<::std::string::String>,
        #[doc = "Is the second factor on?"]
        pub totp_enabled: bool,
        #[doc = "RFC 3339, UTC."]
        pub updated_at: ::chrono::DateTime<::chrono::offset::Utc>,
    }
    impl CurrentUser {
        /// Begins one, field by field.
        pub fn builder() -> builder::CurrentUser {
            Default::default()
        }
    }
    #[doc = "Does it answer?"]
    #[derive(
        :: serde :: Deserialize,
        :: serde :: Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
    )]
    pub enum DependencyState {
        /// `up`
        #[serde(rename = "up")]
        Up,
        /// `down`
        #[serde(rename = "down")]
        Down,
    }
    impl ::std::fmt::Display for DependencyState {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Up => f.write_str("up"),
                Self::Down => f.write_str("down"),
            }
        }
    }
    impl ::std::str::FromStr for DependencyState {
        type Err = self::error::ConversionError;
        fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "up" => Ok(Self::Up),
                "down" => Ok(Self::Down),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for DependencyState {
        type Error = self::error::ConversionError;
        fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for DependencyState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    #[doc = "A current code of the pending secret."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct EnableTotpRequest {
        #[doc = "Six digits from an authenticator (RFC 6238, SHA-1, 30 seconds)."]
        pub code: ::accord_client::Secret,
    }
    impl EnableTotpRequest {
        /// Begins one, field by field.
        pub fn builder() -> builder::EnableTotpRequest {
            Default::default()
        }
    }
    #[doc = "The body of every response that is not 2xx."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct Error {
        /// What went wrong, as `domain:reason`. Keep a branch for codes you do not know.
        pub code: crate::generated::open::ErrorCode,
        #[doc = "Text for developers; present only when the server runs in development mode."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub details: ::std::option::Option<::std::string::String>,
        #[doc = "The fields of the request that broke the contract."]
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub errors: ::std::vec::Vec<FieldError>,
        #[doc = "Name of one request in the server's log."]
        pub request_id: ::std::string::String,
        #[doc = "The HTTP status."]
        pub status: i32,
    }
    impl Error {
        /// Begins one, field by field.
        pub fn builder() -> builder::Error {
            Default::default()
        }
    }
    #[doc = "One broken rule of one field."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct FieldError {
        #[doc = "The rule that was broken, as `too_short`, `format`, `required`, `unknown_field`."]
        pub code: ::std::string::String,
        #[doc = "Name of the parameter, or path into the body as `a.b.0`; empty for the body itself."]
        pub field: ::std::string::String,
        #[doc = "The rule in words. Never holds the value."]
        pub message: ::std::string::String,
    }
    impl FieldError {
        /// Begins one, field by field.
        pub fn builder() -> builder::FieldError {
            Default::default()
        }
    }
    #[doc = "The address of the account."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct ForgotPasswordRequest {
        #[doc = "An email address. Compared without regard to case; kept as typed."]
        pub email: ::std::string::String,
    }
    impl ForgotPasswordRequest {
        /// Begins one, field by field.
        pub fn builder() -> builder::ForgotPasswordRequest {
            Default::default()
        }
    }
    #[doc = "Whether a handle can be registered now."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct HandleAvailability {
        #[doc = "Can it be registered now?"]
        pub available: bool,
        #[doc = "Any short text."]
        pub handle: ::std::string::String,
        /// Why a handle cannot be registered.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reason: ::std::option::Option<crate::generated::open::HandleUnavailableReason>,
    }
    impl HandleAvailability {
        /// Begins one, field by field.
        pub fn builder() -> builder::HandleAvailability {
            Default::default()
        }
    }
    #[doc = "State of each dependency; `redis` only when configured."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct HealthDependencies {
        /// Does it answer?
        pub database: DependencyState,
        /// Does it answer?
        pub mail: DependencyState,
        /// Does it answer?
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub redis: ::std::option::Option<DependencyState>,
    }
    impl HealthDependencies {
        /// Begins one, field by field.
        pub fn builder() -> builder::HealthDependencies {
            Default::default()
        }
    }
    #[doc = "What a health check reports."]
    #[derive(
        :: serde :: Deserialize,
        :: serde :: Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
    )]
    pub enum HealthProbe {
        /// `ready`
        #[serde(rename = "ready")]
        Ready,
        /// `live`
        #[serde(rename = "live")]
        Live,
    }
    impl ::std::fmt::Display for HealthProbe {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Ready => f.write_str("ready"),
                Self::Live => f.write_str("live"),
            }
        }
    }
    impl ::std::str::FromStr for HealthProbe {
        type Err = self::error::ConversionError;
        fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "ready" => Ok(Self::Ready),
                "live" => Ok(Self::Live),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for HealthProbe {
        type Error = self::error::ConversionError;
        fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for HealthProbe {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for HealthProbe {
        fn default() -> Self {
            HealthProbe::Ready
        }
    }
    #[doc = "State of the server. `dependencies` is absent for `probe=live`."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct HealthReport {
        /// State of each dependency; `redis` only when configured.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub dependencies: ::std::option::Option<HealthDependencies>,
        /// `degraded`: something that is not needed for answering requests is down.
        pub status: HealthStatus,
        #[doc = "Version of the server."]
        pub version: ::std::string::String,
    }
    impl HealthReport {
        /// Begins one, field by field.
        pub fn builder() -> builder::HealthReport {
            Default::default()
        }
    }
    #[doc = "`degraded`: something that is not needed for answering requests is down."]
    #[derive(
        :: serde :: Deserialize,
        :: serde :: Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
    )]
    pub enum HealthStatus {
        /// `ok`
        #[serde(rename = "ok")]
        Ok,
        /// `degraded`
        #[serde(rename = "degraded")]
        Degraded,
    }
    impl ::std::fmt::Display for HealthStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Ok => f.write_str("ok"),
                Self::Degraded => f.write_str("degraded"),
            }
        }
    }
    impl ::std::str::FromStr for HealthStatus {
        type Err = self::error::ConversionError;
        fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "ok" => Ok(Self::Ok),
                "degraded" => Ok(Self::Degraded),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for HealthStatus {
        type Error = self::error::ConversionError;
        fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for HealthStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    #[doc = "Which picture."]
    #[derive(
        :: serde :: Deserialize,
        :: serde :: Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
    )]
    pub enum ImageKind {
        /// `profile`
        #[serde(rename = "profile")]
        Profile,
        /// `banner`
        #[serde(rename = "banner")]
        Banner,
    }
    impl ::std::fmt::Display for ImageKind {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Profile => f.write_str("profile"),
                Self::Banner => f.write_str("banner"),
            }
        }
    }
    impl ::std::str::FromStr for ImageKind {
        type Err = self::error::ConversionError;
        fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "profile" => Ok(Self::Profile),
                "banner" => Ok(Self::Banner),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ImageKind {
        type Error = self::error::ConversionError;
        fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ImageKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    #[doc = "Email, password, and whether to stay signed in."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct LoginRequest {
        #[doc = "An email address. Compared without regard to case; kept as typed."]
        pub email: ::std::string::String,
        #[doc = "The current password, exactly as it was set."]
        pub password: ::accord_client::Secret,
        #[doc = "Keep the cookie when the browser closes."]
        #[serde(default)]
        pub remember_me: bool,
    }
    impl LoginRequest {
        /// Begins one, field by field.
        pub fn builder() -> builder::LoginRequest {
            Default::default()
        }
    }
    #[doc = "Where to send the browser, the state that comes back from there, and until when it is good."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct OauthAuthorization {
        #[doc = "The provider's authorization page with all parameters."]
        pub authorization_url: ::std::string::String,
        #[doc = "RFC 3339, UTC."]
        pub expires_at: ::chrono::DateTime<::chrono::offset::Utc>,
        #[doc = "The state of one flow, as the provider hands it back."]
        pub state: ::accord_client::Secret,
    }
    impl OauthAuthorization {
        /// Begins one, field by field.
        pub fn builder() -> builder::OauthAuthorization {
            Default::default()
        }
    }
    #[doc = "A linked identity."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct OauthConnection {
        #[doc = "The name the provider gave when the identity was linked."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub display_name: ::std::option::Option<::std::string::String>,
        #[doc = "An email address. Compared without regard to case; kept as typed."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub email: ::std::option::Option<::std::string::String>,
        #[doc = "RFC 3339, UTC."]
        pub linked_at: ::chrono::DateTime<::chrono::offset::Utc>,
        /// An identity provider.
        pub provider: OauthProvider,
    }
    impl OauthConnection {
        /// Begins one, field by field.
        pub fn builder() -> builder::OauthConnection {
            Default::default()
        }
    }
    #[doc = "Linked identities."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct OauthConnectionList {
        #[doc = "The oldest first."]
        pub items: ::std::vec::Vec<OauthConnection>,
    }
    impl OauthConnectionList {
        /// Begins one, field by field.
        pub fn builder() -> builder::OauthConnectionList {
            Default::default()
        }
    }
    #[doc = "`login`: sign in or up. `link`: add the identity to the signed-in account."]
    #[derive(
        :: serde :: Deserialize,
        :: serde :: Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
    )]
    pub enum OauthFlow {
        /// `login`
        #[serde(rename = "login")]
        Login,
        /// `link`
        #[serde(rename = "link")]
        Link,
    }
    impl ::std::fmt::Display for OauthFlow {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Login => f.write_str("login"),
                Self::Link => f.write_str("link"),
            }
        }
    }
    impl ::std::str::FromStr for OauthFlow {
        type Err = self::error::ConversionError;
        fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "login" => Ok(Self::Login),
                "link" => Ok(Self::Link),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for OauthFlow {
        type Error = self::error::ConversionError;
        fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for OauthFlow {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for OauthFlow {
        fn default() -> Self {
            OauthFlow::Login
        }
    }
    #[doc = "What the provider handed to the redirect URI."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct OauthLinkRequest {
        #[doc = "The authorization code."]
        pub code: ::accord_client::Secret,
        #[doc = "The `iss` parameter, when the provider sent one (RFC 9207)."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub iss: ::std::option::Option<::std::string::String>,
        #[doc = "The state of one flow, as the provider hands it back."]
        pub state: ::accord_client::Secret,
    }
    impl OauthLinkRequest {
        /// Begins one, field by field.
        pub fn builder() -> builder::OauthLinkRequest {
            Default::default()
        }
    }
    #[doc = "What the provider handed to the redirect URI."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct OauthLoginRequest {
        #[doc = "The authorization code."]
        pub code: ::accord_client::Secret,
        #[doc = "The `iss` parameter, when the provider sent one (RFC 9207)."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub iss: ::std::option::Option<::std::string::String>,
        #[doc = "Keep the cookie when the browser closes."]
        #[serde(default)]
        pub remember_me: bool,
        #[doc = "The state of one flow, as the provider hands it back."]
        pub state: ::accord_client::Secret,
    }
    impl OauthLoginRequest {
        /// Begins one, field by field.
        pub fn builder() -> builder::OauthLoginRequest {
            Default::default()
        }
    }
    #[doc = "An identity provider."]
    #[derive(
        :: serde :: Deserialize,
        :: serde :: Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
    )]
    pub enum OauthProvider {
        /// `google`
        #[serde(rename = "google")]
        Google,
        /// `github`
        #[serde(rename = "github")]
        Github,
    }
    impl ::std::fmt::Display for OauthProvider {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Google => f.write_str("google"),
                Self::Github => f.write_str("github"),
            }
        }
    }
    impl ::std::str::FromStr for OauthProvider {
        type Err = self::error::ConversionError;
        fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "google" => Ok(Self::Google),
                "github" => Ok(Self::Github),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for OauthProvider {
        type Error = self::error::ConversionError;
        fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for OauthProvider {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    #[doc = "Back in time, or forward."]
    #[derive(
        :: serde :: Deserialize,
        :: serde :: Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
    )]
    pub enum PageDirection {
        /// `older`
        #[serde(rename = "older")]
        Older,
        /// `newer`
        #[serde(rename = "newer")]
        Newer,
    }
    impl ::std::fmt::Display for PageDirection {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Older => f.write_str("older"),
                Self::Newer => f.write_str("newer"),
            }
        }
    }
    impl ::std::str::FromStr for PageDirection {
        type Err = self::error::ConversionError;
        fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "older" => Ok(Self::Older),
                "newer" => Ok(Self::Newer),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for PageDirection {
        type Error = self::error::ConversionError;
        fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for PageDirection {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for PageDirection {
        fn default() -> Self {
            PageDirection::Older
        }
    }
    #[doc = "What everybody may see of a verified user."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct PublicUser {
        #[doc = "Where the picture is; its content never changes under one URL."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub banner_image_url: ::std::option::Option<::std::string::String>,
        #[doc = "A few words about oneself."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub bio: ::std::option::Option<::std::string::String>,
        #[doc = "RFC 3339, UTC."]
        pub created_at: ::chrono::DateTime<::chrono::offset::Utc>,
        #[doc = "The name to show; no control characters, not blank."]
        pub display_name: ::std::string::String,
        #[doc = "4–15 of `A-Z a-z 0-9 _`, letter or digit at both ends. Unique without regard to case."]
        pub handle: ::std::string::String,
        #[doc = "A UUID; the server makes them of version 7."]
        pub id: ::uuid::Uuid,
        #[doc = "Where the picture is; its content never changes under one URL."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub profile_image_url: ::std::option::Option<::std::string::String>,
    }
    impl PublicUser {
        /// Begins one, field by field.
        pub fn builder() -> builder::PublicUser {
            Default::default()
        }
    }
    #[doc = "Exactly one of the two."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug, Default)]
    pub struct ReauthenticateRequest {
        #[doc = "The current password, exactly as it was set."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub password: ::std::option::Option<::accord_client::Secret>,
        #[doc = "Six digits from an authenticator (RFC 6238, SHA-1, 30 seconds)."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub totp_code: ::std::option::Option<::accord_client::Secret>,
    }
    impl ReauthenticateRequest {
        /// Begins one, field by field.
        pub fn builder() -> builder::ReauthenticateRequest {
            Default::default()
        }
    }
    #[doc = "The token of the reset mail and the new password."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct ResetPasswordRequest {
        #[doc = "8–128 characters, counted as code points after NFC normalisation; any characters. Refused with\n`password:too_weak` when common, easy to guess, or made of the account's handle or address or of the\nservice's name. A server may ask for more than 8.\n"]
        pub new_password: ::accord_client::Secret,
        #[doc = "An opaque single-use token."]
        pub token: ::accord_client::Secret,
    }
    impl ResetPasswordRequest {
        /// Begins one, field by field.
        pub fn builder() -> builder::ResetPasswordRequest {
            Default::default()
        }
    }
    #[doc = "How many sessions were ended."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct RevokedSessions {
        #[doc = "Number of sessions."]
        pub revoked: i64,
    }
    impl RevokedSessions {
        /// Begins one, field by field.
        pub fn builder() -> builder::RevokedSessions {
            Default::default()
        }
    }
    #[doc = "One live session of the account."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct Session {
        #[doc = "Client address at sign-in."]
        pub address: ::std::string::String,
        #[doc = "RFC 3339, UTC."]
        pub created_at: ::chrono::DateTime<::chrono::offset::Utc>,
        #[doc = "RFC 3339, UTC."]
        pub expires_at: ::chrono::DateTime<::chrono::offset::Utc>,
        #[doc = "A UUID; the server makes them of version 7."]
        pub id: ::uuid::Uuid,
        #[doc = "Is it the one that asks?"]
        pub is_current: bool,
        #[doc = "RFC 3339, UTC."]
        pub last_used_at: ::chrono::DateTime<::chrono::offset::Utc>,
        #[doc = "User agent at sign-in; empty when none was sent."]
        pub user_agent: ::std::string::String,
    }
    impl Session {
        /// Begins one, field by field.
        pub fn builder() -> builder::Session {
            Default::default()
        }
    }
    #[doc = "Live sessions."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct SessionList {
        #[doc = "The most recently used first."]
        pub items: ::std::vec::Vec<Session>,
    }
    impl SessionList {
        /// Begins one, field by field.
        pub fn builder() -> builder::SessionList {
            Default::default()
        }
    }
    #[doc = "Outcome of a sign-in. `user` comes with `authenticated`; `temp_token` and `expires_at` with `totp_required`;\n`pending_token`, `expires_at` and `suggestion` with `signup_required`.\n"]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct SignInResult {
        #[doc = "RFC 3339, UTC."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub expires_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        #[doc = "An opaque single-use token."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub pending_token: ::std::option::Option<::accord_client::Secret>,
        /// `authenticated`: signed in. `totp_required`: go on with `verify_totp`. `signup_required`: go on with `complete_signup`.
        pub status: SignInStatus,
        /// What the provider says of the person; a start for the sign-up form.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub suggestion: ::std::option::Option<SignupSuggestion>,
        #[doc = "An opaque single-use token."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub temp_token: ::std::option::Option<::accord_client::Secret>,
        /// Your own account. Fields without a value are absent.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub user: ::std::option::Option<CurrentUser>,
    }
    impl SignInResult {
        /// Begins one, field by field.
        pub fn builder() -> builder::SignInResult {
            Default::default()
        }
    }
    #[doc = "`authenticated`: signed in. `totp_required`: go on with `verify_totp`. `signup_required`: go on with `complete_signup`.\n"]
    #[derive(
        :: serde :: Deserialize,
        :: serde :: Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
    )]
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
    impl ::std::fmt::Display for SignInStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Authenticated => f.write_str("authenticated"),
                Self::TotpRequired => f.write_str("totp_required"),
                Self::SignupRequired => f.write_str("signup_required"),
            }
        }
    }
    impl ::std::str::FromStr for SignInStatus {
        type Err = self::error::ConversionError;
        fn from_str(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "authenticated" => Ok(Self::Authenticated),
                "totp_required" => Ok(Self::TotpRequired),
                "signup_required" => Ok(Self::SignupRequired),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for SignInStatus {
        type Error = self::error::ConversionError;
        fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SignInStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    #[doc = "What the provider says of the person; a start for the sign-up form."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct SignupSuggestion {
        #[doc = "The name to show; no control characters, not blank."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub display_name: ::std::option::Option<::std::string::String>,
        #[doc = "An email address. Compared without regard to case; kept as typed."]
        pub email: ::std::string::String,
        #[doc = "4–15 of `A-Z a-z 0-9 _`, letter or digit at both ends. Unique without regard to case."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub handle: ::std::option::Option<::std::string::String>,
    }
    impl SignupSuggestion {
        /// Begins one, field by field.
        pub fn builder() -> builder::SignupSuggestion {
            Default::default()
        }
    }
    #[doc = "The picture as it was stored."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct StoredImage {
        #[doc = "Size of the stored file."]
        pub bytes: i64,
        #[doc = "Always `image/webp`."]
        pub content_type: ::std::string::String,
        #[doc = "Pixels."]
        pub height: i32,
        #[doc = "Where the picture is; its content never changes under one URL."]
        pub url: ::std::string::String,
        #[doc = "Pixels."]
        pub width: i32,
    }
    impl StoredImage {
        /// Begins one, field by field.
        pub fn builder() -> builder::StoredImage {
            Default::default()
        }
    }
    #[doc = "A TOTP code or a backup code."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct TotpCodeRequest {
        #[doc = "A TOTP code (six digits) or a backup code (dashes, spaces and case make no difference)."]
        pub code: ::accord_client::Secret,
    }
    impl TotpCodeRequest {
        /// Begins one, field by field.
        pub fn builder() -> builder::TotpCodeRequest {
            Default::default()
        }
    }
    #[doc = "The pending secret, three ways."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct TotpSetup {
        #[doc = "RFC 3339, UTC."]
        pub expires_at: ::chrono::DateTime<::chrono::offset::Utc>,
        #[doc = "The `otpauth://` URI."]
        pub otpauth_uri: ::accord_client::Secret,
        #[doc = "The URI as a QR code, a PNG in a `data:` URI."]
        pub qr_code: ::accord_client::Secret,
        #[doc = "The secret in base32, for typing in."]
        pub secret: ::accord_client::Secret,
    }
    impl TotpSetup {
        /// Begins one, field by field.
        pub fn builder() -> builder::TotpSetup {
            Default::default()
        }
    }
    #[doc = "State of the second factor."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct TotpStatus {
        #[doc = "Backup codes that still work."]
        pub backup_codes_remaining: i32,
        #[doc = "Is TOTP on?"]
        pub enabled: bool,
        #[doc = "RFC 3339, UTC."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub enabled_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
    }
    impl TotpStatus {
        /// Begins one, field by field.
        pub fn builder() -> builder::TotpStatus {
            Default::default()
        }
    }
    #[doc = "Which identity to unlink."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct UnlinkOauthRequest {
        /// An identity provider.
        pub provider: OauthProvider,
    }
    impl UnlinkOauthRequest {
        /// Begins one, field by field.
        pub fn builder() -> builder::UnlinkOauthRequest {
            Default::default()
        }
    }
    #[doc = "What to change. Absent keeps, `null` clears."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug, Default)]
    pub struct UpdateMeRequest {
        #[doc = "A few words about oneself; `null` clears it."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub bio: ::std::option::Option<::accord_client::Patch<::std::string::String>>,
        #[doc = "The name to show; no control characters, not blank."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub display_name: ::std::option::Option<::std::string::String>,
    }
    impl UpdateMeRequest {
        /// Begins one, field by field.
        pub fn builder() -> builder::UpdateMeRequest {
            Default::default()
        }
    }
    #[doc = "A page of users, best match first. Without `next_cursor` it is the last one."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct UserPage {
        #[doc = "The users."]
        pub items: ::std::vec::Vec<PublicUser>,
        #[doc = "An opaque place in a list."]
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    impl UserPage {
        /// Begins one, field by field.
        pub fn builder() -> builder::UserPage {
            Default::default()
        }
    }
    #[doc = "The token of the verification mail."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct VerifyEmailRequest {
        #[doc = "An opaque single-use token."]
        pub token: ::accord_client::Secret,
    }
    impl VerifyEmailRequest {
        /// Begins one, field by field.
        pub fn builder() -> builder::VerifyEmailRequest {
            Default::default()
        }
    }
    #[doc = "The token of the sign-in and a code."]
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct VerifyTotpRequest {
        #[doc = "A TOTP code (six digits) or a backup code (dashes, spaces and case make no difference)."]
        pub code: ::accord_client::Secret,
        #[doc = "An opaque single-use token."]
        pub temp_token: ::accord_client::Secret,
    }
    impl VerifyTotpRequest {
        /// Begins one, field by field.
        pub fn builder() -> builder::VerifyTotpRequest {
            Default::default()
        }
    }
    #[doc = " Types for composing complex structures."]
    pub mod builder {
        /// Makes a [`ActionClient`](super::ActionClient), field by field.
        #[derive(Clone, Debug)]
        pub struct ActionClient {
            address: ::std::result::Result<::std::string::String, ::std::string::String>,
            user_agent: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for ActionClient {
            fn default() -> Self {
                Self {
                    address: Err("no value supplied for address".to_string()),
                    user_agent: Err("no value supplied for user_agent".to_string()),
                }
            }
        }
        impl ActionClient {
            /// Sets [`address`](super::ActionClient#structfield.address).
            pub fn address<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.address = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for address: {e}"));
                self
            }
            /// Sets [`user_agent`](super::ActionClient#structfield.user_agent).
            pub fn user_agent<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.user_agent = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for user_agent: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<ActionClient> for super::ActionClient {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ActionClient,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    address: value.address?,
                    user_agent: value.user_agent?,
                })
            }
        }
        impl ::std::convert::From<super::ActionClient> for ActionClient {
            fn from(value: super::ActionClient) -> Self {
                Self {
                    address: Ok(value.address),
                    user_agent: Ok(value.user_agent),
                }
            }
        }
        /// Makes a [`ActionData`](super::ActionData), field by field.
        #[derive(Clone, Debug)]
        pub struct ActionData {
            display_name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            fields: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            handle: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            image: ::std::result::Result<
                ::std::option::Option<super::ImageKind>,
                ::std::string::String,
            >,
            image_url: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            method: ::std::result::Result<
                ::std::option::Option<crate::generated::open::SignInMethod>,
                ::std::string::String,
            >,
            provider: ::std::result::Result<
                ::std::option::Option<super::OauthProvider>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ActionData {
            fn default() -> Self {
                Self {
                    display_name: Ok(Default::default()),
                    fields: Ok(Default::default()),
                    handle: Ok(Default::default()),
                    image: Ok(Default::default()),
                    image_url: Ok(Default::default()),
                    method: Ok(Default::default()),
                    provider: Ok(Default::default()),
                }
            }
        }
        impl ActionData {
            /// Sets [`display_name`](super::ActionData#structfield.display_name).
            pub fn display_name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.display_name = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for display_name: {e}"));
                self
            }
            /// Sets [`fields`](super::ActionData#structfield.fields).
            pub fn fields<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.fields = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for fields: {e}"));
                self
            }
            /// Sets [`handle`](super::ActionData#structfield.handle).
            pub fn handle<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.handle = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for handle: {e}"));
                self
            }
            /// Sets [`image`](super::ActionData#structfield.image).
            pub fn image<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::ImageKind>>,
                T::Error: ::std::fmt::Display,
            {
                self.image = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for image: {e}"));
                self
            }
            /// Sets [`image_url`](super::ActionData#structfield.image_url).
            pub fn image_url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.image_url = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for image_url: {e}"));
                self
            }
            /// Sets [`method`](super::ActionData#structfield.method).
            pub fn method<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                        ::std::option::Option<crate::generated::open::SignInMethod>,
                    >,
                T::Error: ::std::fmt::Display,
            {
                self.method = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for method: {e}"));
                self
            }
            /// Sets [`provider`](super::ActionData#structfield.provider).
            pub fn provider<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::OauthProvider>>,
                T::Error: ::std::fmt::Display,
            {
                self.provider = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for provider: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<ActionData> for super::ActionData {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ActionData,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    display_name: value.display_name?,
                    fields: value.fields?,
                    handle: value.handle?,
                    image: value.image?,
                    image_url: value.image_url?,
                    method: value.method?,
                    provider: value.provider?,
                })
            }
        }
        impl ::std::convert::From<super::ActionData> for ActionData {
            fn from(value: super::ActionData) -> Self {
                Self {
                    display_name: Ok(value.display_name),
                    fields: Ok(value.fields),
                    handle: Ok(value.handle),
                    image: Ok(value.image),
                    image_url: Ok(value.image_url),
                    method: Ok(value.method),
                    provider: Ok(value.provider),
                }
            }
        }
        /// Makes a [`ActionLogEntry`](super::ActionLogEntry), field by field.
        #[derive(Clone, Debug)]
        pub struct ActionLogEntry {
            action:
                ::std::result::Result<crate::generated::open::ActionKind, ::std::string::String>,
            actor_id:
                ::std::result::Result<::std::option::Option<::uuid::Uuid>, ::std::string::String>,
            client: ::std::result::Result<
                ::std::option::Option<super::ActionClient>,
                ::std::string::String,
            >,
            created_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            data: ::std::result::Result<super::ActionData, ::std::string::String>,
            id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            resource_id:
                ::std::result::Result<::std::option::Option<::uuid::Uuid>, ::std::string::String>,
            resource_type:
                ::std::result::Result<crate::generated::open::ResourceType, ::std::string::String>,
        }
        impl ::std::default::Default for ActionLogEntry {
            fn default() -> Self {
                Self {
                    action: Err("no value supplied for action".to_string()),
                    actor_id: Ok(Default::default()),
                    client: Ok(Default::default()),
                    created_at: Err("no value supplied for created_at".to_string()),
                    data: Err("no value supplied for data".to_string()),
                    id: Err("no value supplied for id".to_string()),
                    resource_id: Ok(Default::default()),
                    resource_type: Err("no value supplied for resource_type".to_string()),
                }
            }
        }
        impl ActionLogEntry {
            /// Sets [`action`](super::ActionLogEntry#structfield.action).
            pub fn action<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<crate::generated::open::ActionKind>,
                T::Error: ::std::fmt::Display,
            {
                self.action = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for action: {e}"));
                self
            }
            /// Sets [`actor_id`](super::ActionLogEntry#structfield.actor_id).
            pub fn actor_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::uuid::Uuid>>,
                T::Error: ::std::fmt::Display,
            {
                self.actor_id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for actor_id: {e}"));
                self
            }
            /// Sets [`client`](super::ActionLogEntry#structfield.client).
            pub fn client<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::ActionClient>>,
                T::Error: ::std::fmt::Display,
            {
                self.client = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for client: {e}"));
                self
            }
            /// Sets [`created_at`](super::ActionLogEntry#structfield.created_at).
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for created_at: {e}"));
                self
            }
            /// Sets [`data`](super::ActionLogEntry#structfield.data).
            pub fn data<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::ActionData>,
                T::Error: ::std::fmt::Display,
            {
                self.data = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for data: {e}"));
                self
            }
            /// Sets [`id`](super::ActionLogEntry#structfield.id).
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            /// Sets [`resource_id`](super::ActionLogEntry#structfield.resource_id).
            pub fn resource_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::uuid::Uuid>>,
                T::Error: ::std::fmt::Display,
            {
                self.resource_id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for resource_id: {e}"));
                self
            }
            /// Sets [`resource_type`](super::ActionLogEntry#structfield.resource_type).
            pub fn resource_type<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<crate::generated::open::ResourceType>,
                T::Error: ::std::fmt::Display,
            {
                self.resource_type = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for resource_type: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<ActionLogEntry> for super::ActionLogEntry {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ActionLogEntry,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    action: value.action?,
                    actor_id: value.actor_id?,
                    client: value.client?,
                    created_at: value.created_at?,
                    data: value.data?,
                    id: value.id?,
                    resource_id: value.resource_id?,
                    resource_type: value.resource_type?,
                })
            }
        }
        impl ::std::convert::From<super::ActionLogEntry> for ActionLogEntry {
            fn from(value: super::ActionLogEntry) -> Self {
                Self {
                    action: Ok(value.action),
                    actor_id: Ok(value.actor_id),
                    client: Ok(value.client),
                    created_at: Ok(value.created_at),
                    data: Ok(value.data),
                    id: Ok(value.id),
                    resource_id: Ok(value.resource_id),
                    resource_type: Ok(value.resource_type),
                }
            }
        }
        /// Makes a [`ActionLogPage`](super::ActionLogPage), field by field.
        #[derive(Clone, Debug)]
        pub struct ActionLogPage {
            items: ::std::result::Result<
                ::std::vec::Vec<super::ActionLogEntry>,
                ::std::string::String,
            >,
            newer_cursor: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            older_cursor: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ActionLogPage {
            fn default() -> Self {
                Self {
                    items: Err("no value supplied for items".to_string()),
                    newer_cursor: Ok(Default::default()),
                    older_cursor: Ok(Default::default()),
                }
            }
        }
        impl ActionLogPage {
            /// Sets [`items`](super::ActionLogPage#structfield.items).
            pub fn items<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::ActionLogEntry>>,
                T::Error: ::std::fmt::Display,
            {
                self.items = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for items: {e}"));
                self
            }
            /// Sets [`newer_cursor`](super::ActionLogPage#structfield.newer_cursor).
            pub fn newer_cursor<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.newer_cursor = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for newer_cursor: {e}"));
                self
            }
            /// Sets [`older_cursor`](super::ActionLogPage#structfield.older_cursor).
            pub fn older_cursor<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.older_cursor = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for older_cursor: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<ActionLogPage> for super::ActionLogPage {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ActionLogPage,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    items: value.items?,
                    newer_cursor: value.newer_cursor?,
                    older_cursor: value.older_cursor?,
                })
            }
        }
        impl ::std::convert::From<super::ActionLogPage> for ActionLogPage {
            fn from(value: super::ActionLogPage) -> Self {
                Self {
                    items: Ok(value.items),
                    newer_cursor: Ok(value.newer_cursor),
                    older_cursor: Ok(value.older_cursor),
                }
            }
        }
        /// Makes a [`BackupCodes`](super::BackupCodes), field by field.
        #[derive(Clone, Debug)]
        pub struct BackupCodes {
            backup_codes: ::std::result::Result<
                ::std::vec::Vec<::accord_client::Secret>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for BackupCodes {
            fn default() -> Self {
                Self {
                    backup_codes: Err("no value supplied for backup_codes".to_string()),
                }
            }
        }
        impl BackupCodes {
            /// Sets [`backup_codes`](super::BackupCodes#structfield.backup_codes).
            pub fn backup_codes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::accord_client::Secret>>,
                T::Error: ::std::fmt::Display,
            {
                self.backup_codes = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for backup_codes: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<BackupCodes> for super::BackupCodes {
            type Error = super::error::ConversionError;
            fn try_from(
                value: BackupCodes,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    backup_codes: value.backup_codes?,
                })
            }
        }
        impl ::std::convert::From<super::BackupCodes> for BackupCodes {
            fn from(value: super::BackupCodes) -> Self {
                Self {
                    backup_codes: Ok(value.backup_codes),
                }
            }
        }
        /// Makes a [`ChangeEmailRequest`](super::ChangeEmailRequest), field by field.
        #[derive(Clone, Debug)]
        pub struct ChangeEmailRequest {
            new_email: ::std::result::Result<::std::string::String, ::std::string::String>,
            password: ::std::result::Result<
                ::std::option::Option<::accord_client::Secret>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ChangeEmailRequest {
            fn default() -> Self {
                Self {
                    new_email: Err("no value supplied for new_email".to_string()),
                    password: Ok(Default::default()),
                }
            }
        }
        impl ChangeEmailRequest {
            /// Sets [`new_email`](super::ChangeEmailRequest#structfield.new_email).
            pub fn new_email<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.new_email = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for new_email: {e}"));
                self
            }
            /// Sets [`password`](super::ChangeEmailRequest#structfield.password).
            pub fn password<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::accord_client::Secret>>,
                T::Error: ::std::fmt::Display,
            {
                self.password = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for password: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<ChangeEmailRequest> for super::ChangeEmailRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ChangeEmailRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    new_email: value.new_email?,
                    password: value.password?,
                })
            }
        }
        impl ::std::convert::From<super::ChangeEmailRequest> for ChangeEmailRequest {
            fn from(value: super::ChangeEmailRequest) -> Self {
                Self {
                    new_email: Ok(value.new_email),
                    password: Ok(value.password),
                }
            }
        }
        /// Makes a [`ChangePasswordRequest`](super::ChangePasswordRequest), field by field.
        #[derive(Clone, Debug)]
        pub struct ChangePasswordRequest {
            current_password: ::std::result::Result<
                ::std::option::Option<::accord_client::Secret>,
                ::std::string::String,
            >,
            new_password: ::std::result::Result<::accord_client::Secret, ::std::string::String>,
        }
        impl ::std::default::Default for ChangePasswordRequest {
            fn default() -> Self {
                Self {
                    current_password: Ok(Default::default()),
                    new_password: Err("no value supplied for new_password".to_string()),
                }
            }
        }
        impl ChangePasswordRequest {
            /// Sets [`current_password`](super::ChangePasswordRequest#structfield.current_password).
            pub fn current_password<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::accord_client::Secret>>,
                T::Error: ::std::fmt::Display,
            {
                self.current_password = value.try_into().map_err(|e| {
                    format!("error converting supplied value for current_password: {e}")
                });
                self
            }
            /// Sets [`new_password`](super::ChangePasswordRequest#structfield.new_password).
            pub fn new_password<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::accord_client::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.new_password = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for new_password: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<ChangePasswordRequest> for super::ChangePasswordRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ChangePasswordRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    current_password: value.current_password?,
                    new_password: value.new_password?,
                })
            }
        }
        impl ::std::convert::From<super::ChangePasswordRequest> for ChangePasswordRequest {
            fn from(value: super::ChangePasswordRequest) -> Self {
                Self {
                    current_password: Ok(value.current_password),
                    new_password: Ok(value.new_password),
                }
            }
        }
        /// Makes a [`CompleteSignupRequest`](super::CompleteSignupRequest), field by field.
        #[derive(Clone, Debug)]
        pub struct CompleteSignupRequest {
            display_name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            handle: ::std::result::Result<::std::string::String, ::std::string::String>,
            pending_token: ::std::result::Result<::accord_client::Secret, ::std::string::String>,
        }
        impl ::std::default::Default for CompleteSignupRequest {
            fn default() -> Self {
                Self {
                    display_name: Ok(Default::default()),
                    handle: Err("no value supplied for handle".to_string()),
                    pending_token: Err("no value supplied for pending_token".to_string()),
                }
            }
        }
        impl CompleteSignupRequest {
            /// Sets [`display_name`](super::CompleteSignupRequest#structfield.display_name).
            pub fn display_name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.display_name = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for display_name: {e}"));
                self
            }
            /// Sets [`handle`](super::CompleteSignupRequest#structfield.handle).
            pub fn handle<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.handle = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for handle: {e}"));
                self
            }
            /// Sets [`pending_token`](super::CompleteSignupRequest#structfield.pending_token).
            pub fn pending_token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::accord_client::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.pending_token = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for pending_token: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<CompleteSignupRequest> for super::CompleteSignupRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CompleteSignupRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    display_name: value.display_name?,
                    handle: value.handle?,
                    pending_token: value.pending_token?,
                })
            }
        }
        impl ::std::convert::From<super::CompleteSignupRequest> for CompleteSignupRequest {
            fn from(value: super::CompleteSignupRequest) -> Self {
                Self {
                    display_name: Ok(value.display_name),
                    handle: Ok(value.handle),
                    pending_token: Ok(value.pending_token),
                }
            }
        }
        /// Makes a [`ConfirmEmailChangeRequest`](super::ConfirmEmailChangeRequest), field by field.
        #[derive(Clone, Debug)]
        pub struct ConfirmEmailChangeRequest {
            token: ::std::result::Result<::accord_client::Secret, ::std::string::String>,
        }
        impl ::std::default::Default for ConfirmEmailChangeRequest {
            fn default() -> Self {
                Self {
                    token: Err("no value supplied for token".to_string()),
                }
            }
        }
        impl ConfirmEmailChangeRequest {
            /// Sets [`token`](super::ConfirmEmailChangeRequest#structfield.token).
            pub fn token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::accord_client::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.token = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for token: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<ConfirmEmailChangeRequest> for super::ConfirmEmailChangeRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ConfirmEmailChangeRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    token: value.token?,
                })
            }
        }
        impl ::std::convert::From<super::ConfirmEmailChangeRequest> for ConfirmEmailChangeRequest {
            fn from(value: super::ConfirmEmailChangeRequest) -> Self {
                Self {
                    token: Ok(value.token),
                }
            }
        }
        /// Makes a [`CreateUserRequest`](super::CreateUserRequest), field by field.
        #[derive(Clone, Debug)]
        pub struct CreateUserRequest {
            display_name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            email: ::std::result::Result<::std::string::String, ::std::string::String>,
            handle: ::std::result::Result<::std::string::String, ::std::string::String>,
            password: ::std::result::Result<::accord_client::Secret, ::std::string::String>,
        }
        impl ::std::default::Default for CreateUserRequest {
            fn default() -> Self {
                Self {
                    display_name: Ok(Default::default()),
                    email: Err("no value supplied for email".to_string()),
                    handle: Err("no value supplied for handle".to_string()),
                    password: Err("no value supplied for password".to_string()),
                }
            }
        }
        impl CreateUserRequest {
            /// Sets [`display_name`](super::CreateUserRequest#structfield.display_name).
            pub fn display_name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.display_name = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for display_name: {e}"));
                self
            }
            /// Sets [`email`](super::CreateUserRequest#structfield.email).
            pub fn email<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.email = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for email: {e}"));
                self
            }
            /// Sets [`handle`](super::CreateUserRequest#structfield.handle).
            pub fn handle<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.handle = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for handle: {e}"));
                self
            }
            /// Sets [`password`](super::CreateUserRequest#structfield.password).
            pub fn password<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::accord_client::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.password = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for password: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<CreateUserRequest> for super::CreateUserRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CreateUserRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    display_name: value.display_name?,
                    email: value.email?,
                    handle: value.handle?,
                    password: value.password?,
                })
            }
        }
        impl ::std::convert::From<super::CreateUserRequest> for CreateUserRequest {
            fn from(value: super::CreateUserRequest) -> Self {
                Self {
                    display_name: Ok(value.display_name),
                    email: Ok(value.email),
                    handle: Ok(value.handle),
                    password: Ok(value.password),
                }
            }
        }
        /// Makes a [`CurrentUser`](super::CurrentUser), field by field.
        #[derive(Clone, Debug)]
        pub struct CurrentUser {
            banner_image_url: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            bio: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            created_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            display_name: ::std::result::Result<::std::string::String, ::std::string::String>,
            email: ::std::result::Result<::std::string::String, ::std::string::String>,
            email_verified: ::std::result::Result<bool, ::std::string::String>,
            handle: ::std::result::Result<::std::string::String, ::std::string::String>,
            has_password: ::std::result::Result<bool, ::std::string::String>,
            id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            profile_image_url: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            totp_enabled: ::std::result::Result<bool, ::std::string::String>,
            updated_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for CurrentUser {
            fn default() -> Self {
                Self {
                    banner_image_url: Ok(Default::default()),
                    bio: Ok(Default::default()),
                    created_at: Err("no value supplied for created_at".to_string()),
                    display_name: Err("no value supplied for display_name".to_string()),
                    email: Err("no value supplied for email".to_string()),
                    email_verified: Err("no value supplied for email_verified".to_string()),
                    handle: Err("no value supplied for handle".to_string()),
                    has_password: Err("no value supplied for has_password".to_string()),
                    id: Err("no value supplied for id".to_string()),
                    profile_image_url: Ok(Default::default()),
                    totp_enabled: Err("no value supplied for totp_enabled".to_string()),
                    updated_at: Err("no value supplied for updated_at".to_string()),
                }
            }
        }
        impl CurrentUser {
            /// Sets [`banner_image_url`](super::CurrentUser#structfield.banner_image_url).
            pub fn banner_image_url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.banner_image_url = value.try_into().map_err(|e| {
                    format!("error converting supplied value for banner_image_url: {e}")
                });
                self
            }
            /// Sets [`bio`](super::CurrentUser#structfield.bio).
            pub fn bio<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.bio = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for bio: {e}"));
                self
            }
            /// Sets [`created_at`](super::CurrentUser#structfield.created_at).
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for created_at: {e}"));
                self
            }
            /// Sets [`display_name`](super::CurrentUser#structfield.display_name).
            pub fn display_name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.display_name = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for display_name: {e}"));
                self
            }
            /// Sets [`email`](super::CurrentUser#structfield.email).
            pub fn email<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.email = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for email: {e}"));
                self
            }
            /// Sets [`email_verified`](super::CurrentUser#structfield.email_verified).
            pub fn email_verified<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.email_verified = value.try_into().map_err(|e| {
                    format!("error converting supplied value for email_verified: {e}")
                });
                self
            }
            /// Sets [`handle`](super::CurrentUser#structfield.handle).
            pub fn handle<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.handle = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for handle: {e}"));
                self
            }
            /// Sets [`has_password`](super::CurrentUser#structfield.has_password).
            pub fn has_password<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.has_password = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for has_password: {e}"));
                self
            }
            /// Sets [`id`](super::CurrentUser#structfield.id).
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            /// Sets [`profile_image_url`](super::CurrentUser#structfield.profile_image_url).
            pub fn profile_image_url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.profile_image_url = value.try_into().map_err(|e| {
                    format!("error converting supplied value for profile_image_url: {e}")
                });
                self
            }
            /// Sets [`totp_enabled`](super::CurrentUser#structfield.totp_enabled).
            pub fn totp_enabled<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.totp_enabled = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for totp_enabled: {e}"));
                self
            }
            /// Sets [`updated_at`](super::CurrentUser#structfield.updated_at).
            pub fn updated_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.updated_at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for updated_at: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<CurrentUser> for super::CurrentUser {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CurrentUser,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    banner_image_url: value.banner_image_url?,
                    bio: value.bio?,
                    created_at: value.created_at?,
                    display_name: value.display_name?,
                    email: value.email?,
                    email_verified: value.email_verified?,
                    handle: value.handle?,
                    has_password: value.has_password?,
                    id: value.id?,
                    profile_image_url: value.profile_image_url?,
                    totp_enabled: value.totp_enabled?,
                    updated_at: value.updated_at?,
                })
            }
        }
        impl ::std::convert::From<super::CurrentUser> for CurrentUser {
            fn from(value: super::CurrentUser) -> Self {
                Self {
                    banner_image_url: Ok(value.banner_image_url),
                    bio: Ok(value.bio),
                    created_at: Ok(value.created_at),
                    display_name: Ok(value.display_name),
                    email: Ok(value.email),
                    email_verified: Ok(value.email_verified),
                    handle: Ok(value.handle),
                    has_password: Ok(value.has_password),
                    id: Ok(value.id),
                    profile_image_url: Ok(value.profile_image_url),
                    totp_enabled: Ok(value.totp_enabled),
                    updated_at: Ok(value.updated_at),
                }
            }
        }
        /// Makes a [`EnableTotpRequest`](super::EnableTotpRequest), field by field.
        #[derive(Clone, Debug)]
        pub struct EnableTotpRequest {
            code: ::std::result::Result<::accord_client::Secret, ::std::string::String>,
        }
        impl ::std::default::Default for EnableTotpRequest {
            fn default() -> Self {
                Self {
                    code: Err("no value supplied for code".to_string()),
                }
            }
        }
        impl EnableTotpRequest {
            /// Sets [`code`](super::EnableTotpRequest#structfield.code).
            pub fn code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::accord_client::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.code = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for code: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<EnableTotpRequest> for super::EnableTotpRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: EnableTotpRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { code: value.code? })
            }
        }
        impl ::std::convert::From<super::EnableTotpRequest> for EnableTotpRequest {
            fn from(value: super::EnableTotpRequest) -> Self {
                Self {
                    code: Ok(value.code),
                }
            }
        }
        /// Makes a [`Error`](super::Error), field by field.
        #[derive(Clone, Debug)]
        pub struct Error {
            code: ::std::result::Result<crate::generated::open::ErrorCode, ::std::string::String>,
            details: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            errors:
                ::std::result::Result<::std::vec::Vec<super::FieldError>, ::std::string::String>,
            request_id: ::std::result::Result<::std::string::String, ::std::string::String>,
            status: ::std::result::Result<i32, ::std::string::String>,
        }
        impl ::std::default::Default for Error {
            fn default() -> Self {
                Self {
                    code: Err("no value supplied for code".to_string()),
                    details: Ok(Default::default()),
                    errors: Ok(Default::default()),
                    request_id: Err("no value supplied for request_id".to_string()),
                    status: Err("no value supplied for status".to_string()),
                }
            }
        }
        impl Error {
            /// Sets [`code`](super::Error#structfield.code).
            pub fn code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<crate::generated::open::ErrorCode>,
                T::Error: ::std::fmt::Display,
            {
                self.code = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for code: {e}"));
                self
            }
            /// Sets [`details`](super::Error#structfield.details).
            pub fn details<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.details = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for details: {e}"));
                self
            }
            /// Sets [`errors`](super::Error#structfield.errors).
            pub fn errors<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::FieldError>>,
                T::Error: ::std::fmt::Display,
            {
                self.errors = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for errors: {e}"));
                self
            }
            /// Sets [`request_id`](super::Error#structfield.request_id).
            pub fn request_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.request_id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for request_id: {e}"));
                self
            }
            /// Sets [`status`](super::Error#structfield.status).
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<i32>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for status: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<Error> for super::Error {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Error,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    code: value.code?,
                    details: value.details?,
                    errors: value.errors?,
                    request_id: value.request_id?,
                    status: value.status?,
                })
            }
        }
        impl ::std::convert::From<super::Error> for Error {
            fn from(value: super::Error) -> Self {
                Self {
                    code: Ok(value.code),
                    details: Ok(value.details),
                    errors: Ok(value.errors),
                    request_id: Ok(value.request_id),
                    status: Ok(value.status),
                }
            }
        }
        /// Makes a [`FieldError`](super::FieldError), field by field.
        #[derive(Clone, Debug)]
        pub struct FieldError {
            code: ::std::result::Result<::std::string::String, ::std::string::String>,
            field: ::std::result::Result<::std::string::String, ::std::string::String>,
            message: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for FieldError {
            fn default() -> Self {
                Self {
                    code: Err("no value supplied for code".to_string()),
                    field: Err("no value supplied for field".to_string()),
                    message: Err("no value supplied for message".to_string()),
                }
            }
        }
        impl FieldError {
            /// Sets [`code`](super::FieldError#structfield.code).
            pub fn code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.code = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for code: {e}"));
                self
            }
            /// Sets [`field`](super::FieldError#structfield.field).
            pub fn field<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.field = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for field: {e}"));
                self
            }
            /// Sets [`message`](super::FieldError#structfield.message).
            pub fn message<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.message = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for message: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<FieldError> for super::FieldError {
            type Error = super::error::ConversionError;
            fn try_from(
                value: FieldError,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    code: value.code?,
                    field: value.field?,
                    message: value.message?,
                })
            }
        }
        impl ::std::convert::From<super::FieldError> for FieldError {
            fn from(value: super::FieldError) -> Self {
                Self {
                    code: Ok(value.code),
                    field: Ok(value.field),
                    message: Ok(value.message),
                }
            }
        }
        /// Makes a [`ForgotPasswordRequest`](super::ForgotPasswordRequest), field by field.
        #[derive(Clone, Debug)]
        pub struct ForgotPasswordRequest {
            email: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for ForgotPasswordRequest {
            fn default() -> Self {
                Self {
                    email: Err("no value supplied for email".to_string()),
                }
            }
        }
        impl ForgotPasswordRequest {
            /// Sets [`email`](super::ForgotPasswordRequest#structfield.email).
            pub fn email<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.email = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for email: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<ForgotPasswordRequest> for super::ForgotPasswordRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ForgotPasswordRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    email: value.email?,
                })
            }
        }
        impl ::std::convert::From<super::ForgotPasswordRequest> for ForgotPasswordRequest {
            fn from(value: super::ForgotPasswordRequest) -> Self {
                Self {
                    email: Ok(value.email),
                }
            }
        }
        /// Makes a [`HandleAvailability`](super::HandleAvailability), field by field.
        #[derive(Clone, Debug)]
        pub struct HandleAvailability {
            available: ::std::result::Result<bool, ::std::string::String>,
            handle: ::std::result::Result<::std::string::String, ::std::string::String>,
            reason: ::std::result::Result<
                ::std::option::Option<crate::generated::open::HandleUnavailableReason>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for HandleAvailability {
            fn default() -> Self {
                Self {
                    available: Err("no value supplied for available".to_string()),
                    handle: Err("no value supplied for handle".to_string()),
                    reason: Ok(Default::default()),
                }
            }
        }
        impl HandleAvailability {
            /// Sets [`available`](super::HandleAvailability#structfield.available).
            pub fn available<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.available = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for available: {e}"));
                self
            }
            /// Sets [`handle`](super::HandleAvailability#structfield.handle).
            pub fn handle<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.handle = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for handle: {e}"));
                self
            }
            /// Sets [`reason`](super::HandleAvailability#structfield.reason).
            pub fn reason<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                        ::std::option::Option<crate::generated::open::HandleUnavailableReason>,
                    >,
                T::Error: ::std::fmt::Display,
            {
                self.reason = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for reason: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<HandleAvailability> for super::HandleAvailability {
            type Error = super::error::ConversionError;
            fn try_from(
                value: HandleAvailability,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    available: value.available?,
                    handle: value.handle?,
                    reason: value.reason?,
                })
            }
        }
        impl ::std::convert::From<super::HandleAvailability> for HandleAvailability {
            fn from(value: super::HandleAvailability) -> Self {
                Self {
                    available: Ok(value.available),
                    handle: Ok(value.handle),
                    reason: Ok(value.reason),
                }
            }
        }
        /// Makes a [`HealthDependencies`](super::HealthDependencies), field by field.
        #[derive(Clone, Debug)]
        pub struct HealthDependencies {
            database: ::std::result::Result<super::DependencyState, ::std::string::String>,
            mail: ::std::result::Result<super::DependencyState, ::std::string::String>,
            redis: ::std::result::Result<
                ::std::option::Option<super::DependencyState>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for HealthDependencies {
            fn default() -> Self {
                Self {
                    database: Err("no value supplied for database".to_string()),
                    mail: Err("no value supplied for mail".to_string()),
                    redis: Ok(Default::default()),
                }
            }
        }
        impl HealthDependencies {
            /// Sets [`database`](super::HealthDependencies#structfield.database).
            pub fn database<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::DependencyState>,
                T::Error: ::std::fmt::Display,
            {
                self.database = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for database: {e}"));
                self
            }
            /// Sets [`mail`](super::HealthDependencies#structfield.mail).
            pub fn mail<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::DependencyState>,
                T::Error: ::std::fmt::Display,
            {
                self.mail = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for mail: {e}"));
                self
            }
            /// Sets [`redis`](super::HealthDependencies#structfield.redis).
            pub fn redis<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::DependencyState>>,
                T::Error: ::std::fmt::Display,
            {
                self.redis = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for redis: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<HealthDependencies> for super::HealthDependencies {
            type Error = super::error::ConversionError;
            fn try_from(
                value: HealthDependencies,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    database: value.database?,
                    mail: value.mail?,
                    redis: value.redis?,
                })
            }
        }
        impl ::std::convert::From<super::HealthDependencies> for HealthDependencies {
            fn from(value: super::HealthDependencies) -> Self {
                Self {
                    database: Ok(value.database),
                    mail: Ok(value.mail),
                    redis: Ok(value.redis),
                }
            }
        }
        /// Makes a [`HealthReport`](super::HealthReport), field by field.
        #[derive(Clone, Debug)]
        pub struct HealthReport {
            dependencies: ::std::result::Result<
                ::std::option::Option<super::HealthDependencies>,
                ::std::string::String,
            >,
            status: ::std::result::Result<super::HealthStatus, ::std::string::String>,
            version: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for HealthReport {
            fn default() -> Self {
                Self {
                    dependencies: Ok(Default::default()),
                    status: Err("no value supplied for status".to_string()),
                    version: Err("no value supplied for version".to_string()),
                }
            }
        }
        impl HealthReport {
            /// Sets [`dependencies`](super::HealthReport#structfield.dependencies).
            pub fn dependencies<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::HealthDependencies>>,
                T::Error: ::std::fmt::Display,
            {
                self.dependencies = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for dependencies: {e}"));
                self
            }
            /// Sets [`status`](super::HealthReport#structfield.status).
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::HealthStatus>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for status: {e}"));
                self
            }
            /// Sets [`version`](super::HealthReport#structfield.version).
            pub fn version<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.version = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for version: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<HealthReport> for super::HealthReport {
            type Error = super::error::ConversionError;
            fn try_from(
                value: HealthReport,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    dependencies: value.dependencies?,
                    status: value.status?,
                    version: value.version?,
                })
            }
        }
        impl ::std::convert::From<super::HealthReport> for HealthReport {
            fn from(value: super::HealthReport) -> Self {
                Self {
                    dependencies: Ok(value.dependencies),
                    status: Ok(value.status),
                    version: Ok(value.version),
                }
            }
        }
        /// Makes a [`LoginRequest`](super::LoginRequest), field by field.
        #[derive(Clone, Debug)]
        pub struct LoginRequest {
            email: ::std::result::Result<::std::string::String, ::std::string::String>,
            password: ::std::result::Result<::accord_client::Secret, ::std::string::String>,
            remember_me: ::std::result::Result<bool, ::std::string::String>,
        }
        impl ::std::default::Default for LoginRequest {
            fn default() -> Self {
                Self {
                    email: Err("no value supplied for email".to_string()),
                    password: Err("no value supplied for password".to_string()),
                    remember_me: Ok(Default::default()),
                }
            }
        }
        impl LoginRequest {
            /// Sets [`email`](super::LoginRequest#structfield.email).
            pub fn email<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.email = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for email: {e}"));
                self
            }
            /// Sets [`password`](super::LoginRequest#structfield.password).
            pub fn password<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::accord_client::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.password = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for password: {e}"));
                self
            }
            /// Sets [`remember_me`](super::LoginRequest#structfield.remember_me).
            pub fn remember_me<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.remember_me = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for remember_me: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<LoginRequest> for super::LoginRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: LoginRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    email: value.email?,
                    password: value.password?,
                    remember_me: value.remember_me?,
                })
            }
        }
        impl ::std::convert::From<super::LoginRequest> for LoginRequest {
            fn from(value: super::LoginRequest) -> Self {
                Self {
                    email: Ok(value.email),
                    password: Ok(value.password),
                    remember_me: Ok(value.remember_me),
                }
            }
        }
        /// Makes a [`OauthAuthorization`](super::OauthAuthorization), field by field.
        #[derive(Clone, Debug)]
        pub struct OauthAuthorization {
            authorization_url: ::std::result::Result<::std::string::String, ::std::string::String>,
            expires_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            state: ::std::result::Result<::accord_client::Secret, ::std::string::String>,
        }
        impl ::std::default::Default for OauthAuthorization {
            fn default() -> Self {
                Self {
                    authorization_url: Err("no value supplied for authorization_url".to_string()),
                    expires_at: Err("no value supplied for expires_at".to_string()),
                    state: Err("no value supplied for state".to_string()),
                }
            }
        }
        impl OauthAuthorization {
            /// Sets [`authorization_url`](super::OauthAuthorization#structfield.authorization_url).
            pub fn authorization_url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.authorization_url = value.try_into().map_err(|e| {
                    format!("error converting supplied value for authorization_url: {e}")
                });
                self
            }
            /// Sets [`expires_at`](super::OauthAuthorization#structfield.expires_at).
            pub fn expires_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.expires_at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for expires_at: {e}"));
                self
            }
            /// Sets [`state`](super::OauthAuthorization#structfield.state).
            pub fn state<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::accord_client::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.state = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for state: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<OauthAuthorization> for super::OauthAuthorization {
            type Error = super::error::ConversionError;
            fn try_from(
                value: OauthAuthorization,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    authorization_url: value.authorization_url?,
                    expires_at: value.expires_at?,
                    state: value.state?,
                })
            }
        }
        impl ::std::convert::From<super::OauthAuthorization> for OauthAuthorization {
            fn from(value: super::OauthAuthorization) -> Self {
                Self {
                    authorization_url: Ok(value.authorization_url),
                    expires_at: Ok(value.expires_at),
                    state: Ok(value.state),
                }
            }
        }
        /// Makes a [`OauthConnection`](super::OauthConnection), field by field.
        #[derive(Clone, Debug)]
        pub struct OauthConnection {
            display_name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            email: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            linked_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            provider: ::std::result::Result<super::OauthProvider, ::std::string::String>,
        }
        impl ::std::default::Default for OauthConnection {
            fn default() -> Self {
                Self {
                    display_name: Ok(Default::default()),
                    email: Ok(Default::default()),
                    linked_at: Err("no value supplied for linked_at".to_string()),
                    provider: Err("no value supplied for provider".to_string()),
                }
            }
        }
        impl OauthConnection {
            /// Sets [`display_name`](super::OauthConnection#structfield.display_name).
            pub fn display_name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.display_name = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for display_name: {e}"));
                self
            }
            /// Sets [`email`](super::OauthConnection#structfield.email).
            pub fn email<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.email = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for email: {e}"));
                self
            }
            /// Sets [`linked_at`](super::OauthConnection#structfield.linked_at).
            pub fn linked_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.linked_at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for linked_at: {e}"));
                self
            }
            /// Sets [`provider`](super::OauthConnection#structfield.provider).
            pub fn provider<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::OauthProvider>,
                T::Error: ::std::fmt::Display,
            {
                self.provider = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for provider: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<OauthConnection> for super::OauthConnection {
            type Error = super::error::ConversionError;
            fn try_from(
                value: OauthConnection,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    display_name: value.display_name?,
                    email: value.email?,
                    linked_at: value.linked_at?,
                    provider: value.provider?,
                })
            }
        }
        impl ::std::convert::From<super::OauthConnection> for OauthConnection {
            fn from(value: super::OauthConnection) -> Self {
                Self {
                    display_name: Ok(value.display_name),
                    email: Ok(value.email),
                    linked_at: Ok(value.linked_at),
                    provider: Ok(value.provider),
                }
            }
        }
        /// Makes a [`OauthConnectionList`](super::OauthConnectionList), field by field.
        #[derive(Clone, Debug)]
        pub struct OauthConnectionList {
            items: ::std::result::Result<
                ::std::vec::Vec<super::OauthConnection>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for OauthConnectionList {
            fn default() -> Self {
                Self {
                    items: Err("no value supplied for items".to_string()),
                }
            }
        }
        impl OauthConnectionList {
            /// Sets [`items`](super::OauthConnectionList#structfield.items).
            pub fn items<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::OauthConnection>>,
                T::Error: ::std::fmt::Display,
            {
                self.items = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for items: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<OauthConnectionList> for super::OauthConnectionList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: OauthConnectionList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    items: value.items?,
                })
            }
        }
        impl ::std::convert::From<super::OauthConnectionList> for OauthConnectionList {
            fn from(value: super::OauthConnectionList) -> Self {
                Self {
                    items: Ok(value.items),
                }
            }
        }
        /// Makes a [`OauthLinkRequest`](super::OauthLinkRequest), field by field.
        #[derive(Clone, Debug)]
        pub struct OauthLinkRequest {
            code: ::std::result::Result<::accord_client::Secret, ::std::string::String>,
            iss: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            state: ::std::result::Result<::accord_client::Secret, ::std::string::String>,
        }
        impl ::std::default::Default for OauthLinkRequest {
            fn default() -> Self {
                Self {
                    code: Err("no value supplied for code".to_string()),
                    iss: Ok(Default::default()),
                    state: Err("no value supplied for state".to_string()),
                }
            }
        }
        impl OauthLinkRequest {
            /// Sets [`code`](super::OauthLinkRequest#structfield.code).
            pub fn code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::accord_client::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.code = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for code: {e}"));
                self
            }
            /// Sets [`iss`](super::OauthLinkRequest#structfield.iss).
            pub fn iss<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.iss = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for iss: {e}"));
                self
            }
            /// Sets [`state`](super::OauthLinkRequest#structfield.state).
            pub fn state<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::accord_client::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.state = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for state: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<OauthLinkRequest> for super::OauthLinkRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: OauthLinkRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    code: value.code?,
                    iss: value.iss?,
                    state: value.state?,
                })
            }
        }
        impl ::std::convert::From<super::OauthLinkRequest> for OauthLinkRequest {
            fn from(value: super::OauthLinkRequest) -> Self {
                Self {
                    code: Ok(value.code),
                    iss: Ok(value.iss),
                    state: Ok(value.state),
                }
            }
        }
        /// Makes a [`OauthLoginRequest`](super::OauthLoginRequest), field by field.
        #[derive(Clone, Debug)]
        pub struct OauthLoginRequest {
            code: ::std::result::Result<::accord_client::Secret, ::std::string::String>,
            iss: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            remember_me: ::std::result::Result<bool, ::std::string::String>,
            state: ::std::result::Result<::accord_client::Secret, ::std::string::String>,
        }
        impl ::std::default::Default for OauthLoginRequest {
            fn default() -> Self {
                Self {
                    code: Err("no value supplied for code".to_string()),
                    iss: Ok(Default::default()),
                    remember_me: Ok(Default::default()),
                    state: Err("no value supplied for state".to_string()),
                }
            }
        }
        impl OauthLoginRequest {
            /// Sets [`code`](super::OauthLoginRequest#structfield.code).
            pub fn code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::accord_client::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.code = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for code: {e}"));
                self
            }
            /// Sets [`iss`](super::OauthLoginRequest#structfield.iss).
            pub fn iss<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.iss = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for iss: {e}"));
                self
            }
            /// Sets [`remember_me`](super::OauthLoginRequest#structfield.remember_me).
            pub fn remember_me<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.remember_me = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for remember_me: {e}"));
                self
            }
            /// Sets [`state`](super::OauthLoginRequest#structfield.state).
            pub fn state<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::accord_client::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.state = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for state: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<OauthLoginRequest> for super::OauthLoginRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: OauthLoginRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    code: value.code?,
                    iss: value.iss?,
                    remember_me: value.remember_me?,
                    state: value.state?,
                })
            }
        }
        impl ::std::convert::From<super::OauthLoginRequest> for OauthLoginRequest {
            fn from(value: super::OauthLoginRequest) -> Self {
                Self {
                    code: Ok(value.code),
                    iss: Ok(value.iss),
                    remember_me: Ok(value.remember_me),
                    state: Ok(value.state),
                }
            }
        }
        /// Makes a [`PublicUser`](super::PublicUser), field by field.
        #[derive(Clone, Debug)]
        pub struct PublicUser {
            banner_image_url: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            bio: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            created_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            display_name: ::std::result::Result<::std::string::String, ::std::string::String>,
            handle: ::std::result::Result<::std::string::String, ::std::string::String>,
            id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            profile_image_url: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for PublicUser {
            fn default() -> Self {
                Self {
                    banner_image_url: Ok(Default::default()),
                    bio: Ok(Default::default()),
                    created_at: Err("no value supplied for created_at".to_string()),
                    display_name: Err("no value supplied for display_name".to_string()),
                    handle: Err("no value supplied for handle".to_string()),
                    id: Err("no value supplied for id".to_string()),
                    profile_image_url: Ok(Default::default()),
                }
            }
        }
        impl PublicUser {
            /// Sets [`banner_image_url`](super::PublicUser#structfield.banner_image_url).
            pub fn banner_image_url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.banner_image_url = value.try_into().map_err(|e| {
                    format!("error converting supplied value for banner_image_url: {e}")
                });
                self
            }
            /// Sets [`bio`](super::PublicUser#structfield.bio).
            pub fn bio<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.bio = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for bio: {e}"));
                self
            }
            /// Sets [`created_at`](super::PublicUser#structfield.created_at).
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for created_at: {e}"));
                self
            }
            /// Sets [`display_name`](super::PublicUser#structfield.display_name).
            pub fn display_name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.display_name = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for display_name: {e}"));
                self
            }
            /// Sets [`handle`](super::PublicUser#structfield.handle).
            pub fn handle<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.handle = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for handle: {e}"));
                self
            }
            /// Sets [`id`](super::PublicUser#structfield.id).
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            /// Sets [`profile_image_url`](super::PublicUser#structfield.profile_image_url).
            pub fn profile_image_url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.profile_image_url = value.try_into().map_err(|e| {
                    format!("error converting supplied value for profile_image_url: {e}")
                });
                self
            }
        }
        impl ::std::convert::TryFrom<PublicUser> for super::PublicUser {
            type Error = super::error::ConversionError;
            fn try_from(
                value: PublicUser,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    banner_image_url: value.banner_image_url?,
                    bio: value.bio?,
                    created_at: value.created_at?,
                    display_name: value.display_name?,
                    handle: value.handle?,
                    id: value.id?,
                    profile_image_url: value.profile_image_url?,
                })
            }
        }
        impl ::std::convert::From<super::PublicUser> for PublicUser {
            fn from(value: super::PublicUser) -> Self {
                Self {
                    banner_image_url: Ok(value.banner_image_url),
                    bio: Ok(value.bio),
                    created_at: Ok(value.created_at),
                    display_name: Ok(value.display_name),
                    handle: Ok(value.handle),
                    id: Ok(value.id),
                    profile_image_url: Ok(value.profile_image_url),
                }
            }
        }
        /// Makes a [`ReauthenticateRequest`](super::ReauthenticateRequest), field by field.
        #[derive(Clone, Debug)]
        pub struct ReauthenticateRequest {
            password: ::std::result::Result<
                ::std::option::Option<::accord_client::Secret>,
                ::std::string::String,
            >,
            totp_code: ::std::result::Result<
                ::std::option::Option<::accord_client::Secret>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ReauthenticateRequest {
            fn default() -> Self {
                Self {
                    password: Ok(Default::default()),
                    totp_code: Ok(Default::default()),
                }
            }
        }
        impl ReauthenticateRequest {
            /// Sets [`password`](super::ReauthenticateRequest#structfield.password).
            pub fn password<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::accord_client::Secret>>,
                T::Error: ::std::fmt::Display,
            {
                self.password = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for password: {e}"));
                self
            }
            /// Sets [`totp_code`](super::ReauthenticateRequest#structfield.totp_code).
            pub fn totp_code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::accord_client::Secret>>,
                T::Error: ::std::fmt::Display,
            {
                self.totp_code = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for totp_code: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<ReauthenticateRequest> for super::ReauthenticateRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ReauthenticateRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    password: value.password?,
                    totp_code: value.totp_code?,
                })
            }
        }
        impl ::std::convert::From<super::ReauthenticateRequest> for ReauthenticateRequest {
            fn from(value: super::ReauthenticateRequest) -> Self {
                Self {
                    password: Ok(value.password),
                    totp_code: Ok(value.totp_code),
                }
            }
        }
        /// Makes a [`ResetPasswordRequest`](super::ResetPasswordRequest), field by field.
        #[derive(Clone, Debug)]
        pub struct ResetPasswordRequest {
            new_password: ::std::result::Result<::accord_client::Secret, ::std::string::String>,
            token: ::std::result::Result<::accord_client::Secret, ::std::string::String>,
        }
        impl ::std::default::Default for ResetPasswordRequest {
            fn default() -> Self {
                Self {
                    new_password: Err("no value supplied for new_password".to_string()),
                    token: Err("no value supplied for token".to_string()),
                }
            }
        }
        impl ResetPasswordRequest {
            /// Sets [`new_password`](super::ResetPasswordRequest#structfield.new_password).
            pub fn new_password<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::accord_client::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.new_password = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for new_password: {e}"));
                self
            }
            /// Sets [`token`](super::ResetPasswordRequest#structfield.token).
            pub fn token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::accord_client::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.token = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for token: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<ResetPasswordRequest> for super::ResetPasswordRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ResetPasswordRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    new_password: value.new_password?,
                    token: value.token?,
                })
            }
        }
        impl ::std::convert::From<super::ResetPasswordRequest> for ResetPasswordRequest {
            fn from(value: super::ResetPasswordRequest) -> Self {
                Self {
                    new_password: Ok(value.new_password),
                    token: Ok(value.token),
                }
            }
        }
        /// Makes a [`RevokedSessions`](super::RevokedSessions), field by field.
        #[derive(Clone, Debug)]
        pub struct RevokedSessions {
            revoked: ::std::result::Result<i64, ::std::string::String>,
        }
        impl ::std::default::Default for RevokedSessions {
            fn default() -> Self {
                Self {
                    revoked: Err("no value supplied for revoked".to_string()),
                }
            }
        }
        impl RevokedSessions {
            /// Sets [`revoked`](super::RevokedSessions#structfield.revoked).
            pub fn revoked<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<i64>,
                T::Error: ::std::fmt::Display,
            {
                self.revoked = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for revoked: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<RevokedSessions> for super::RevokedSessions {
            type Error = super::error::ConversionError;
            fn try_from(
                value: RevokedSessions,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    revoked: value.revoked?,
                })
            }
        }
        impl ::std::convert::From<super::RevokedSessions> for RevokedSessions {
            fn from(value: super::RevokedSessions) -> Self {
                Self {
                    revoked: Ok(value.revoked),
                }
            }
        }
        /// Makes a [`Session`](super::Session), field by field.
        #[derive(Clone, Debug)]
        pub struct Session {
            address: ::std::result::Result<::std::string::String, ::std::string::String>,
            created_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            expires_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            is_current: ::std::result::Result<bool, ::std::string::String>,
            last_used_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            user_agent: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Session {
            fn default() -> Self {
                Self {
                    address: Err("no value supplied for address".to_string()),
                    created_at: Err("no value supplied for created_at".to_string()),
                    expires_at: Err("no value supplied for expires_at".to_string()),
                    id: Err("no value supplied for id".to_string()),
                    is_current: Err("no value supplied for is_current".to_string()),
                    last_used_at: Err("no value supplied for last_used_at".to_string()),
                    user_agent: Err("no value supplied for user_agent".to_string()),
                }
            }
        }
        impl Session {
            /// Sets [`address`](super::Session#structfield.address).
            pub fn address<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.address = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for address: {e}"));
                self
            }
            /// Sets [`created_at`](super::Session#structfield.created_at).
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for created_at: {e}"));
                self
            }
            /// Sets [`expires_at`](super::Session#structfield.expires_at).
            pub fn expires_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.expires_at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for expires_at: {e}"));
                self
            }
            /// Sets [`id`](super::Session#structfield.id).
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            /// Sets [`is_current`](super::Session#structfield.is_current).
            pub fn is_current<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.is_current = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for is_current: {e}"));
                self
            }
            /// Sets [`last_used_at`](super::Session#structfield.last_used_at).
            pub fn last_used_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.last_used_at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for last_used_at: {e}"));
                self
            }
            /// Sets [`user_agent`](super::Session#structfield.user_agent).
            pub fn user_agent<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.user_agent = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for user_agent: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<Session> for super::Session {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Session,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    address: value.address?,
                    created_at: value.created_at?,
                    expires_at: value.expires_at?,
                    id: value.id?,
                    is_current: value.is_current?,
                    last_used_at: value.last_used_at?,
                    user_agent: value.user_agent?,
                })
            }
        }
        impl ::std::convert::From<super::Session> for Session {
            fn from(value: super::Session) -> Self {
                Self {
                    address: Ok(value.address),
                    created_at: Ok(value.created_at),
                    expires_at: Ok(value.expires_at),
                    id: Ok(value.id),
                    is_current: Ok(value.is_current),
                    last_used_at: Ok(value.last_used_at),
                    user_agent: Ok(value.user_agent),
                }
            }
        }
        /// Makes a [`SessionList`](super::SessionList), field by field.
        #[derive(Clone, Debug)]
        pub struct SessionList {
            items: ::std::result::Result<::std::vec::Vec<super::Session>, ::std::string::String>,
        }
        impl ::std::default::Default for SessionList {
            fn default() -> Self {
                Self {
                    items: Err("no value supplied for items".to_string()),
                }
            }
        }
        impl SessionList {
            /// Sets [`items`](super::SessionList#structfield.items).
            pub fn items<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Session>>,
                T::Error: ::std::fmt::Display,
            {
                self.items = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for items: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<SessionList> for super::SessionList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: SessionList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    items: value.items?,
                })
            }
        }
        impl ::std::convert::From<super::SessionList> for SessionList {
            fn from(value: super::SessionList) -> Self {
                Self {
                    items: Ok(value.items),
                }
            }
        }
        /// Makes a [`SignInResult`](super::SignInResult), field by field.
        #[derive(Clone, Debug)]
        pub struct SignInResult {
            expires_at: ::std::result::Result<
                ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                ::std::string::String,
            >,
            pending_token: ::std::result::Result<
                ::std::option::Option<::accord_client::Secret>,
                ::std::string::String,
            >,
            status: ::std::result::Result<super::SignInStatus, ::std::string::String>,
            suggestion: ::std::result::Result<
                ::std::option::Option<super::SignupSuggestion>,
                ::std::string::String,
            >,
            temp_token: ::std::result::Result<
                ::std::option::Option<::accord_client::Secret>,
                ::std::string::String,
            >,
            user: ::std::result::Result<
                ::std::option::Option<super::CurrentUser>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for SignInResult {
            fn default() -> Self {
                Self {
                    expires_at: Ok(Default::default()),
                    pending_token: Ok(Default::default()),
                    status: Err("no value supplied for status".to_string()),
                    suggestion: Ok(Default::default()),
                    temp_token: Ok(Default::default()),
                    user: Ok(Default::default()),
                }
            }
        }
        impl SignInResult {
            /// Sets [`expires_at`](super::SignInResult#structfield.expires_at).
            pub fn expires_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                        ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                    >,
                T::Error: ::std::fmt::Display,
            {
                self.expires_at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for expires_at: {e}"));
                self
            }
            /// Sets [`pending_token`](super::SignInResult#structfield.pending_token).
            pub fn pending_token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::accord_client::Secret>>,
                T::Error: ::std::fmt::Display,
            {
                self.pending_token = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for pending_token: {e}"));
                self
            }
            /// Sets [`status`](super::SignInResult#structfield.status).
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::SignInStatus>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for status: {e}"));
                self
            }
            /// Sets [`suggestion`](super::SignInResult#structfield.suggestion).
            pub fn suggestion<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::SignupSuggestion>>,
                T::Error: ::std::fmt::Display,
            {
                self.suggestion = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for suggestion: {e}"));
                self
            }
            /// Sets [`temp_token`](super::SignInResult#structfield.temp_token).
            pub fn temp_token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::accord_client::Secret>>,
                T::Error: ::std::fmt::Display,
            {
                self.temp_token = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for temp_token: {e}"));
                self
            }
            /// Sets [`user`](super::SignInResult#structfield.user).
            pub fn user<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::CurrentUser>>,
                T::Error: ::std::fmt::Display,
            {
                self.user = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for user: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<SignInResult> for super::SignInResult {
            type Error = super::error::ConversionError;
            fn try_from(
                value: SignInResult,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    expires_at: value.expires_at?,
                    pending_token: value.pending_token?,
                    status: value.status?,
                    suggestion: value.suggestion?,
                    temp_token: value.temp_token?,
                    user: value.user?,
                })
            }
        }
        impl ::std::convert::From<super::SignInResult> for SignInResult {
            fn from(value: super::SignInResult) -> Self {
                Self {
                    expires_at: Ok(value.expires_at),
                    pending_token: Ok(value.pending_token),
                    status: Ok(value.status),
                    suggestion: Ok(value.suggestion),
                    temp_token: Ok(value.temp_token),
                    user: Ok(value.user),
                }
            }
        }
        /// Makes a [`SignupSuggestion`](super::SignupSuggestion), field by field.
        #[derive(Clone, Debug)]
        pub struct SignupSuggestion {
            display_name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            email: ::std::result::Result<::std::string::String, ::std::string::String>,
            handle: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for SignupSuggestion {
            fn default() -> Self {
                Self {
                    display_name: Ok(Default::default()),
                    email: Err("no value supplied for email".to_string()),
                    handle: Ok(Default::default()),
                }
            }
        }
        impl SignupSuggestion {
            /// Sets [`display_name`](super::SignupSuggestion#structfield.display_name).
            pub fn display_name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.display_name = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for display_name: {e}"));
                self
            }
            /// Sets [`email`](super::SignupSuggestion#structfield.email).
            pub fn email<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.email = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for email: {e}"));
                self
            }
            /// Sets [`handle`](super::SignupSuggestion#structfield.handle).
            pub fn handle<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.handle = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for handle: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<SignupSuggestion> for super::SignupSuggestion {
            type Error = super::error::ConversionError;
            fn try_from(
                value: SignupSuggestion,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    display_name: value.display_name?,
                    email: value.email?,
                    handle: value.handle?,
                })
            }
        }
        impl ::std::convert::From<super::SignupSuggestion> for SignupSuggestion {
            fn from(value: super::SignupSuggestion) -> Self {
                Self {
                    display_name: Ok(value.display_name),
                    email: Ok(value.email),
                    handle: Ok(value.handle),
                }
            }
        }
        /// Makes a [`StoredImage`](super::StoredImage), field by field.
        #[derive(Clone, Debug)]
        pub struct StoredImage {
            bytes: ::std::result::Result<i64, ::std::string::String>,
            content_type: ::std::result::Result<::std::string::String, ::std::string::String>,
            height: ::std::result::Result<i32, ::std::string::String>,
            url: ::std::result::Result<::std::string::String, ::std::string::String>,
            width: ::std::result::Result<i32, ::std::string::String>,
        }
        impl ::std::default::Default for StoredImage {
            fn default() -> Self {
                Self {
                    bytes: Err("no value supplied for bytes".to_string()),
                    content_type: Err("no value supplied for content_type".to_string()),
                    height: Err("no value supplied for height".to_string()),
                    url: Err("no value supplied for url".to_string()),
                    width: Err("no value supplied for width".to_string()),
                }
            }
        }
        impl StoredImage {
            /// Sets [`bytes`](super::StoredImage#structfield.bytes).
            pub fn bytes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<i64>,
                T::Error: ::std::fmt::Display,
            {
                self.bytes = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for bytes: {e}"));
                self
            }
            /// Sets [`content_type`](super::StoredImage#structfield.content_type).
            pub fn content_type<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.content_type = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for content_type: {e}"));
                self
            }
            /// Sets [`height`](super::StoredImage#structfield.height).
            pub fn height<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<i32>,
                T::Error: ::std::fmt::Display,
            {
                self.height = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for height: {e}"));
                self
            }
            /// Sets [`url`](super::StoredImage#structfield.url).
            pub fn url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.url = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for url: {e}"));
                self
            }
            /// Sets [`width`](super::StoredImage#structfield.width).
            pub fn width<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<i32>,
                T::Error: ::std::fmt::Display,
            {
                self.width = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for width: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<StoredImage> for super::StoredImage {
            type Error = super::error::ConversionError;
            fn try_from(
                value: StoredImage,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    bytes: value.bytes?,
                    content_type: value.content_type?,
                    height: value.height?,
                    url: value.url?,
                    width: value.width?,
                })
            }
        }
        impl ::std::convert::From<super::StoredImage> for StoredImage {
            fn from(value: super::StoredImage) -> Self {
                Self {
                    bytes: Ok(value.bytes),
                    content_type: Ok(value.content_type),
                    height: Ok(value.height),
                    url: Ok(value.url),
                    width: Ok(value.width),
                }
            }
        }
        /// Makes a [`TotpCodeRequest`](super::TotpCodeRequest), field by field.
        #[derive(Clone, Debug)]
        pub struct TotpCodeRequest {
            code: ::std::result::Result<::accord_client::Secret, ::std::string::String>,
        }
        impl ::std::default::Default for TotpCodeRequest {
            fn default() -> Self {
                Self {
                    code: Err("no value supplied for code".to_string()),
                }
            }
        }
        impl TotpCodeRequest {
            /// Sets [`code`](super::TotpCodeRequest#structfield.code).
            pub fn code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::accord_client::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.code = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for code: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<TotpCodeRequest> for super::TotpCodeRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TotpCodeRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { code: value.code? })
            }
        }
        impl ::std::convert::From<super::TotpCodeRequest> for TotpCodeRequest {
            fn from(value: super::TotpCodeRequest) -> Self {
                Self {
                    code: Ok(value.code),
                }
            }
        }
        /// Makes a [`TotpSetup`](super::TotpSetup), field by field.
        #[derive(Clone, Debug)]
        pub struct TotpSetup {
            expires_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            otpauth_uri: ::std::result::Result<::accord_client::Secret, ::std::string::String>,
            qr_code: ::std::result::Result<::accord_client::Secret, ::std::string::String>,
            secret: ::std::result::Result<::accord_client::Secret, ::std::string::String>,
        }
        impl ::std::default::Default for TotpSetup {
            fn default() -> Self {
                Self {
                    expires_at: Err("no value supplied for expires_at".to_string()),
                    otpauth_uri: Err("no value supplied for otpauth_uri".to_string()),
                    qr_code: Err("no value supplied for qr_code".to_string()),
                    secret: Err("no value supplied for secret".to_string()),
                }
            }
        }
        impl TotpSetup {
            /// Sets [`expires_at`](super::TotpSetup#structfield.expires_at).
            pub fn expires_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.expires_at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for expires_at: {e}"));
                self
            }
            /// Sets [`otpauth_uri`](super::TotpSetup#structfield.otpauth_uri).
            pub fn otpauth_uri<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::accord_client::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.otpauth_uri = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for otpauth_uri: {e}"));
                self
            }
            /// Sets [`qr_code`](super::TotpSetup#structfield.qr_code).
            pub fn qr_code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::accord_client::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.qr_code = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for qr_code: {e}"));
                self
            }
            /// Sets [`secret`](super::TotpSetup#structfield.secret).
            pub fn secret<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::accord_client::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.secret = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for secret: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<TotpSetup> for super::TotpSetup {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TotpSetup,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    expires_at: value.expires_at?,
                    otpauth_uri: value.otpauth_uri?,
                    qr_code: value.qr_code?,
                    secret: value.secret?,
                })
            }
        }
        impl ::std::convert::From<super::TotpSetup> for TotpSetup {
            fn from(value: super::TotpSetup) -> Self {
                Self {
                    expires_at: Ok(value.expires_at),
                    otpauth_uri: Ok(value.otpauth_uri),
                    qr_code: Ok(value.qr_code),
                    secret: Ok(value.secret),
                }
            }
        }
        /// Makes a [`TotpStatus`](super::TotpStatus), field by field.
        #[derive(Clone, Debug)]
        pub struct TotpStatus {
            backup_codes_remaining: ::std::result::Result<i32, ::std::string::String>,
            enabled: ::std::result::Result<bool, ::std::string::String>,
            enabled_at: ::std::result::Result<
                ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for TotpStatus {
            fn default() -> Self {
                Self {
                    backup_codes_remaining: Err(
                        "no value supplied for backup_codes_remaining".to_string()
                    ),
                    enabled: Err("no value supplied for enabled".to_string()),
                    enabled_at: Ok(Default::default()),
                }
            }
        }
        impl TotpStatus {
            /// Sets [`backup_codes_remaining`](super::TotpStatus#structfield.backup_codes_remaining).
            pub fn backup_codes_remaining<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<i32>,
                T::Error: ::std::fmt::Display,
            {
                self.backup_codes_remaining = value.try_into().map_err(|e| {
                    format!("error converting supplied value for backup_codes_remaining: {e}")
                });
                self
            }
            /// Sets [`enabled`](super::TotpStatus#structfield.enabled).
            pub fn enabled<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.enabled = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for enabled: {e}"));
                self
            }
            /// Sets [`enabled_at`](super::TotpStatus#structfield.enabled_at).
            pub fn enabled_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                        ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                    >,
                T::Error: ::std::fmt::Display,
            {
                self.enabled_at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for enabled_at: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<TotpStatus> for super::TotpStatus {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TotpStatus,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    backup_codes_remaining: value.backup_codes_remaining?,
                    enabled: value.enabled?,
                    enabled_at: value.enabled_at?,
                })
            }
        }
        impl ::std::convert::From<super::TotpStatus> for TotpStatus {
            fn from(value: super::TotpStatus) -> Self {
                Self {
                    backup_codes_remaining: Ok(value.backup_codes_remaining),
                    enabled: Ok(value.enabled),
                    enabled_at: Ok(value.enabled_at),
                }
            }
        }
        /// Makes a [`UnlinkOauthRequest`](super::UnlinkOauthRequest), field by field.
        #[derive(Clone, Debug)]
        pub struct UnlinkOauthRequest {
            provider: ::std::result::Result<super::OauthProvider, ::std::string::String>,
        }
        impl ::std::default::Default for UnlinkOauthRequest {
            fn default() -> Self {
                Self {
                    provider: Err("no value supplied for provider".to_string()),
                }
            }
        }
        impl UnlinkOauthRequest {
            /// Sets [`provider`](super::UnlinkOauthRequest#structfield.provider).
            pub fn provider<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::OauthProvider>,
                T::Error: ::std::fmt::Display,
            {
                self.provider = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for provider: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<UnlinkOauthRequest> for super::UnlinkOauthRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: UnlinkOauthRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    provider: value.provider?,
                })
            }
        }
        impl ::std::convert::From<super::UnlinkOauthRequest> for UnlinkOauthRequest {
            fn from(value: super::UnlinkOauthRequest) -> Self {
                Self {
                    provider: Ok(value.provider),
                }
            }
        }
        /// Makes a [`UpdateMeRequest`](super::UpdateMeRequest), field by field.
        #[derive(Clone, Debug)]
        pub struct UpdateMeRequest {
            bio: ::std::result::Result<
                ::std::option::Option<::accord_client::Patch<::std::string::String>>,
                ::std::string::String,
            >,
            display_name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for UpdateMeRequest {
            fn default() -> Self {
                Self {
                    bio: Ok(Default::default()),
                    display_name: Ok(Default::default()),
                }
            }
        }
        impl UpdateMeRequest {
            /// Sets [`bio`](super::UpdateMeRequest#structfield.bio).
            pub fn bio<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                        ::std::option::Option<::accord_client::Patch<::std::string::String>>,
                    >,
                T::Error: ::std::fmt::Display,
            {
                self.bio = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for bio: {e}"));
                self
            }
            /// Sets [`display_name`](super::UpdateMeRequest#structfield.display_name).
            pub fn display_name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.display_name = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for display_name: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<UpdateMeRequest> for super::UpdateMeRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: UpdateMeRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    bio: value.bio?,
                    display_name: value.display_name?,
                })
            }
        }
        impl ::std::convert::From<super::UpdateMeRequest> for UpdateMeRequest {
            fn from(value: super::UpdateMeRequest) -> Self {
                Self {
                    bio: Ok(value.bio),
                    display_name: Ok(value.display_name),
                }
            }
        }
        /// Makes a [`UserPage`](super::UserPage), field by field.
        #[derive(Clone, Debug)]
        pub struct UserPage {
            items: ::std::result::Result<::std::vec::Vec<super::PublicUser>, ::std::string::String>,
            next_cursor: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for UserPage {
            fn default() -> Self {
                Self {
                    items: Err("no value supplied for items".to_string()),
                    next_cursor: Ok(Default::default()),
                }
            }
        }
        impl UserPage {
            /// Sets [`items`](super::UserPage#structfield.items).
            pub fn items<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::PublicUser>>,
                T::Error: ::std::fmt::Display,
            {
                self.items = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for items: {e}"));
                self
            }
            /// Sets [`next_cursor`](super::UserPage#structfield.next_cursor).
            pub fn next_cursor<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.next_cursor = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for next_cursor: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<UserPage> for super::UserPage {
            type Error = super::error::ConversionError;
            fn try_from(
                value: UserPage,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    items: value.items?,
                    next_cursor: value.next_cursor?,
                })
            }
        }
        impl ::std::convert::From<super::UserPage> for UserPage {
            fn from(value: super::UserPage) -> Self {
                Self {
                    items: Ok(value.items),
                    next_cursor: Ok(value.next_cursor),
                }
            }
        }
        /// Makes a [`VerifyEmailRequest`](super::VerifyEmailRequest), field by field.
        #[derive(Clone, Debug)]
        pub struct VerifyEmailRequest {
            token: ::std::result::Result<::accord_client::Secret, ::std::string::String>,
        }
        impl ::std::default::Default for VerifyEmailRequest {
            fn default() -> Self {
                Self {
                    token: Err("no value supplied for token".to_string()),
                }
            }
        }
        impl VerifyEmailRequest {
            /// Sets [`token`](super::VerifyEmailRequest#structfield.token).
            pub fn token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::accord_client::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.token = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for token: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<VerifyEmailRequest> for super::VerifyEmailRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: VerifyEmailRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    token: value.token?,
                })
            }
        }
        impl ::std::convert::From<super::VerifyEmailRequest> for VerifyEmailRequest {
            fn from(value: super::VerifyEmailRequest) -> Self {
                Self {
                    token: Ok(value.token),
                }
            }
        }
        /// Makes a [`VerifyTotpRequest`](super::VerifyTotpRequest), field by field.
        #[derive(Clone, Debug)]
        pub struct VerifyTotpRequest {
            code: ::std::result::Result<::accord_client::Secret, ::std::string::String>,
            temp_token: ::std::result::Result<::accord_client::Secret, ::std::string::String>,
        }
        impl ::std::default::Default for VerifyTotpRequest {
            fn default() -> Self {
                Self {
                    code: Err("no value supplied for code".to_string()),
                    temp_token: Err("no value supplied for temp_token".to_string()),
                }
            }
        }
        impl VerifyTotpRequest {
            /// Sets [`code`](super::VerifyTotpRequest#structfield.code).
            pub fn code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::accord_client::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.code = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for code: {e}"));
                self
            }
            /// Sets [`temp_token`](super::VerifyTotpRequest#structfield.temp_token).
            pub fn temp_token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::accord_client::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.temp_token = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for temp_token: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<VerifyTotpRequest> for super::VerifyTotpRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: VerifyTotpRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    code: value.code?,
                    temp_token: value.temp_token?,
                })
            }
        }
        impl ::std::convert::From<super::VerifyTotpRequest> for VerifyTotpRequest {
            fn from(value: super::VerifyTotpRequest) -> Self {
                Self {
                    code: Ok(value.code),
                    temp_token: Ok(value.temp_token),
                }
            }
        }
    }
    #[doc = " Error types."]
    pub mod error {
        #[doc = r" Error from a `TryFrom` or `FromStr` implementation."]
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::std::fmt::Debug for ConversionError {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }
        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
}
#[derive(Clone, Debug)]
#[doc = "Client for Accord\n\nAccounts for your product: sign-up, sign-in, sessions, email flows, Google and GitHub sign-in, TOTP, profiles,\nimages, user search, action log and a live event stream.\n\nThis file is the source of the server and of the typed client. What it does not state does not happen.\n\n## Signing in\nA session travels in the cookie `session_id` (HttpOnly, SameSite=Lax, `Path=/`). When the server's public URL is\nhttps the cookie is also Secure and its name is `__Host-session_id`; the contract that such a server publishes under\n`/openapi.yaml` names it so. Programs that keep no cookies take the cookie's value from `Set-Cookie` and send it as\n`Authorization: Bearer <value>`. The value never appears in a body.\n\nA browser page on another origin must be on the server's list of allowed origins (CORS, with credentials).\nUnsafe requests from any other origin are refused with 403 `csrf:cross_origin`, judged by `Sec-Fetch-Site`, else by\n`Origin`. Programs send neither and pass.\n\n## Errors\nEvery response that is not 2xx is `application/json` with the schema `Error`. Branch on `code`, never on text. For\neach operation and status, the names of the response examples are all the codes that the operation can answer\nthere. `errors` lists the fields of a request that broke this contract; it never repeats the value sent. What each\ncode means and what to do about it is in `x-remedies` of `ErrorCode`, and under `/docs/errors` to read.\n\nOutside any operation the server answers the codes listed in `x-edge`: an unknown path, a known path with another\nmethod (with `Allow`), or a request that is not readable as HTTP.\n\n## Rate limits\nAn operation with `x-rate-limit` counts requests per client address (IPv6 by /64) in the named class and, where the\nrequest names an account, per account. An account that an address stands for is counted by the mailbox, whether there\nis one or not and whatever a `+tag` adds; so are registrations and changes of the address, by the mailbox that the mail\ngoes to. Over the limit it answers 429 `rate_limit:exceeded` with `Retry-After`\n(seconds), `RateLimit` and `RateLimit-Policy`. The numbers belong to the server's configuration.\n\nA guess at a secret (a password, a code) that was right gives its place in the account's limit back, and so does one\nthat the server could not judge. The limit of the address counts it in any case, and both limits count a right\npassword whose second factor has yet to be shown.\n\n## What owners are told\nChanges of password, email, second factor and linked identities are told to the account's owner by mail. So is a\nsign-in from an address (IPv6: a /64) that the account was not signed in from since its password was last changed, or\nfrom any address after ten failures in a row; the twentieth wrong password in a row, and the hundredth, after which no\npassword is judged until it is reset; and a sign-in that showed a right first factor and five wrong codes. None of\nit shows in the answer. Where an operator has ended sessions, the own action log says `session:revoke` without an\nactor.\n\n## Formats\nTimes are RFC 3339 in UTC. Ids are UUIDs of version 7. Strings are Unicode; a NUL character is refused everywhere.\nUnknown body fields are refused; unknown query parameters are ignored. Lists are objects with `items` and cursors.\nEnums marked `x-open` may grow within this version: keep a branch for values you do not know.\n\n\nVersion: 0.1.0"]
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: crate::connection::Connection,
}
impl Client {
    #[doc = r" Create a new client."]
    #[doc = r""]
    #[doc = r" `baseurl` is the base URL provided to the internal"]
    #[doc = r" `reqwest::Client`, and should include a scheme and hostname,"]
    #[doc = r" as well as port and a path stem if applicable."]
    pub fn new(baseurl: &str, inner: crate::connection::Connection) -> Self {
        #[cfg(not(target_arch = "wasm32"))]
        let client = {
            let dur = ::std::time::Duration::from_secs(15u64);
            reqwest::ClientBuilder::new()
                .connect_timeout(dur)
                .timeout(dur)
        };
        #[cfg(target_arch = "wasm32")]
        let client = reqwest::ClientBuilder::new();
        Self::new_with_client(baseurl, client.build().unwrap(), inner)
    }
    #[doc = r" Construct a new client with an existing `reqwest::Client`,"]
    #[doc = r" allowing more control over its configuration."]
    #[doc = r""]
    #[doc = r" `baseurl` is the base URL provided to the internal"]
    #[doc = r" `reqwest::Client`, and should include a scheme and hostname,"]
    #[doc = r" as well as port and a path stem if applicable."]
    pub fn new_with_client(
        baseurl: &str,
        client: reqwest::Client,
        inner: crate::connection::Connection,
    ) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
            inner,
        }
    }
}
impl ClientInfo<crate::connection::Connection> for Client {
    fn api_version() -> &'static str {
        "0.1.0"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &crate::connection::Connection {
        &self.inner
    }
}
const _: () = {
    #[allow(dead_code)]
    fn assert_client_hooks()
    where
        Client: ClientHooks<crate::connection::Connection>,
    {
    }
};
impl Client {
    #[doc = "Report the server's health\n\n`probe=ready` (the default) reports every dependency and answers 503 when one that is needed is down.\n`probe=live` answers from the process alone: use it to decide about a restart. The state of the dependencies is\nwatched in the background; asking costs no work.\n\nFails with [`HealthCheckError`](crate::errors::HealthCheckError).\n\nSends a `GET` request to `/health-check`\n\nArguments:\n- `probe`: What to report.\n```ignore\nlet response = client.health_check()\n    .probe(probe)\n    .send()\n    .await;\n```"]
    pub fn health_check(&self) -> builder::HealthCheck<'_> {
        builder::HealthCheck::new(self)
    }
    #[doc = "Sign in with email and password\n\nKnows verified accounts only. A wrong password, an unknown address and an unverified address are the same 401,\nafter the same work. Where the account has TOTP on, the outcome is `totp_required` with a single-use\n`temp_token` for `verify_totp` (5 minutes) and no cookie; else `authenticated`, with the cookie.\nWithout `remember_me` the cookie ends with the browser.\n\nFails with [`LoginError`](crate::errors::LoginError).\n\nSends a `POST` request to `/v0/auth/login`\n\n```ignore\nlet response = client.login()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn login(&self) -> builder::Login<'_> {
        builder::Login::new(self)
    }
    #[doc = "End this session\n\nThe session is gone at once on every instance, and the cookie is cleared.\n\nFails with [`LogoutError`](crate::errors::LogoutError).\n\nSends a `POST` request to `/v0/auth/logout`\n\n```ignore\nlet response = client.logout()\n    .send()\n    .await;\n```"]
    pub fn logout(&self) -> builder::Logout<'_> {
        builder::Logout::new(self)
    }
    #[doc = "List your sessions\n\nAll live sessions of the account, the most recently used first. There are at most as many as the server's\nconfiguration permits (100 by default): one more ends those that were not used for longest.\n\nFails with [`ListSessionsError`](crate::errors::ListSessionsError).\n\nSends a `GET` request to `/v0/auth/sessions`\n\n```ignore\nlet response = client.list_sessions()\n    .send()\n    .await;\n```"]
    pub fn list_sessions(&self) -> builder::ListSessions<'_> {
        builder::ListSessions::new(self)
    }
    #[doc = "End one of your sessions\n\nTakes effect at once on every instance. A session of somebody else looks nonexistent. Ending the current one clears the cookie.\n\nFails with [`RevokeSessionError`](crate::errors::RevokeSessionError).\n\nSends a `DELETE` request to `/v0/auth/sessions/{session_id}`\n\nArguments:\n- `session_id`: Id of the session, from the list of sessions.\n```ignore\nlet response = client.revoke_session()\n    .session_id(session_id)\n    .send()\n    .await;\n```"]
    pub fn revoke_session(&self) -> builder::RevokeSession<'_> {
        builder::RevokeSession::new(self)
    }
    #[doc = "End all your other sessions\n\nThis session stays. Takes effect at once on every instance.\n\nFails with [`RevokeOtherSessionsError`](crate::errors::RevokeOtherSessionsError).\n\nSends a `POST` request to `/v0/auth/sessions/revoke-others`\n\n```ignore\nlet response = client.revoke_other_sessions()\n    .send()\n    .await;\n```"]
    pub fn revoke_other_sessions(&self) -> builder::RevokeOtherSessions<'_> {
        builder::RevokeOtherSessions::new(self)
    }
    #[doc = "Prove again that it is you\n\nMakes this session recently authenticated for 10 minutes, which sensitive operations ask for. Send exactly one of\n`password` and `totp_code` (the latter where TOTP is on; a backup code is not accepted here). The session's token\nis replaced: a new cookie comes back and the old value stops working. A fresh sign-in, by password or by a\nlinked provider, has the same effect.\n\nFails with [`ReauthenticateError`](crate::errors::ReauthenticateError).\n\nSends a `POST` request to `/v0/auth/reauthenticate`\n\n```ignore\nlet response = client.reauthenticate()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn reauthenticate(&self) -> builder::Reauthenticate<'_> {
        builder::Reauthenticate::new(self)
    }
    #[doc = "Prove an email address\n\nTakes the token of the verification mail (24 hours, single use). Marks the account verified; a session held by\nthat registration becomes a full one. If the address got an account meanwhile the answer is 409. It signs nobody in.\n\nFails with [`VerifyEmailError`](crate::errors::VerifyEmailError).\n\nSends a `POST` request to `/v0/auth/verify-email`\n\n```ignore\nlet response = client.verify_email()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn verify_email(&self) -> builder::VerifyEmail<'_> {
        builder::VerifyEmail::new(self)
    }
    #[doc = "Send the verification mail again\n\nFor the session of an unverified registration. The earlier token stops working. Limited per account.\n\nFails with [`ResendVerificationEmailError`](crate::errors::ResendVerificationEmailError).\n\nSends a `POST` request to `/v0/auth/resend-verification-email`\n\n```ignore\nlet response = client.resend_verification_email()\n    .send()\n    .await;\n```"]
    pub fn resend_verification_email(&self) -> builder::ResendVerificationEmail<'_> {
        builder::ResendVerificationEmail::new(self)
    }
    #[doc = "Ask for a password reset mail\n\nAlways 202, whether the address has an account or not. The mail's token lives 15 minutes and works once. For an\nunverified registration the link proves the address as well.\n\nFails with [`ForgotPasswordError`](crate::errors::ForgotPasswordError).\n\nSends a `POST` request to `/v0/auth/forgot-password`\n\n```ignore\nlet response = client.forgot_password()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn forgot_password(&self) -> builder::ForgotPassword<'_> {
        builder::ForgotPassword::new(self)
    }
    #[doc = "Set a new password with a reset token\n\nEnds all sessions, cancels pending sign-ins, other reset tokens and a pending email change, and tells the owner by\nmail. TOTP stays on. It signs nobody in.\n\nFails with [`ResetPasswordError`](crate::errors::ResetPasswordError).\n\nSends a `POST` request to `/v0/auth/reset-password`\n\n```ignore\nlet response = client.reset_password()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn reset_password(&self) -> builder::ResetPassword<'_> {
        builder::ResetPassword::new(self)
    }
    #[doc = "Change your password\n\nKeeps this session, with a new token in a new cookie, and ends the others; the owner is told by mail. An account\nwithout a password sets its first one without `current_password`, if the session is recently authenticated.\n\nFails with [`ChangePasswordError`](crate::errors::ChangePasswordError).\n\nSends a `POST` request to `/v0/auth/change-password`\n\n```ignore\nlet response = client.change_password()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn change_password(&self) -> builder::ChangePassword<'_> {
        builder::ChangePassword::new(self)
    }
    #[doc = "Ask to change your email address\n\nAlways 202, whether the new address is taken or not. A link goes to the new address (15 minutes), a notice to the\nold one; nothing changes before the link is confirmed. `password` is needed where the account has one. The session of\nan unverified registration may use this to mend a typing error: the new address then gets the verification mail.\n\nFails with [`ChangeEmailError`](crate::errors::ChangeEmailError).\n\nSends a `POST` request to `/v0/auth/change-email`\n\n```ignore\nlet response = client.change_email()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn change_email(&self) -> builder::ChangeEmail<'_> {
        builder::ChangeEmail::new(self)
    }
    #[doc = "Confirm a new email address\n\nTakes the token of the mail to the new address. Swaps the address, cancels open tokens to the old one, ends other\nsessions and tells the old address.\n\nFails with [`ConfirmEmailChangeError`](crate::errors::ConfirmEmailChangeError).\n\nSends a `POST` request to `/v0/auth/confirm-email-change`\n\n```ignore\nlet response = client.confirm_email_change()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn confirm_email_change(&self) -> builder::ConfirmEmailChange<'_> {
        builder::ConfirmEmailChange::new(self)
    }
    #[doc = "Finish a sign-up that began at a provider\n\nTakes the `pending_token` of an OAuth sign-in (10 minutes, single use, bound to the browser that started it) and a\nhandle. The account is created verified, linked and signed in. The address comes from the provider alone.\n\nFails with [`CompleteSignupError`](crate::errors::CompleteSignupError).\n\nSends a `POST` request to `/v0/auth/complete-signup`\n\n```ignore\nlet response = client.complete_signup()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn complete_signup(&self) -> builder::CompleteSignup<'_> {
        builder::CompleteSignup::new(self)
    }
    #[doc = "Begin a sign-in or a link with Google\n\nAnswers the URL to send the browser to, with a single-use `state` (10 minutes) and PKCE (S256), bound to this\nbrowser by a cookie and to the flow. `flow=link` needs a recently authenticated session.\n\nFails with [`AuthorizeGoogleError`](crate::errors::AuthorizeGoogleError).\n\nSends a `GET` request to `/v0/auth/oauth/google/authorize`\n\nArguments:\n- `flow`: What the authorization is for.\n```ignore\nlet response = client.authorize_google()\n    .flow(flow)\n    .send()\n    .await;\n```"]
    pub fn authorize_google(&self) -> builder::AuthorizeGoogle<'_> {
        builder::AuthorizeGoogle::new(self)
    }
    #[doc = "Sign in with Google\n\nTakes the `code` and `state` that Google handed to the redirect URI. A known identity signs in (TOTP is still asked\nfor where it is on); a new one answers `signup_required` with a `pending_token` for `complete_signup`. An\nidentity whose address belongs to an account is never linked by the address alone: 409 (sign in, then link).\n\nFails with [`LoginWithGoogleError`](crate::errors::LoginWithGoogleError).\n\nSends a `POST` request to `/v0/auth/oauth/google/login`\n\n```ignore\nlet response = client.login_with_google()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn login_with_google(&self) -> builder::LoginWithGoogle<'_> {
        builder::LoginWithGoogle::new(self)
    }
    #[doc = "Link a Google identity\n\nNeeds a recently authenticated session, the one that began the flow. The owner is told by mail.\n\nFails with [`LinkGoogleError`](crate::errors::LinkGoogleError).\n\nSends a `POST` request to `/v0/auth/oauth/google/link`\n\n```ignore\nlet response = client.link_google()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn link_google(&self) -> builder::LinkGoogle<'_> {
        builder::LinkGoogle::new(self)
    }
    #[doc = "Begin a sign-in or a link with GitHub\n\nAnswers the URL to send the browser to, with a single-use `state` (10 minutes) and PKCE (S256), bound to this\nbrowser by a cookie and to the flow. `flow=link` needs a recently authenticated session.\n\nFails with [`AuthorizeGithubError`](crate::errors::AuthorizeGithubError).\n\nSends a `GET` request to `/v0/auth/oauth/github/authorize`\n\nArguments:\n- `flow`: What the authorization is for.\n```ignore\nlet response = client.authorize_github()\n    .flow(flow)\n    .send()\n    .await;\n```"]
    pub fn authorize_github(&self) -> builder::AuthorizeGithub<'_> {
        builder::AuthorizeGithub::new(self)
    }
    #[doc = "Sign in with GitHub\n\nTakes the `code` and `state` that GitHub handed to the redirect URI. A known identity signs in (TOTP is still asked\nfor where it is on); a new one answers `signup_required` with a `pending_token` for `complete_signup`. An\nidentity whose address belongs to an account is never linked by the address alone: 409 (sign in, then link).\n\nFails with [`LoginWithGithubError`](crate::errors::LoginWithGithubError).\n\nSends a `POST` request to `/v0/auth/oauth/github/login`\n\n```ignore\nlet response = client.login_with_github()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn login_with_github(&self) -> builder::LoginWithGithub<'_> {
        builder::LoginWithGithub::new(self)
    }
    #[doc = "Link a GitHub identity\n\nNeeds a recently authenticated session, the one that began the flow. The owner is told by mail.\n\nFails with [`LinkGithubError`](crate::errors::LinkGithubError).\n\nSends a `POST` request to `/v0/auth/oauth/github/link`\n\n```ignore\nlet response = client.link_github()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn link_github(&self) -> builder::LinkGithub<'_> {
        builder::LinkGithub::new(self)
    }
    #[doc = "List your linked identities\n\nAt most one identity per provider.\n\nFails with [`ListOauthConnectionsError`](crate::errors::ListOauthConnectionsError).\n\nSends a `GET` request to `/v0/auth/oauth/connections`\n\n```ignore\nlet response = client.list_oauth_connections()\n    .send()\n    .await;\n```"]
    pub fn list_oauth_connections(&self) -> builder::ListOauthConnections<'_> {
        builder::ListOauthConnections::new(self)
    }
    #[doc = "Unlink an identity\n\nNeeds a recently authenticated session. The last way to sign in cannot be removed. The owner is told by mail.\n\nFails with [`UnlinkOauthConnectionError`](crate::errors::UnlinkOauthConnectionError).\n\nSends a `POST` request to `/v0/auth/oauth/unlink`\n\n```ignore\nlet response = client.unlink_oauth_connection()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn unlink_oauth_connection(&self) -> builder::UnlinkOauthConnection<'_> {
        builder::UnlinkOauthConnection::new(self)
    }
    #[doc = "Begin to set up TOTP\n\nAnswers a new secret; nothing is on until `enable_totp`. A second setup replaces the first; a setup expires after\n10 minutes. Needs a recently authenticated session.\n\nFails with [`SetupTotpError`](crate::errors::SetupTotpError).\n\nSends a `POST` request to `/v0/auth/totp/setup`\n\n```ignore\nlet response = client.setup_totp()\n    .send()\n    .await;\n```"]
    pub fn setup_totp(&self) -> builder::SetupTotp<'_> {
        builder::SetupTotp::new(self)
    }
    #[doc = "Turn TOTP on\n\nA current code of the pending setup turns TOTP on, ends the other sessions and answers 10 backup codes, shown this once.\n\nFails with [`EnableTotpError`](crate::errors::EnableTotpError).\n\nSends a `POST` request to `/v0/auth/totp/enable`\n\n```ignore\nlet response = client.enable_totp()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn enable_totp(&self) -> builder::EnableTotp<'_> {
        builder::EnableTotp::new(self)
    }
    #[doc = "Sign in with the second factor\n\nTakes the `temp_token` of a sign-in and a TOTP code or a backup code. A code is accepted once, one step of clock\ndifference is tolerated to each side, 5 wrong codes end the `temp_token`.\n\nFails with [`VerifyTotpError`](crate::errors::VerifyTotpError).\n\nSends a `POST` request to `/v0/auth/totp/verify`\n\n```ignore\nlet response = client.verify_totp()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn verify_totp(&self) -> builder::VerifyTotp<'_> {
        builder::VerifyTotp::new(self)
    }
    #[doc = "Is TOTP on?\n\nWhether TOTP is on, since when, and how many backup codes remain.\n\nFails with [`GetTotpStatusError`](crate::errors::GetTotpStatusError).\n\nSends a `GET` request to `/v0/auth/totp/status`\n\n```ignore\nlet response = client.get_totp_status()\n    .send()\n    .await;\n```"]
    pub fn get_totp_status(&self) -> builder::GetTotpStatus<'_> {
        builder::GetTotpStatus::new(self)
    }
    #[doc = "Turn TOTP off\n\nAsks for a TOTP code or a backup code and a recently authenticated session. Ends the other sessions; the owner is told by mail.\n\nFails with [`DisableTotpError`](crate::errors::DisableTotpError).\n\nSends a `POST` request to `/v0/auth/totp/disable`\n\n```ignore\nlet response = client.disable_totp()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn disable_totp(&self) -> builder::DisableTotp<'_> {
        builder::DisableTotp::new(self)
    }
    #[doc = "Make new backup codes\n\nAsks for a TOTP code or a backup code and a recently authenticated session. The old codes stop working.\n\nFails with [`RegenerateBackupCodesError`](crate::errors::RegenerateBackupCodesError).\n\nSends a `POST` request to `/v0/auth/totp/backup-codes/regenerate`\n\n```ignore\nlet response = client.regenerate_backup_codes()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn regenerate_backup_codes(&self) -> builder::RegenerateBackupCodes<'_> {
        builder::RegenerateBackupCodes::new(self)
    }
    #[doc = "Register\n\nAnswers alike for a free and for a taken address: the new, unverified user and a session limited to `get_me`, `logout`,\n`resend_verification_email` and `change_email`; any other session operation answers 403 `user:not_verified`. The\nmail that goes out carries the verification link or, where the address has an account, says so. The handle is\nreserved for 24 hours; the address is reserved by nobody until it is proven.\n\nFails with [`CreateUserError`](crate::errors::CreateUserError).\n\nSends a `POST` request to `/v0/users`\n\n```ignore\nlet response = client.create_user()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn create_user(&self) -> builder::CreateUser<'_> {
        builder::CreateUser::new(self)
    }
    #[doc = "Read a profile by handle\n\nThe public profile of a verified user; the handle's case does not matter.\n\nFails with [`GetProfileByHandleError`](crate::errors::GetProfileByHandleError).\n\nSends a `GET` request to `/v0/users/profile`\n\nArguments:\n- `handle`: Handle of the user.\n```ignore\nlet response = client.get_profile_by_handle()\n    .handle(handle)\n    .send()\n    .await;\n```"]
    pub fn get_profile_by_handle(&self) -> builder::GetProfileByHandle<'_> {
        builder::GetProfileByHandle::new(self)
    }
    #[doc = "Read a profile by id\n\nThe public profile of a verified user.\n\nFails with [`GetProfileByIdError`](crate::errors::GetProfileByIdError).\n\nSends a `GET` request to `/v0/users/profile/id`\n\nArguments:\n- `user_id`: Id of the user.\n```ignore\nlet response = client.get_profile_by_id()\n    .user_id(user_id)\n    .send()\n    .await;\n```"]
    pub fn get_profile_by_id(&self) -> builder::GetProfileById<'_> {
        builder::GetProfileById::new(self)
    }
    #[doc = "Is a handle free?\n\nSays whether the handle can be registered now, and why not.\n\nFails with [`CheckHandleAvailabilityError`](crate::errors::CheckHandleAvailabilityError).\n\nSends a `GET` request to `/v0/users/handle/{handle}/available`\n\nArguments:\n- `handle`: The wished handle, of any form; one that breaks the rules is answered with the reason `invalid`.\n```ignore\nlet response = client.check_handle_availability()\n    .handle(handle)\n    .send()\n    .await;\n```"]
    pub fn check_handle_availability(&self) -> builder::CheckHandleAvailability<'_> {
        builder::CheckHandleAvailability::new(self)
    }
    #[doc = "Read your own profile\n\nWorks for unverified registrations, too.\n\nFails with [`GetMeError`](crate::errors::GetMeError).\n\nSends a `GET` request to `/v0/user/me`\n\n```ignore\nlet response = client.get_me()\n    .send()\n    .await;\n```"]
    pub fn get_me(&self) -> builder::GetMe<'_> {
        builder::GetMe::new(self)
    }
    #[doc = "Change your own profile\n\nChanges what is present. A field that is absent stays; `null` clears it (`display_name` cannot be cleared).\n\nFails with [`UpdateMeError`](crate::errors::UpdateMeError).\n\nSends a `PATCH` request to `/v0/user/me`\n\n```ignore\nlet response = client.update_me()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn update_me(&self) -> builder::UpdateMe<'_> {
        builder::UpdateMe::new(self)
    }
    #[doc = "Set your profile image\n\nThe file's bytes are the body. PNG, JPEG, WebP and GIF (its first frame), told by content; at most 8 MiB and 40 megapixels.\nThe picture is turned upright, stripped of metadata, cropped to cover 512×512 and stored as WebP. The former one is removed.\n\nFails with [`UploadProfileImageError`](crate::errors::UploadProfileImageError).\n\nSends a `POST` request to `/v0/user/me/profile-image`\n\nArguments:\n- `body`: The image file.\n```ignore\nlet response = client.upload_profile_image()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn upload_profile_image(&self) -> builder::UploadProfileImage<'_> {
        builder::UploadProfileImage::new(self)
    }
    #[doc = "Remove your profile image\n\nAlso answers 204 where there is none.\n\nFails with [`DeleteProfileImageError`](crate::errors::DeleteProfileImageError).\n\nSends a `DELETE` request to `/v0/user/me/profile-image`\n\n```ignore\nlet response = client.delete_profile_image()\n    .send()\n    .await;\n```"]
    pub fn delete_profile_image(&self) -> builder::DeleteProfileImage<'_> {
        builder::DeleteProfileImage::new(self)
    }
    #[doc = "Set your banner image\n\nThe file's bytes are the body. PNG, JPEG, WebP and GIF (its first frame), told by content; at most 8 MiB and 40 megapixels.\nThe picture is turned upright, stripped of metadata, cropped to cover 1500×500 and stored as WebP. The former one is removed.\n\nFails with [`UploadBannerImageError`](crate::errors::UploadBannerImageError).\n\nSends a `POST` request to `/v0/user/me/banner-image`\n\nArguments:\n- `body`: The image file.\n```ignore\nlet response = client.upload_banner_image()\n    .body(body)\n    .send()\n    .await;\n```"]
    pub fn upload_banner_image(&self) -> builder::UploadBannerImage<'_> {
        builder::UploadBannerImage::new(self)
    }
    #[doc = "Remove your banner image\n\nAlso answers 204 where there is none.\n\nFails with [`DeleteBannerImageError`](crate::errors::DeleteBannerImageError).\n\nSends a `DELETE` request to `/v0/user/me/banner-image`\n\n```ignore\nlet response = client.delete_banner_image()\n    .send()\n    .await;\n```"]
    pub fn delete_banner_image(&self) -> builder::DeleteBannerImage<'_> {
        builder::DeleteBannerImage::new(self)
    }
    #[doc = "Find users\n\nSearches verified users by handle and display name: exact and prefix matches first, then substrings and near\nmisses (typing errors). Width, case and accents make no difference.\n\nFails with [`SearchUsersError`](crate::errors::SearchUsersError).\n\nSends a `GET` request to `/v0/search/users`\n\nArguments:\n- `cursor`: Where to continue, from the page before. Opaque; valid with the same filters only.\n- `limit`: The most items on the page.\n- `query`: What to look for.\n```ignore\nlet response = client.search_users()\n    .cursor(cursor)\n    .limit(limit)\n    .query(query)\n    .send()\n    .await;\n```"]
    pub fn search_users(&self) -> builder::SearchUsers<'_> {
        builder::SearchUsers::new(self)
    }
    #[doc = "Read the action log\n\nNewest first within a page. `view=public` holds public profile facts only; `view=own` (needs a session) holds\neverything about your own account, with the client that caused it. Pass `older_cursor` with `direction=older` to\ngo back in time and `newer_cursor` with `direction=newer` to see what came since.\n\nFails with [`ListActionLogsError`](crate::errors::ListActionLogsError).\n\nSends a `GET` request to `/v0/action-logs`\n\nArguments:\n- `actions`: Only these actions; repeat the parameter, or separate with commas.\n- `actor_id`: Only what this user did.\n- `cursor`: Where to continue, from the page before. Opaque; valid with the same filters only.\n- `direction`: Where to go from the cursor.\n- `limit`: The most items on the page.\n- `resource_id`: Only what was done to this resource.\n- `view`: Which log.\n```ignore\nlet response = client.list_action_logs()\n    .actions(actions)\n    .actor_id(actor_id)\n    .cursor(cursor)\n    .direction(direction)\n    .limit(limit)\n    .resource_id(resource_id)\n    .view(view)\n    .send()\n    .await;\n```"]
    pub fn list_action_logs(&self) -> builder::ListActionLogs<'_> {
        builder::ListActionLogs::new(self)
    }
    #[doc = "Watch public actions live\n\nServer-Sent Events: each committed public action once, in commit order. `id:` is the entry's id, `event:` its action,\n`data:` the same JSON as in the action log (`ActionLogEntry`). Comment lines every 15 seconds keep the connection\nalive. Reconnect with `Last-Event-ID` to get what was missed. `event: lagged` ends a stream whose reader fell\nbehind for too long, `event: resync` says that the given `Last-Event-ID` is no longer known and the stream starts now.\n\nFails with [`StreamActionsError`](crate::errors::StreamActionsError).\n\nSends a `GET` request to `/v0/eventstream/actions`\n\nArguments:\n- `actions`: Only these actions; repeat the parameter, or separate with commas.\n- `actor_id`: Only what this user did.\n- `resource_id`: Only what was done to this resource.\n- `last_event_id`: Id of the last event that was seen.\n```ignore\nlet response = client.stream_actions()\n    .actions(actions)\n    .actor_id(actor_id)\n    .resource_id(resource_id)\n    .last_event_id(last_event_id)\n    .send()\n    .await;\n```"]
    pub fn stream_actions(&self) -> builder::StreamActions<'_> {
        builder::StreamActions::new(self)
    }
}
#[doc = r" Types for composing operation parameters."]
#[allow(clippy::all)]
pub mod builder {
    use super::types;
    #[allow(unused_imports)]
    use super::{
        ByteStream, ClientHooks, ClientInfo, Error, OperationInfo, RequestBuilderExt,
        ResponseValue, encode_path,
    };
    #[doc = "Builder for [`Client::health_check`]\n\n[`Client::health_check`]: super::Client::health_check"]
    #[derive(Debug, Clone)]
    pub struct HealthCheck<'a> {
        client: &'a super::Client,
        probe: Result<Option<types::HealthProbe>, String>,
    }
    impl<'a> HealthCheck<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                probe: Ok(None),
            }
        }
        /// Sets `probe`: What to report.
        pub fn probe<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::HealthProbe>,
        {
            self.probe = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `HealthProbe` for probe failed".to_string());
            self
        }
        #[doc = "Sends a `GET` request to `/health-check`"]
        pub async fn send(self) -> Result<ResponseValue<types::HealthReport>, Error<types::Error>> {
            let Self { client, probe } = self;
            let probe = probe.map_err(Error::InvalidRequest)?;
            let url = format!("{}/health-check", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("probe", &probe))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "health_check",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::login`]\n\n[`Client::login`]: super::Client::login"]
    #[derive(Debug, Clone)]
    pub struct Login<'a> {
        client: &'a super::Client,
        body: Result<types::builder::LoginRequest, String>,
    }
    impl<'a> Login<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        /// Sets the body.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::LoginRequest>,
            <V as std::convert::TryInto<types::LoginRequest>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `LoginRequest` for body failed: {}", s));
            self
        }
        /// Changes the body, which begins with nothing set.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(types::builder::LoginRequest) -> types::builder::LoginRequest,
        {
            self.body = self.body.map(f);
            self
        }
        #[doc = "Sends a `POST` request to `/v0/auth/login`"]
        pub async fn send(self) -> Result<ResponseValue<types::SignInResult>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::LoginRequest::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/auth/login", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "login",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::logout`]\n\n[`Client::logout`]: super::Client::logout"]
    #[derive(Debug, Clone)]
    pub struct Logout<'a> {
        client: &'a super::Client,
    }
    impl<'a> Logout<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        #[doc = "Sends a `POST` request to `/v0/auth/logout`"]
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Error>> {
            let Self { client } = self;
            let url = format!("{}/v0/auth/logout", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "logout",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::list_sessions`]\n\n[`Client::list_sessions`]: super::Client::list_sessions"]
    #[derive(Debug, Clone)]
    pub struct ListSessions<'a> {
        client: &'a super::Client,
    }
    impl<'a> ListSessions<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        #[doc = "Sends a `GET` request to `/v0/auth/sessions`"]
        pub async fn send(self) -> Result<ResponseValue<types::SessionList>, Error<types::Error>> {
            let Self { client } = self;
            let url = format!("{}/v0/auth/sessions", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_sessions",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::revoke_session`]\n\n[`Client::revoke_session`]: super::Client::revoke_session"]
    #[derive(Debug, Clone)]
    pub struct RevokeSession<'a> {
        client: &'a super::Client,
        session_id: Result<::uuid::Uuid, String>,
    }
    impl<'a> RevokeSession<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                session_id: Err("session_id was not initialized".to_string()),
            }
        }
        /// Sets `session_id`: Id of the session, from the list of sessions.
        pub fn session_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.session_id = value
                .try_into()
                .map_err(|_| "conversion to `:: uuid :: Uuid` for session_id failed".to_string());
            self
        }
        #[doc = "Sends a `DELETE` request to `/v0/auth/sessions/{session_id}`"]
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Error>> {
            let Self { client, session_id } = self;
            let session_id = session_id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v0/auth/sessions/{}",
                client.baseurl,
                encode_path(&session_id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "revoke_session",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::revoke_other_sessions`]\n\n[`Client::revoke_other_sessions`]: super::Client::revoke_other_sessions"]
    #[derive(Debug, Clone)]
    pub struct RevokeOtherSessions<'a> {
        client: &'a super::Client,
    }
    impl<'a> RevokeOtherSessions<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        #[doc = "Sends a `POST` request to `/v0/auth/sessions/revoke-others`"]
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::RevokedSessions>, Error<types::Error>> {
            let Self { client } = self;
            let url = format!("{}/v0/auth/sessions/revoke-others", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "revoke_other_sessions",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::reauthenticate`]\n\n[`Client::reauthenticate`]: super::Client::reauthenticate"]
    #[derive(Debug, Clone)]
    pub struct Reauthenticate<'a> {
        client: &'a super::Client,
        body: Result<types::builder::ReauthenticateRequest, String>,
    }
    impl<'a> Reauthenticate<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        /// Sets the body.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::ReauthenticateRequest>,
            <V as std::convert::TryInto<types::ReauthenticateRequest>>::Error: std::fmt::Display,
        {
            self.body = value.try_into().map(From::from).map_err(|s| {
                format!(
                    "conversion to `ReauthenticateRequest` for body failed: {}",
                    s
                )
            });
            self
        }
        /// Changes the body, which begins with nothing set.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                    types::builder::ReauthenticateRequest,
                ) -> types::builder::ReauthenticateRequest,
        {
            self.body = self.body.map(f);
            self
        }
        #[doc = "Sends a `POST` request to `/v0/auth/reauthenticate`"]
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::ReauthenticateRequest::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/auth/reauthenticate", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "reauthenticate",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::verify_email`]\n\n[`Client::verify_email`]: super::Client::verify_email"]
    #[derive(Debug, Clone)]
    pub struct VerifyEmail<'a> {
        client: &'a super::Client,
        body: Result<types::builder::VerifyEmailRequest, String>,
    }
    impl<'a> VerifyEmail<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        /// Sets the body.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::VerifyEmailRequest>,
            <V as std::convert::TryInto<types::VerifyEmailRequest>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `VerifyEmailRequest` for body failed: {}", s));
            self
        }
        /// Changes the body, which begins with nothing set.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                    types::builder::VerifyEmailRequest,
                ) -> types::builder::VerifyEmailRequest,
        {
            self.body = self.body.map(f);
            self
        }
        #[doc = "Sends a `POST` request to `/v0/auth/verify-email`"]
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::VerifyEmailRequest::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/auth/verify-email", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "verify_email",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::resend_verification_email`]\n\n[`Client::resend_verification_email`]: super::Client::resend_verification_email"]
    #[derive(Debug, Clone)]
    pub struct ResendVerificationEmail<'a> {
        client: &'a super::Client,
    }
    impl<'a> ResendVerificationEmail<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        #[doc = "Sends a `POST` request to `/v0/auth/resend-verification-email`"]
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Error>> {
            let Self { client } = self;
            let url = format!("{}/v0/auth/resend-verification-email", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "resend_verification_email",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                202u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::forgot_password`]\n\n[`Client::forgot_password`]: super::Client::forgot_password"]
    #[derive(Debug, Clone)]
    pub struct ForgotPassword<'a> {
        client: &'a super::Client,
        body: Result<types::builder::ForgotPasswordRequest, String>,
    }
    impl<'a> ForgotPassword<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        /// Sets the body.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::ForgotPasswordRequest>,
            <V as std::convert::TryInto<types::ForgotPasswordRequest>>::Error: std::fmt::Display,
        {
            self.body = value.try_into().map(From::from).map_err(|s| {
                format!(
                    "conversion to `ForgotPasswordRequest` for body failed: {}",
                    s
                )
            });
            self
        }
        /// Changes the body, which begins with nothing set.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                    types::builder::ForgotPasswordRequest,
                ) -> types::builder::ForgotPasswordRequest,
        {
            self.body = self.body.map(f);
            self
        }
        #[doc = "Sends a `POST` request to `/v0/auth/forgot-password`"]
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::ForgotPasswordRequest::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/auth/forgot-password", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "forgot_password",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                202u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::reset_password`]\n\n[`Client::reset_password`]: super::Client::reset_password"]
    #[derive(Debug, Clone)]
    pub struct ResetPassword<'a> {
        client: &'a super::Client,
        body: Result<types::builder::ResetPasswordRequest, String>,
    }
    impl<'a> ResetPassword<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        /// Sets the body.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::ResetPasswordRequest>,
            <V as std::convert::TryInto<types::ResetPasswordRequest>>::Error: std::fmt::Display,
        {
            self.body = value.try_into().map(From::from).map_err(|s| {
                format!(
                    "conversion to `ResetPasswordRequest` for body failed: {}",
                    s
                )
            });
            self
        }
        /// Changes the body, which begins with nothing set.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                    types::builder::ResetPasswordRequest,
                ) -> types::builder::ResetPasswordRequest,
        {
            self.body = self.body.map(f);
            self
        }
        #[doc = "Sends a `POST` request to `/v0/auth/reset-password`"]
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::ResetPasswordRequest::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/auth/reset-password", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "reset_password",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::change_password`]\n\n[`Client::change_password`]: super::Client::change_password"]
    #[derive(Debug, Clone)]
    pub struct ChangePassword<'a> {
        client: &'a super::Client,
        body: Result<types::builder::ChangePasswordRequest, String>,
    }
    impl<'a> ChangePassword<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        /// Sets the body.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::ChangePasswordRequest>,
            <V as std::convert::TryInto<types::ChangePasswordRequest>>::Error: std::fmt::Display,
        {
            self.body = value.try_into().map(From::from).map_err(|s| {
                format!(
                    "conversion to `ChangePasswordRequest` for body failed: {}",
                    s
                )
            });
            self
        }
        /// Changes the body, which begins with nothing set.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                    types::builder::ChangePasswordRequest,
                ) -> types::builder::ChangePasswordRequest,
        {
            self.body = self.body.map(f);
            self
        }
        #[doc = "Sends a `POST` request to `/v0/auth/change-password`"]
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::ChangePasswordRequest::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/auth/change-password", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "change_password",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::change_email`]\n\n[`Client::change_email`]: super::Client::change_email"]
    #[derive(Debug, Clone)]
    pub struct ChangeEmail<'a> {
        client: &'a super::Client,
        body: Result<types::builder::ChangeEmailRequest, String>,
    }
    impl<'a> ChangeEmail<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        /// Sets the body.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::ChangeEmailRequest>,
            <V as std::convert::TryInto<types::ChangeEmailRequest>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `ChangeEmailRequest` for body failed: {}", s));
            self
        }
        /// Changes the body, which begins with nothing set.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                    types::builder::ChangeEmailRequest,
                ) -> types::builder::ChangeEmailRequest,
        {
            self.body = self.body.map(f);
            self
        }
        #[doc = "Sends a `POST` request to `/v0/auth/change-email`"]
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::ChangeEmailRequest::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/auth/change-email", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "change_email",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                202u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::confirm_email_change`]\n\n[`Client::confirm_email_change`]: super::Client::confirm_email_change"]
    #[derive(Debug, Clone)]
    pub struct ConfirmEmailChange<'a> {
        client: &'a super::Client,
        body: Result<types::builder::ConfirmEmailChangeRequest, String>,
    }
    impl<'a> ConfirmEmailChange<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        /// Sets the body.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::ConfirmEmailChangeRequest>,
            <V as std::convert::TryInto<types::ConfirmEmailChangeRequest>>::Error:
                std::fmt::Display,
        {
            self.body = value.try_into().map(From::from).map_err(|s| {
                format!(
                    "conversion to `ConfirmEmailChangeRequest` for body failed: {}",
                    s
                )
            });
            self
        }
        /// Changes the body, which begins with nothing set.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                    types::builder::ConfirmEmailChangeRequest,
                ) -> types::builder::ConfirmEmailChangeRequest,
        {
            self.body = self.body.map(f);
            self
        }
        #[doc = "Sends a `POST` request to `/v0/auth/confirm-email-change`"]
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| {
                    types::ConfirmEmailChangeRequest::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/auth/confirm-email-change", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "confirm_email_change",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::complete_signup`]\n\n[`Client::complete_signup`]: super::Client::complete_signup"]
    #[derive(Debug, Clone)]
    pub struct CompleteSignup<'a> {
        client: &'a super::Client,
        body: Result<types::builder::CompleteSignupRequest, String>,
    }
    impl<'a> CompleteSignup<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        /// Sets the body.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::CompleteSignupRequest>,
            <V as std::convert::TryInto<types::CompleteSignupRequest>>::Error: std::fmt::Display,
        {
            self.body = value.try_into().map(From::from).map_err(|s| {
                format!(
                    "conversion to `CompleteSignupRequest` for body failed: {}",
                    s
                )
            });
            self
        }
        /// Changes the body, which begins with nothing set.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                    types::builder::CompleteSignupRequest,
                ) -> types::builder::CompleteSignupRequest,
        {
            self.body = self.body.map(f);
            self
        }
        #[doc = "Sends a `POST` request to `/v0/auth/complete-signup`"]
        pub async fn send(self) -> Result<ResponseValue<types::SignInResult>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::CompleteSignupRequest::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/auth/complete-signup", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "complete_signup",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                201u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::authorize_google`]\n\n[`Client::authorize_google`]: super::Client::authorize_google"]
    #[derive(Debug, Clone)]
    pub struct AuthorizeGoogle<'a> {
        client: &'a super::Client,
        flow: Result<Option<types::OauthFlow>, String>,
    }
    impl<'a> AuthorizeGoogle<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                flow: Ok(None),
            }
        }
        /// Sets `flow`: What the authorization is for.
        pub fn flow<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::OauthFlow>,
        {
            self.flow = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `OauthFlow` for flow failed".to_string());
            self
        }
        #[doc = "Sends a `GET` request to `/v0/auth/oauth/google/authorize`"]
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::OauthAuthorization>, Error<types::Error>> {
            let Self { client, flow } = self;
            let flow = flow.map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/auth/oauth/google/authorize", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("flow", &flow))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "authorize_google",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::login_with_google`]\n\n[`Client::login_with_google`]: super::Client::login_with_google"]
    #[derive(Debug, Clone)]
    pub struct LoginWithGoogle<'a> {
        client: &'a super::Client,
        body: Result<types::builder::OauthLoginRequest, String>,
    }
    impl<'a> LoginWithGoogle<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        /// Sets the body.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::OauthLoginRequest>,
            <V as std::convert::TryInto<types::OauthLoginRequest>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `OauthLoginRequest` for body failed: {}", s));
            self
        }
        /// Changes the body, which begins with nothing set.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                    types::builder::OauthLoginRequest,
                ) -> types::builder::OauthLoginRequest,
        {
            self.body = self.body.map(f);
            self
        }
        #[doc = "Sends a `POST` request to `/v0/auth/oauth/google/login`"]
        pub async fn send(self) -> Result<ResponseValue<types::SignInResult>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::OauthLoginRequest::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/auth/oauth/google/login", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "login_with_google",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::link_google`]\n\n[`Client::link_google`]: super::Client::link_google"]
    #[derive(Debug, Clone)]
    pub struct LinkGoogle<'a> {
        client: &'a super::Client,
        body: Result<types::builder::OauthLinkRequest, String>,
    }
    impl<'a> LinkGoogle<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        /// Sets the body.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::OauthLinkRequest>,
            <V as std::convert::TryInto<types::OauthLinkRequest>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `OauthLinkRequest` for body failed: {}", s));
            self
        }
        /// Changes the body, which begins with nothing set.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                    types::builder::OauthLinkRequest,
                ) -> types::builder::OauthLinkRequest,
        {
            self.body = self.body.map(f);
            self
        }
        #[doc = "Sends a `POST` request to `/v0/auth/oauth/google/link`"]
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::OauthConnection>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::OauthLinkRequest::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/auth/oauth/google/link", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "link_google",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::authorize_github`]\n\n[`Client::authorize_github`]: super::Client::authorize_github"]
    #[derive(Debug, Clone)]
    pub struct AuthorizeGithub<'a> {
        client: &'a super::Client,
        flow: Result<Option<types::OauthFlow>, String>,
    }
    impl<'a> AuthorizeGithub<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                flow: Ok(None),
            }
        }
        /// Sets `flow`: What the authorization is for.
        pub fn flow<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::OauthFlow>,
        {
            self.flow = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `OauthFlow` for flow failed".to_string());
            self
        }
        #[doc = "Sends a `GET` request to `/v0/auth/oauth/github/authorize`"]
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::OauthAuthorization>, Error<types::Error>> {
            let Self { client, flow } = self;
            let flow = flow.map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/auth/oauth/github/authorize", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("flow", &flow))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "authorize_github",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::login_with_github`]\n\n[`Client::login_with_github`]: super::Client::login_with_github"]
    #[derive(Debug, Clone)]
    pub struct LoginWithGithub<'a> {
        client: &'a super::Client,
        body: Result<types::builder::OauthLoginRequest, String>,
    }
    impl<'a> LoginWithGithub<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        /// Sets the body.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::OauthLoginRequest>,
            <V as std::convert::TryInto<types::OauthLoginRequest>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `OauthLoginRequest` for body failed: {}", s));
            self
        }
        /// Changes the body, which begins with nothing set.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                    types::builder::OauthLoginRequest,
                ) -> types::builder::OauthLoginRequest,
        {
            self.body = self.body.map(f);
            self
        }
        #[doc = "Sends a `POST` request to `/v0/auth/oauth/github/login`"]
        pub async fn send(self) -> Result<ResponseValue<types::SignInResult>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::OauthLoginRequest::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/auth/oauth/github/login", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "login_with_github",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::link_github`]\n\n[`Client::link_github`]: super::Client::link_github"]
    #[derive(Debug, Clone)]
    pub struct LinkGithub<'a> {
        client: &'a super::Client,
        body: Result<types::builder::OauthLinkRequest, String>,
    }
    impl<'a> LinkGithub<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        /// Sets the body.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::OauthLinkRequest>,
            <V as std::convert::TryInto<types::OauthLinkRequest>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `OauthLinkRequest` for body failed: {}", s));
            self
        }
        /// Changes the body, which begins with nothing set.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                    types::builder::OauthLinkRequest,
                ) -> types::builder::OauthLinkRequest,
        {
            self.body = self.body.map(f);
            self
        }
        #[doc = "Sends a `POST` request to `/v0/auth/oauth/github/link`"]
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::OauthConnection>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::OauthLinkRequest::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/auth/oauth/github/link", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "link_github",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::list_oauth_connections`]\n\n[`Client::list_oauth_connections`]: super::Client::list_oauth_connections"]
    #[derive(Debug, Clone)]
    pub struct ListOauthConnections<'a> {
        client: &'a super::Client,
    }
    impl<'a> ListOauthConnections<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        #[doc = "Sends a `GET` request to `/v0/auth/oauth/connections`"]
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::OauthConnectionList>, Error<types::Error>> {
            let Self { client } = self;
            let url = format!("{}/v0/auth/oauth/connections", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_oauth_connections",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::unlink_oauth_connection`]\n\n[`Client::unlink_oauth_connection`]: super::Client::unlink_oauth_connection"]
    #[derive(Debug, Clone)]
    pub struct UnlinkOauthConnection<'a> {
        client: &'a super::Client,
        body: Result<types::builder::UnlinkOauthRequest, String>,
    }
    impl<'a> UnlinkOauthConnection<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        /// Sets the body.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::UnlinkOauthRequest>,
            <V as std::convert::TryInto<types::UnlinkOauthRequest>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `UnlinkOauthRequest` for body failed: {}", s));
            self
        }
        /// Changes the body, which begins with nothing set.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                    types::builder::UnlinkOauthRequest,
                ) -> types::builder::UnlinkOauthRequest,
        {
            self.body = self.body.map(f);
            self
        }
        #[doc = "Sends a `POST` request to `/v0/auth/oauth/unlink`"]
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::UnlinkOauthRequest::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/auth/oauth/unlink", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "unlink_oauth_connection",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::setup_totp`]\n\n[`Client::setup_totp`]: super::Client::setup_totp"]
    #[derive(Debug, Clone)]
    pub struct SetupTotp<'a> {
        client: &'a super::Client,
    }
    impl<'a> SetupTotp<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        #[doc = "Sends a `POST` request to `/v0/auth/totp/setup`"]
        pub async fn send(self) -> Result<ResponseValue<types::TotpSetup>, Error<types::Error>> {
            let Self { client } = self;
            let url = format!("{}/v0/auth/totp/setup", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "setup_totp",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::enable_totp`]\n\n[`Client::enable_totp`]: super::Client::enable_totp"]
    #[derive(Debug, Clone)]
    pub struct EnableTotp<'a> {
        client: &'a super::Client,
        body: Result<types::builder::EnableTotpRequest, String>,
    }
    impl<'a> EnableTotp<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        /// Sets the body.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::EnableTotpRequest>,
            <V as std::convert::TryInto<types::EnableTotpRequest>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `EnableTotpRequest` for body failed: {}", s));
            self
        }
        /// Changes the body, which begins with nothing set.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                    types::builder::EnableTotpRequest,
                ) -> types::builder::EnableTotpRequest,
        {
            self.body = self.body.map(f);
            self
        }
        #[doc = "Sends a `POST` request to `/v0/auth/totp/enable`"]
        pub async fn send(self) -> Result<ResponseValue<types::BackupCodes>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::EnableTotpRequest::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/auth/totp/enable", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "enable_totp",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::verify_totp`]\n\n[`Client::verify_totp`]: super::Client::verify_totp"]
    #[derive(Debug, Clone)]
    pub struct VerifyTotp<'a> {
        client: &'a super::Client,
        body: Result<types::builder::VerifyTotpRequest, String>,
    }
    impl<'a> VerifyTotp<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        /// Sets the body.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::VerifyTotpRequest>,
            <V as std::convert::TryInto<types::VerifyTotpRequest>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `VerifyTotpRequest` for body failed: {}", s));
            self
        }
        /// Changes the body, which begins with nothing set.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                    types::builder::VerifyTotpRequest,
                ) -> types::builder::VerifyTotpRequest,
        {
            self.body = self.body.map(f);
            self
        }
        #[doc = "Sends a `POST` request to `/v0/auth/totp/verify`"]
        pub async fn send(self) -> Result<ResponseValue<types::SignInResult>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::VerifyTotpRequest::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/auth/totp/verify", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "verify_totp",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::get_totp_status`]\n\n[`Client::get_totp_status`]: super::Client::get_totp_status"]
    #[derive(Debug, Clone)]
    pub struct GetTotpStatus<'a> {
        client: &'a super::Client,
    }
    impl<'a> GetTotpStatus<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        #[doc = "Sends a `GET` request to `/v0/auth/totp/status`"]
        pub async fn send(self) -> Result<ResponseValue<types::TotpStatus>, Error<types::Error>> {
            let Self { client } = self;
            let url = format!("{}/v0/auth/totp/status", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_totp_status",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::disable_totp`]\n\n[`Client::disable_totp`]: super::Client::disable_totp"]
    #[derive(Debug, Clone)]
    pub struct DisableTotp<'a> {
        client: &'a super::Client,
        body: Result<types::builder::TotpCodeRequest, String>,
    }
    impl<'a> DisableTotp<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        /// Sets the body.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::TotpCodeRequest>,
            <V as std::convert::TryInto<types::TotpCodeRequest>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `TotpCodeRequest` for body failed: {}", s));
            self
        }
        /// Changes the body, which begins with nothing set.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(types::builder::TotpCodeRequest) -> types::builder::TotpCodeRequest,
        {
            self.body = self.body.map(f);
            self
        }
        #[doc = "Sends a `POST` request to `/v0/auth/totp/disable`"]
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::TotpCodeRequest::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/auth/totp/disable", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "disable_totp",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::regenerate_backup_codes`]\n\n[`Client::regenerate_backup_codes`]: super::Client::regenerate_backup_codes"]
    #[derive(Debug, Clone)]
    pub struct RegenerateBackupCodes<'a> {
        client: &'a super::Client,
        body: Result<types::builder::TotpCodeRequest, String>,
    }
    impl<'a> RegenerateBackupCodes<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        /// Sets the body.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::TotpCodeRequest>,
            <V as std::convert::TryInto<types::TotpCodeRequest>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `TotpCodeRequest` for body failed: {}", s));
            self
        }
        /// Changes the body, which begins with nothing set.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(types::builder::TotpCodeRequest) -> types::builder::TotpCodeRequest,
        {
            self.body = self.body.map(f);
            self
        }
        #[doc = "Sends a `POST` request to `/v0/auth/totp/backup-codes/regenerate`"]
        pub async fn send(self) -> Result<ResponseValue<types::BackupCodes>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::TotpCodeRequest::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/auth/totp/backup-codes/regenerate", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "regenerate_backup_codes",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::create_user`]\n\n[`Client::create_user`]: super::Client::create_user"]
    #[derive(Debug, Clone)]
    pub struct CreateUser<'a> {
        client: &'a super::Client,
        body: Result<types::builder::CreateUserRequest, String>,
    }
    impl<'a> CreateUser<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        /// Sets the body.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::CreateUserRequest>,
            <V as std::convert::TryInto<types::CreateUserRequest>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `CreateUserRequest` for body failed: {}", s));
            self
        }
        /// Changes the body, which begins with nothing set.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                    types::builder::CreateUserRequest,
                ) -> types::builder::CreateUserRequest,
        {
            self.body = self.body.map(f);
            self
        }
        #[doc = "Sends a `POST` request to `/v0/users`"]
        pub async fn send(self) -> Result<ResponseValue<types::CurrentUser>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::CreateUserRequest::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/users", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "create_user",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                201u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::get_profile_by_handle`]\n\n[`Client::get_profile_by_handle`]: super::Client::get_profile_by_handle"]
    #[derive(Debug, Clone)]
    pub struct GetProfileByHandle<'a> {
        client: &'a super::Client,
        handle: Result<::std::string::String, String>,
    }
    impl<'a> GetProfileByHandle<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                handle: Err("handle was not initialized".to_string()),
            }
        }
        /// Sets `handle`: Handle of the user.
        pub fn handle<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.handle = value.try_into().map_err(|_| {
                "conversion to `:: std :: string :: String` for handle failed".to_string()
            });
            self
        }
        #[doc = "Sends a `GET` request to `/v0/users/profile`"]
        pub async fn send(self) -> Result<ResponseValue<types::PublicUser>, Error<types::Error>> {
            let Self { client, handle } = self;
            let handle = handle.map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/users/profile", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("handle", &handle))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_profile_by_handle",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::get_profile_by_id`]\n\n[`Client::get_profile_by_id`]: super::Client::get_profile_by_id"]
    #[derive(Debug, Clone)]
    pub struct GetProfileById<'a> {
        client: &'a super::Client,
        user_id: Result<::uuid::Uuid, String>,
    }
    impl<'a> GetProfileById<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                user_id: Err("user_id was not initialized".to_string()),
            }
        }
        /// Sets `user_id`: Id of the user.
        pub fn user_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.user_id = value
                .try_into()
                .map_err(|_| "conversion to `:: uuid :: Uuid` for user_id failed".to_string());
            self
        }
        #[doc = "Sends a `GET` request to `/v0/users/profile/id`"]
        pub async fn send(self) -> Result<ResponseValue<types::PublicUser>, Error<types::Error>> {
            let Self { client, user_id } = self;
            let user_id = user_id.map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/users/profile/id", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("user_id", &user_id))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_profile_by_id",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::check_handle_availability`]\n\n[`Client::check_handle_availability`]: super::Client::check_handle_availability"]
    #[derive(Debug, Clone)]
    pub struct CheckHandleAvailability<'a> {
        client: &'a super::Client,
        handle: Result<::std::string::String, String>,
    }
    impl<'a> CheckHandleAvailability<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                handle: Err("handle was not initialized".to_string()),
            }
        }
        /// Sets `handle`: The wished handle, of any form; one that breaks the rules is answered with the reason `invalid`.
        pub fn handle<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.handle = value.try_into().map_err(|_| {
                "conversion to `:: std :: string :: String` for handle failed".to_string()
            });
            self
        }
        #[doc = "Sends a `GET` request to `/v0/users/handle/{handle}/available`"]
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::HandleAvailability>, Error<types::Error>> {
            let Self { client, handle } = self;
            let handle = handle.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v0/users/handle/{}/available",
                client.baseurl,
                encode_path(&handle.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "check_handle_availability",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::get_me`]\n\n[`Client::get_me`]: super::Client::get_me"]
    #[derive(Debug, Clone)]
    pub struct GetMe<'a> {
        client: &'a super::Client,
    }
    impl<'a> GetMe<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        #[doc = "Sends a `GET` request to `/v0/user/me`"]
        pub async fn send(self) -> Result<ResponseValue<types::CurrentUser>, Error<types::Error>> {
            let Self { client } = self;
            let url = format!("{}/v0/user/me", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_me",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::update_me`]\n\n[`Client::update_me`]: super::Client::update_me"]
    #[derive(Debug, Clone)]
    pub struct UpdateMe<'a> {
        client: &'a super::Client,
        body: Result<types::builder::UpdateMeRequest, String>,
    }
    impl<'a> UpdateMe<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        /// Sets the body.
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::UpdateMeRequest>,
            <V as std::convert::TryInto<types::UpdateMeRequest>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `UpdateMeRequest` for body failed: {}", s));
            self
        }
        /// Changes the body, which begins with nothing set.
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(types::builder::UpdateMeRequest) -> types::builder::UpdateMeRequest,
        {
            self.body = self.body.map(f);
            self
        }
        #[doc = "Sends a `PATCH` request to `/v0/user/me`"]
        pub async fn send(self) -> Result<ResponseValue<types::CurrentUser>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::UpdateMeRequest::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/user/me", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .patch(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "update_me",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::upload_profile_image`]\n\n[`Client::upload_profile_image`]: super::Client::upload_profile_image"]
    #[derive(Debug)]
    pub struct UploadProfileImage<'a> {
        client: &'a super::Client,
        body: Result<reqwest::Body, String>,
    }
    impl<'a> UploadProfileImage<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Err("body was not initialized".to_string()),
            }
        }
        /// Sets the body.
        pub fn body<B>(mut self, value: B) -> Self
        where
            B: std::convert::TryInto<reqwest::Body>,
        {
            self.body = value
                .try_into()
                .map_err(|_| "conversion to `reqwest::Body` for body failed".to_string());
            self
        }
        #[doc = "Sends a `POST` request to `/v0/user/me/profile-image`"]
        pub async fn send(self) -> Result<ResponseValue<types::StoredImage>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body.map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/user/me/profile-image", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .header(
                    ::reqwest::header::CONTENT_TYPE,
                    ::reqwest::header::HeaderValue::from_static("application/octet-stream"),
                )
                .body(body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "upload_profile_image",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::delete_profile_image`]\n\n[`Client::delete_profile_image`]: super::Client::delete_profile_image"]
    #[derive(Debug, Clone)]
    pub struct DeleteProfileImage<'a> {
        client: &'a super::Client,
    }
    impl<'a> DeleteProfileImage<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        #[doc = "Sends a `DELETE` request to `/v0/user/me/profile-image`"]
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Error>> {
            let Self { client } = self;
            let url = format!("{}/v0/user/me/profile-image", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "delete_profile_image",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::upload_banner_image`]\n\n[`Client::upload_banner_image`]: super::Client::upload_banner_image"]
    #[derive(Debug)]
    pub struct UploadBannerImage<'a> {
        client: &'a super::Client,
        body: Result<reqwest::Body, String>,
    }
    impl<'a> UploadBannerImage<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Err("body was not initialized".to_string()),
            }
        }
        /// Sets the body.
        pub fn body<B>(mut self, value: B) -> Self
        where
            B: std::convert::TryInto<reqwest::Body>,
        {
            self.body = value
                .try_into()
                .map_err(|_| "conversion to `reqwest::Body` for body failed".to_string());
            self
        }
        #[doc = "Sends a `POST` request to `/v0/user/me/banner-image`"]
        pub async fn send(self) -> Result<ResponseValue<types::StoredImage>, Error<types::Error>> {
            let Self { client, body } = self;
            let body = body.map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/user/me/banner-image", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .header(
                    ::reqwest::header::CONTENT_TYPE,
                    ::reqwest::header::HeaderValue::from_static("application/octet-stream"),
                )
                .body(body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "upload_banner_image",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::delete_banner_image`]\n\n[`Client::delete_banner_image`]: super::Client::delete_banner_image"]
    #[derive(Debug, Clone)]
    pub struct DeleteBannerImage<'a> {
        client: &'a super::Client,
    }
    impl<'a> DeleteBannerImage<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        #[doc = "Sends a `DELETE` request to `/v0/user/me/banner-image`"]
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Error>> {
            let Self { client } = self;
            let url = format!("{}/v0/user/me/banner-image", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "delete_banner_image",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::search_users`]\n\n[`Client::search_users`]: super::Client::search_users"]
    #[derive(Debug, Clone)]
    pub struct SearchUsers<'a> {
        client: &'a super::Client,
        cursor: Result<Option<::std::string::String>, String>,
        limit: Result<Option<i32>, String>,
        query: Result<::std::string::String, String>,
    }
    impl<'a> SearchUsers<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                cursor: Ok(None),
                limit: Ok(None),
                query: Err("query was not initialized".to_string()),
            }
        }
        /// Sets `cursor`: Where to continue, from the page before. Opaque; valid with the same filters only.
        pub fn cursor<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.cursor = value.try_into().map(Some).map_err(|_| {
                "conversion to `:: std :: string :: String` for cursor failed".to_string()
            });
            self
        }
        /// Sets `limit`: The most items on the page.
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<i32>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `i32` for limit failed".to_string());
            self
        }
        /// Sets `query`: What to look for.
        pub fn query<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.query = value.try_into().map_err(|_| {
                "conversion to `:: std :: string :: String` for query failed".to_string()
            });
            self
        }
        #[doc = "Sends a `GET` request to `/v0/search/users`"]
        pub async fn send(self) -> Result<ResponseValue<types::UserPage>, Error<types::Error>> {
            let Self {
                client,
                cursor,
                limit,
                query,
            } = self;
            let cursor = cursor.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let query = query.map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/search/users", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("cursor", &cursor))
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .query(&progenitor_client::QueryParam::new("query", &query))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "search_users",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::list_action_logs`]\n\n[`Client::list_action_logs`]: super::Client::list_action_logs"]
    #[derive(Debug, Clone)]
    pub struct ListActionLogs<'a> {
        client: &'a super::Client,
        actions: Result<Option<::std::vec::Vec<crate::generated::open::ActionKind>>, String>,
        actor_id: Result<Option<::uuid::Uuid>, String>,
        cursor: Result<Option<::std::string::String>, String>,
        direction: Result<Option<types::PageDirection>, String>,
        limit: Result<Option<i32>, String>,
        resource_id: Result<Option<::uuid::Uuid>, String>,
        view: Result<Option<types::ActionLogView>, String>,
    }
    impl<'a> ListActionLogs<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                actions: Ok(None),
                actor_id: Ok(None),
                cursor: Ok(None),
                direction: Ok(None),
                limit: Ok(None),
                resource_id: Ok(None),
                view: Ok(None),
            }
        }
        /// Sets `actions`: Only these actions; repeat the parameter, or separate with commas.
        pub fn actions<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::vec::Vec<crate::generated::open::ActionKind>>,
        {
            self . actions = value . try_into () . map (Some) . map_err (| _ | "conversion to `:: std :: vec :: Vec < crate :: generated :: open :: ActionKind >` for actions failed" . to_string ()) ;
            self
        }
        /// Sets `actor_id`: Only what this user did.
        pub fn actor_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.actor_id = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `:: uuid :: Uuid` for actor_id failed".to_string());
            self
        }
        /// Sets `cursor`: Where to continue, from the page before. Opaque; valid with the same filters only.
        pub fn cursor<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.cursor = value.try_into().map(Some).map_err(|_| {
                "conversion to `:: std :: string :: String` for cursor failed".to_string()
            });
            self
        }
        /// Sets `direction`: Where to go from the cursor.
        pub fn direction<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::PageDirection>,
        {
            self.direction = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `PageDirection` for direction failed".to_string());
            self
        }
        /// Sets `limit`: The most items on the page.
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<i32>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `i32` for limit failed".to_string());
            self
        }
        /// Sets `resource_id`: Only what was done to this resource.
        pub fn resource_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.resource_id = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `:: uuid :: Uuid` for resource_id failed".to_string());
            self
        }
        /// Sets `view`: Which log.
        pub fn view<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::ActionLogView>,
        {
            self.view = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `ActionLogView` for view failed".to_string());
            self
        }
        #[doc = "Sends a `GET` request to `/v0/action-logs`"]
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ActionLogPage>, Error<types::Error>> {
            let Self {
                client,
                actions,
                actor_id,
                cursor,
                direction,
                limit,
                resource_id,
                view,
            } = self;
            let actions = actions.map_err(Error::InvalidRequest)?;
            let actor_id = actor_id.map_err(Error::InvalidRequest)?;
            let cursor = cursor.map_err(Error::InvalidRequest)?;
            let direction = direction.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let resource_id = resource_id.map_err(Error::InvalidRequest)?;
            let view = view.map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/action-logs", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("actions", &actions))
                .query(&progenitor_client::QueryParam::new("actor_id", &actor_id))
                .query(&progenitor_client::QueryParam::new("cursor", &cursor))
                .query(&progenitor_client::QueryParam::new("direction", &direction))
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .query(&progenitor_client::QueryParam::new(
                    "resource_id",
                    &resource_id,
                ))
                .query(&progenitor_client::QueryParam::new("view", &view))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_action_logs",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    #[doc = "Builder for [`Client::stream_actions`]\n\n[`Client::stream_actions`]: super::Client::stream_actions"]
    #[derive(Debug, Clone)]
    pub struct StreamActions<'a> {
        client: &'a super::Client,
        actions: Result<Option<::std::vec::Vec<crate::generated::open::ActionKind>>, String>,
        actor_id: Result<Option<::uuid::Uuid>, String>,
        resource_id: Result<Option<::uuid::Uuid>, String>,
        last_event_id: Result<Option<::uuid::Uuid>, String>,
    }
    impl<'a> StreamActions<'a> {
        /// A request with nothing set yet.
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                actions: Ok(None),
                actor_id: Ok(None),
                resource_id: Ok(None),
                last_event_id: Ok(None),
            }
        }
        /// Sets `actions`: Only these actions; repeat the parameter, or separate with commas.
        pub fn actions<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::vec::Vec<crate::generated::open::ActionKind>>,
        {
            self . actions = value . try_into () . map (Some) . map_err (| _ | "conversion to `:: std :: vec :: Vec < crate :: generated :: open :: ActionKind >` for actions failed" . to_string ()) ;
            self
        }
        /// Sets `actor_id`: Only what this user did.
        pub fn actor_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.actor_id = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `:: uuid :: Uuid` for actor_id failed".to_string());
            self
        }
        /// Sets `resource_id`: Only what was done to this resource.
        pub fn resource_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.resource_id = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `:: uuid :: Uuid` for resource_id failed".to_string());
            self
        }
        /// Sets `last_event_id`.
        pub fn last_event_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.last_event_id = value.try_into().map(Some).map_err(|_| {
                "conversion to `:: uuid :: Uuid` for last_event_id failed".to_string()
            });
            self
        }
        #[doc = "Sends a `GET` request to `/v0/eventstream/actions`"]
        pub async fn send(self) -> Result<ResponseValue<ByteStream>, Error<types::Error>> {
            let Self {
                client,
                actions,
                actor_id,
                resource_id,
                last_event_id,
            } = self;
            let actions = actions.map_err(Error::InvalidRequest)?;
            let actor_id = actor_id.map_err(Error::InvalidRequest)?;
            let resource_id = resource_id.map_err(Error::InvalidRequest)?;
            let last_event_id = last_event_id.map_err(Error::InvalidRequest)?;
            let url = format!("{}/v0/eventstream/actions", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),
            );
            if let Some(value) = last_event_id {
                header_map.append("Last-Event-ID", value.to_string().try_into()?);
            }
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .query(&progenitor_client::QueryParam::new("actions", &actions))
                .query(&progenitor_client::QueryParam::new("actor_id", &actor_id))
                .query(&progenitor_client::QueryParam::new(
                    "resource_id",
                    &resource_id,
                ))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "stream_actions",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => Ok(ResponseValue::stream(response)),
                400u16..=499u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                500u16..=599u16 => Err(Error::ErrorResponse(
                    ResponseValue::from_response(response).await?,
                )),
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
}
#[doc = r" Items consumers will typically use such as the Client."]
pub mod prelude {
    pub use self::super::Client;
}
/// What each operation can answer besides success: one exhaustive enum an operation.
pub mod errors {
    use crate::macros::operation_error;

    operation_error! {
        /// Why [`health_check`](crate::Client::health_check) did not succeed.
        pub HealthCheckError for "health_check" {
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
        }
    }

    operation_error! {
        /// Why [`login`](crate::Client::login) did not succeed.
        pub LoginError for "login" {
            /// 400 `request:malformed`: The body is not JSON, or names a key twice.
            RequestMalformed = 400, "request:malformed";
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 401 `auth:invalid_credentials`: No verified account has this email and password.
            AuthInvalidCredentials = 401, "auth:invalid_credentials";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`logout`](crate::Client::logout) did not succeed.
        pub LogoutError for "logout" {
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`list_sessions`](crate::Client::list_sessions) did not succeed.
        pub ListSessionsError for "list_sessions" {
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`revoke_session`](crate::Client::revoke_session) did not succeed.
        pub RevokeSessionError for "revoke_session" {
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 404 `session:not_found`: You have no such session.
            SessionNotFound = 404, "session:not_found";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`revoke_other_sessions`](crate::Client::revoke_other_sessions) did not succeed.
        pub RevokeOtherSessionsError for "revoke_other_sessions" {
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`reauthenticate`](crate::Client::reauthenticate) did not succeed.
        pub ReauthenticateError for "reauthenticate" {
            /// 400 `request:malformed`: The body is not JSON, or names a key twice.
            RequestMalformed = 400, "request:malformed";
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 400 `password:incorrect`: The current password is wrong.
            PasswordIncorrect = 400, "password:incorrect";
            /// 400 `totp:invalid_code`: The code is wrong or was used.
            TotpInvalidCode = 400, "totp:invalid_code";
            /// 400 `totp:not_enabled`: TOTP is not on.
            TotpNotEnabled = 400, "totp:not_enabled";
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`verify_email`](crate::Client::verify_email) did not succeed.
        pub VerifyEmailError for "verify_email" {
            /// 400 `request:malformed`: The body is not JSON, or names a key twice.
            RequestMalformed = 400, "request:malformed";
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 400 `token:invalid`: The token is unknown, expired or used.
            TokenInvalid = 400, "token:invalid";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 409 `user:email_already_exists`: The address got a verified account meanwhile.
            UserEmailAlreadyExists = 409, "user:email_already_exists";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`resend_verification_email`](crate::Client::resend_verification_email) did not succeed.
        pub ResendVerificationEmailError for "resend_verification_email" {
            /// 400 `email:already_verified`: The address is verified already.
            EmailAlreadyVerified = 400, "email:already_verified";
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`forgot_password`](crate::Client::forgot_password) did not succeed.
        pub ForgotPasswordError for "forgot_password" {
            /// 400 `request:malformed`: The body is not JSON, or names a key twice.
            RequestMalformed = 400, "request:malformed";
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`reset_password`](crate::Client::reset_password) did not succeed.
        pub ResetPasswordError for "reset_password" {
            /// 400 `request:malformed`: The body is not JSON, or names a key twice.
            RequestMalformed = 400, "request:malformed";
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 400 `token:invalid`: The token is unknown, expired or used.
            TokenInvalid = 400, "token:invalid";
            /// 400 `password:too_weak`: The password is too common or too easy to guess; `errors` says which.
            PasswordTooWeak = 400, "password:too_weak";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 409 `user:email_already_exists`: The address got a verified account meanwhile.
            UserEmailAlreadyExists = 409, "user:email_already_exists";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`change_password`](crate::Client::change_password) did not succeed.
        pub ChangePasswordError for "change_password" {
            /// 400 `request:malformed`: The body is not JSON, or names a key twice.
            RequestMalformed = 400, "request:malformed";
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 400 `password:required`: The account has a password; send it.
            PasswordRequired = 400, "password:required";
            /// 400 `password:incorrect`: The current password is wrong.
            PasswordIncorrect = 400, "password:incorrect";
            /// 400 `password:unchanged`: The new password is the current one.
            PasswordUnchanged = 400, "password:unchanged";
            /// 400 `password:too_weak`: The password is too common or too easy to guess; `errors` says which.
            PasswordTooWeak = 400, "password:too_weak";
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 403 `session:reauthentication_required`: The session was not authenticated recently; call `reauthenticate`.
            SessionReauthenticationRequired = 403, "session:reauthentication_required";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`change_email`](crate::Client::change_email) did not succeed.
        pub ChangeEmailError for "change_email" {
            /// 400 `request:malformed`: The body is not JSON, or names a key twice.
            RequestMalformed = 400, "request:malformed";
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 400 `password:required`: The account has a password; send it.
            PasswordRequired = 400, "password:required";
            /// 400 `password:incorrect`: The current password is wrong.
            PasswordIncorrect = 400, "password:incorrect";
            /// 400 `email:unchanged`: The new address is the current one.
            EmailUnchanged = 400, "email:unchanged";
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 403 `session:reauthentication_required`: The session was not authenticated recently; call `reauthenticate`.
            SessionReauthenticationRequired = 403, "session:reauthentication_required";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`confirm_email_change`](crate::Client::confirm_email_change) did not succeed.
        pub ConfirmEmailChangeError for "confirm_email_change" {
            /// 400 `request:malformed`: The body is not JSON, or names a key twice.
            RequestMalformed = 400, "request:malformed";
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 400 `token:invalid`: The token is unknown, expired or used.
            TokenInvalid = 400, "token:invalid";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 409 `user:email_already_exists`: The address got a verified account meanwhile.
            UserEmailAlreadyExists = 409, "user:email_already_exists";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`complete_signup`](crate::Client::complete_signup) did not succeed.
        pub CompleteSignupError for "complete_signup" {
            /// 400 `request:malformed`: The body is not JSON, or names a key twice.
            RequestMalformed = 400, "request:malformed";
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 400 `token:invalid`: The token is unknown, expired or used.
            TokenInvalid = 400, "token:invalid";
            /// 400 `user:handle_reserved`: The handle is a reserved word.
            UserHandleReserved = 400, "user:handle_reserved";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 409 `user:handle_already_exists`: The handle is taken.
            UserHandleAlreadyExists = 409, "user:handle_already_exists";
            /// 409 `oauth:email_already_exists`: The identity's address belongs to an account; sign in there, then link.
            OauthEmailAlreadyExists = 409, "oauth:email_already_exists";
            /// 409 `oauth:account_already_linked`: The identity is linked to an account already.
            OauthAccountAlreadyLinked = 409, "oauth:account_already_linked";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`authorize_google`](crate::Client::authorize_google) did not succeed.
        pub AuthorizeGoogleError for "authorize_google" {
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 403 `session:reauthentication_required`: The session was not authenticated recently; call `reauthenticate`.
            SessionReauthenticationRequired = 403, "session:reauthentication_required";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 502 or 504 `oauth:provider_unavailable`: The provider does not answer properly.
            OauthProviderUnavailable = 502 | 504, "oauth:provider_unavailable";
            /// 503 `oauth:provider_not_configured`: The server has no credentials for this provider.
            OauthProviderNotConfigured = 503, "oauth:provider_not_configured";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`login_with_google`](crate::Client::login_with_google) did not succeed.
        pub LoginWithGoogleError for "login_with_google" {
            /// 400 `request:malformed`: The body is not JSON, or names a key twice.
            RequestMalformed = 400, "request:malformed";
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 400 `oauth:invalid_state`: The state is unknown, expired, used or not of this browser, provider or flow.
            OauthInvalidState = 400, "oauth:invalid_state";
            /// 400 `oauth:invalid_code`: The provider refused the code.
            OauthInvalidCode = 400, "oauth:invalid_code";
            /// 400 `oauth:invalid_id_token`: The provider's ID token does not verify.
            OauthInvalidIdToken = 400, "oauth:invalid_id_token";
            /// 400 `oauth:email_not_verified`: The provider vouches for no email address of the identity.
            OauthEmailNotVerified = 400, "oauth:email_not_verified";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 409 `oauth:email_already_exists`: The identity's address belongs to an account; sign in there, then link.
            OauthEmailAlreadyExists = 409, "oauth:email_already_exists";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 502 or 504 `oauth:provider_unavailable`: The provider does not answer properly.
            OauthProviderUnavailable = 502 | 504, "oauth:provider_unavailable";
            /// 503 `oauth:provider_not_configured`: The server has no credentials for this provider.
            OauthProviderNotConfigured = 503, "oauth:provider_not_configured";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`link_google`](crate::Client::link_google) did not succeed.
        pub LinkGoogleError for "link_google" {
            /// 400 `request:malformed`: The body is not JSON, or names a key twice.
            RequestMalformed = 400, "request:malformed";
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 400 `oauth:invalid_state`: The state is unknown, expired, used or not of this browser, provider or flow.
            OauthInvalidState = 400, "oauth:invalid_state";
            /// 400 `oauth:invalid_code`: The provider refused the code.
            OauthInvalidCode = 400, "oauth:invalid_code";
            /// 400 `oauth:invalid_id_token`: The provider's ID token does not verify.
            OauthInvalidIdToken = 400, "oauth:invalid_id_token";
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 403 `session:reauthentication_required`: The session was not authenticated recently; call `reauthenticate`.
            SessionReauthenticationRequired = 403, "session:reauthentication_required";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 409 `oauth:account_already_linked`: The identity is linked to an account already.
            OauthAccountAlreadyLinked = 409, "oauth:account_already_linked";
            /// 409 `oauth:provider_already_linked`: The account has an identity of this provider already.
            OauthProviderAlreadyLinked = 409, "oauth:provider_already_linked";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 502 or 504 `oauth:provider_unavailable`: The provider does not answer properly.
            OauthProviderUnavailable = 502 | 504, "oauth:provider_unavailable";
            /// 503 `oauth:provider_not_configured`: The server has no credentials for this provider.
            OauthProviderNotConfigured = 503, "oauth:provider_not_configured";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`authorize_github`](crate::Client::authorize_github) did not succeed.
        pub AuthorizeGithubError for "authorize_github" {
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 403 `session:reauthentication_required`: The session was not authenticated recently; call `reauthenticate`.
            SessionReauthenticationRequired = 403, "session:reauthentication_required";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `oauth:provider_not_configured`: The server has no credentials for this provider.
            OauthProviderNotConfigured = 503, "oauth:provider_not_configured";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`login_with_github`](crate::Client::login_with_github) did not succeed.
        pub LoginWithGithubError for "login_with_github" {
            /// 400 `request:malformed`: The body is not JSON, or names a key twice.
            RequestMalformed = 400, "request:malformed";
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 400 `oauth:invalid_state`: The state is unknown, expired, used or not of this browser, provider or flow.
            OauthInvalidState = 400, "oauth:invalid_state";
            /// 400 `oauth:invalid_code`: The provider refused the code.
            OauthInvalidCode = 400, "oauth:invalid_code";
            /// 400 `oauth:email_not_verified`: The provider vouches for no email address of the identity.
            OauthEmailNotVerified = 400, "oauth:email_not_verified";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 409 `oauth:email_already_exists`: The identity's address belongs to an account; sign in there, then link.
            OauthEmailAlreadyExists = 409, "oauth:email_already_exists";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 502 or 504 `oauth:provider_unavailable`: The provider does not answer properly.
            OauthProviderUnavailable = 502 | 504, "oauth:provider_unavailable";
            /// 503 `oauth:provider_not_configured`: The server has no credentials for this provider.
            OauthProviderNotConfigured = 503, "oauth:provider_not_configured";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`link_github`](crate::Client::link_github) did not succeed.
        pub LinkGithubError for "link_github" {
            /// 400 `request:malformed`: The body is not JSON, or names a key twice.
            RequestMalformed = 400, "request:malformed";
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 400 `oauth:invalid_state`: The state is unknown, expired, used or not of this browser, provider or flow.
            OauthInvalidState = 400, "oauth:invalid_state";
            /// 400 `oauth:invalid_code`: The provider refused the code.
            OauthInvalidCode = 400, "oauth:invalid_code";
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 403 `session:reauthentication_required`: The session was not authenticated recently; call `reauthenticate`.
            SessionReauthenticationRequired = 403, "session:reauthentication_required";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 409 `oauth:account_already_linked`: The identity is linked to an account already.
            OauthAccountAlreadyLinked = 409, "oauth:account_already_linked";
            /// 409 `oauth:provider_already_linked`: The account has an identity of this provider already.
            OauthProviderAlreadyLinked = 409, "oauth:provider_already_linked";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 502 or 504 `oauth:provider_unavailable`: The provider does not answer properly.
            OauthProviderUnavailable = 502 | 504, "oauth:provider_unavailable";
            /// 503 `oauth:provider_not_configured`: The server has no credentials for this provider.
            OauthProviderNotConfigured = 503, "oauth:provider_not_configured";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`list_oauth_connections`](crate::Client::list_oauth_connections) did not succeed.
        pub ListOauthConnectionsError for "list_oauth_connections" {
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`unlink_oauth_connection`](crate::Client::unlink_oauth_connection) did not succeed.
        pub UnlinkOauthConnectionError for "unlink_oauth_connection" {
            /// 400 `request:malformed`: The body is not JSON, or names a key twice.
            RequestMalformed = 400, "request:malformed";
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 400 `oauth:cannot_unlink_last_connection`: It is the last way to sign in.
            OauthCannotUnlinkLastConnection = 400, "oauth:cannot_unlink_last_connection";
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 403 `session:reauthentication_required`: The session was not authenticated recently; call `reauthenticate`.
            SessionReauthenticationRequired = 403, "session:reauthentication_required";
            /// 404 `oauth:connection_not_found`: No identity of this provider is linked.
            OauthConnectionNotFound = 404, "oauth:connection_not_found";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`setup_totp`](crate::Client::setup_totp) did not succeed.
        pub SetupTotpError for "setup_totp" {
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 403 `session:reauthentication_required`: The session was not authenticated recently; call `reauthenticate`.
            SessionReauthenticationRequired = 403, "session:reauthentication_required";
            /// 409 `totp:already_enabled`: TOTP is on already.
            TotpAlreadyEnabled = 409, "totp:already_enabled";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`enable_totp`](crate::Client::enable_totp) did not succeed.
        pub EnableTotpError for "enable_totp" {
            /// 400 `request:malformed`: The body is not JSON, or names a key twice.
            RequestMalformed = 400, "request:malformed";
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 400 `totp:setup_required`: There is no pending setup; begin with `setup_totp`.
            TotpSetupRequired = 400, "totp:setup_required";
            /// 400 `totp:invalid_code`: The code is wrong or was used.
            TotpInvalidCode = 400, "totp:invalid_code";
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 409 `totp:already_enabled`: TOTP is on already.
            TotpAlreadyEnabled = 409, "totp:already_enabled";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`verify_totp`](crate::Client::verify_totp) did not succeed.
        pub VerifyTotpError for "verify_totp" {
            /// 400 `request:malformed`: The body is not JSON, or names a key twice.
            RequestMalformed = 400, "request:malformed";
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 400 `token:invalid`: The token is unknown, expired or used.
            TokenInvalid = 400, "token:invalid";
            /// 400 `totp:invalid_code`: The code is wrong or was used.
            TotpInvalidCode = 400, "totp:invalid_code";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`get_totp_status`](crate::Client::get_totp_status) did not succeed.
        pub GetTotpStatusError for "get_totp_status" {
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`disable_totp`](crate::Client::disable_totp) did not succeed.
        pub DisableTotpError for "disable_totp" {
            /// 400 `request:malformed`: The body is not JSON, or names a key twice.
            RequestMalformed = 400, "request:malformed";
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 400 `totp:not_enabled`: TOTP is not on.
            TotpNotEnabled = 400, "totp:not_enabled";
            /// 400 `totp:invalid_code`: The code is wrong or was used.
            TotpInvalidCode = 400, "totp:invalid_code";
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 403 `session:reauthentication_required`: The session was not authenticated recently; call `reauthenticate`.
            SessionReauthenticationRequired = 403, "session:reauthentication_required";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`regenerate_backup_codes`](crate::Client::regenerate_backup_codes) did not succeed.
        pub RegenerateBackupCodesError for "regenerate_backup_codes" {
            /// 400 `request:malformed`: The body is not JSON, or names a key twice.
            RequestMalformed = 400, "request:malformed";
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 400 `totp:not_enabled`: TOTP is not on.
            TotpNotEnabled = 400, "totp:not_enabled";
            /// 400 `totp:invalid_code`: The code is wrong or was used.
            TotpInvalidCode = 400, "totp:invalid_code";
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 403 `session:reauthentication_required`: The session was not authenticated recently; call `reauthenticate`.
            SessionReauthenticationRequired = 403, "session:reauthentication_required";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`create_user`](crate::Client::create_user) did not succeed.
        pub CreateUserError for "create_user" {
            /// 400 `request:malformed`: The body is not JSON, or names a key twice.
            RequestMalformed = 400, "request:malformed";
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 400 `user:handle_reserved`: The handle is a reserved word.
            UserHandleReserved = 400, "user:handle_reserved";
            /// 400 `password:too_weak`: The password is too common or too easy to guess; `errors` says which.
            PasswordTooWeak = 400, "password:too_weak";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 409 `user:handle_already_exists`: The handle is taken.
            UserHandleAlreadyExists = 409, "user:handle_already_exists";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`get_profile_by_handle`](crate::Client::get_profile_by_handle) did not succeed.
        pub GetProfileByHandleError for "get_profile_by_handle" {
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 404 `user:not_found`: There is no verified user of that name or id.
            UserNotFound = 404, "user:not_found";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`get_profile_by_id`](crate::Client::get_profile_by_id) did not succeed.
        pub GetProfileByIdError for "get_profile_by_id" {
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 404 `user:not_found`: There is no verified user of that name or id.
            UserNotFound = 404, "user:not_found";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`check_handle_availability`](crate::Client::check_handle_availability) did not succeed.
        pub CheckHandleAvailabilityError for "check_handle_availability" {
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`get_me`](crate::Client::get_me) did not succeed.
        pub GetMeError for "get_me" {
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`update_me`](crate::Client::update_me) did not succeed.
        pub UpdateMeError for "update_me" {
            /// 400 `request:malformed`: The body is not JSON, or names a key twice.
            RequestMalformed = 400, "request:malformed";
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`upload_profile_image`](crate::Client::upload_profile_image) did not succeed.
        pub UploadProfileImageError for "upload_profile_image" {
            /// 400 `file:unsupported_type`: The file is none of PNG, JPEG, WebP and GIF.
            FileUnsupportedType = 400, "file:unsupported_type";
            /// 400 `file:unreadable`: The file is damaged.
            FileUnreadable = 400, "file:unreadable";
            /// 400 `file:dimensions_too_large`: The picture has more pixels than allowed.
            FileDimensionsTooLarge = 400, "file:dimensions_too_large";
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`delete_profile_image`](crate::Client::delete_profile_image) did not succeed.
        pub DeleteProfileImageError for "delete_profile_image" {
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`upload_banner_image`](crate::Client::upload_banner_image) did not succeed.
        pub UploadBannerImageError for "upload_banner_image" {
            /// 400 `file:unsupported_type`: The file is none of PNG, JPEG, WebP and GIF.
            FileUnsupportedType = 400, "file:unsupported_type";
            /// 400 `file:unreadable`: The file is damaged.
            FileUnreadable = 400, "file:unreadable";
            /// 400 `file:dimensions_too_large`: The picture has more pixels than allowed.
            FileDimensionsTooLarge = 400, "file:dimensions_too_large";
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 408 `request:timeout`: The body did not arrive in time.
            RequestTimeout = 408, "request:timeout";
            /// 413 `request:body_too_large`: The body is larger than the operation takes.
            RequestBodyTooLarge = 413, "request:body_too_large";
            /// 415 `request:unsupported_media_type`: The body's content type or encoding is not the declared one.
            RequestUnsupportedMediaType = 415, "request:unsupported_media_type";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`delete_banner_image`](crate::Client::delete_banner_image) did not succeed.
        pub DeleteBannerImageError for "delete_banner_image" {
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`search_users`](crate::Client::search_users) did not succeed.
        pub SearchUsersError for "search_users" {
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`list_action_logs`](crate::Client::list_action_logs) did not succeed.
        pub ListActionLogsError for "list_action_logs" {
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 401 `auth:session_required`: There is no session, or it has ended.
            AuthSessionRequired = 401, "auth:session_required";
            /// 403 `user:not_verified`: The account's email is not verified yet.
            UserNotVerified = 403, "user:not_verified";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }

    operation_error! {
        /// Why [`stream_actions`](crate::Client::stream_actions) did not succeed.
        pub StreamActionsError for "stream_actions" {
            /// 400 `request:invalid`: The request breaks this contract; `errors` names the fields.
            RequestInvalid = 400, "request:invalid";
            /// 403 `csrf:cross_origin`: The request comes from another origin.
            CsrfCrossOrigin = 403, "csrf:cross_origin";
            /// 429 `rate_limit:exceeded`: Too many requests; wait `Retry-After` seconds.
            RateLimitExceeded = 429, "rate_limit:exceeded";
            /// 500 `system:internal`: The server failed; quote `request_id` when you report it.
            SystemInternal = 500, "system:internal";
            /// 503 `system:unavailable`: Something the server needs does not answer; try again.
            SystemUnavailable = 503, "system:unavailable";
            /// 503 `system:overloaded`: The server has too much to do right now; try again.
            SystemOverloaded = 503, "system:overloaded";
        }
    }
}

/// Operations that answer with a stream that does not end.
pub(crate) const STREAMS: &[&str] = &["stream_actions"];

mod calls {
    use super::{builder, errors::*, types};
    use crate::macros::operation_call;

    operation_call!(HealthCheck -> types::HealthReport, HealthCheckError);
    operation_call!(Login -> types::SignInResult, LoginError);
    operation_call!(Logout -> (), LogoutError);
    operation_call!(ListSessions -> types::SessionList, ListSessionsError);
    operation_call!(RevokeSession -> (), RevokeSessionError);
    operation_call!(RevokeOtherSessions -> types::RevokedSessions, RevokeOtherSessionsError);
    operation_call!(Reauthenticate -> (), ReauthenticateError);
    operation_call!(VerifyEmail -> (), VerifyEmailError);
    operation_call!(ResendVerificationEmail -> (), ResendVerificationEmailError);
    operation_call!(ForgotPassword -> (), ForgotPasswordError);
    operation_call!(ResetPassword -> (), ResetPasswordError);
    operation_call!(ChangePassword -> (), ChangePasswordError);
    operation_call!(ChangeEmail -> (), ChangeEmailError);
    operation_call!(ConfirmEmailChange -> (), ConfirmEmailChangeError);
    operation_call!(CompleteSignup -> types::SignInResult, CompleteSignupError);
    operation_call!(AuthorizeGoogle -> types::OauthAuthorization, AuthorizeGoogleError);
    operation_call!(LoginWithGoogle -> types::SignInResult, LoginWithGoogleError);
    operation_call!(LinkGoogle -> types::OauthConnection, LinkGoogleError);
    operation_call!(AuthorizeGithub -> types::OauthAuthorization, AuthorizeGithubError);
    operation_call!(LoginWithGithub -> types::SignInResult, LoginWithGithubError);
    operation_call!(LinkGithub -> types::OauthConnection, LinkGithubError);
    operation_call!(ListOauthConnections -> types::OauthConnectionList, ListOauthConnectionsError);
    operation_call!(UnlinkOauthConnection -> (), UnlinkOauthConnectionError);
    operation_call!(SetupTotp -> types::TotpSetup, SetupTotpError);
    operation_call!(EnableTotp -> types::BackupCodes, EnableTotpError);
    operation_call!(VerifyTotp -> types::SignInResult, VerifyTotpError);
    operation_call!(GetTotpStatus -> types::TotpStatus, GetTotpStatusError);
    operation_call!(DisableTotp -> (), DisableTotpError);
    operation_call!(RegenerateBackupCodes -> types::BackupCodes, RegenerateBackupCodesError);
    operation_call!(CreateUser -> types::CurrentUser, CreateUserError);
    operation_call!(GetProfileByHandle -> types::PublicUser, GetProfileByHandleError);
    operation_call!(GetProfileById -> types::PublicUser, GetProfileByIdError);
    operation_call!(CheckHandleAvailability -> types::HandleAvailability, CheckHandleAvailabilityError);
    operation_call!(GetMe -> types::CurrentUser, GetMeError);
    operation_call!(UpdateMe -> types::CurrentUser, UpdateMeError);
    operation_call!(UploadProfileImage -> types::StoredImage, UploadProfileImageError);
    operation_call!(DeleteProfileImage -> (), DeleteProfileImageError);
    operation_call!(UploadBannerImage -> types::StoredImage, UploadBannerImageError);
    operation_call!(DeleteBannerImage -> (), DeleteBannerImageError);
    operation_call!(SearchUsers -> types::UserPage, SearchUsersError);
    operation_call!(ListActionLogs -> types::ActionLogPage, ListActionLogsError);
}

/// Enums that may grow within this version of the contract.
pub mod open {
    use crate::macros::open_enum;

    open_enum! {
        /// What was done. The public log and the stream hold `user:create` (once verified), `user:edit` and `user:image` only.
        pub ActionKind {
            AuthLogin = "auth:login",
            AuthLoginFailed = "auth:login_failed",
            AuthLogout = "auth:logout",
            AuthReauthenticate = "auth:reauthenticate",
            EmailChange = "email:change",
            OauthLink = "oauth:link",
            OauthUnlink = "oauth:unlink",
            PasswordChange = "password:change",
            PasswordReset = "password:reset",
            SessionRevoke = "session:revoke",
            TotpDisable = "totp:disable",
            TotpEnable = "totp:enable",
            TotpRegenerate = "totp:regenerate",
            UserCreate = "user:create",
            UserEdit = "user:edit",
            UserImage = "user:image",
            UserRegister = "user:register",
            UserVerify = "user:verify",
        }
    }

    open_enum! {
        /// What went wrong, as `domain:reason`. Keep a branch for codes you do not know.
        pub ErrorCode {
            AuthInvalidCredentials = "auth:invalid_credentials",
            AuthSessionRequired = "auth:session_required",
            CsrfCrossOrigin = "csrf:cross_origin",
            EmailAlreadyVerified = "email:already_verified",
            EmailUnchanged = "email:unchanged",
            FileDimensionsTooLarge = "file:dimensions_too_large",
            FileUnreadable = "file:unreadable",
            FileUnsupportedType = "file:unsupported_type",
            OauthAccountAlreadyLinked = "oauth:account_already_linked",
            OauthCannotUnlinkLastConnection = "oauth:cannot_unlink_last_connection",
            OauthConnectionNotFound = "oauth:connection_not_found",
            OauthEmailAlreadyExists = "oauth:email_already_exists",
            OauthEmailNotVerified = "oauth:email_not_verified",
            OauthInvalidCode = "oauth:invalid_code",
            OauthInvalidIdToken = "oauth:invalid_id_token",
            OauthInvalidState = "oauth:invalid_state",
            OauthProviderAlreadyLinked = "oauth:provider_already_linked",
            OauthProviderNotConfigured = "oauth:provider_not_configured",
            OauthProviderUnavailable = "oauth:provider_unavailable",
            PasswordIncorrect = "password:incorrect",
            PasswordRequired = "password:required",
            PasswordTooWeak = "password:too_weak",
            PasswordUnchanged = "password:unchanged",
            RateLimitExceeded = "rate_limit:exceeded",
            RequestBodyTooLarge = "request:body_too_large",
            RequestHeadersTooLarge = "request:headers_too_large",
            RequestInvalid = "request:invalid",
            RequestMalformed = "request:malformed",
            RequestMethodNotAllowed = "request:method_not_allowed",
            RequestTimeout = "request:timeout",
            RequestUnknownPath = "request:unknown_path",
            RequestUnsupportedMediaType = "request:unsupported_media_type",
            RequestUriTooLong = "request:uri_too_long",
            SessionNotFound = "session:not_found",
            SessionReauthenticationRequired = "session:reauthentication_required",
            SystemInternal = "system:internal",
            SystemOverloaded = "system:overloaded",
            SystemUnavailable = "system:unavailable",
            TokenInvalid = "token:invalid",
            TotpAlreadyEnabled = "totp:already_enabled",
            TotpInvalidCode = "totp:invalid_code",
            TotpNotEnabled = "totp:not_enabled",
            TotpSetupRequired = "totp:setup_required",
            UserEmailAlreadyExists = "user:email_already_exists",
            UserHandleAlreadyExists = "user:handle_already_exists",
            UserHandleReserved = "user:handle_reserved",
            UserNotFound = "user:not_found",
            UserNotVerified = "user:not_verified",
        }
    }

    open_enum! {
        /// Why a handle cannot be registered.
        pub HandleUnavailableReason {
            Invalid = "invalid",
            Reserved = "reserved",
            Taken = "taken",
        }
    }

    open_enum! {
        /// Kind of the thing acted on.
        pub ResourceType {
            OauthConnection = "oauth_connection",
            Session = "session",
            User = "user",
        }
    }

    open_enum! {
        /// How a sign-in was proven.
        pub SignInMethod {
            Github = "github",
            GithubTotp = "github_totp",
            Google = "google",
            GoogleTotp = "google_totp",
            Password = "password",
            PasswordTotp = "password_totp",
            Signup = "signup",
        }
    }
}
