//! `countersign serve`: everything in one process.

use std::{
    fs::OpenOptions,
    io::{self, Write},
    net::SocketAddr,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    process::ExitCode,
    time::Duration,
};

use actix_web::{HttpServer, middleware::from_fn, web};
use app::{App, accounts::FirstLogin};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
};
use tracing_actix_web::TracingLogger;

use crate::{
    config::Config,
    data::{self, Error, Folder},
    graphql::trusted::Trusted,
    http::{self, outermost, problem::Problem},
    telemetry,
};

/// Starts the server: web page, GraphQL, uploads, reading and the audit log.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    folder: Folder,
    /// Address and port; port 0 takes a free one [default: 127.0.0.1:8080].
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
}

const FIRST_LOGIN: &str = "first-login.txt";

/// What every request can reach.
pub struct Server {
    pub app: App,
    pub schema: schema::Schema,
    pub limits: schema::cost::Limits,
    pub trusted: Trusted,
    pub config: Config,
    pub metrics: PrometheusHandle,
    /// True from the moment that the server is to stop.
    pub stopping: watch::Receiver<bool>,
}

pub fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut config = arguments.folder.config()?;
    if let Some(listen) = arguments.listen {
        config.listen = listen;
    }
    telemetry::start_log(&config)?;
    let metrics = telemetry::start_metrics()?;
    let trusted = Trusted::built_in()?;
    data::block_on(serve(arguments.folder, config, metrics, trusted))?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(folder: Folder, config: Config, metrics: PrometheusHandle, trusted: Trusted) -> Result<(), Error> {
    let app = folder.open(&config, true).await?;
    if let Some(login) = app::accounts::create_first_admin(&app, |login| keep_first_login(&folder.data, login)).await? {
        println!("First login, shown once and kept in {}:", folder.data.join(FIRST_LOGIN).display());
        println!("email: {}\npassword: {}", login.email, login.password);
    }
    if app.settings().pack.is_none() {
        tracing::warn!("no OCR pack: documents can be taken in, but not read; set `pack` or COUNTERSIGN_PACK");
    }
    tracing::info!(documents = trusted.len(), "trusted documents of the page");
    let (stop, stopping) = watch::channel(false);
    let server = web::Data::new(Server {
        app: app.clone(),
        schema: schema::build(),
        limits: schema::cost::Limits {
            query_bytes: config.query_bytes,
            cost: config.query_cost,
            depth: config.query_depth,
        },
        trusted,
        config: config.clone(),
        metrics,
        stopping: stopping.clone(),
    });
    let (listening, address) = listen(server, &config)?;
    let handle = listening.handle();
    let listening = tokio::spawn(listening);
    // Requests may still write while they drain, so the log and the jobs stop after them.
    let (stop_work, work_stopping) = watch::channel(false);
    let work = tokio::spawn({
        let app = app.clone();
        async move { app.run(work_stopping).await }
    });
    println!("Countersign is at http://localhost:{}", address.port());
    io::stdout().flush()?;

    stop_signal().await?;
    tracing::info!("stopping");
    stop.send_replace(true);
    handle.stop(true).await;
    listening.await.map_err(io::Error::other)??;
    stop_work.send_replace(true);
    work.await.map_err(io::Error::other)?;
    app.close().await;
    Ok(())
}

fn listen(server: web::Data<Server>, config: &Config) -> io::Result<(actix_web::dev::Server, SocketAddr)> {
    let (graphiql, json_bytes) = (config.graphiql, config.json_bytes);
    let listening = HttpServer::new(move || {
        actix_web::App::new()
            .app_data(server.clone())
            .app_data(web::JsonConfig::default().limit(json_bytes).error_handler(|error, _| {
                let status = actix_web::ResponseError::status_code(&error);
                Problem::new(status, "BODY_INVALID", error.to_string()).into()
            }))
            .configure(http::routes(graphiql))
            .wrap(from_fn(outermost::finish))
            .wrap(TracingLogger::<outermost::RequestSpan>::new())
    })
    .workers(config.http_threads)
    .max_connections(config.connections)
    .client_request_timeout(Duration::from_secs(config.head_seconds))
    .keep_alive(Duration::from_secs(config.keep_alive_seconds))
    .shutdown_timeout(config.shutdown_seconds)
    .disable_signals()
    .bind(config.listen)?;
    let address = listening.addrs().first().copied().unwrap_or(config.listen);
    Ok((listening.run(), address))
}

async fn stop_signal() -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

/// In a file that only its owner can read.
fn keep_first_login(data: &Path, login: &FirstLogin) -> io::Result<()> {
    let path = data.join(FIRST_LOGIN);
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    writeln!(file, "email: {}\npassword: {}", login.email, login.password)?;
    file.sync_all()
}
