//! Tag `auth`.

mod email;
mod email_change;
mod login;
mod password;
mod places;
mod sessions;
mod suspicion;

use contract_tests::suite::Case;

pub fn tests() -> Vec<Case> {
    [
        email::tests(),
        email_change::tests(),
        login::tests(),
        password::tests(),
        places::tests(),
        sessions::tests(),
        suspicion::tests(),
    ]
    .concat()
}
