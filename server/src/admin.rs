//! What the `accord` program does for operators besides serving.

mod backup;
mod doctor;
mod keys;
mod sessions;

pub use backup::back_up;
pub use doctor::{Finding, State, examine};
pub use keys::rotate;
pub use sessions::{end_all_sessions, end_sessions};

use crate::config::Config;
use crate::store::{Db, DbOptions};

/// Brings the schema of the database up to date. Other instances may be starting at the same time.
///
/// # Errors
/// With a sentence for the operator.
pub async fn migrate(config: &Config) -> anyhow::Result<()> {
    let options = DbOptions::from(&config.database);
    let db = Db::connect(config.database_url().expose(), &options).await?;
    db.close().await;
    Ok(())
}
