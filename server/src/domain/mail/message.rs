//! What a mail says. The queue keeps messages, not rendered text; `render` makes the text when it leaves.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

/// A mail by its purpose. Tokens live in here alone, and the queue keeps them encrypted.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Message {
    VerifyEmail {
        token: String,
    },
    /// Somebody registered with an address that has an account.
    AlreadyRegistered,
    ResetPassword {
        token: String,
    },
    ConfirmEmailChange {
        token: String,
    },
    EmailChangeRequested {
        new_email: String,
    },
    /// The wished new address has an account already; nothing is confirmed.
    EmailChangeTaken,
    EmailChanged {
        new_email: String,
    },
    PasswordChanged,
    PasswordReset,
    OauthLinked {
        provider: String,
    },
    OauthUnlinked {
        provider: String,
    },
    TotpEnabled,
    TotpDisabled,
    BackupCodesRegenerated,
    /// From a place that is not known, or after so many failures.
    SignedIn {
        address: String,
        at: DateTime<Utc>,
        failures: Option<usize>,
    },
    PasswordGuessed {
        count: i64,
        address: String,
        /// Whether the password can sign in still.
        is_judged: bool,
    },
    SecondFactorFailed {
        address: String,
        at: DateTime<Utc>,
    },
}

/// The words of a mail, before layout. Plain text: the layout escapes it.
#[derive(Debug, Serialize)]
pub struct Content {
    pub subject: String,
    pub greeting: String,
    pub paragraphs: Vec<String>,
    pub action: Option<Link>,
    pub footer: &'static str,
}

/// The one thing to click.
#[derive(Debug, Serialize)]
pub struct Link {
    pub label: &'static str,
    pub url: String,
}

const UNASKED: &str =
    "If you did not ask for this, ignore this mail: nothing happens without the link.";
const NOTICE: &str = "If this was not you, reset your password now and look through your sessions.";

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.kind())
    }
}

