use std::{env, io, process::ExitCode};

use pages::{Limits, child::Decoder};

/// Decodes one file for the process that started this one; see [`pages::child`].
#[derive(clap::Args)]
pub struct Arguments {
    /// The limits as JSON.
    limits: String,
}

pub fn run(arguments: Arguments) -> ExitCode {
    match pages::child::run(&arguments.limits) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Decodes in children of this very program.
pub fn decoder(limits: Limits) -> io::Result<Decoder> {
    Ok(Decoder { program: env::current_exe()?, args: vec!["decode-pages".into()], limits })
}
