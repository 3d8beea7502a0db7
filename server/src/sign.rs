//! `countersign sign`: signs with a key of one's own, on one's own machine. It asks no server and no data folder.
//!
//! Standard output holds the result alone, so that it can be handed on; what is to be read goes to standard error.

use std::{
    fs::{File, OpenOptions},
    io::{self, BufRead, IsTerminal, Read, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
    process::ExitCode,
};

use audit::{
    Digest,
    signing_key::{HeldKey, HeldKeyError, Kid},
    statement::{self, Statement, StatementError},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use clap::Subcommand;

/// The longest key file that is read, in bytes; one that this program writes has 119.
const MAX_KEY_BYTES: usize = 4_096;

/// Signs decisions with a key of your own, on your own machine.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes an Ed25519 key, and prints what is needed to enrol it.
    NewKey {
        /// The file to make, for its owner alone; one that is there is never overwritten.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Prints the proof that you hold the key, for the challenge that the server gave.
    Prove {
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        // A challenge is base64url, which may begin with a hyphen.
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        challenge: String,
    },
    /// Shows a statement, asks whether to sign it, and prints the signature.
    Statement {
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// Sign without being asked.
        #[arg(long)]
        yes: bool,
        /// The statement as the server gave it, byte for byte.
        statement: PathBuf,
    },
}

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("{} can't be {done}: {error}", .file.display())]
    File { file: PathBuf, done: &'static str, error: io::Error },
    #[error("{} is too long: at most {limit} bytes are read", .file.display())]
    TooLong { file: PathBuf, limit: usize },
    #[error("{} can be read by others: make it yours alone with `chmod 600 {}`", .0.display(), .0.display())]
    Exposed(PathBuf),
    #[error("{} is no key to sign with: {error}", .file.display())]
    Key { file: PathBuf, error: HeldKeyError },
    #[error("{} is not a statement, so it is not signed: {error}", .file.display())]
    Statement { file: PathBuf, error: StatementError },
    #[error("the statement is for the key {named}, but {} holds the key {held}", .file.display())]
    OtherKey { named: Kid, held: Kid, file: PathBuf },
    #[error("there is nobody to ask: run it in a terminal, or say --yes")]
    NoTerminal,
    #[error("not signed")]
    Declined,
    #[error("the operating system gives no random bytes: {0}")]
    Random(getrandom::Error),
    #[error(transparent)]
    Io(#[from] io::Error),
}

pub fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    match arguments.command {
        Command::NewKey { out } => make_key(&out)?,
        Command::Prove { key, challenge } => {
            print_signature(&read_key(&key)?.prove_possession(challenge.as_bytes()))?;
        }
        Command::Statement { key, yes, statement } => sign_statement(&key, &statement, yes)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn make_key(out: &Path) -> Result<(), Error> {
    let failed = |error| Error::File { file: out.to_owned(), done: "made", error };
    let no_key = |error| Error::Key { file: out.to_owned(), error };
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(Error::Random)?;
    let key = HeldKey::from_seed(&seed).map_err(no_key)?;
    let pem = key.to_pem().map_err(no_key)?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(out).map_err(failed)?;
    // Whoever enrols this key next must find it on the disk, whatever happens to the machine.
    file.write_all(pem.as_ref().as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;

    let public = key.public_key();
    writeln!(io::stdout(), "{}\n{}", public.kid(), public.to_pem().trim_end())?;
    eprintln!(
        "Made the key {} in {}. To enrol it, give the public key above to the server, and answer its challenge with\n  \
         countersign sign prove --key {} --challenge TEXT",
        public.kid(),
        out.display(),
        out.display()
    );
    Ok(())
}

fn sign_statement(key_file: &Path, file: &Path, yes: bool) -> Result<(), Error> {
    let key = read_key(key_file)?;
    let bytes = read_file(File::open(file), file, statement::MAX_BYTES)?;
    let statement = Statement::parse(&bytes).map_err(|error| Error::Statement { file: file.to_owned(), error })?;
    let held = key.public_key().kid();
    if statement.key_id != held {
        return Err(Error::OtherKey { named: statement.key_id, held, file: key_file.to_owned() });
    }
    // Nothing that is shown can steer the terminal: a statement holds no control characters.
    eprint!("{}", String::from_utf8_lossy(&bytes));
    if !yes && !asked("\nSign this statement? Type yes: ")? {
        return Err(Error::Declined);
    }
    print_signature(&key.sign(&statement::signed_digest(&Digest::of(&bytes))))
}

fn asked(question: &str) -> Result<bool, Error> {
    if !io::stdin().is_terminal() {
        return Err(Error::NoTerminal);
    }
    eprint!("{question}");
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(answer.trim() == "yes")
}

fn print_signature(signature: &[u8; 64]) -> Result<(), Error> {
    Ok(writeln!(io::stdout(), "{}", URL_SAFE_NO_PAD.encode(signature))?)
}

fn read_key(path: &Path) -> Result<HeldKey, Error> {
    let file = File::open(path);
    if file.as_ref().is_ok_and(|file| file.metadata().is_ok_and(|metadata| metadata.mode() & 0o077 != 0)) {
        return Err(Error::Exposed(path.to_owned()));
    }
    let bytes = read_file(file, path, MAX_KEY_BYTES)?;
    let no_key = |error| Error::Key { file: path.to_owned(), error };
    let pem = std::str::from_utf8(&bytes).map_err(|_| no_key(HeldKeyError::Form))?;
    HeldKey::from_pem(pem).map_err(no_key)
}

fn read_file(opened: io::Result<File>, path: &Path, limit: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    // One byte more than allowed tells that there is too much, and no more is ever held.
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    opened.and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(|error| Error::File {
        file: path.to_owned(),
        done: "read",
        error,
    })?;
    if bytes.len() > limit { Err(Error::TooLong { file: path.to_owned(), limit }) } else { Ok(bytes) }
}
