//! A device: one tab's client, and a disk that keeps what was written to it and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use domain::trade::Trade;
use sync::cache::{CacheWrite, Mark, StoredRow};
use sync::client::{Client, Kept};
use sync::outbox::Record;
use sync::{Actor, CommandId, DeviceId, Key, Millis};

/// What survives a crash.
#[derive(Clone, Default)]
pub struct Disk {
    /// The outbox.
    pub records: BTreeMap<CommandId, Record<Trade>>,
    /// The device's count of acts.
    pub counter: u64,
    /// The cache.
    pub rows: BTreeMap<Key, StoredRow>,
    /// How far the cache was read.
    pub mark: Mark,
}

/// One person's device.
pub struct Device {
    /// Its name.
    pub id: DeviceId,
    /// Its person.
    pub actor: Actor,
    /// What survives.
    pub disk: Disk,
    /// What does not.
    pub client: Client<Trade>,
    /// How wrong its clock is, in milliseconds.
    pub skew: Millis,
    /// How often it was started; what was under way before is not heard after.
    pub life: u64,
    /// Its sockets so far; what an older one says is not heard.
    pub link: u64,
    /// Whether the newest socket is open.
    pub linked: bool,
    /// Whether the network between it and the server is cut.
    pub parted: bool,
    /// Acts that its screen has called saved.
    pub shown_saved: BTreeSet<CommandId>,
    /// When the last thing on its socket arrives, so that nothing overtakes.
    pub socket_until: Millis,
    /// When its last write is durable; writes are made in their order.
    pub disk_until: Millis,
}

impl Device {
    /// A new device.
    pub fn new(id: DeviceId, actor: Actor, skew: Millis, seed: u64, now: Millis) -> Self {
        let disk = Disk::default();
        let client = start(id, &actor, &disk, seed, now + skew);
        Self {
            id,
            actor,
            disk,
            client,
            skew,
            life: 0,
            link: 0,
            linked: false,
            parted: false,
            shown_saved: BTreeSet::new(),
            socket_until: 0,
            disk_until: 0,
        }
    }

    /// The device starts again with what is on its disk.
    pub fn restart(&mut self, seed: u64, now: Millis) {
        self.life += 1;
        self.link += 1;
        self.linked = false;
        self.client = start(self.id, &self.actor, &self.disk, seed, now + self.skew);
    }

    /// The disk keeps what a frame changed.
    pub fn keep_rows(&mut self, write: CacheWrite) {
        for key in write.removes {
            self.disk.rows.remove(&key);
        }
        for row in write.puts {
            self.disk.rows.insert(row.key.clone(), row);
        }
        self.disk.mark = write.mark;
    }
}

fn start(id: DeviceId, actor: &Actor, disk: &Disk, seed: u64, now: Millis) -> Client<Trade> {
    let kept = Kept {
        device: id,
        actor: Some(actor.clone()),
        records: disk.records.values().cloned().collect(),
        rows: disk.rows.values().cloned().collect(),
        mark: disk.mark.clone(),
    };
    Client::new(kept, Box::new(|_, _| Some(0)), seed, now)
}
