//! Writers that keep a ledger of what was acknowledged.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use futures::future::try_join_all;
use reqwest::Response;
use tokio::task::JoinHandle;

use super::api::{Api, unique_handle};

/// After a request that nobody answered.
const PAUSE: Duration = Duration::from_millis(5);

/// What clients were told is done.
#[derive(Default)]
pub struct Ledger {
    /// Names that profiles were given.
    pub names: Vec<String>,
    /// Handles of registrations.
    pub handles: Vec<String>,
    /// One-time tokens that were used up.
    pub tokens: Vec<String>,
    /// Answers 503.
    pub refused: u64,
    /// Requests without an answer.
    pub unanswered: u64,
    /// Those among them that a server had taken: it was not the connection that failed.
    pub cut: u64,
    /// The first reasons.
    pub cuts: Vec<String>,
    /// Answers that no fault excuses.
    pub wrong: Vec<String>,
    /// The longest that an answer took.
    pub slowest: Duration,
}

impl Ledger {
    pub fn acknowledged(&self) -> u64 {
        (self.names.len() + self.handles.len() + self.tokens.len()) as u64
    }

    /// No answer was one that no fault excuses.
    pub fn ensure_right(&self) -> Result<()> {
        let wrong = &self.wrong;
        ensure!(wrong.is_empty(), "answers that no fault excuses: {wrong:?}");
        Ok(())
    }

    /// Besides, all was answered, and in time.
    pub fn ensure_answered(&self, within: Duration) -> Result<()> {
        self.ensure_right()?;
        let (unanswered, slowest) = (self.unanswered, self.slowest);
        ensure!(
            unanswered == 0,
            "{unanswered} requests without an answer: {:?}",
            self.cuts
        );
        ensure!(slowest <= within, "an answer took {slowest:?}");
        Ok(())
    }

    pub fn add(&mut self, other: Self) {
        self.names.extend(other.names);
        self.handles.extend(other.handles);
        self.tokens.extend(other.tokens);
        self.refused += other.refused;
        self.unanswered += other.unanswered;
        self.cut += other.cut;
        self.cuts.extend(other.cuts);
        self.wrong.extend(other.wrong);
        self.slowest = self.slowest.max(other.slowest);
    }
}

/// Users of a server, whom writers act for.
#[derive(Clone)]
pub struct Users(Vec<Api>);

impl Users {
    pub async fn sign_up(address: &str, count: usize) -> Result<Self> {
        Self::over(&Api::new(address)?, count).await
    }

    /// With a connection for each request.
    pub async fn sign_up_unconnected(address: &str, count: usize) -> Result<Self> {
        Self::over(&Api::unconnected(address)?, count).await
    }

    async fn over(api: &Api, count: usize) -> Result<Self> {
        let all = (0..count).map(|_| api.sign_up());
        Ok(Self(try_join_all(all).await?))
    }

    pub fn all(&self) -> &[Api] {
        &self.0
    }

    pub fn first(&self) -> &Api {
        &self.0[0]
    }
}

/// Writers at work.
pub struct Load {
    ledger: Arc<Mutex<Ledger>>,
    stop: Arc<AtomicBool>,
    writers: Vec<JoinHandle<()>>,
}

impl Load {
    /// One writer a user; requests go to the addresses in turn.
    pub fn start(users: &Users, addresses: &[String]) -> Self {
        let (ledger, stop) = (
            Arc::<Mutex<Ledger>>::default(),
            Arc::<AtomicBool>::default(),
        );
        let writers = users.0.iter().enumerate().map(|(number, user)| {
            let writer = Writer {
                user: user.clone(),
                addresses: addresses.to_vec(),
                turn: number,
                ledger: Arc::clone(&ledger),
                stop: Arc::clone(&stop),
            };
            tokio::spawn(writer.run())
        });
        let writers = writers.collect();
        Self {
            ledger,
            stop,
            writers,
        }
    }

    pub fn look<T>(&self, at: impl FnOnce(&Ledger) -> T) -> T {
        at(&self.ledger.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Lets the writers finish what they are at.
    pub async fn finish(self) -> Result<Ledger> {
        self.stop.store(true, Ordering::Relaxed);
        for writer in self.writers {
            writer.await?;
        }
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(std::mem::take(&mut ledger))
    }
}

struct Writer {
    user: Api,
    addresses: Vec<String>,
    turn: usize,
    ledger: Arc<Mutex<Ledger>>,
    stop: Arc<AtomicBool>,
}

impl Writer {
    async fn run(mut self) {
        let mut count: u64 = 0;
        while !self.stop.load(Ordering::Relaxed) {
            self.turn += 1;
            let address = &self.addresses[self.turn % self.addresses.len()];
            let api = self.user.at(address);
            count += 1;
            match count % 8 {
                0 if count.is_multiple_of(32) => self.verify(&api).await,
                0 => drop(self.register(&api).await),
                _ => self.rename(&api).await,
            }
        }
    }

    async fn rename(&self, api: &Api) {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let name = format!("name {}", NUMBER.fetch_add(1, Ordering::Relaxed));
        if self.judge(Instant::now(), api.rename(&name).await).await {
            self.note(|ledger| ledger.names.push(name));
        }
    }

    async fn register(&self, api: &Api) -> Option<String> {
        let handle = unique_handle();
        if self
            .judge(Instant::now(), api.register(&handle).await)
            .await
        {
            self.note(|ledger| ledger.handles.push(handle.clone()));
            return Some(handle);
        }
        None
    }

    async fn verify(&self, api: &Api) {
        if let Some(handle) = self.register(api).await
            && let Ok(Some(token)) = api.mailed_token(&handle).await
            && self.judge(Instant::now(), api.verify(&token).await).await
        {
            self.note(|ledger| ledger.tokens.push(token));
        }
    }

    fn note(&self, change: impl FnOnce(&mut Ledger)) {
        change(&mut self.ledger.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Whether it was acknowledged.
    async fn judge(&self, begun: Instant, answer: reqwest::Result<Response>) -> bool {
        let status = answer.as_ref().ok().map(|answer| answer.status().as_u16());
        let (body, cut) = match answer {
            Ok(answer) => (answer.text().await, None),
            Err(error) if error.is_connect() => (Ok(String::new()), None),
            Err(error) => (Ok(String::new()), Some(format!("{error:?}"))),
        };
        let body = body.unwrap_or_default();
        let took = begun.elapsed();
        self.note(|ledger| {
            match status {
                None => ledger.unanswered += 1,
                Some(200..300) => {}
                Some(503) => ledger.refused += 1,
                Some(status) => ledger.wrong.push(format!("{status} {body}")),
            }
            if let Some(cut) = cut {
                ledger.cut += 1;
                if ledger.cuts.len() < 3 {
                    ledger.cuts.push(cut);
                }
            }
            if status.is_some() {
                ledger.slowest = ledger.slowest.max(took);
            }
        });
        if status.is_none_or(|status| status == 503) {
            tokio::time::sleep(PAUSE).await;
        }
        status.is_some_and(|status| (200..300).contains(&status))
    }
}
