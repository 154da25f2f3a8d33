//! Stopping: first politely, then for good.

use tokio_util::sync::{CancellationToken, WaitForCancellationFuture};

/// The two steps of stopping. Clones are one and the same.
#[derive(Clone, Debug, Default)]
pub struct Shutdown {
    begun: CancellationToken,
    forced: CancellationToken,
}

impl Shutdown {
    pub fn new() -> Self {
        Self::default()
    }

    /// No new connections; requests in flight finish, endless streams end.
    pub fn begin(&self) {
        self.begun.cancel();
    }

    /// Everything ends now.
    pub fn force(&self) {
        self.begun.cancel();
        self.forced.cancel();
    }

    /// Done when stopping has begun.
    pub fn begun(&self) -> WaitForCancellationFuture<'_> {
        self.begun.cancelled()
    }

    /// Done when waiting is over.
    pub fn forced(&self) -> WaitForCancellationFuture<'_> {
        self.forced.cancelled()
    }

    /// For event streams and background work: cancelled when stopping begins.
    pub fn token(&self) -> CancellationToken {
        self.begun.clone()
    }

    /// Begins at SIGTERM or SIGINT, forces at the next. SIGHUP does nothing.
    #[cfg(unix)]
    pub async fn on_signals(self) -> std::io::Result<()> {
        use tokio::signal::unix::{SignalKind, signal};
        let mut term = signal(SignalKind::terminate())?;
        let mut int = signal(SignalKind::interrupt())?;
        let mut hup = signal(SignalKind::hangup())?;
        let mut first = true;
        loop {
            tokio::select! {
                _ = hup.recv() => continue,
                _ = term.recv() => {}
                _ = int.recv() => {}
            }
            if !first {
                tracing::warn!("stopping at once");
                self.force();
                return Ok(());
            }
            first = false;
            tracing::info!("stopping: requests in flight are finished first");
            self.begin();
        }
    }

    /// Begins at Ctrl-C, forces at the next.
    #[cfg(not(unix))]
    pub async fn on_signals(self) -> std::io::Result<()> {
        tokio::signal::ctrl_c().await?;
        self.begin();
        tokio::signal::ctrl_c().await?;
        self.force();
        Ok(())
    }
}
