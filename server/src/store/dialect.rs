//! The few words that the engines spell differently.

/// One of two texts.
macro_rules! by_engine {
    ($tx:expr, $sqlite:expr, $postgres:expr $(,)?) => {
        match $tx.engine() {
            $crate::store::Engine::Sqlite => $sqlite,
            $crate::store::Engine::Postgres => $postgres,
        }
    };
}

/// Rows that another worker is taking right now are passed over. Writers of SQLite come one by
/// one anyway.
macro_rules! skip_locked {
    () => {
        " FOR UPDATE SKIP LOCKED"
    };
}

/// Rows that nobody else changes or locks before the transaction ends. Rows may still refer to them.
macro_rules! for_update {
    () => {
        " FOR NO KEY UPDATE"
    };
}

pub(super) use {by_engine, for_update, skip_locked};