impl Message {
    /// The stable name of the kind, for the queue and its figures.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::VerifyEmail { .. } => "verify_email",
            Self::AlreadyRegistered => "already_registered",
            Self::ResetPassword { .. } => "reset_password",
            Self::ConfirmEmailChange { .. } => "confirm_email_change",
            Self::EmailChangeRequested { .. } => "email_change_requested",
            Self::EmailChangeTaken => "email_change_taken",
            Self::EmailChanged { .. } => "email_changed",
            Self::PasswordChanged => "password_changed",
            Self::PasswordReset => "password_reset",
            Self::OauthLinked { .. } => "oauth_linked",
            Self::OauthUnlinked { .. } => "oauth_unlinked",
            Self::TotpEnabled => "totp_enabled",
            Self::TotpDisabled => "totp_disabled",
            Self::BackupCodesRegenerated => "backup_codes_regenerated",
            Self::SignedIn { .. } => "signed_in",
            Self::PasswordGuessed { .. } => "password_guessed",
            Self::SecondFactorFailed { .. } => "second_factor_failed",
        }
    }

    /// The words, with links below the frontend's configured URL and nothing else (SECURITY X-5).
    pub fn content(&self, name: &str, frontend: &Url) -> Content {
        let page = |path| link(frontend, path, None);
        let with = |path, token: &str| link(frontend, path, Some(token));
        let (subject, paragraphs, action, footer) = match self {
            Self::VerifyEmail { token } => (
                "Confirm your email address",
                vec!["Confirm that this address is yours. The link works once and for 24 hours.".into()],
                Some(("Confirm address", with("verify-email", token))),
                UNASKED,
            ),
            Self::AlreadyRegistered => (
                "You already have an account",
                vec![
                    "Somebody, perhaps you, tried to register with this address. It has an account already, so nothing was \
                     created that could use it."
                        .into(),
                    "If it was you and you forgot your password, ask for a new one.".into(),
                ],
                Some(("Reset password", page("forgot-password"))),
                "If it was not you, there is nothing to do.",
            ),
            Self::ResetPassword { token } => (
                "Set a new password",
                vec!["Choose a new password. The link works once and for 15 minutes.".into()],
                Some(("Set new password", with("reset-password", token))),
                UNASKED,
            ),
            Self::ConfirmEmailChange { token } => (
                "Confirm your new email address",
                vec!["Make this the address of your account. The link works once and for 15 minutes.".into()],
                Some(("Confirm new address", with("confirm-email-change", token))),
                UNASKED,
            ),
            Self::EmailChangeRequested { new_email } => (
                "Your email address is about to change",
                vec![
                    format!("Somebody signed in to your account asked to change its address to {new_email}."),
                    "Nothing changes before the link in the mail to the new address is followed.".into(),
                ],
                Some(("Reset password", page("forgot-password"))),
                "If this was not you, reset your password: that cancels the change.",
            ),
            Self::EmailChangeTaken => (
                "You already have an account",
                vec!["Somebody asked to use this address for another account. It belongs to yours, so nothing changes.".into()],
                None,
                "There is nothing to do.",
            ),
            Self::EmailChanged { new_email } => (
                "Your email address was changed",
                vec![format!("The address of your account is now {new_email}. This address no longer signs in.")],
                None,
                "If this was not you, answer this mail: somebody else may hold your account.",
            ),
            Self::PasswordChanged => notice("Your password was changed", "The password of your account was changed; other sessions were ended.", &page),
            Self::PasswordReset => notice("Your password was reset", "The password of your account was set anew by mail; all sessions were ended.", &page),
            Self::OauthLinked { provider } => notice(
                "A sign-in was linked",
                &format!("An account at {provider} can now sign in to your account."),
                &page,
            ),
            Self::OauthUnlinked { provider } => notice(
                "A sign-in was unlinked",
                &format!("Your account at {provider} no longer signs in to your account."),
                &page,
            ),
            Self::TotpEnabled => notice("Two-step sign-in is on", "Your account now asks for a code at sign-in.", &page),
            Self::TotpDisabled => notice("Two-step sign-in is off", "Your account no longer asks for a code at sign-in.", &page),
            Self::BackupCodesRegenerated => notice("New backup codes", "Your backup codes were made anew; the old ones no longer work.", &page),
            Self::SignedIn { address, at, failures: None } => notice(
                "A sign-in from a new place",
                &format!("Somebody signed in to your account from {address}, which it was not used from lately, at {}.", minute(*at)),
                &page,
            ),
            Self::SignedIn { address, at, failures: Some(failures) } => notice(
                "A sign-in after many failures",
                &format!("Somebody signed in to your account from {address} at {}, after {failures} failures in a row.", minute(*at)),
                &page,
            ),
            Self::PasswordGuessed { count, address, is_judged: true } => notice(
                "Wrong passwords",
                &format!("Somebody tried {count} wrong passwords of your account in a row, the last one from {address}. Nobody was let in."),
                &page,
            ),
            Self::PasswordGuessed { count, address, is_judged: false } => notice(
                "Your password is not accepted any more",
                &format!("Somebody tried {count} wrong passwords of your account in a row, the last one from {address}. Nobody was let in, and no \
                          password is accepted until you set a new one."),
                &page,
            ),
            Self::SecondFactorFailed { address, at } => notice(
                "A sign-in with wrong codes",
                &format!(
                    "Somebody passed the first step of signing in to your account, from {address} at {}, and then gave wrong codes only. Nobody \
                     was let in.",
                    minute(*at)
                ),
                &page,
            ),
        };
        Content {
            subject: subject.into(),
            greeting: format!("Hello {name},"),
            paragraphs,
            action: action.map(|(label, url)| Link { label, url }),
            footer,
        }
    }
}

/// `2026-01-31 12:00 UTC`
fn minute(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}

type Words = (
    &'static str,
    Vec<String>,
    Option<(&'static str, String)>,
    &'static str,
);

fn notice(subject: &'static str, what: &str, page: &dyn Fn(&'static str) -> String) -> Words {
    (
        subject,
        vec![what.into()],
        Some(("Reset password", page("forgot-password"))),
        NOTICE,
    )
}

/// `<frontend>/<path>#token=…`: a fragment reaches no server's log and no referrer.
fn link(frontend: &Url, path: &str, token: Option<&str>) -> String {
    let mut url = frontend.clone();
    url.set_query(None);
    url.set_path(&format!("{}/{path}", frontend.path().trim_end_matches('/')));
    url.set_fragment(token.map(|token| format!("token={}", token)).as_deref());
    url.into()
}
