//! Wrong passwords in a row. After a hundred (NIST SP 800-63B-4 §3.2.2) the password is not judged any more, whoever
//! shows it, until it is reset by mail. To whoever tries, that looks like a wrong password (SECURITY ).

use std::time::Duration;

use super::Result;
use super::types::UserId;
use crate::Services;
use crate::store::attempts::Reserved;
use crate::store::{Tx, attempts};

/// So many wrong passwords in a row are judged.
pub const CONSECUTIVE: i64 = 100;
/// Without any try for so long, counting starts afresh.
const FORGOTTEN: Duration = Duration::from_secs(365 * 24 * 60 * 60);

fn key(user: UserId) -> String {
    format!("password:{user}")
}

/// Whether the account's password is still judged.
pub async fn is_judged(tx: &mut Tx, user: UserId) -> Result<bool> {
    let attempts = attempts::get(tx, &key(user)).await?;
    Ok(attempts.is_none_or(|attempts| attempts.count < CONSECUTIVE))
}

/// Counts a wrong password; answers how many there were in a row.
pub async fn failed(s: &Services, tx: &mut Tx, user: UserId) -> Result<i64> {
    let now = s.clock.now();
    Ok(
        match attempts::reserve(tx, &key(user), now, now + FORGOTTEN).await? {
            Reserved::Go { count } => count,
            // Nothing blocks this key.
            Reserved::Blocked { .. } => CONSECUTIVE + 1,
        },
    )
}

/// The right password was shown, or a new one was set.
pub async fn passed(tx: &mut Tx, user: UserId) -> Result<()> {
    Ok(attempts::clear(tx, &key(user)).await?)
}
