//! The composition root: what a running server consists of.

use std::fmt;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio_util::task::TaskTracker;

use anyhow::Context as _;

use axum::Router;

use crate::api::{self, Accord, DevMailbox, Media};
use crate::config::Config;
use crate::domain::clock::Clock;
use crate::domain::entropy::{Entropy, OsEntropy};
use crate::domain::events::{self, Events};
use crate::domain::hasher::Hasher;
use crate::domain::health::Health;
use crate::domain::image::Images;
use crate::domain::keyring::Keyring;
use crate::domain::mail::Relay;
use crate::domain::mail::delivery::Way;
use crate::domain::oauth::Providers;
use crate::domain::password_policy::PasswordPolicy;
use crate::domain::{janitor, mail};
use crate::http::{self, Edge, RequestIds, ServeOptions, Shutdown, dev_mailbox, docs, media};
use crate::kv::Kv;
use crate::metrics::{self, Metrics};
use crate::store::{Db, DbOptions};
use crate::tasks::{PAUSE, supervised};

/// What background work gets to finish after the last request.
const TASKS_GRACE: Duration = Duration::from_secs(5);

/// Time and randomness, as arguments.
#[derive(Debug, Clone)]
pub struct World {
    pub clock: Clock,
    pub entropy: Arc<dyn Entropy>,
}

impl World {
    /// The machine's clock and generator.
    pub fn real() -> Self {
        Self {
            clock: Clock::system(),
            entropy: Arc::new(OsEntropy),
        }
    }
}

/// Everything that domain functions work with.
pub struct Services {
    pub config: Config,
    pub clock: Clock,
    pub entropy: Arc<dyn Entropy>,
    pub db: Db,
    pub hasher: Hasher,
    pub passwords: PasswordPolicy,
    pub keyring: Keyring,
    pub kv: Kv,
    pub oauth: Providers,
    pub layout: mail::Layout,
    pub images: Images,
    /// How mails leave.
    pub mail_way: mail::delivery::Way,
    pub health: Health,
    pub events: Events,
    pub metrics: Metrics,
    /// Begins when the server stops: streams end, tasks finish.
    pub shutdown: Shutdown,
    mail_queued: Arc<Notify>,
}

impl Services {
    /// The domain that message ids of mails are unique in: the frontend's.
    pub fn mail_domain(&self) -> String {
        self.config
            .frontend_url()
            .host_str()
            .unwrap_or("localhost")
            .to_owned()
    }

    /// Done when a mail was queued.
    pub async fn mail_waits(&self) {
        self.mail_queued.notified().await;
    }

    /// What wakes the delivery task.
    pub fn mail_bell(&self) -> Arc<Notify> {
        Arc::clone(&self.mail_queued)
    }
}

impl fmt::Debug for Services {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Services").finish_non_exhaustive()
    }
}

/// A server that is ready to be served.
#[derive(Debug)]
pub struct App {
    pub router: axum::Router,
    pub services: Arc<Services>,
}

