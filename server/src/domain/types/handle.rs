//! The name that an account is addressed by.

use std::fmt;

/// 4 to 15 of `[A-Za-z0-9_]`, starting and ending alphanumeric. Unique ignoring case.
#[derive(Clone, PartialEq, Eq)]
pub struct Handle {
    text: String,
    key: String,
}

/// The text is no handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("4 to 15 of A-Z, a-z, 0-9 and _, starting and ending with a letter or digit")]
pub struct InvalidHandle;

impl Handle {
    /// Reads a handle; whether it may be taken is another question: [`Handle::is_reserved`].
    pub fn parse(text: &str) -> Result<Self, InvalidHandle> {
        let bytes = text.as_bytes();
        let well_formed = (4..=15).contains(&bytes.len())
            && bytes
                .iter()
                .all(|b| b.is_ascii_alphanumeric() || *b == b'_')
            && bytes.first().is_some_and(u8::is_ascii_alphanumeric)
            && bytes.last().is_some_and(u8::is_ascii_alphanumeric);
        well_formed
            .then(|| Self::from_stored(text.to_owned()))
            .ok_or(InvalidHandle)
    }

    /// A handle as the database has it, not judged again.
    pub(crate) fn from_stored(text: String) -> Self {
        let key = text.to_ascii_lowercase();
        Self { text, key }
    }

    /// As the user spelled it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What it is compared and looked up by.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether nobody may take it: it would pass for the service, its staff or one of its pages.
    /// Underscores do not make another word of it.
    pub fn is_reserved(&self) -> bool {
        let word: String = self.key.chars().filter(|c| *c != '_').collect();
        RESERVED.binary_search(&word.as_str()).is_ok()
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Handle({})", self.text)
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Sorted, lower case, without underscores.
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "about", "abuse", "accord", "accordadmin", "accordteam", "account", "accounts", "actionlogs",
    "activate", "admin", "administrator", "admins", "adminteam", "allusers", "analytics",
    "anonymous", "apis", "apple", "assets", "auth", "authentication", "authorize", "avatar",
    "avatars", "banner", "billing", "blog", "callback", "cancel", "channel", "check", "confirm",
    "connect", "contact", "cookie", "cookies", "create", "daemon", "dashboard", "deleted",
    "developer", "developers", "docs", "download", "edit", "email", "emails", "error", "errors",
    "eventstream", "everyone", "explore", "export", "facebook", "favicon", "feed", "feedback",
    "files", "follow", "followers", "following", "forgot", "forgotpassword", "github", "google",
    "guest", "handle", "handles", "health", "healthcheck", "hello", "help", "helpdesk", "home",
    "host", "hostmaster", "image", "images", "import", "index", "info", "information", "invite",
    "jobs", "legal", "link", "list", "localhost", "login", "logout", "logs", "mail", "mailbox",
    "mailerdaemon", "me", "media", "members", "message", "messages", "metrics", "microsoft",
    "moderator", "moderators", "mods", "news", "nobody", "noreply", "notifications", "notify",
    "null", "oauth", "official", "openapi", "operator", "owner", "pages", "passkey", "passkeys",
    "password", "payment", "payments", "ping", "plans", "policy", "popular", "postmaster",
    "premium", "press", "pricing", "privacy", "profile", "profiles", "public", "readyz",
    "recover", "register", "registration", "remove", "reset", "resetpassword", "robots", "root",
    "rules", "sales", "search", "secure", "security", "server", "service", "services", "session",
    "sessions", "settings", "setup", "share", "signin", "signout", "signup", "sitemap", "staff",
    "static", "status", "store", "stream", "subscribe", "superadmin", "superuser", "support",
    "supportteam", "swagger", "sysadmin", "sysop", "system", "team", "teams", "terms", "test",
    "tests", "token", "tokens", "tools", "totp", "trending", "trust", "twitter", "undefined",
    "unlink", "unsubscribe", "update", "upload", "uploads", "user", "username", "users",
    "usersearch", "verified", "verify", "verifyemail", "version", "webhook", "webhooks",
    "webmaster", "website", "welcome", "wellknown", "wiki", "www",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_rules() {
        for good in [
            "alice",
            "Bob1",
            "a__b",
            "0000",
            "abcdefghijklmno",
            "x_y_z_0",
        ] {
            assert_eq!(Handle::parse(good).unwrap().as_str(), good);
        }
        let bad = [
            "",
            "abc",
            "abcdefghijklmnop",
            "_abc",
            "abc_",
            "ab c",
            "ab-c",
            "abcé",
            "ａｂｃｄ",
            "ab\0c",
            "alice\n",
            " alice",
            "аlice",
        ];
        for bad in bad {
            assert_eq!(Handle::parse(bad), Err(InvalidHandle), "{bad}");
        }
    }

    #[test]
    fn the_key_ignores_case_only() {
        let handle = Handle::parse("Al_iCe").unwrap();
        assert_eq!((handle.as_str(), handle.key()), ("Al_iCe", "al_ice"));
    }

    #[test]
    fn reserved_words_are_found_in_any_spelling() {
        assert!(RESERVED.is_sorted(), "binary search needs it");
        for word in [
            "admin",
            "AdMiN",
            "ad_min",
            "support",
            "Accord",
            "a_c_c_o_r_d",
        ] {
            assert!(Handle::parse(word).unwrap().is_reserved(), "{word}");
        }
        for word in ["alice", "administra", "badmin"] {
            assert!(!Handle::parse(word).unwrap().is_reserved(), "{word}");
        }
    }

    proptest! {
        #[test]
        fn a_handle_is_what_the_rules_say_and_nothing_else(
            text in prop_oneof!["[A-Za-z0-9_]{0,18}", "[A-Za-z0-9_éａ \u{0}.-]{3,16}", any::<String>()],
        ) {
            let is_word = text.trim_matches('_') == text
                && text.chars().all(|c| c == '_' || c.is_ascii_alphanumeric());
            let handle = Handle::parse(&text);
            prop_assert_eq!(handle.is_ok(), is_word && (4..=15).contains(&text.chars().count()));
            if let Ok(handle) = handle {
                prop_assert_eq!(handle.as_str(), &text);
                let again = Handle::parse(handle.key()).unwrap();
                prop_assert_eq!(again.key(), handle.key());
                let shouted = Handle::parse(&text.to_uppercase()).unwrap();
                prop_assert_eq!(shouted.key(), handle.key());
                prop_assert_eq!(shouted.is_reserved(), handle.is_reserved());
            }
        }
    }
}
