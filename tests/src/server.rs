//! The real server, started for one test.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use accord_client::{Client, ClientBuilder, Exchange as Seen, Observer, Retry};
use accord_server::Services;
use accord_server::config::{Config, Key, Listen, Mode, Period, Rate, Secret};
use accord_server::domain::clock::Clock;
use accord_server::http::Shutdown;
use chrono::{DateTime, Utc};
use http::Method;

use crate::cluster::{self, Instance};
use crate::contract::{Operation, contract};
use crate::database::Database;
use crate::engine::{Engine, redis_url};
use crate::journal::Journal;
use crate::raw::{RawRequest, RawSocket};
use crate::stage::Stage;
use crate::validate::Exchange;

/// When every test begins.
const START: &str = "2026-01-31T12:00:00Z";

type Change = Box<dyn FnOnce(&mut Config) + Send>;

/// How a server differs from what tests usually want.
#[derive(Default)]
pub struct Setup {
    alone: bool,
    real_rate_limits: bool,
    real_hashing: bool,
    changes: Vec<Change>,
}

impl Setup {
    /// With one instance on every engine: for what a process counts by itself.
    pub fn alone(mut self) -> Self {
        self.alone = true;
        self
    }

    /// With rate limits as in production.
    pub fn with_real_rate_limits(mut self) -> Self {
        self.real_rate_limits = true;
        self
    }

    /// With password hashes as expensive as in production.
    pub fn with_real_hashing(mut self) -> Self {
        self.real_hashing = true;
        self
    }

    /// With little patience for its database.
    pub fn with_little_patience(self) -> Self {
        self.configured(|config| config.database.acquire_timeout = Period::millis(250))
    }

    /// With more patience for its database than any test has.
    pub fn with_much_patience(self) -> Self {
        self.configured(|config| {
            config.database.acquire_timeout = Period::minutes(1);
            config.database.statement_timeout = Period::minutes(1);
        })
    }

    /// As for real users, behind a proxy that ends TLS; mail goes nowhere.
    pub fn in_production(self) -> Self {
        self.with_real_hashing().configured(|config| {
            config.mode = Some(Mode::Production);
            config.public_url = Some("https://accounts.example.com".parse().expect("a URL"));
            config.frontend_url = Some("https://app.example.com".parse().expect("a URL"));
            config.keys.current = Some(Key::new("test", std::array::from_fn(|index| index as u8)));
            config.smtp.host = Some("127.0.0.1".into());
            config.smtp.port = Some(9);
            config.smtp.from = Some("Accord <accounts@example.com>".into());
        })
    }

    /// With this change to the configuration.
    pub fn configured(mut self, change: impl FnOnce(&mut Config) + Send + 'static) -> Self {
        self.changes.push(Box::new(change));
        self
    }

    fn config(self, address: SocketAddr, database: &Database) -> Config {
        let mut config = Config {
            data_dir: database.directory.clone(),
            ..Config::default()
        };
        config.database.url = Some(Secret::new(&database.url));
        config.database.max_connections = 4;
        config.redis.prefix = database.redis_prefix();
        if !database.is_sqlite() {
            config.redis.url = redis_url().map(Secret::new);
        }
        config.listen = Listen(vec![address]);
        config.frontend_url = Some("http://localhost:3000".parse().expect("a URL"));
        if !self.real_rate_limits {
            for limit in config.rate_limits.all_mut() {
                limit.per_address = Rate::new(1_000_000, Period::secs(1));
                limit.per_account = None;
            }
        }
        if !self.real_hashing {
            config.password.argon2_memory = 8;
            config.password.argon2_iterations = 1;
        }
        for change in self.changes {
            change(&mut config);
        }
        config
    }
}

impl fmt::Debug for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setup").finish_non_exhaustive()
    }
}

