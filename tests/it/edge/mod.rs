//! What the contract promises of every operation alike, provoked for each of them.

mod bodies;
mod faults;
mod hardening;
mod http;
mod limits;
mod origins;
mod parameters;
mod paths;
mod proxies;
mod sessions;
mod texts;

use contract_tests::suite::Case;

pub fn tests() -> Vec<Case> {
    [
        bodies::tests(),
        faults::tests(),
        hardening::tests(),
        http::tests(),
        limits::tests(),
        origins::tests(),
        parameters::tests(),
        paths::tests(),
        proxies::tests(),
        sessions::tests(),
        texts::tests(),
    ]
    .concat()
}
