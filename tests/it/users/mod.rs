//! Tag `users`.

mod profiles;
mod registration;

use contract_tests::suite::Case;

pub fn tests() -> Vec<Case> {
    [profiles::tests(), registration::tests()].concat()
}
