//! Settings: the command line, each also an environment variable.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use domain::OrderId;
use domain::Service;
use jiff::Timestamp;
use sync::Key;
use tracing_subscriber::EnvFilter;

use crate::hub::Wanted;
use crate::parked::{self, Unit};

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
    /// Write everything that people did into one file; a server may be running.
    Backup(BackupSettings),
    /// Put a backup back in place of what is there, which is kept beside it; no server may be running.
    Restore(RestoreSettings),
    /// What went wrong and nobody would hear of otherwise.
    #[command(subcommand)]
    Faults(FaultsCommand),
    /// What happened, fact by fact: of one order, of some kinds, of some time.
    #[command(args_conflicts_with_subcommands = true)]
    Events {
        #[command(subcommand)]
        command: Option<EventsCommand>,
        #[command(flatten)]
        list: EventsSettings,
    },
    /// Restaurants' own systems, which push menus and are told of orders.
    #[command(subcommand)]
    Partner(PartnerCommand),
    /// A payment provider to try things with: it moves no money.
    SandboxPayments(SandboxSettings),
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
    /// How long the server goes on serving once it is told to stop, in seconds: `/readyz` says no meanwhile, so that a load
    /// balancer sends whoever comes to another one. A second word to stop ends it at once.
    #[arg(long, env = "CARRYOUT_NOTICE_S", default_value_t = 0)]
    pub(crate) notice_s: u64,
    /// How often the orders under way are compared with what every service holds of them, in seconds; also at the start. Never,
    /// where it is 0.
    #[arg(long, env = "CARRYOUT_COMPARE_EVERY_S", default_value_t = 600)]
    pub(crate) compare_every_s: u64,
    /// Where to tell a monitoring system how it goes (`/metrics`, in Prometheus' words); nowhere unless it is said. Whoever
    /// reaches the address may read it.
    #[arg(long, env = "CARRYOUT_METRICS_ADDR")]
    pub(crate) metrics_addr: Option<SocketAddr>,
    /// The host by which browsers reach this server, where it is not the address.
    #[arg(long, env = "CARRYOUT_PUBLIC_HOST")]
    pub(crate) public_host: Option<String>,
    /// Start a sandbox payment provider beside the server, which ends with it; it moves no money.
    #[arg(long, env = "CARRYOUT_SANDBOX_PAYMENTS", conflicts_with = "payments")]
    pub(crate) sandbox_payments: bool,
    /// Who the payment provider is.
    #[arg(long, env = "CARRYOUT_PAYMENTS_KIND", value_enum, default_value_t = PaymentsKind::Sandbox)]
    pub(crate) payments_kind: PaymentsKind,
    /// Where the payment provider is, such as http://127.0.0.1:8089; without one no card can pay. Stripe is known to be at
    /// https://api.stripe.com.
    #[arg(long, env = "CARRYOUT_PAYMENTS", requires = "payments_secret")]
    pub(crate) payments: Option<String>,
    /// What the provider signs its words with; two while one takes the place of another. Better in the environment than on
    /// the command line, which others can read.
    #[arg(long, env = "CARRYOUT_PAYMENTS_SECRET", value_delimiter = ',', hide_env_values = true)]
    pub(crate) payments_secret: Vec<String>,
    /// The secret key by which Stripe knows us; it stands in the environment.
    #[arg(long, env = "CARRYOUT_PAYMENTS_KEY", hide_env_values = true)]
    pub(crate) payments_key: Option<String>,
    /// Whom push services may write to about this server: `mailto:` and an address, or a page. Apple's takes nothing from who
    /// says neither. The public host where there is one.
    #[arg(long, env = "CARRYOUT_PUSH_CONTACT")]
    pub(crate) push_contact: Option<String>,
    /// Let devices name a push service on this very machine, to try things. Never where strangers sign in: what listens on this
    /// machine could then be called by them.
    #[arg(long, env = "CARRYOUT_PUSH_SANDBOX")]
    pub(crate) push_sandbox: bool,
}

