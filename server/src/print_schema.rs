use std::process::ExitCode;

/// Prints the GraphQL schema, which schema/schema.graphql holds.
#[derive(clap::Args)]
pub struct Arguments {}

pub fn run(_: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    print!("{}", schema::sdl());
    Ok(ExitCode::SUCCESS)
}
