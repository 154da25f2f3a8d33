//! Wrong passwords in a row. After a hundred (NIST SP 800-63B-4 §3.2.2) the password is not judged any more, whoever
//! shows it, until it is reset by mail. To whoever tries, that looks like a wrong password (SECURITY ).

use std::time::Duration;

use super::Result;
use super::types::UserId;
use crate::Services;
use crate::store::Tx;
use crate::store::attempts::{self, Reserved};

/// So many wrong passwords in a row are judged.
pub const CONSECUTIVE: i64 = 100;
/// From so many on, a try is counted before it is judged: what comes at the same time cannot get past the limit
/// together. Up to there, counting afterwards saves every sign-in a transaction.
const COUNTED_FIRST: i64 = CONSECUTIVE / 2;
/// Without any try for so long, counting starts afresh.
const FORGOTTEN: Duration = Duration::from_secs(365 * 24 * 60 * 60);

fn key(user: UserId) -> String {
    format!("password:{user}")
}

/// What becomes of a try; with how many wrong ones in a row it makes if it is wrong, where that is counted already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Try {
    /// It is judged, and counted if it is wrong.
    Judged,
    /// It is judged.
    Counted(i64),
    /// It is as wrong as any other.
    Refused(i64),
}

impl Try {
    pub fn is_judged(self) -> bool {
        !matches!(self, Self::Refused(_))
    }
}

/// How many wrong passwords were shown in a row.
pub async fn wrong_so_far(tx: &mut Tx, user: UserId) -> Result<i64> {
    let attempts = attempts::get(tx, &key(user)).await?;
    Ok(attempts.map_or(0, |attempts| attempts.count))
}

/// Whether one more try is judged, after so many wrong ones.
pub async fn admit(s: &Services, user: UserId, wrong_so_far: i64) -> Result<Try> {
    if wrong_so_far < COUNTED_FIRST {
        return Ok(Try::Judged);
    }
    let mut tx = s.db.write().await?;
    let count = count(s, &mut tx, user).await?;
    tx.commit().await?;
    Ok(match count <= CONSECUTIVE {
        true => Try::Counted(count),
        false => Try::Refused(count),
    })
}

/// Counts a wrong password, unless that is done; answers how many there were in a row.
pub async fn failed(s: &Services, tx: &mut Tx, user: UserId, tried: Try) -> Result<i64> {
    match tried {
        Try::Judged => count(s, tx, user).await,
        Try::Counted(count) | Try::Refused(count) => Ok(count),
    }
}

async fn count(s: &Services, tx: &mut Tx, user: UserId) -> Result<i64> {
    let now = s.clock.now();
    let reserved = attempts::reserve(tx, &key(user), now, now + FORGOTTEN).await?;
    Ok(match reserved {
        Reserved::Go { count } => count,
        // Nothing blocks this key.
        Reserved::Blocked { .. } => CONSECUTIVE + 1,
    })
}

/// The right password was shown, or a new one was set.
pub async fn passed(tx: &mut Tx, user: UserId) -> Result<()> {
    Ok(attempts::clear(tx, &key(user)).await?)
}
