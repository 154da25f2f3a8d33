//! Text that must not end up in a log.

use serde::{Deserialize, Serialize};

/// A password, token or code. `Debug` shows nothing of it, and there is no `Display`.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&String> for Secret {
    fn from(text: &String) -> Self {
        Self(text.clone())
    }
}

impl From<&Secret> for Secret {
    fn from(secret: &Secret) -> Self {
        secret.clone()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn debug_of_a_request_shows_no_secret() {
        let request: crate::types::LoginRequest = crate::types::LoginRequest::builder()
            .email("a@b.c")
            .password("hunter2!")
            .try_into()
            .unwrap();
        let shown = format!("{request:?}");
        assert!(
            shown.contains("a@b.c") && !shown.contains("hunter2"),
            "{shown}"
        );
    }
}
