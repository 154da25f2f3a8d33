//! The `accord` program: arguments, configuration, then the server.

use std::path::PathBuf;
use std::process::ExitCode;

use accord_server::config::{self, Config, Key};
use accord_server::domain::entropy::{OsEntropy, random};
use accord_server::{World, logging, run};
use clap::{Parser, Subcommand};

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
    /// Look after the configuration
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Print a new random key for keys.current
    Key {
        /// Name of the key, to tell it from its successors
        #[arg(default_value = "1")]
        name: String,
    },
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
        Command::Key { name } => {
            let text = Key::new(name, random(&OsEntropy)).encode();
            text.parse::<Key>().map_err(anyhow::Error::msg)?;
            println!("{}", *text);
            Ok(())
        }
    }
}

fn serve(config: Config) -> anyhow::Result<()> {
    let _log = logging::start(&config)?;
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(run(config, World::real()))
}
