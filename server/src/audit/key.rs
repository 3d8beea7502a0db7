use std::{io, process::ExitCode};

use app::log_keys::{self, KeyState, KeySummary};
use clap::Subcommand;

use crate::data::{Error, Folder};

/// The keys that sign the logs; also while the server runs.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Lists the keys, oldest first, with what auditors pin.
    List(Folder),
    /// Makes a new key; both sign until the old one is retired.
    Rotate(Folder),
    /// Ends a key that is no longer needed.
    Retire(Named),
    /// Ends a key that was in other hands: what it signed counts only as far as somebody outside holds it.
    Revoke(Named),
    /// Seals the keys under a passphrase, the first line of standard input; an empty line goes back to the key file.
    SetPassphrase(Folder),
}

#[derive(clap::Args)]
struct Named {
    #[command(flatten)]
    folder: Folder,
    /// The first eight digits, or more, of its public key.
    key: String,
}

pub async fn run(arguments: Arguments) -> Result<ExitCode, Error> {
    match arguments.command {
        Command::List(folder) => {
            let app = folder.open_existing().await?;
            for key in log_keys::list_keys(&app).await? {
                print(&key);
            }
            app.close().await;
        }
        Command::Rotate(folder) => {
            let app = folder.open_existing().await?;
            let new = log_keys::rotate_key(&app).await?;
            print(&new);
            println!("Both keys sign from the next checkpoint on. Hand the new ones to auditors, then retire the old.");
            app.close().await;
        }
        Command::Retire(named) => end(named, KeyState::Retired).await?,
        Command::Revoke(named) => end(named, KeyState::Revoked).await?,
        Command::SetPassphrase(folder) => {
            let app = folder.open_existing().await?;
            let mut line = String::new();
            io::stdin().read_line(&mut line)?;
            let passphrase = line.trim_end_matches(['\r', '\n']);
            log_keys::set_passphrase(&app, Some(passphrase).filter(|passphrase| !passphrase.is_empty()))?;
            println!(
                "{}",
                match passphrase {
                    "" => "The key file opens the keys from now on: unset key_passphrase before the next start.",
                    _ => "The passphrase opens the keys from now on: set key_passphrase before the next start.",
                }
            );
            app.close().await;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn end(named: Named, state: KeyState) -> Result<(), Error> {
    let app = named.folder.open_existing().await?;
    print(&log_keys::end_key(&app, &named.key, state).await?);
    app.close().await;
    Ok(())
}

fn print(key: &KeySummary) {
    let state = match key.state {
        KeyState::Active => "signs",
        KeyState::Retired => "retired",
        KeyState::Revoked => "revoked",
    };
    let ended = key.ended_at.map_or(String::new(), |at| format!(", ended {at}"));
    println!("{} {state}, made {}{ended}", key.public_key, key.made_at);
    for verifier in &key.verifier_keys {
        println!("  {verifier}");
    }
}
