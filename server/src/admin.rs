use std::{fs, io, path::PathBuf, process::ExitCode};

use app::{accounts, bundles, jobs, types};
use clap::Subcommand;
use domain::{actor::Role, id::JobId};

use crate::data::{self, Folder};

/// Accounts and tokens; also while the server runs.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes a service account and prints its bearer token, and nothing else.
    CreateToken {
        #[command(flatten)]
        folder: Folder,
        #[arg(long, value_parser = role, value_name = "admin|reviewer|auditor|integrator")]
        role: Role,
        /// What the account is called in lists and in the log.
        #[arg(long, default_value = "command line")]
        name: String,
    },
    /// Ends every token of the service accounts of a name.
    RevokeToken {
        #[command(flatten)]
        folder: Folder,
        #[arg(long)]
        name: String,
    },
    /// Publishes a document type of your own from its TOML file; a newer version takes the older one's place.
    PublishType {
        #[command(flatten)]
        folder: Folder,
        file: PathBuf,
    },
    /// Lists jobs that were given up, such as mails that no server took, with their last error.
    DeadJobs {
        #[command(flatten)]
        folder: Folder,
    },
    /// Gives a job that was given up all its attempts again.
    RetryJob {
        #[command(flatten)]
        folder: Folder,
        id: JobId,
    },
    /// Adds a user, whose password is the first line of standard input.
    CreateUser {
        #[command(flatten)]
        folder: Folder,
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        #[arg(long, value_parser = role, value_name = "admin|reviewer|auditor|integrator")]
        role: Role,
    },
}

fn role(text: &str) -> Result<Role, String> {
    text.to_uppercase().parse().map_err(|_| "roles are admin, reviewer, auditor and integrator".to_owned())
}

pub fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    data::block_on(async {
        match arguments.command {
            Command::CreateToken { folder, role, name } => {
                let app = folder.open_existing().await?;
                println!("{}", accounts::create_token(&app, role, &name).await?);
                app.close().await;
            }
            Command::RevokeToken { folder, name } => {
                let app = folder.open_existing().await?;
                accounts::revoke_token(&app, &name).await?;
                app.close().await;
            }
            Command::PublishType { folder, file } => {
                let name = file.display().to_string();
                let source = fs::read_to_string(&file)
                    .map_err(|error| io::Error::new(error.kind(), format!("{name} can't be read: {error}")))?;
                let app = folder.open_existing().await?;
                let (published, version) = types::publish_type(&app, &name, &source).await?;
                println!("published {published} version {version}");
                app.close().await;
            }
            Command::DeadJobs { folder } => {
                let app = folder.open_existing().await?;
                let organization = bundles::organization_of_command(&app, None).await?;
                for job in jobs::list_dead_jobs(&app, organization).await? {
                    println!(
                        "{} {} {} after {} attempts: {}",
                        job.id, job.finished_at, job.kind, job.attempts, job.error
                    );
                }
                app.close().await;
            }
            Command::RetryJob { folder, id } => {
                let app = folder.open_existing().await?;
                let organization = bundles::organization_of_command(&app, None).await?;
                jobs::retry_job(&app, organization, id).await?;
                app.close().await;
            }
            Command::CreateUser { folder, email, name, role } => {
                let app = folder.open_existing().await?;
                let password = io::read_to_string(io::stdin())?;
                let password = password.lines().next().unwrap_or_default();
                accounts::create_user(&app, &email, &name, password, role).await?;
                app.close().await;
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}
