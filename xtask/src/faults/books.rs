//! What the database says, to compare the ledger with.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Result, bail, ensure};
use futures::future::try_join_all;
use sqlx::{Connection as _, PgConnection, SqliteConnection};

use super::api::Api;
use super::load::Ledger;

/// A database, to be asked past the server.
pub enum Books {
    Sqlite(String),
    Postgres(String),
}

/// How the comparison went.
#[derive(Debug, Clone, Copy, Default)]
pub struct Found {
    pub acknowledged: u64,
    pub found: u64,
}

impl Books {
    /// The file that an embedded server keeps in its data directory.
    pub fn sqlite(data: &Path) -> Self {
        Self::Sqlite(format!("sqlite://{}", data.join("accord.db").display()))
    }

    pub async fn strings(&self, sql: &'static str) -> Result<Vec<String>> {
        Ok(match self {
            Self::Sqlite(url) => {
                let mut connection = SqliteConnection::connect(url).await?;
                sqlx::query_scalar(sql).fetch_all(&mut connection).await?
            }
            Self::Postgres(url) => {
                let mut connection = PgConnection::connect(url).await?;
                sqlx::query_scalar(sql).fetch_all(&mut connection).await?
            }
        })
    }

    /// Fails when the file is not a sound database.
    pub async fn are_sound(&self) -> Result<()> {
        if let Self::Sqlite(_) = self {
            let verdict = self.strings("PRAGMA integrity_check").await?;
            ensure!(verdict == ["ok"], "integrity_check: {verdict:?}");
            let broken = self
                .strings("SELECT \"table\" FROM pragma_foreign_key_check")
                .await?;
            ensure!(broken.is_empty(), "foreign_key_check: {broken:?}");
        }
        Ok(())
    }

    /// Looks for everything that was acknowledged: each name once in the action log, each registration with its one
    /// mail, each token used up.
    pub async fn compare(&self, ledger: &Ledger, api: &Api) -> Result<Found> {
        self.are_sound().await?;
        let log = self
            .strings("SELECT data FROM action_logs WHERE action = 'user:edit'")
            .await?;
        let mut names = HashMap::new();
        for data in log {
            let data: serde_json::Value = serde_json::from_str(&data)?;
            if let Some(name) = data["display_name"].as_str() {
                *names.entry(name.to_owned()).or_insert(0) += 1;
            }
        }
        let mails = self.strings(
            "SELECT handle FROM users JOIN mails ON mails.user_id = users.id WHERE kind = 'verify_email'",
        );
        let mut mailed = HashMap::new();
        for handle in mails.await? {
            *mailed.entry(handle).or_insert(0) += 1;
        }
        if mailed.is_empty() && !ledger.handles.is_empty() {
            bail!("no mail of the kind that registrations cause: is it called otherwise?");
        }
        let once = |counts: &HashMap<String, i32>, all: &[String]| {
            all.iter()
                .filter(|entry| counts.get(*entry) == Some(&1))
                .count()
        };
        // Replayed: one that is still good was not used up.
        let replays = ledger.tokens.iter().map(|token| api.verify(token));
        let replays = try_join_all(replays).await?;
        let spent = replays
            .iter()
            .filter(|answer| answer.status() == 400)
            .count();
        let found = once(&names, &ledger.names) + once(&mailed, &ledger.handles) + spent;
        Ok(Found {
            acknowledged: ledger.acknowledged(),
            found: found as u64,
        })
    }
}
