//! What every handler and every task holds.

use std::sync::Arc;

use domain::Service;
use serde::Serialize;
use sync::{Epoch, Millis, Position};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::ServeSettings;
use crate::hub::Hub;
use crate::keys::Keys;
use crate::push::vapid::Vapid;
use crate::services::delivery::sightings::Sightings;
use crate::services::payment::provider::Provider;
use crate::store::{Truth, Views};
use crate::tasks::Tasks;

/// Handles to the server's parts; cheap to clone.
#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) truth: Truth,
    /// Where the services hear of each other.
    pub(crate) hub: Arc<dyn Hub>,
    pub(crate) views: Views,
    /// What texts about people are sealed with.
    pub(crate) keys: Keys,
    /// By which push services know this server.
    pub(crate) vapid: Vapid,
    pub(crate) wake: Wake,
    /// How the server's own tasks go.
    pub(crate) tasks: Tasks,
    pub(crate) settings: Arc<ServeSettings>,
    /// Who has the customers' money; without one no card can pay.
    pub(crate) provider: Option<Arc<dyn Provider>>,
    /// Where drivers said that they are.
    pub(crate) sightings: Arc<Sightings>,
    /// The server was told to stop, and serves for a while yet.
    pub(crate) notice: CancellationToken,
    /// Ends every task and every talk.
    pub(crate) stop: CancellationToken,
    /// Counts the talks over sockets: a connection that became a socket is none of the web server's any more, so it does not
    /// wait for them when it stops.
    pub(crate) talks: TaskTracker,
}

impl AppState {
    /// The history that this server writes.
    pub(crate) fn epoch(&self) -> Epoch {
        self.truth.epoch()
    }
}

/// What a comparison of all orders with what services hold of them came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Compared {
    /// When it ended; none before the first.
    pub(crate) at: Option<Millis>,
    /// How many orders were compared.
    pub(crate) orders: usize,
    /// In how many of them something differed, and was mended.
    pub(crate) differed: usize,
}

/// Wake-ups inside the process: each tells how far something has come, and is a hint only; what is true is in the store.
#[derive(Clone)]
pub(crate) struct Wake {
    /// How far the change log is in the hub.
    pub(crate) published: Arc<watch::Sender<Position>>,
    /// How far each service has read the hub, and with it its copies of others' rows.
    services: [Arc<watch::Sender<Position>>; Service::ALL.len()],
    /// The feed's head.
    pub(crate) feed: Arc<watch::Sender<Position>>,
    /// How far the reports' books have come.
    pub(crate) reporting: Arc<watch::Sender<Position>>,
    /// How far the archive has.
    pub(crate) archive: Arc<watch::Sender<Position>>,
    /// The last time that all orders were compared with what services hold of them.
    pub(crate) compared: Arc<watch::Sender<Compared>>,
    /// Something failed and began again, or was tried again: what services hold may differ.
    pub(crate) gap: Arc<Notify>,
    /// The provider may hold money that is to be looked for.
    pub(crate) look: Arc<Notify>,
}

impl Wake {
    /// Nothing has come anywhere yet.
    pub(crate) fn new() -> Self {
        let begin = || Arc::new(watch::Sender::new(Position(0)));
        Self {
            published: begin(),
            services: Service::ALL.map(|_| begin()),
            feed: begin(),
            reporting: begin(),
            archive: begin(),
            compared: Arc::default(),
            gap: Arc::default(),
            look: Arc::default(),
        }
    }

    /// How far `service` has read the hub.
    pub(crate) fn service(&self, service: Service) -> &Arc<watch::Sender<Position>> {
        &self.services[service as usize]
    }
}

/// The server's clock.
pub(crate) fn now() -> Millis {
    jiff::Timestamp::now().as_millisecond()
}
