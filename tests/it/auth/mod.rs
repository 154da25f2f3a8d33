//! Tag `auth`.

mod email;
mod email_change;
mod login;
mod password;
mod sessions;

use contract_tests::suite::Case;

pub fn tests() -> Vec<Case> {
    [
        email::tests(),
        email_change::tests(),
        login::tests(),
        password::tests(),
        sessions::tests(),
    ]
    .concat()
}
