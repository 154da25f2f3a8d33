//! Tag `auth`.

mod email;
mod email_change;
mod guesses;
mod login;
mod password;
mod rules;
mod sessions;
mod tokens;

use contract_tests::suite::Case;

pub fn tests() -> Vec<Case> {
    [
        email::tests(),
        email_change::tests(),
        guesses::tests(),
        login::tests(),
        password::tests(),
        rules::tests(),
        sessions::tests(),
        tokens::tests(),
    ]
    .concat()
}
