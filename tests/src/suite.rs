//! The test binary's own main: every test once an engine, in parallel, then a look at what was provoked.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt as _;
use libtest_mimic::{Arguments, Failed, Trial};

use crate::contract::contract;
use crate::coverage::COVERAGE;
use crate::engine::Engine;
use crate::server::TestServer;
use crate::stage::Stage;

/// No test takes this long; one that does hangs.
const PATIENCE: Duration = Duration::from_secs(60);
/// Nor one that measures.
const LONG_PATIENCE: Duration = Duration::from_secs(30 * 60);

/// A test under way. It stays on its thread.
pub type Playing = Pin<Box<dyn Future<Output = ()>>>;

/// A named test.
#[derive(Clone)]
pub struct Case {
    name: &'static str,
    story: Arc<dyn Fn(Stage) -> Playing + Send + Sync>,
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Names tests for the suite: `tests![signing_in_works, signing_out_ends_the_session]`.
#[macro_export]
macro_rules! tests {
    ($($name:ident),* $(,)?) => {
        vec![$($crate::suite::Case::new(stringify!($name), $name)),*]
    };
}

impl Case {
    pub fn new<Argument, S: Story<Argument>>(name: &'static str, story: S) -> Self {
        let story = Arc::new(move |stage| story.clone().play(stage));
        Self { name, story }
    }

    fn trial(self, engine: Engine, module: &str, patience: Duration) -> Trial {
        let name = format!("{engine}::{module}::{}", self.name);
        Trial::test(name, move || self.run(engine, patience))
    }

    fn run(self, engine: Engine, patience: Duration) -> Result<(), Failed> {
        IS_TEST.set(true);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        let stage = Stage::new(engine);
        let outcome = runtime.block_on(async {
            let story = AssertUnwindSafe((self.story)(stage.clone())).catch_unwind();
            let outcome = tokio::time::timeout(patience, story).await;
            let violations = stage.clear().await;
            match outcome {
                Err(_) => Err(format!("it hangs: no end within {patience:?}{violations}")),
                Ok(Err(_)) => Err(format!("{}{violations}", PANIC.take().unwrap_or_default())),
                Ok(Ok(())) if violations.is_empty() => Ok(()),
                Ok(Ok(())) => Err(violations.to_string()),
            }
        });
        runtime.shutdown_background();
        outcome.map_err(Failed::from)
    }
}

/// A test: an async function of a running server, or of a stage on which it starts servers of its own.
pub trait Story<Argument>: Clone + Send + Sync + 'static {
    fn play(self, stage: Stage) -> Playing;
}

impl<F, Fut> Story<Stage> for F
where
    F: Fn(Stage) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = ()> + 'static,
{
    fn play(self, stage: Stage) -> Playing {
        Box::pin(self(stage))
    }
}

impl<F, Fut> Story<TestServer> for F
where
    F: Fn(TestServer) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = ()> + 'static,
{
    fn play(self, stage: Stage) -> Playing {
        Box::pin(async move { self(stage.server().await).await })
    }
}

/// Runs the modules' tests on every engine one after the other, for what is disturbed by company.
pub fn run_alone(modules: &[(&str, Vec<Case>)]) -> ExitCode {
    let mut arguments = Arguments::from_args();
    arguments.test_threads = Some(1);
    let trials = trials(modules, LONG_PATIENCE);
    let conclusion = libtest_mimic::run(&arguments, trials);
    Engine::leave();
    conclusion.exit_code()
}

/// Every test on every engine.
fn trials(modules: &[(&str, Vec<Case>)], patience: Duration) -> Vec<Trial> {
    remember_panics();
    print_logs();
    let mut trials = Vec::new();
    for engine in Engine::available() {
        for (module, cases) in modules {
            trials.extend(
                cases
                    .iter()
                    .cloned()
                    .map(|case| case.trial(engine, module, patience)),
            );
        }
    }
    trials
}

/// Runs the modules' tests on every engine and, when all of them ran, compares with the contract.
pub fn run(modules: &[(&str, Vec<Case>)]) -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Tests wait for the disk more than they compute.
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    arguments.test_threads.get_or_insert(2 * processors);
    let trials = trials(modules, PATIENCE);
    let is_whole = arguments.filter.is_none()
        && arguments.skip.is_empty()
        && !arguments.ignored
        && !arguments.list;
    let conclusion = libtest_mimic::run(&arguments, trials);
    Engine::leave();
    // Comes after all tests, and means something only when all of them ran.
    if is_whole && !everything_was_provoked() {
        return ExitCode::FAILURE;
    }
    conclusion.exit_code()
}

fn everything_was_provoked() -> bool {
    let report = COVERAGE.report(contract());
    println!("{report}");
    report.is_good()
}

/// The servers' logs are printed when `RUST_LOG` says which.
fn print_logs() {
    if let Ok(filter) = tracing_subscriber::EnvFilter::try_from_default_env() {
        tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_test_writer()
            .init();
    }
}

thread_local! {
    static IS_TEST: Cell<bool> = const { Cell::new(false) };
    /// What the test on this thread panicked with, and where.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps the panics of tests for their reports; those of servers are printed as they come.
fn remember_panics() {
    let print = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if IS_TEST.get() {
            PANIC.set(Some(panic.to_string()));
        } else {
            print(panic);
        }
    }));
}
