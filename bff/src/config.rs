//! Settings: the command line, each also an environment variable.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use tracing_subscriber::EnvFilter;

/// Food ordering that keeps working with no network: the server.
#[derive(Debug, Parser)]
#[command(version, about)]
pub(crate) struct Cli {
    /// Write the log as JSON, one object a line.
    #[arg(long, env = "CARRYOUT_LOG_JSON", global = true)]
    pub(crate) log_json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the API, the live feed and the app.
    Serve(ServeSettings),
    /// Read restaurants and menus into the catalog.
    Import(ImportSettings),
}

#[derive(Clone, Debug, Args)]
pub(crate) struct ServeSettings {
    /// Where to listen; port 0 takes any free one.
    #[arg(long, env = "CARRYOUT_ADDR", default_value = "127.0.0.1:8080")]
    pub(crate) addr: SocketAddr,
    /// The folder of the databases; made if it is not there.
    #[arg(long, env = "CARRYOUT_DATA", default_value = "data/local")]
    pub(crate) data: PathBuf,
    /// The folder of the built app.
    #[arg(long, env = "CARRYOUT_DIST", default_value = "dist")]
    pub(crate) dist: PathBuf,
    /// Begin with an empty catalog and no demo accounts.
    #[arg(long, env = "CARRYOUT_NO_DEMO")]
    pub(crate) no_demo: bool,
    /// The folder of the demo restaurants.
    #[arg(long, env = "CARRYOUT_DEMO_DATA", default_value = "data/demo")]
    pub(crate) demo_data: PathBuf,
    /// The certificate chain (PEM) to serve TLS with.
    #[arg(long, env = "CARRYOUT_TLS_CERT", requires = "tls_key")]
    pub(crate) tls_cert: Option<PathBuf>,
    /// The private key (PEM) of the certificate.
    #[arg(long, env = "CARRYOUT_TLS_KEY", requires = "tls_cert")]
    pub(crate) tls_key: Option<PathBuf>,
    /// The host by which browsers reach this server, where it is not the address.
    #[arg(long, env = "CARRYOUT_PUBLIC_HOST")]
    pub(crate) public_host: Option<String>,
}

impl ServeSettings {
    /// Whether browsers reach this server by https.
    pub(crate) fn tls(&self) -> bool {
        self.tls_cert.is_some()
    }
}

#[derive(Clone, Debug, Args)]
pub(crate) struct ImportSettings {
    /// The folder of the databases; made if it is not there.
    #[arg(long, env = "CARRYOUT_DATA", default_value = "data/local")]
    pub(crate) data: PathBuf,
    /// Make up this many restaurants instead of reading files.
    #[arg(long, conflicts_with = "files")]
    pub(crate) generate: Option<u32>,
    /// The time zone of restaurants that name none, such as Europe/Berlin.
    #[arg(long)]
    pub(crate) zone: Option<String>,
    /// JSON-LD documents.
    #[arg(required_unless_present = "generate")]
    pub(crate) files: Vec<PathBuf>,
}

/// Begins the log on the error stream; `RUST_LOG` says how much.
pub(crate) fn start_logging(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if json { log.json().init() } else { log.init() }
}
