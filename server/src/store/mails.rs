//! The queue of mails: written in the transaction that causes a mail, sent by workers.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::{Result, Tx, dialect};
use crate::domain::types::{MailId, UserId};

/// A row.
#[derive(Clone, Debug, FromRow)]
pub struct Mail {
    pub id: MailId,
    /// The same for every attempt, so that a receiver can tell a duplicate.
    pub message_id: String,
    pub user_id: Option<UserId>,
    pub kind: String,
    /// The key that `payload` is encrypted with.
    pub key_id: String,
    /// Recipient and parameters, encrypted: there are secrets among them. Empty once forgotten.
    pub payload: Vec<u8>,
    /// `queued`, `sent` or `parked`.
    pub status: String,
    /// How often it was claimed.
    pub attempts: i64,
    pub next_attempt_at: DateTime<Utc>,
    /// Until when a worker has it.
    pub claimed_until: Option<DateTime<Utc>>,
    /// When what it says is no use any more: it is not sent then.
    pub expires_at: Option<DateTime<Utc>>,
    pub last_error: Option<String>,
    pub created_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
}

/// A row to be.
#[derive(Clone, Debug)]
pub struct NewMail<'a> {
    pub id: MailId,
    pub message_id: &'a str,
    pub user_id: Option<UserId>,
    pub kind: &'a str,
    pub key_id: &'a str,
    pub payload: &'a [u8],
    pub expires_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

/// How full the queue is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub queued: i64,
    pub sent: i64,
    pub parked: i64,
    /// When the oldest queued mail was written.
    pub oldest_queued_at: Option<DateTime<Utc>>,
}

macro_rules! columns {
    () => {
        "id, message_id, user_id, kind, key_id, payload, status, attempts, next_attempt_at, \
         claimed_until, expires_at, last_error, created_at, sent_at"
    };
}

/// Puts a mail into the queue, due at once.
pub async fn enqueue(tx: &mut Tx, mail: &NewMail<'_>) -> Result<()> {
    run!(
        tx,
        execute,
        "INSERT INTO mails (id, message_id, user_id, kind, key_id, payload, status, \
         next_attempt_at, expires_at, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, 'queued', $7, $8, $7)",
        mail.id,
        mail.message_id,
        mail.user_id,
        mail.kind,
        mail.key_id,
        mail.payload,
        mail.created_at,
        mail.expires_at,
    )
    .map(drop)
}

/// Takes a mail back, within the transaction that has queued it.
pub async fn take_back(tx: &mut Tx, id: MailId) -> Result<()> {
    run!(tx, execute, "DELETE FROM mails WHERE id = $1", id).map(drop)
}

/// Takes up to `limit` due mails for one worker until `lease`, the longest waiting first. Another
/// one gets a mail only when the lease ends without an outcome. Expired mails are passed over.
pub async fn claim(
    tx: &mut Tx,
    limit: i64,
    now: DateTime<Utc>,
    lease: DateTime<Utc>,
) -> Result<Vec<Mail>> {
    macro_rules! statement {
        ($skip_locked:expr) => {
            concat!(
                "UPDATE mails SET claimed_until = $3, attempts = attempts + 1 WHERE id IN \
                 (SELECT id FROM mails WHERE status = 'queued' AND next_attempt_at <= $1 \
                 AND (claimed_until IS NULL OR claimed_until <= $1) \
                 AND (expires_at IS NULL OR expires_at > $1) \
                 ORDER BY next_attempt_at, id LIMIT $2",
                $skip_locked,
                ") RETURNING ",
                columns!()
            )
        };
    }
    let sql = dialect::by_engine!(tx, statement!(""), statement!(dialect::skip_locked!()));
    let mut mails = run!(tx, fetch_all::<Mail>, sql, now, limit, lease)?;
    mails.sort_by_key(|mail| (mail.next_attempt_at, mail.id));
    Ok(mails)
}

/// A mail is out. Its payload is forgotten unless it is wanted later (by the mailbox for
/// development).
pub async fn mark_sent(
    tx: &mut Tx,
    id: MailId,
    now: DateTime<Utc>,
    keep_payload: bool,
) -> Result<bool> {
    let nothing: &[u8] = &[];
    run!(
        tx,
        execute,
        "UPDATE mails SET status = 'sent', sent_at = $2, claimed_until = NULL, last_error = NULL, \
         payload = CASE WHEN $3 THEN payload ELSE $4 END WHERE id = $1 AND status = 'queued'",
        id,
        now,
        keep_payload,
        nothing
    )
    .map(|rows| rows > 0)
}

/// An attempt failed and there shall be another one.
pub async fn retry(
    tx: &mut Tx,
    id: MailId,
    next_attempt_at: DateTime<Utc>,
    error: &str,
) -> Result<bool> {
    run!(
        tx,
        execute,
        "UPDATE mails SET next_attempt_at = $2, claimed_until = NULL, last_error = $3 \
         WHERE id = $1 AND status = 'queued'",
        id,
        next_attempt_at,
        error
    )
    .map(|rows| rows > 0)
}

/// Gives a mail up, visibly.
pub async fn park(tx: &mut Tx, id: MailId, error: &str) -> Result<bool> {
    run!(
        tx,
        execute,
        "UPDATE mails SET status = 'parked', claimed_until = NULL, last_error = $2 \
         WHERE id = $1 AND status = 'queued'",
        id,
        error
    )
    .map(|rows| rows > 0)
}

/// Gives up what has expired in the queue; answers how many.
pub async fn park_expired(tx: &mut Tx, now: DateTime<Utc>) -> Result<u64> {
    run!(
        tx,
        execute,
        "UPDATE mails SET status = 'parked', claimed_until = NULL, last_error = 'expired' \
         WHERE status = 'queued' AND expires_at <= $1 \
         AND (claimed_until IS NULL OR claimed_until <= $1)",
        now
    )
}

/// The newest mails of any status. Their ids grow with time, to the millisecond, and have an index.
pub async fn list(tx: &mut Tx, limit: i64) -> Result<Vec<Mail>> {
    run!(
        tx,
        fetch_all::<Mail>,
        concat!(
            "SELECT ",
            columns!(),
            " FROM (SELECT * FROM mails ORDER BY id DESC LIMIT $1) AS mails \
             ORDER BY created_at DESC, id DESC"
        ),
        limit
    )
}

/// How full the queue is.
pub async fn counts(tx: &mut Tx) -> Result<Counts> {
    let rows = run!(
        tx,
        fetch_all::<(String, i64, Option<DateTime<Utc>>)>,
        "SELECT status, COUNT(*), MIN(created_at) FROM mails GROUP BY status"
    )?;
    let mut counts = Counts::default();
    for (status, count, oldest) in rows {
        match status.as_str() {
            "queued" => (counts.queued, counts.oldest_queued_at) = (count, oldest),
            "sent" => counts.sent = count,
            _ => counts.parked = count,
        }
    }
    Ok(counts)
}

/// Deletes mails that were sent or given up and are older than `until`, some at a time.
pub async fn purge(tx: &mut Tx, until: DateTime<Utc>, limit: i64) -> Result<u64> {
    run!(
        tx,
        execute,
        "DELETE FROM mails WHERE id IN (SELECT id FROM mails \
         WHERE status IN ('sent', 'parked') AND created_at <= $1 LIMIT $2) \
         AND status <> 'queued'",
        until,
        limit
    )
}
