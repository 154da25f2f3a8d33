//! The instances behind one address.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use accord_server::config::Config;
use accord_server::domain::clock::Clock;
use accord_server::http::{RequestIds, ServeOptions, Shutdown};
use accord_server::{Services, World};
use axum::Router;
use axum::extract::Request;
use tokio::net::TcpListener;
use tower::ServiceExt as _;

use crate::server::Stop;

/// One process's worth of server.
#[derive(Debug, Clone)]
pub(crate) struct Instance {
    pub address: SocketAddr,
    pub services: Arc<Services>,
    router: Router,
    _stop: Arc<Stop>,
}

impl Instance {
    pub async fn start(config: Config, clock: Clock, listener: TcpListener) -> Self {
        let world = World {
            clock,
            ..World::real()
        };
        let app = accord_server::build(config, world).await.expect("a server");
        let instance = Self {
            address: listener.local_addr().expect("an address"),
            services: app.services.clone(),
            router: app.router.clone(),
            _stop: Arc::new(Stop(app.services.shutdown.clone())),
        };
        tokio::spawn(accord_server::serve(app, vec![listener]));
        instance
    }

    fn is_stopping(&self) -> bool {
        self.services.shutdown.token().is_cancelled()
    }
}

pub(crate) async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    (listener, address)
}

/// Serves what a load balancer would: each request goes to the next instance, on whatever connection it comes.
/// Instances that stop are left out.
pub(crate) fn in_turn(instances: &[Instance], listener: TcpListener) -> Shutdown {
    let services = &instances[0].services;
    let ids = RequestIds::new(services.clock.clone(), services.entropy.clone());
    let options = ServeOptions::new(&services.config, ids);
    let (instances, turn) = (Arc::<[_]>::from(instances), Arc::new(AtomicUsize::new(0)));
    let next = tower::service_fn(move |request: Request| {
        let first = turn.fetch_add(1, Ordering::Relaxed);
        let by_turn =
            (0..instances.len()).map(|offset| &instances[(first + offset) % instances.len()]);
        let running = by_turn.clone().find(|instance| !instance.is_stopping());
        let chosen = running.or_else(|| by_turn.clone().next());
        chosen.expect("an instance").router.clone().oneshot(request)
    });
    let router = Router::new().fallback_service(next);
    let shutdown = Shutdown::new();
    tokio::spawn(accord_server::http::serve(
        router,
        vec![listener],
        options,
        shutdown.clone(),
    ));
    shutdown
}
