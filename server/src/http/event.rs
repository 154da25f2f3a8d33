//! What a refusal means for security, as the log calls it (ASVS 16.3.1–16.3.4).

/// Somebody is not who was claimed: a wrong password or code, a token that is not good.
pub const AUTHENTICATION_FAILED: &str = "authentication_failed";
/// Somebody may not do what was asked.
pub const AUTHORIZATION_FAILED: &str = "authorization_failed";
/// A control has held: a limit, the check of the origin, the rules for input.
pub const CONTROL_HELD: &str = "control_held";
/// A mistake of ours.
pub const ERROR: &str = "error";
/// Something that the server needs, or all of it, does not answer.
pub const UNAVAILABLE: &str = "unavailable";

/// The event that an answer is; none where nothing was refused for the sake of security.
pub fn of(status: u16, code: &str) -> Option<&'static str> {
    Some(match (status, code) {
        (500, _) => ERROR,
        (501.., _) => UNAVAILABLE,
        (_, "auth:session_required") => AUTHORIZATION_FAILED,
        (
            _,
            "password:incorrect"
            | "totp:invalid_code"
            | "token:invalid"
            | "oauth:invalid_code"
            | "oauth:invalid_id_token",
        ) => AUTHENTICATION_FAILED,
        (401, _) => AUTHENTICATION_FAILED,
        (_, "csrf:cross_origin" | "oauth:invalid_state") => CONTROL_HELD,
        // Somebody else's session looks like none.
        (403, _) | (_, "session:not_found") => AUTHORIZATION_FAILED,
        (429, _) => CONTROL_HELD,
        (400..500, code) if code.starts_with("request:") && status != 404 => CONTROL_HELD,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SECURITY: 16.3.2, 16.3.3, 16.3.4.
    #[test]
    fn refusals_are_events() {
        for (status, code, event) in [
            (401, "auth:invalid_credentials", Some(AUTHENTICATION_FAILED)),
            (400, "totp:invalid_code", Some(AUTHENTICATION_FAILED)),
            (400, "token:invalid", Some(AUTHENTICATION_FAILED)),
            (401, "auth:session_required", Some(AUTHORIZATION_FAILED)),
            (403, "user:not_verified", Some(AUTHORIZATION_FAILED)),
            (404, "session:not_found", Some(AUTHORIZATION_FAILED)),
            (403, "csrf:cross_origin", Some(CONTROL_HELD)),
            (429, "rate_limit:exceeded", Some(CONTROL_HELD)),
            (400, "request:invalid", Some(CONTROL_HELD)),
            (413, "request:body_too_large", Some(CONTROL_HELD)),
            (400, "oauth:invalid_state", Some(CONTROL_HELD)),
            (500, "system:internal", Some(ERROR)),
            (503, "system:overloaded", Some(UNAVAILABLE)),
            (404, "request:unknown_path", None),
            (404, "user:not_found", None),
            (409, "user:handle_already_exists", None),
        ] {
            assert_eq!(of(status, code), event, "{status} {code}");
        }
    }
}
