//! Work beside the requests, which goes on as long as the server does.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures::FutureExt as _;

/// Before what panicked starts again.
pub const PAUSE: Duration = Duration::from_secs(1);

/// Works until the work is done; what panics starts again (SECURITY F-20). Where it panicked, the hook has logged.
pub async fn supervised<F: Future<Output = ()>>(
    name: &'static str,
    pause: Duration,
    mut work: impl FnMut() -> F,
) {
    while AssertUnwindSafe(work()).catch_unwind().await.is_err() {
        tracing::error!(task = name, "a task panicked; it starts again");
        tokio::time::sleep(pause).await;
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[tokio::test]
    async fn f20_a_task_that_panics_starts_again() {
        let (turns, done) = (Cell::new(0), Cell::new(false));
        let work = || async {
            turns.set(turns.get() + 1);
            tokio::task::yield_now().await;
            assert!(turns.get() > 2, "a mistake");
            done.set(true);
        };
        supervised("test", Duration::ZERO, work).await;
        assert_eq!((turns.get(), done.get()), (3, true));
    }
}