/// A running server: one instance, or two that take requests in turn. It stops when the last clone is dropped.
#[derive(Debug, Clone)]
pub struct TestServer {
    pub address: SocketAddr,
    /// Those of the first instance.
    pub services: Arc<Services>,
    pub(crate) instances: Vec<Instance>,
    pub(crate) database: Arc<Database>,
    journal: Arc<Journal>,
    front: Arc<Stop>,
}

impl TestServer {
    pub(crate) async fn start(stage: &Stage, database: Arc<Database>, setup: Setup) -> Self {
        let (listener, address) = cluster::listen().await;
        let start: DateTime<Utc> = START.parse().expect("a time");
        let clock = Clock::manual(start);
        let is_alone = setup.alone || stage.engine == Engine::Sqlite || redis_url().is_none();
        let config = setup.config(address, &database);
        let (instances, front) = if is_alone {
            let instance = Instance::start(config, clock, listener).await;
            let front = instance.services.shutdown.clone();
            (vec![instance], front)
        } else {
            let mut instances = Vec::new();
            for _ in 0..2 {
                let (own, _) = cluster::listen().await;
                instances.push(Instance::start(config.clone(), clock.clone(), own).await);
            }
            let front = cluster::in_turn(&instances, listener);
            (instances, front)
        };
        Self {
            address,
            services: instances[0].services.clone(),
            instances,
            database,
            journal: stage.journal.clone(),
            front: Arc::new(Stop(front)),
        }
    }

    /// Its instances, each to be spoken to by itself.
    pub fn instances(&self) -> Vec<Self> {
        let alone = |instance: &Instance| Self {
            address: instance.address,
            services: instance.services.clone(),
            instances: vec![instance.clone()],
            ..self.clone()
        };
        self.instances.iter().map(alone).collect()
    }

    /// Begins to stop, as at a signal.
    pub fn stop(&self) {
        self.front.0.begin();
        for instance in &self.instances {
            instance.services.shutdown.begin();
        }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The origin of the frontend, whose pages may call the server.
    pub fn frontend_origin(&self) -> String {
        self.services
            .config
            .frontend_url()
            .origin()
            .ascii_serialization()
    }

    /// Moves the server's clock.
    pub fn advance(&self, by: Duration) {
        self.services.clock.advance(by);
    }

    /// A typed client, made to measure. Its answers are held to the contract.
    pub fn client(&self, adjust: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
        let observer = Arc::new(Watch(self.journal.clone()));
        let builder = Client::builder(&self.url())
            .retry(Retry::NEVER)
            .observer(observer);
        adjust(builder).build().expect("a client")
    }

    /// A request of any shape. Its answer is held to the contract.
    pub fn raw(&self, method: Method, target: &str) -> RawRequest {
        RawRequest::new(self.address, self.journal.clone(), method, target)
    }

    /// A request for an operation, as the contract's examples have it, without a session.
    pub fn example(&self, operation: &Operation) -> RawRequest {
        crate::example::request(|method, target| self.raw(method, target), operation)
    }

    /// The same by the operation's id.
    pub fn example_of(&self, operation: &str) -> RawRequest {
        self.example(contract().operation(operation))
    }

    /// A connection for bytes of any kind.
    pub async fn socket(&self) -> RawSocket {
        RawSocket::connect(self.address, self.journal.clone()).await
    }
}

/// Stops it, waiting for nobody.
#[derive(Debug)]
pub(crate) struct Stop(pub Shutdown);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.force();
    }
}

/// Shows the journal what the typed client sees.
pub(crate) struct Watch(pub(crate) Arc<Journal>);

impl Observer for Watch {
    fn response(&self, seen: &Seen<'_>) {
        self.0.enter(&Exchange {
            request: Some((seen.method, seen.url.path())),
            status: seen.status.as_u16(),
            headers: seen.headers,
            body: seen.body,
        });
    }

    fn event(&self, _: &str, event: &accord_client::RawEvent) {
        self.0.enter_event(&event.name, &event.data);
    }
}