/// Why a server cannot be built. Its text is for the operator.
#[derive(Debug, thiserror::Error)]
#[error("{0:#}")]
pub struct BuildError(#[from] anyhow::Error);

/// Builds the server: data directory, keys, database with its schema, and the router over it all.
///
/// # Errors
/// With a sentence for the operator; nothing is left running.
pub async fn build(config: Config, world: World) -> Result<App, BuildError> {
    let services = Arc::new(services(config, world).await?);
    let ids = request_ids(&services);
    let edge = Edge::new(&services.config, ids, services.metrics.clone());
    let api = contract::server::new(Arc::new(Accord(Arc::clone(&services))));
    let router = edge.wrap(api.merge(http::named(documents(&services))));
    Ok(App { router, services })
}

/// Serves on the sockets until the shutdown of the services begins, then finishes what is in flight.
pub async fn serve(app: App, listeners: Vec<TcpListener>) {
    let options = ServeOptions::new(&app.services.config, request_ids(&app.services));
    let shutdown = app.services.shutdown.clone();
    let tasks = TaskTracker::new();
    let services = Arc::clone(&app.services);
    tasks.spawn(async move {
        let deliver = || mail::delivery::run(&services);
        supervised("mail delivery", PAUSE, deliver).await;
    });
    let services = Arc::clone(&app.services);
    tasks.spawn(async move {
        let sweep = || janitor::run(&services);
        supervised("janitor", PAUSE, sweep).await;
    });
    tasks.spawn(events::run(Arc::clone(&app.services)));
    let services = Arc::clone(&app.services);
    tasks.spawn(async move {
        let stop = services.shutdown.token();
        let upkeep = supervised("metrics", PAUSE, || services.metrics.run());
        stop.run_until_cancelled(upkeep).await;
    });
    http::serve(app.router, listeners, options, shutdown).await;
    tasks.close();
    if tokio::time::timeout(TASKS_GRACE, tasks.wait())
        .await
        .is_err()
    {
        tracing::warn!(
            "background work was cut off; what it left undone is done after the next start"
        );
    }
    app.services.db.close().await;
}

/// Serves /metrics on a socket of its own until the shutdown of the services begins.
pub async fn serve_metrics(services: Arc<Services>, listener: TcpListener) {
    let options = ServeOptions::new(&services.config, request_ids(&services));
    let shutdown = services.shutdown.clone();
    http::serve(metrics::routes(services), vec![listener], options, shutdown).await;
}

fn request_ids(services: &Services) -> RequestIds {
    RequestIds::new(services.clock.clone(), Arc::clone(&services.entropy))
}

/// What is served beside the operations: contract and documentation, and the mailbox of development.
fn documents(services: &Arc<Services>) -> Router {
    let config = &services.config;
    let mut router = media::routes(Arc::new(Media(Arc::clone(services))));
    if config.docs_enabled() {
        router = router.merge(docs::routes(config));
    }
    if config.is_development() {
        router = router.merge(dev_mailbox::routes(Arc::new(DevMailbox(Arc::clone(
            services,
        )))));
    }
    router
}

async fn services(config: Config, world: World) -> anyhow::Result<Services> {
    let World { clock, entropy } = world;
    make_private(&config.data_dir)?;
    let options = DbOptions {
        max_connections: config.database.max_connections as usize,
        acquire_timeout: *config.database.acquire_timeout,
        statement_timeout: *config.database.statement_timeout,
        ..DbOptions::default()
    };
    Ok(Services {
        db: Db::connect(config.database_url().expose(), &options)
            .await
            .context("the database")?,
        hasher: Hasher::new(&config.password, Arc::clone(&entropy))?,
        passwords: PasswordPolicy::new(config.password.min_length),
        keyring: Keyring::from_config(&config, Arc::clone(&entropy))?,
        kv: Kv::new(&config.redis, clock.clone()).context("redis")?,
        oauth: Providers::new(&config)?,
        layout: mail::Layout::new()?,
        images: Images::new(&config)?,
        mail_way: mail_way(&config)?,
        health: Health::default(),
        events: Events::new(&config, api::public_action),
        metrics: Metrics::new(&config)?,
        shutdown: Shutdown::new(),
        mail_queued: Arc::new(Notify::new()),
        config,
        clock,
        entropy,
    })
}

fn make_private(dir: &Path) -> anyhow::Result<()> {
    let made = std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(dir);
    made.with_context(|| format!("the data directory {} cannot be made", dir.display()))
}

/// To the relay where one is configured; development without one keeps them.
fn mail_way(config: &Config) -> anyhow::Result<Way> {
    let relay = Relay::new(&config.smtp).context("smtp")?;
    Ok(match relay {
        Some(relay) => Way::Relay(Box::new(relay)),
        None if config.is_development() => Way::Mailbox,
        None => Way::None,
    })
}