/// The payment providers that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PaymentsKind {
    /// `bff sandbox-payments`, which moves no money.
    Sandbox,
    /// Stripe, by its PaymentIntents.
    Stripe,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct SandboxSettings {
    /// Where to listen; port 0 takes any free one.
    #[arg(long, env = "CARRYOUT_SANDBOX_ADDR", default_value = "127.0.0.1:8089")]
    pub(crate) addr: SocketAddr,
    /// The folder of its books; made if it is not there.
    #[arg(long, env = "CARRYOUT_SANDBOX_DATA", default_value = "data/sandbox")]
    pub(crate) data: PathBuf,
    /// Where it tells what became of payments.
    #[arg(long, env = "CARRYOUT_SANDBOX_WEBHOOK", default_value = "http://127.0.0.1:8080/webhooks/payments")]
    pub(crate) webhook: String,
    /// What it signs its words with.
    #[arg(long, env = "CARRYOUT_PAYMENTS_SECRET", hide_env_values = true)]
    pub(crate) secret: String,
    /// End when the standard input does: with whoever started it, however that ends.
    #[arg(long)]
    pub(crate) until_stdin_ends: bool,
    /// How late the late card is, in milliseconds.
    #[arg(long, env = "CARRYOUT_SANDBOX_LATE_MS", default_value_t = 20_000)]
    pub(crate) late_ms: i64,
}

impl ServeSettings {
    /// Whether browsers reach this server by https.
    pub(crate) fn tls(&self) -> bool {
        self.tls_cert.is_some()
    }

