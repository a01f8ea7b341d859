//! `bff serve`: puts the parts together, says when it is ready, stops when it is told.

use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use domain::Service;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::ServeSettings;
use crate::faults;
use crate::hub::{Embedded, trigger};
use crate::keys::Keys;
use crate::services::payment;
use crate::signals::Ending;
use crate::state::{AppState, Wake};
use crate::store::{Truth, Views, cannot_keep};
use crate::tasks::{Tasks, supervise};
use crate::{
    account, archive, clock, dashboard, drift, erasure, import, listener, live, partner, push, replay, reporting,
    roster, sandbox, search, services, web,
};

/// How long open requests, and after them the last words of talks, have to end once the server is told to stop.
const DRAIN_MAX: Duration = Duration::from_secs(3);

/// How often a folder that another server holds is tried.
const TAKE_AGAIN_AFTER: Duration = Duration::from_millis(50);

/// How long a start waits for the services to catch up with what was written.
const SETTLE_MAX: Duration = Duration::from_secs(30);

/// Serves until a signal to stop.
///
/// # Errors
/// A sentence that names the remedy: the folder cannot be written, the port is taken, a certificate cannot be read, the code is
/// not what its manifests say.
pub(crate) async fn run(settings: ServeSettings) -> anyhow::Result<()> {
    roster::check(&web::site())?;
    let listener = bind(settings.addr)?;
    let _lock = take_folder(&settings.data).await?;
    let truth = Truth::open(&settings.data).await?;
    let views = Views::open(&settings.data).await?;
    let keys = Keys::open(&settings.data).await?;
    if !settings.no_demo {
        import::command::demo(&truth, &settings.demo_data).await?;
        account::seed_demo(&truth).await?;
    }
    let stop = CancellationToken::new();
    let mut settings = settings;
    let sandbox = sandbox_beside(&mut settings).await?;
    let provider = payment::provider(&settings)?;
    let vapid = push::vapid::Vapid::of(&keys, settings.push_contact()).await?;
    let settings = Arc::new(settings);
    let talks = TaskTracker::new();
    let hub = Arc::new(Embedded::open(&truth).await?);
    let (wake, tasks) = (Wake::new(), Tasks::default());
    let notice = CancellationToken::new();
    let sightings = Arc::default();
    let stopped = stop.clone();
    let state = AppState {
        truth,
        hub,
        views,
        keys,
        vapid,
        wake,
        tasks,
        settings,
        provider,
        sightings,
        notice,
        stop: stopped,
        talks,
    };
    web::metrics::serve(&state).await?;
    start_tasks(&state);
    let sandbox = sandbox.map(|(beside, door)| {
        tokio::spawn(axum::serve(door, services::payment::router().with_state(state.clone())).into_future());
        beside
    });
    match tokio::time::timeout(SETTLE_MAX, settle(&state)).await {
        Ok(settled) => settled?,
        // Better a server that is behind and says so in its log than one that does not answer.
        Err(_) => tracing::error!("the services have not caught up with what was written; serving all the same"),
    }
    let served = listen(&state, listener).await;
    stop.cancel();
    state.talks.close();
    if tokio::time::timeout(DRAIN_MAX, state.talks.wait()).await.is_err() {
        tracing::warn!(talks = state.talks.len(), "some talks could not be told that the server stops");
    }
    drop(sandbox);
    served
}

/// Starts a sandbox payment provider where one is wanted, and a door of its own for what it tells: the server's may speak TLS
/// with a certificate that only people were told to trust.
async fn sandbox_beside(
    settings: &mut ServeSettings,
) -> anyhow::Result<Option<(sandbox::beside::Beside, tokio::net::TcpListener)>> {
    if !settings.sandbox_payments {
        return Ok(None);
    }
    let door = tokio::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0)).await?;
    let beside = sandbox::beside::start(&settings.data, door.local_addr()?).await?;
    settings.payments = Some(beside.base.clone());
    settings.payments_secret = vec![beside.secret.clone()];
    Ok(Some((beside, door)))
}

/// Takes the address before anything else, so that a second server on it changes nothing.
fn bind(addr: SocketAddr) -> anyhow::Result<TcpListener> {
    let cannot = || format!("cannot listen on {addr}: give a free address, with --addr");
    let listener = TcpListener::bind(addr).with_context(cannot)?;
    listener.set_nonblocking(true).with_context(cannot)?;
    Ok(listener)
}

/// The file by which a running server holds its folder.
const LOCK: &str = "serve.lock";

