//! One statement, either engine.

/// Runs one statement on a transaction of either engine and binds its parameters in order:
///
/// ```text
/// run!(tx, fetch_optional::<User>, "SELECT … WHERE id = $1", id)
/// run!(tx, execute, "DELETE FROM users WHERE id = $1", id) // rows affected
/// ```
///
/// The SQL is a literal (or `concat!`) in the subset that both speak, so it is prepared once a
/// connection. Bound expressions are evaluated once.
macro_rules! run {
    ($tx:expr, $fetch:ident $(::<$row:ty>)?, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx {
            $crate::store::Tx::Sqlite(lease) => {
                run!(@on lease, sqlx::Sqlite, $fetch $(::<$row>)?, $sql $(, $bind)*)
            }
            $crate::store::Tx::Postgres(lease) => {
                run!(@on lease, sqlx::Postgres, $fetch $(::<$row>)?, $sql $(, $bind)*)
            }
        }
    };
    (@on $lease:ident, $engine:ty, execute, $sql:expr $(, $bind:expr)*) => {{
        let query = sqlx::query::<$engine>($sql)$(.bind($bind))*;
        let done = tokio::time::timeout($lease.limit(), query.execute($lease.start())).await;
        $lease.finish(done).map(|done| done.rows_affected())
    }};
    (@on $lease:ident, $engine:ty, $fetch:ident::<$row:ty>, $sql:expr $(, $bind:expr)*) => {{
        let query = sqlx::query_as::<$engine, $row>($sql)$(.bind($bind))*;
        let done = tokio::time::timeout($lease.limit(), query.$fetch($lease.start())).await;
        $lease.finish(done)
    }};
}
