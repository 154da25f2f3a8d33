//! Values that are valid by construction: parse, don't validate.

mod email;
mod folded;
mod handle;
mod ids;
mod password;
mod profile;
mod token;

pub use email::{Email, InvalidEmail};
pub use folded::fold;
pub use handle::{Handle, InvalidHandle};
pub use ids::{ActionId, ConnectionId, MailId, SessionId, UserId, uuid_v7};
pub use password::{InvalidPassword, Password};
pub use profile::{Bio, DisplayName, InvalidText, Patch};
pub use token::{SecretToken, TokenHash};

#[cfg(test)]
mod tests {
    use contract::rt::Credential;
    use proptest::prelude::*;

    use super::*;
    use crate::config::Secret;
    use crate::domain::entropy::OsEntropy;
    use crate::domain::second_factor::Code;

    proptest! {
        /// SECURITY: 16.2.5; no part of them, either.
        #[test]
        fn secrets_do_not_print_whatever_they_are(secret in "[A-Za-z0-9]{8,30}", odd in "\\PC{1,30}") {
            let email = Email::parse(&format!("{secret}@{secret}.example")).unwrap();
            let token = SecretToken::generate(&OsEntropy);
            let shown = [&secret, &odd].map(|text| {
                let (password, code) = (Password::attempt(text.clone()), Code::parse(text));
                let (setting, bearer) = (Secret::new(text), Credential::Bearer(text.clone()));
                format!("{password:?} {code:?} {setting:?} {bearer:?}")
            });
            prop_assert_eq!(&shown[0], &shown[1], "the same of all");
            let shown = format!("{} {email:?} {token:?} {:?}", shown[0], token.hash());
            for part in secret.as_bytes().windows(6) {
                let part = std::str::from_utf8(part).unwrap();
                prop_assert!(!shown.contains(part), "{part} is in {shown}");
            }
            prop_assert!(!shown.contains(&token.expose()[..6]));
        }
    }
}