/// Whether no server runs on the folder: one holds its file as long as it runs.
pub(crate) fn no_server_runs(folder: &Path) -> bool {
    File::open(folder.join(LOCK)).map_or(true, |lock| lock.try_lock().is_ok())
}

/// Takes the folder for this process alone, as long as the file is held: two servers would both follow every fact. One
/// that is just stopping is waited for.
pub(crate) async fn take_folder(folder: &Path) -> anyhow::Result<File> {
    std::fs::create_dir_all(folder).with_context(|| cannot_keep(folder))?;
    let lock = File::create(folder.join(LOCK)).with_context(|| cannot_keep(folder))?;
    let give_up_at = Instant::now() + DRAIN_MAX;
    while let Err(error) = lock.try_lock() {
        if Instant::now() > give_up_at {
            let folder = folder.display();
            return Err(error).with_context(|| {
                format!("another server keeps its data in {folder}: stop it, or give another folder with --data")
            });
        }
        tokio::time::sleep(TAKE_AGAIN_AFTER).await;
    }
    Ok(lock)
}

/// Everything that goes on behind the requests.
fn start_tasks(state: &AppState) {
    let part = |name| (name, state.clone());
    supervise(part("trigger"), trigger::run);
    supervise(part("live"), live::run);
    supervise(part("forget"), live::forget::run);
    supervise(part("clock"), clock::run);
    supervise(part("resubmit"), faults::resubmit::run);
    supervise(part("payment-egress"), payment::egress::run);
    supervise(part("payment-look"), payment::look::run);
    supervise(part("partner-egress"), partner::egress::run);
    supervise(part("push-egress"), push::egress::run);
    supervise(part("erasure"), erasure::run);
    supervise(part("delivery-proofs"), services::delivery::proofs::run);
    supervise(part("replay"), replay::run);
    supervise(part("dashboard"), dashboard::run);
    supervise(part("drift"), drift::run);
    supervise(part("reporting"), reporting::run);
    supervise(part("archive"), archive::run);
    supervise(part("search"), search::run);
    for manifest in services::ALL {
        supervise(part(manifest.service.name()), |state| {
            let reached = state.wake.service(manifest.service).clone();
            listener::run(state, manifest, reached)
        });
    }
}

/// Waits until the feed and the services have heard of everything that was there at the start: who comes back with a
/// cursor then finds it here.
async fn settle(state: &AppState) -> anyhow::Result<()> {
    let head = trigger::settled(state).await?;
    let services = Service::ALL.map(|service| state.wake.service(service));
    for reached in services.into_iter().chain([&state.wake.feed]) {
        reached.subscribe().wait_for(|reached| *reached >= head).await?;
    }
    Ok(())
}

async fn listen(state: &AppState, listener: TcpListener) -> anyhow::Result<()> {
    let settings = &state.settings;
    let handle = Handle::<SocketAddr>::new();
    let ending = Ending::listen().context("cannot listen for the system's word to end")?;
    tokio::spawn(stop_when_told(ending, handle.clone(), state.clone()));
    tokio::spawn(announce(handle.clone(), settings.tls()));
    let app = web::router(state.clone()).into_make_service();
    let served = match (&settings.tls_cert, &settings.tls_key) {
        (Some(cert), Some(key)) => {
            let tls = RustlsConfig::from_pem_file(cert, key).await.context("cannot read the certificate or its key")?;
            axum_server::from_tcp_rustls(listener, tls)?.handle(handle).serve(app).await
        }
        _ => axum_server::from_tcp(listener)?.handle(handle).serve(app).await,
    };
    served.context("the server ended")
}

#[expect(clippy::print_stdout, reason = "the one line that whoever started the server waits for")]
async fn announce(handle: Handle<SocketAddr>, tls: bool) {
    if let Some(address) = handle.listening().await {
        let scheme = if tls { "https" } else { "http" };
        println!("carryout listening on {scheme}://{address}");
    }
}

/// Says so first, where anybody looks, and closes the door when they had time to look, or are told a second time.
async fn stop_when_told(mut ending: Ending, handle: Handle<SocketAddr>, state: AppState) {
    ending.told().await;
    let notice = Duration::from_secs(state.settings.notice_s);
    tracing::info!(notice_s = notice.as_secs(), "stopping");
    state.notice.cancel();
    // Nobody tells it a second time: the time passes.
    let _ = tokio::time::timeout(notice, ending.told()).await;
    state.stop.cancel();
    handle.graceful_shutdown(Some(DRAIN_MAX));
}
