//! A reader of the event stream that resumes wherever it finds a server.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use reqwest::Response;
use tokio::task::JoinHandle;

use super::api::Api;

/// How long the last events may take once everything is well again.
const PATIENCE: Duration = Duration::from_secs(20);

/// Reads in the background, from the moment that it was made.
pub struct Reader {
    seen: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Reader {
    /// At one instance after the other, whenever a connection is lost. Done when the first one is open.
    pub async fn open(api: &Api, addresses: &[String]) -> Result<Self> {
        let seen = Arc::<Mutex<Vec<String>>>::default();
        let mut following = Following {
            api: api.clone(),
            addresses: addresses.to_vec(),
            turn: 0,
            last_id: None,
            seen: Arc::clone(&seen),
        };
        let first = following.connect().await?;
        let task = tokio::spawn(following.run(first));
        Ok(Self { seen, task })
    }

    /// The names that came, when all of these have.
    pub async fn all_of(self, names: &[String]) -> Result<Vec<String>> {
        let begun = Instant::now();
        loop {
            let seen = self
                .seen
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone();
            let known: std::collections::HashSet<_> = seen.iter().collect();
            let missing = names.iter().filter(|name| !known.contains(name)).count();
            if missing == 0 {
                if known.len() != seen.len() {
                    bail!("{} events came twice", seen.len() - known.len());
                }
                return Ok(seen);
            }
            if begun.elapsed() > PATIENCE {
                bail!("{missing} of {} events did not come", names.len());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Following {
    api: Api,
    addresses: Vec<String>,
    turn: usize,
    last_id: Option<String>,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Following {
    async fn connect(&mut self) -> Result<Response> {
        let address = &self.addresses[self.turn % self.addresses.len()];
        self.turn += 1;
        let api = self.api.at(address);
        let request = api.request(reqwest::Method::GET, "/v0/eventstream/actions");
        let mut request = request.timeout(Duration::from_secs(3600));
        if let Some(id) = &self.last_id {
            request = request.header("last-event-id", id);
        }
        let answer = request.send().await?;
        if !answer.status().is_success() {
            bail!("the event stream answers {}", answer.status());
        }
        Ok(answer)
    }

    async fn run(mut self, first: Response) {
        let mut stream = Some(first);
        loop {
            match stream.take() {
                Some(answer) => self.read(answer).await,
                None => {
                    stream = self.connect().await.ok();
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
        }
    }

    async fn read(&mut self, mut answer: Response) {
        let mut text = String::new();
        while let Ok(Some(chunk)) = answer.chunk().await {
            text.push_str(&String::from_utf8_lossy(&chunk));
            while let Some(end) = text.find("\n\n") {
                let event: String = text.drain(..end + 2).collect();
                self.take(&event);
            }
        }
    }

    fn take(&mut self, event: &str) {
        for line in event.lines() {
            if let Some(id) = line.strip_prefix("id: ") {
                self.last_id = Some(id.to_owned());
            } else if let Some(name) = name_of(line) {
                let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
                seen.push(name);
            }
        }
    }
}

/// The display name in a line of data, if the action gave one.
pub fn name_of(line: &str) -> Option<String> {
    let data: serde_json::Value = serde_json::from_str(line.strip_prefix("data: ")?).ok()?;
    (data["action"] == "user:edit")
        .then(|| data["data"]["display_name"].as_str().map(str::to_owned))
        .flatten()
}
