//! Which operation of the contract a route is, for log, metrics and traces.

use std::collections::HashMap;
use std::sync::LazyLock;

use contract::operations::OPERATIONS;

static IDS: LazyLock<HashMap<(&str, &str), &str>> = LazyLock::new(|| {
    let all = OPERATIONS.iter();
    all.map(|operation| ((operation.method, operation.path), operation.id))
        .collect()
});

/// The operation's id; `other` for what is served beside the contract, `none` without a route.
pub fn id(method: &str, route: Option<&str>) -> &'static str {
    let Some(route) = route else { return "none" };
    // The router answers HEAD with GET.
    let method = if method == "HEAD" { "GET" } else { method };
    IDS.get(&(method, route)).copied().unwrap_or("other")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SECURITY: 6.3.4.
    #[test]
    fn routes_are_named_as_the_contract_names_them() {
        assert_eq!(id("POST", Some("/v0/auth/login")), "login");
        assert_eq!(
            id("DELETE", Some("/v0/auth/sessions/{session_id}")),
            "revoke_session"
        );
        assert_eq!(id("HEAD", Some("/v0/user/me")), "get_me");
        assert_eq!(id("GET", Some("/docs")), "other");
        assert_eq!(id("BREW", None), "none");
    }
}