    /// Whom push services may write to.
    pub(crate) fn push_contact(&self) -> Option<String> {
        let page = || self.public_host.as_ref().map(|host| format!("https://{host}"));
        self.push_contact.clone().or_else(page)
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

#[derive(Clone, Debug, Args)]
pub(crate) struct BackupSettings {
    /// The folder of the databases.
    #[arg(long, env = "CARRYOUT_DATA", default_value = "data/local")]
    pub(crate) data: PathBuf,
    /// The file to write; it must not be there yet.
    #[arg(long)]
    pub(crate) to: PathBuf,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct RestoreSettings {
    /// The folder of the databases; made if it is not there.
    #[arg(long, env = "CARRYOUT_DATA", default_value = "data/local")]
    pub(crate) data: PathBuf,
    /// The backup.
    #[arg(long)]
    pub(crate) from: PathBuf,
}

#[derive(Clone, Debug, Subcommand)]
pub(crate) enum FaultsCommand {
    /// List them: first what waits to be tried again, by cause, then the latest of all else.
    List {
        /// The folder of the databases.
        #[arg(long, env = "CARRYOUT_DATA", default_value = "data/local")]
        data: PathBuf,
    },
    /// Show one that waits, with what waits behind it.
    Show {
        /// The folder of the databases.
        #[arg(long, env = "CARRYOUT_DATA", default_value = "data/local")]
        data: PathBuf,
        /// Its name in the list, such as ordering/1234.
        fault: Unit,
    },
    /// Try some again: exactly those that wait at this moment, each once.
    Resubmit(ResubmitSettings),
}

#[derive(Clone, Debug, Subcommand)]
pub(crate) enum EventsCommand {
    /// Show one row as it stood at some moment.
    AsOf(AsOfSettings),
    /// Have a service hear facts again that it has heard: what they should have led to and did not is made up for, and
    /// nothing is done twice.
    Replay(ReplaySettings),
}

#[derive(Clone, Debug, Args)]
pub(crate) struct AsOfSettings {
    /// The folder of the databases.
    #[arg(long, env = "CARRYOUT_DATA", default_value = "data/local")]
    pub(crate) data: PathBuf,
    /// Which row, such as ticket/0193c5b0-8b1e-7cc2-9e5a-3f1d6f0a4a11.
    #[arg(value_parser = key)]
    pub(crate) key: Key,
    /// At this moment, such as 2026-11-28T18:00:00Z; now where neither is said.
    #[arg(long, conflicts_with = "position")]
    pub(crate) at: Option<Timestamp>,
    /// When the fact at this position had become true.
    #[arg(long)]
    pub(crate) position: Option<u64>,
}

fn key(text: &str) -> Result<Key, String> {
    let is_key = text.split_once('/').is_some_and(|(kind, id)| !kind.is_empty() && !id.is_empty());
    if is_key {
        Ok(Key(text.to_owned()))
    } else {
        Err(format!("{text:?} names no row: rows have names like menu/ginkgo-ramen"))
    }
}

#[derive(Clone, Debug, Args)]
pub(crate) struct ReplaySettings {
    #[command(flatten)]
    pub(crate) which: Which,
    /// The service: catalog, ordering, kitchen and so on.
    #[arg(long, value_parser = service)]
    pub(crate) to: Service,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

/// How an operator has something done again.
#[derive(Clone, Debug, Args)]
pub(crate) struct Asked {
    /// Only say what would be done.
    #[arg(long)]
    pub(crate) dry: bool,
    /// Who asks; kept with what was asked.
    #[arg(long, env = "USER", default_value = "operator")]
    pub(crate) by: String,
    /// Do not wait until it is over.
    #[arg(long)]
    pub(crate) no_wait: bool,
}

fn service(name: &str) -> Result<Service, String> {
    let names = Service::ALL.map(Service::name).join(", ");
    parked::service_of(name).map_err(|_| format!("{name:?} is no service: they are {names}"))
}

#[derive(Clone, Debug, Args)]
pub(crate) struct EventsSettings {
    #[command(flatten)]
    pub(crate) which: Which,
    /// At most so many, the oldest.
    #[arg(long)]
    pub(crate) limit: Option<u64>,
    /// Whole facts as JSON, one a line. They hold what people wrote.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Which facts, and where they are.
#[derive(Clone, Debug, Args)]
pub(crate) struct Which {
    /// The folder of the databases.
    #[arg(long, env = "CARRYOUT_DATA", default_value = "data/local")]
    pub(crate) data: PathBuf,
    /// Only those that tell of this order, by its id.
    #[arg(long, value_parser = order)]
    pub(crate) order: Option<OrderId>,
    /// Only those of this row, such as menu/ginkgo-ramen.
    #[arg(long, value_parser = key)]
    pub(crate) key: Option<Key>,
    /// Only those of this kind, such as order-submitted; may be given again.
    #[arg(long = "type")]
    pub(crate) kinds: Vec<String>,
    /// Only those from this moment on, such as 2026-11-28T18:00:00Z.
    #[arg(long)]
    pub(crate) from: Option<Timestamp>,
    /// Only those before this moment.
    #[arg(long)]
    pub(crate) until: Option<Timestamp>,
}

impl Which {
    /// As the hub is asked.
    ///
    /// # Errors
    /// A sentence: no moment is in between.
    pub(crate) fn wanted(&self) -> anyhow::Result<Wanted> {
        let Self { order, key, kinds, from, until, .. } = self;
        if let (Some(from), Some(until)) = (from, until) {
            anyhow::ensure!(from < until, "nothing is from {from} on and before {until}: give a later --until");
        }
        let millis = |at: &Option<Timestamp>| at.map(Timestamp::as_millisecond);
        let (key, kinds) = (key.clone(), kinds.clone());
        Ok(Wanted { order: *order, key, kinds, from: millis(from), until: millis(until), after: None })
    }
}

fn order(text: &str) -> Result<OrderId, String> {
    text.parse()
        .map(OrderId)
        .map_err(|_| format!("{text:?} is no order's id: it is the last part of the order's address"))
}

#[derive(Clone, Debug, Args)]
#[command(group(ArgGroup::new("which").required(true).args(["faults", "cause", "all"])))]
pub(crate) struct ResubmitSettings {
    /// The folder of the databases.
    #[arg(long, env = "CARRYOUT_DATA", default_value = "data/local")]
    pub(crate) data: PathBuf,
    /// Their names in the list, such as ordering/1234.
    pub(crate) faults: Vec<Unit>,
    /// All with this cause, as the list shows it between quotes.
    #[arg(long)]
    pub(crate) cause: Option<String>,
    /// All of them.
    #[arg(long)]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

#[derive(Clone, Debug, Subcommand)]
pub(crate) enum PartnerCommand {
    /// Add one; its key and its secret are shown once.
    Add(PartnerAddSettings),
    /// List them.
    List {
        /// The folder of the databases.
        #[arg(long, env = "CARRYOUT_DATA", default_value = "data/local")]
        data: PathBuf,
    },
    /// Begin a new secret, which signs beside the one in force.
    Rotate {
        /// The folder of the databases.
        #[arg(long, env = "CARRYOUT_DATA", default_value = "data/local")]
        data: PathBuf,
        /// Its id in the list.
        partner: String,
        /// Put a new key in place of the one in force.
        #[arg(long, conflicts_with = "end")]
        key: bool,
        /// End the older of two secrets.
        #[arg(long)]
        end: bool,
    },
    /// Tell one nothing for now; what happens is noted.
    Pause {
        /// The folder of the databases.
        #[arg(long, env = "CARRYOUT_DATA", default_value = "data/local")]
        data: PathBuf,
        /// Its id in the list.
        partner: String,
    },
    /// Tell one again, and first what was noted meanwhile.
    Resume {
        /// The folder of the databases.
        #[arg(long, env = "CARRYOUT_DATA", default_value = "data/local")]
        data: PathBuf,
        /// Its id in the list.
        partner: String,
    },
    /// Remove one, with what was noted for it.
    Remove {
        /// The folder of the databases.
        #[arg(long, env = "CARRYOUT_DATA", default_value = "data/local")]
        data: PathBuf,
        /// Its id in the list.
        partner: String,
    },
    /// What they were told, or are to be, the oldest first, with every try.
    Deliveries(PartnerDeliveriesSettings),
    /// Send deliveries again: the same event under the same id.
    Redeliver {
        /// The folder of the databases.
        #[arg(long, env = "CARRYOUT_DATA", default_value = "data/local")]
        data: PathBuf,
        /// Their names in the list.
        #[arg(required = true)]
        deliveries: Vec<String>,
    },
}

#[derive(Clone, Debug, Args)]
pub(crate) struct PartnerAddSettings {
    /// The folder of the databases.
    #[arg(long, env = "CARRYOUT_DATA", default_value = "data/local")]
    pub(crate) data: PathBuf,
    /// Whose system it is, such as ginkgo-ramen.
    #[arg(long)]
    pub(crate) restaurant: String,
    /// Where it is told of orders, by https.
    #[arg(long)]
    pub(crate) url: String,
    /// What it is called in the list; the restaurant's id where nobody says.
    #[arg(long)]
    pub(crate) name: Option<String>,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct PartnerDeliveriesSettings {
    /// The folder of the databases.
    #[arg(long, env = "CARRYOUT_DATA", default_value = "data/local")]
    pub(crate) data: PathBuf,
    /// Only what this one is told.
    #[arg(long)]
    pub(crate) partner: Option<String>,
    /// Only what was not delivered.
    #[arg(long)]
    pub(crate) open: bool,
    /// Only what comes after this place, as the end of a list says it.
    #[arg(long, default_value_t = 0)]
    pub(crate) after: i64,
    /// At most so many.
    #[arg(long, default_value_t = 100)]
    pub(crate) limit: u32,
}

/// Begins the log on the error stream; `RUST_LOG` says how much.
pub(crate) fn start_logging(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if json { log.json().init() } else { log.init() }
}
