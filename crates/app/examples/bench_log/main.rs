//! Measures the write path of the log on one database; each measurement is one line of JSON. `bench/audit/run.py` runs
//! it on both databases and makes a table.
//!
//! usage: bench_log FOLDER DATABASE_URL drain EVENTS LOGS PROCESSES | units SECONDS WRITERS | help-drain LOGS

use std::{
    error::Error,
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use app::{App, Clock, KeySettings, Settings, bench};

type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let [folder, database_url, command @ ..] = words.as_slice() else { return Err(USAGE.into()) };
    let folder = Path::new(folder);
    fs::create_dir_all(folder)?;
    migrations::run(database_url).await?;
    match command {
        ["drain", events, logs, processes] => {
            drain(folder, database_url, events.parse()?, logs.parse()?, processes.parse()?).await
        }
        ["help-drain", logs] => help_drain(folder, database_url, logs.parse()?).await,
        ["units", seconds, writers] => units(folder, database_url, seconds.parse()?, writers.parse()?).await,
        _ => Err(USAGE.into()),
    }
}

const USAGE: &str =
    "usage: bench_log FOLDER DATABASE_URL drain EVENTS LOGS PROCESSES | units SECONDS WRITERS | help-drain LOGS";

async fn open(folder: &Path, database_url: &str) -> Outcome<App> {
    Ok(App::open(Settings {
        database_url: database_url.to_owned(),
        database_connections: 8,
        data: folder.to_owned(),
        host: None,
        keys: KeySettings::default(),
        checkpointer: true,
        node: format!("bench-{}", std::process::id()),
        pack: None,
        readers: 1,
        reader_threads: 1,
        decoder: pages::child::Decoder {
            program: PathBuf::from("/nonexistent"),
            args: vec![],
            limits: pages::Limits::default(),
        },
        upload_bytes: 1_000_000,
        lease_seconds: 900,
        job_lease_seconds: 60,
        job_attempts: 3,
        checkpoint_millis: 1_000,
        scrub_pause_millis: 200,
        session_hours: 12,
        record_views: app::privacy::RecordViews::default(),
        statement_seconds: 600,
        statement_wait_millis: 200,
        mail: None,
        clock: Clock::system(),
    })
    .await?)
}

fn names(logs: usize) -> Vec<String> {
    (1..=logs).map(|number| format!("log {number} of {logs}")).collect()
}

async fn drain(folder: &Path, database_url: &str, events: usize, logs: usize, processes: usize) -> Outcome<()> {
    let app = open(folder, database_url).await?;
    let mut organizations = Vec::new();
    for name in names(logs) {
        let organization = bench::make_organization(&app, &name).await?;
        bench::preload(&app, organization, events / logs).await?;
        organizations.push(organization);
    }
    let program = std::env::current_exe()?;
    let begun = Instant::now();
    let mut helpers = Vec::new();
    for _ in 1..processes {
        let arguments = [folder.display().to_string(), database_url.to_owned(), "help-drain".into(), logs.to_string()];
        helpers.push(Command::new(&program).args(arguments).stdout(Stdio::piped()).spawn()?);
    }
    let (own, _) = bench::drain(&app, &organizations).await?;
    let mut placed = vec![own];
    for helper in helpers {
        let output = helper.wait_with_output()?;
        placed.push(String::from_utf8(output.stdout)?.trim().parse()?);
    }
    let seconds = begun.elapsed().as_secs_f64();
    let total: u64 = placed.iter().sum();
    let rate = total as f64 / seconds;
    println!(
        r#"{{"drain":{total},"logs":{logs},"by_process":{placed:?},"seconds":{seconds:.3},"per_second":{rate:.0}}}"#
    );
    for verified in app::log::verify_logs(&app).await?? {
        if verified.size > 1 {
            eprintln!("holds: {} {}", verified.origin, verified.size);
        }
    }
    Ok(())
}

/// One more process at the same logs.
async fn help_drain(folder: &Path, database_url: &str, logs: usize) -> Outcome<()> {
    let app = open(folder, database_url).await?;
    let organizations = bench::find_organizations(&app, &names(logs)).await?;
    println!("{}", bench::drain(&app, &organizations).await?.0);
    Ok(())
}

async fn units(folder: &Path, database_url: &str, seconds: u64, writers: usize) -> Outcome<()> {
    let limit = fsyncs(folder, Duration::from_secs(2))?;
    let app = open(folder, database_url).await?;
    let organization = bench::make_organization(&app, "units").await?;
    let (stop, stopping) = tokio::sync::watch::channel(false);
    let running = tokio::spawn({
        let app = app.clone();
        async move { app.run(stopping).await }
    });
    let rate = bench::commit_units(&app, organization, writers, Duration::from_secs(seconds)).await?;
    stop.send(true)?;
    running.await?;
    let bench::Waits { sequenced_p99, signed_p99, leaves } = bench::waits(&app, organization).await?;
    println!(
        r#"{{"units_per_second":{rate:.0},"writers":{writers},"fsyncs_per_second":{limit:.0},"leaves":{leaves},"sequenced_p99_ms":{sequenced_p99},"signed_p99_ms":{signed_p99}}}"#
    );
    Ok(())
}

/// Pages of 4 KiB that are written and synced one by one, a second: what a commit can't be quicker than.
fn fsyncs(folder: &Path, lasting: Duration) -> Outcome<f64> {
    let path = folder.join("fsync");
    let (mut file, page) = (File::create(&path)?, [1; 4_096]);
    let (begun, mut count) = (Instant::now(), 0_u32);
    while begun.elapsed() < lasting {
        file.write_all(&page)?;
        file.sync_data()?;
        count += 1;
    }
    let rate = f64::from(count) / begun.elapsed().as_secs_f64();
    fs::remove_file(path)?;
    Ok(rate)
}
