//! Tag `auth`.

mod email;
mod email_change;
mod guesses;
mod login;
mod password;
mod places;
mod rules;
mod sessions;
mod suspicion;
mod tokens;

use contract_tests::suite::Case;

pub fn tests() -> Vec<Case> {
    [
        email::tests(),
        email_change::tests(),
        guesses::tests(),
        login::tests(),
        password::tests(),
        places::tests(),
        rules::tests(),
        sessions::tests(),
        suspicion::tests(),
        tokens::tests(),
    ]
    .concat()
}
