//! The `accord` program: arguments, configuration, then the server.

use std::path::PathBuf;
use std::process::ExitCode;

use accord_server::admin::{self, State};
use accord_server::config::{self, Config, Key};
use accord_server::domain::entropy::{OsEntropy, random};
use accord_server::{World, logging, run};
use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Accounts for your product.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// Configuration file (default: accord.toml here, if there is one)
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server (what happens without a command, too)
    Serve,
    /// Bring the schema of the database up to date, and end
    Migrate,
    /// Look after the configuration
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Look after the keys that encrypt what is stored
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Look after the sessions of accounts
    #[command(subcommand)]
    Sessions(SessionsCommand),
    /// Copy a SQLite database, its images and its key file into a new directory, while the server runs
    Backup {
        /// The directory to make; a server that has it for its data_dir goes on from there
        directory: PathBuf,
    },
    /// Look at everything that the server needs and say what is wrong
    Doctor,
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Say what is wrong with the configuration, if anything
    Check,
    /// Print the JSON Schema of the configuration file
    Schema,
    /// Print a configuration file of all settings with their defaults
    Example,
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Print a new random key for keys.current
    Generate {
        /// Name of the key, to tell it from its successors
        #[arg(default_value = "1")]
        name: String,
    },
    /// Encrypt anew, under keys.current, what is stored under keys.previous
    ///
    /// Put the new key into keys.current and the old one into keys.previous, restart every server, then run this. It
    /// says which keys may go.
    Rotate,
}

#[derive(Subcommand)]
enum SessionsCommand {
    /// End all sessions of an account, and its sign-ins under way; servers that run refuse them at once
    #[command(group = clap::ArgGroup::new("whose").required(true))]
    End {
        /// The account, by email address or handle
        #[arg(group = "whose")]
        account: Option<String>,
        /// The sessions of all accounts
        #[arg(long, group = "whose")]
        all: bool,
    },
}

fn main() -> ExitCode {
    match start(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("accord: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start(arguments: Arguments) -> anyhow::Result<()> {
    let load = || config::load(arguments.config.as_deref(), config::environment());
    match arguments.command.unwrap_or(Command::Serve) {
        Command::Serve => serve(load()?),
        Command::Migrate => {
            on_runtime(admin::migrate(&load()?))?;
            println!("the schema is up to date");
            Ok(())
        }
        Command::Config(ConfigCommand::Check) => {
            let config = load()?;
            println!("the configuration is fine ({:?} mode)", config.mode());
            Ok(())
        }
        Command::Config(ConfigCommand::Schema) => {
            println!("{:#}", config::schema());
            Ok(())
        }
        Command::Config(ConfigCommand::Example) => {
            print!("{}", config::example());
            Ok(())
        }
        Command::Keys(KeysCommand::Generate { name }) => {
            let text = Key::new(name, random(&OsEntropy)).encode();
            text.parse::<Key>().map_err(anyhow::Error::msg)?;
            println!("{}", *text);
            Ok(())
        }
        Command::Keys(KeysCommand::Rotate) => {
            print!("{}", on_runtime(admin::rotate(load()?, World::real()))?);
            Ok(())
        }
        Command::Sessions(SessionsCommand::End { account, .. }) => {
            let (config, world) = (load()?, World::real());
            let ended = on_runtime(async {
                match account {
                    Some(account) => admin::end_sessions(config, world, &account).await,
                    None => admin::end_all_sessions(config, world).await,
                }
            })?;
            println!("{ended}");
            Ok(())
        }
        Command::Backup { directory } => {
            on_runtime(admin::back_up(&load()?, &directory))?;
            println!("{} is a complete copy", directory.display());
            Ok(())
        }
        Command::Doctor => doctor(&load()?),
    }
}

fn doctor(config: &Config) -> anyhow::Result<()> {
    let findings = on_runtime(async { Ok(admin::examine(config, &World::real()).await) })?;
    for finding in &findings {
        println!("{finding}");
    }
    let failed = findings
        .iter()
        .filter(|finding| finding.state == State::Failed);
    match failed.count() {
        0 => Ok(()),
        count => anyhow::bail!("{count} of {} need attention", findings.len()),
    }
}

fn serve(config: Config) -> anyhow::Result<()> {
    let _log = logging::start(&config)?;
    on_runtime(run(config, World::real()))
}

fn on_runtime<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(work)
}
