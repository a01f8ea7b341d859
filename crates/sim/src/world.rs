//! The loop of events, the network, and the storm.

use std::collections::{BTreeMap, BTreeSet};

use domain::trade::{Command, Trade};
use flow::feed::Talk;
use sync::cache::CacheWrite;
use sync::client::{Client, Output, SendError};
use sync::outbox::{Draft, Record, lane_end};
use sync::protocol::{BEAT_MS, Hello, ServerMessage};
use sync::{Act, CommandId, DeviceId, Epoch, Millis};
use uuid::Uuid;

use crate::chance::Chance;
use crate::check;
use crate::device::Device;
use crate::people;
use crate::report::{Failure, Report};
use crate::server::Server;

/// How long the storm lasts, in milliseconds of virtual time.
const STORM_MS: Millis = 60_000;

/// How long after the storm everything must be quiet, in milliseconds of virtual time: every retry has come round a few
/// times.
const CALM_MS_MAX: Millis = 240_000;

/// How often somebody does something during the storm, in milliseconds, at most and on average half of it.
const ACT_EVERY_MS: u64 = 1_500;

enum Event {
    Wake { device: usize, life: u64 },
    Acts { device: usize },
    Appended { device: usize, life: u64, draft: Box<Draft<Trade>> },
    OutboxStored { device: usize, life: u64, records: Vec<Record<Trade>> },
    CacheStored { device: usize, life: u64, write: Box<CacheWrite> },
    Request { device: usize, life: u64, turn: u64, body: String },
    Answer { device: usize, life: u64, turn: u64, answer: Result<String, SendError> },
    Probed { device: usize, life: u64, reached: bool },
    LinkOpened { device: usize, link: u64 },
    LinkClosed { device: usize, link: u64 },
    Greeted { device: usize, link: u64, hello: String },
    Said { device: usize, link: u64, message: String },
    ServerWorks { life: u64 },
    ServerStarts,
    Beat,
    Trouble,
    Reunited { device: usize },
}

/// A simulated system.
pub struct World {
    /// Chance.
    chance: Chance,
    /// The server's clock, which is right.
    pub now: Millis,
    /// The server.
    pub server: Server,
    server_up: bool,
    server_life: u64,
    works_at: Option<Millis>,
    /// The devices.
    pub devices: Vec<Device>,
    talks: BTreeMap<usize, (u64, Talk)>,
    /// Sockets that are open and say nothing.
    silent: BTreeSet<(usize, u64)>,
    queue: BTreeMap<(Millis, u64), Event>,
    queued: u64,
    stormy: bool,
    report: Report,
}

/// Runs one world from `seed`: a storm, then calm, then every promise is checked.
///
/// # Errors
/// The promise that did not hold.
pub fn run(seed: u64) -> Result<Report, Failure> {
    let fail = |what: String| Failure { seed, what };
    let mut world = World::new(seed);
    world.storm();
    world.calm().map_err(fail)?;
    check::all(&mut world).map_err(fail)?;
    world.report.orders = world.server.truth.rows.keys().filter(|key| key.kind() == "order").count() as u64;
    Ok(world.report)
}

impl World {
    fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        // Saturday 2026-11-21, 12:00 UTC.
        let now = 1_795_262_400_000;
        let server = Server::new(Epoch(Uuid::from_u128(1)), people::town(), now);
        let devices = people::people().into_iter().enumerate().map(|(index, actor)| {
            // A day either way, for one device in three.
            let skew = if chance.once_in(3) { chance.ms(0, 172_800_000) - 86_400_000 } else { 0 };
            Device::new(DeviceId(Uuid::from_u128(100 + index as u128)), actor, skew, chance.seed(), now)
        });
        let devices = devices.collect();
        Self {
            chance,
            now,
            server,
            server_up: true,
            server_life: 0,
            works_at: None,
            devices,
            talks: BTreeMap::new(),
            silent: BTreeSet::new(),
            queue: BTreeMap::new(),
            queued: 0,
            stormy: true,
            report: Report::default(),
        }
    }

    fn storm(&mut self) {
        let end = self.now + STORM_MS;
        for device in 0..self.devices.len() {
            self.told(device, Client::lead);
            self.at(ms(device) + 500, Event::Acts { device });
        }
        self.at(0, Event::Beat);
        self.at(1_000, Event::Trouble);
        while self.step_before(end) {}
        self.now = end;
    }

    /// Heals everything, lets people settle their inboxes, and runs until nothing is under way.
    fn calm(&mut self) -> Result<(), String> {
        self.stormy = false;
        self.silent.clear();
        if !self.server_up {
            self.start_server();
        }
        for device in 0..self.devices.len() {
            self.devices[device].parted = false;
            self.told(device, |client, now| client.network(true, now));
        }
        let end = self.now + CALM_MS_MAX;
        let mut settled = false;
        while self.step_before(end) {
            if self.is_quiet() {
                if settled && self.inboxes_are_empty() {
                    return Ok(());
                }
                settled = true;
                self.settle_inboxes();
            }
        }
        Err(format!("not quiet {} s after the storm: {}", CALM_MS_MAX / 1000, check::unrest(self)))
    }

    fn inboxes_are_empty(&self) -> bool {
        self.devices.iter().all(|device| device.client.cache().inbox().is_empty())
    }

    /// Whether nothing is under way anywhere.
    fn is_quiet(&mut self) -> bool {
        let busy =
            |event: &Event| !matches!(event, Event::Wake { .. } | Event::Beat | Event::Trouble | Event::Acts { .. });
        let head = self.server.views.read;
        let at_rest = self.devices.iter().all(|device| {
            let account = &device.actor.account;
            let here = device.client.cache().mark().cursor.map(|cursor| cursor.position);
            let waiting = device.client.outbox().waiting(account) + device.client.outbox().unsettled(account).len();
            waiting == 0 && here == Some(head)
        });
        at_rest && head.0 == self.server.truth.hub.len() as u64 && !self.queue.values().any(busy)
    }

    fn settle_inboxes(&mut self) {
        for device in 0..self.devices.len() {
            let client = &self.devices[device].client;
            let items: Vec<_> = client.cache().inbox().into_iter().cloned().collect();
            for item in items {
                if self.devices[device].client.choice_made(item.id).is_none() {
                    self.acts(device, Act::Dismiss, Some(item.id));
                }
            }
        }
    }

    // ---- the queue -----------------------------------------------------------------------------------------------

    fn at(&mut self, delay: Millis, event: Event) {
        self.queued += 1;
        self.queue.insert((self.now + delay.max(0), self.queued), event);
    }

    fn step_before(&mut self, end: Millis) -> bool {
        match self.queue.first_key_value() {
            Some(((at, _), _)) if *at <= end => {}
            _ => return false,
        }
        let ((at, _), event) = self.queue.pop_first().expect("there is a first");
        self.now = self.now.max(at);
        self.report.steps += 1;
        self.happens(event);
        true
    }

    fn happens(&mut self, event: Event) {
        match event {
            Event::Wake { device, life } if life == self.devices[device].life => self.told(device, Client::tick),
            Event::Acts { device } => self.somebody_acts(device),
            Event::Appended { device, life, draft } if life == self.devices[device].life => {
                self.appended(device, *draft);
            }
            Event::OutboxStored { device, life, records } if life == self.devices[device].life => {
                for record in records {
                    self.devices[device].disk.records.insert(record.id, record);
                }
                self.told(device, |client, now| client.stored(true, now));
            }
            Event::CacheStored { device, life, write } if life == self.devices[device].life => {
                self.devices[device].keep_rows(*write);
            }
            Event::Appended { .. } | Event::OutboxStored { .. } | Event::CacheStored { .. } => {
                self.report.faults.writes_lost += 1;
            }
            Event::Request { device, life, turn, body } => self.request(device, life, turn, &body),
            Event::Answer { device, life, turn, answer } if life == self.devices[device].life => {
                let answer = answer.map(|json| serde_json::from_str(&json).expect("answers are read back"));
                self.told(device, |client, now| client.answered(turn, answer, now));
            }
            Event::Probed { device, life, reached } if life == self.devices[device].life => {
                self.told(device, |client, now| client.probed(reached, now));
            }
            Event::LinkOpened { device, link } if link == self.devices[device].link => {
                self.devices[device].linked = true;
                self.told(device, Client::link_opened);
            }
            Event::LinkClosed { device, link } if link == self.devices[device].link => {
                self.devices[device].linked = false;
                self.told(device, Client::link_closed);
            }
            Event::Greeted { device, link, hello } => self.greeted(device, link, &hello),
            Event::Said { device, link, message } if link == self.devices[device].link => {
                let message: ServerMessage<Trade> = serde_json::from_str(&message).expect("words are read back");
                self.told(device, |client, now| client.heard(message, now));
            }
            Event::ServerWorks { life } if life == self.server_life => self.server_works(),
            Event::ServerStarts if !self.server_up => self.start_server(),
            Event::Beat => self.beat(),
            Event::Trouble if self.stormy => self.trouble(),
            Event::Reunited { device } => self.devices[device].parted = false,
            _ => {}
        }
    }

    // ---- devices -------------------------------------------------------------------------------------------------

    fn told(&mut self, index: usize, tell: impl FnOnce(&mut Client<Trade>, Millis)) {
        let device = &mut self.devices[index];
        tell(&mut device.client, self.now + device.skew);
        let outputs: Vec<_> = std::iter::from_fn(|| device.client.poll()).collect();
        let (life, skew) = (device.life, device.skew);
        for output in outputs {
            match output {
                Output::StoreOutbox(records) => {
                    let delay = self.disk_delay(index);
                    self.at(delay, Event::OutboxStored { device: index, life, records });
                }
                Output::PruneOutbox(ids) => self.devices[index].disk.records.retain(|id, _| !ids.contains(id)),
                Output::StoreCache(write) => {
                    let delay = self.disk_delay(index);
                    self.at(delay, Event::CacheStored { device: index, life, write: Box::new(write) });
                }
                Output::Post(turn, batch) => {
                    let body = serde_json::to_string(&batch).expect("a batch is plain data");
                    self.post(index, turn, body);
                }
                Output::Probe => {
                    let reached = self.server_up && !self.devices[index].parted;
                    let delay = self.chance.ms(2, 200);
                    self.at(delay, Event::Probed { device: index, life, reached });
                }
                Output::OpenLink => self.open_link(index),
                Output::SendHello(hello) => {
                    let (device, link) = (index, self.devices[index].link);
                    let hello = serde_json::to_string(&hello).expect("a hello is plain data");
                    let delay = self.chance.ms(1, 80);
                    if !self.devices[index].parted {
                        self.at(delay, Event::Greeted { device, link, hello });
                    }
                }
                Output::CloseLink => {
                    self.devices[index].link += 1;
                    self.devices[index].linked = false;
                    self.talks.remove(&index);
                }
                Output::WakeAt(at) => self.at(at - skew - self.now, Event::Wake { device: index, life }),
                Output::Changed(_) => {}
            }
        }
    }

    /// A disk writes in the order in which it was asked.
    fn disk_delay(&mut self, device: usize) -> Millis {
        let delay = if self.chance.once_in(8) { self.chance.ms(0, 150) } else { self.chance.ms(0, 6) };
        let until = (self.now + delay).max(self.devices[device].disk_until);
        self.devices[device].disk_until = until;
        until - self.now
    }

    fn somebody_acts(&mut self, device: usize) {
        if !self.stormy {
            return;
        }
        let next = self.chance.ms(100, ACT_EVERY_MS);
        self.at(next, Event::Acts { device });
        let act = people::next_act(&self.devices[device].client, &mut self.chance, self.now);
        if let Some((act, resolves)) = act {
            self.acts(device, act, resolves);
        }
    }

    fn acts(&mut self, index: usize, act: Act<Command>, resolves: Option<CommandId>) {
        let id = CommandId(self.chance.uuid(self.now));
        let device = &self.devices[index];
        let life = device.life;
        let Ok(draft) = device.client.act(id, act, resolves, self.now + device.skew) else { return };
        let delay = self.disk_delay(index);
        self.at(delay, Event::Appended { device: index, life, draft: Box::new(draft) });
    }

    /// One transaction of the device's disk: number, predecessor and record.
    fn appended(&mut self, index: usize, draft: Draft<Trade>) {
        let disk = &mut self.devices[index].disk;
        let before = lane_end(disk.records.values(), &draft);
        let Ok(record) = draft.seal(disk.counter + 1, before) else { return };
        disk.counter += 1;
        disk.records.insert(record.id, record.clone());
        self.devices[index].shown_saved.insert(record.id);
        self.report.acts += 1;
        self.told(index, |client, now| client.saved(record, now));
    }

    // ---- requests ------------------------------------------------------------------------------------------------

    fn post(&mut self, device: usize, turn: u64, body: String) {
        let life = self.devices[device].life;
        let delay = self.chance.ms(1, 120);
        if self.devices[device].parted || (self.stormy && self.chance.once_in(12)) {
            self.report.faults.requests_lost += 1;
            return;
        }
        if self.stormy && self.chance.once_in(15) {
            self.report.faults.requests_doubled += 1;
            let later = delay + self.chance.ms(0, 3_000);
            self.at(later, Event::Request { device, life, turn, body: body.clone() });
        }
        self.at(delay, Event::Request { device, life, turn, body });
    }

    fn request(&mut self, device: usize, life: u64, turn: u64, body: &str) {
        let delay = self.chance.ms(1, 120);
        if !self.server_up {
            let lost = Err(SendError::Lost { retry_after_ms: None });
            return self.at(delay, Event::Answer { device, life, turn, answer: lost });
        }
        let actor = self.devices[device].actor.clone();
        let answer = self.server.post(body, &actor, self.now);
        self.wake_server();
        if self.stormy && self.chance.once_in(60) {
            self.report.faults.crashes_before_answer += 1;
            return self.crash_server();
        }
        if self.devices[device].parted || (self.stormy && self.chance.once_in(10)) {
            self.report.faults.answers_lost += 1;
            return;
        }
        let problem =
            |(status, slug): (u16, &str)| SendError::Problem { status, slug: slug.to_owned(), retry_after_ms: None };
        self.at(delay, Event::Answer { device, life, turn, answer: answer.map_err(problem) });
    }

    // ---- sockets -------------------------------------------------------------------------------------------------

    fn open_link(&mut self, device: usize) {
        self.devices[device].link += 1;
        self.devices[device].linked = false;
        let link = self.devices[device].link;
        let delay = self.chance.ms(1, 80);
        // One socket in a few does not pass although requests do: a proxy on the way knows no WebSocket.
        let passes = !(self.stormy && self.chance.once_in(4));
        if self.server_up && !self.devices[device].parted && passes {
            self.at(delay, Event::LinkOpened { device, link });
        } else {
            self.at(delay, Event::LinkClosed { device, link });
        }
    }

    fn greeted(&mut self, device: usize, link: u64, hello: &str) {
        if !self.server_up || link != self.devices[device].link {
            return;
        }
        let hello: Hello = serde_json::from_str(hello).expect("a hello is read back");
        let actor = self.devices[device].actor.clone();
        let talk = self.server.begin(&hello, &actor);
        self.talks.insert(device, (link, talk));
        self.speak();
    }

    /// The server sends every client what it has for it.
    fn speak(&mut self) {
        let mut talks = std::mem::take(&mut self.talks);
        talks.retain(|device, (link, _)| *link == self.devices[*device].link);
        for (device, (link, talk)) in &mut talks {
            let (id, actor) = (self.devices[*device].id, self.devices[*device].actor.clone());
            // A frame that is not complete is followed by the next at once.
            while let Some(frame) = self.server.frame(talk, id, &actor, self.now) {
                let more = frame.more;
                self.say(*device, *link, &ServerMessage::Frame(frame));
                if !more {
                    break;
                }
            }
        }
        self.talks = talks;
    }

    fn say(&mut self, device: usize, link: u64, message: &ServerMessage<Trade>) {
        if self.devices[device].parted || self.silent.contains(&(device, link)) {
            return;
        }
        let message = serde_json::to_string(message).expect("a word is plain data");
        let delay = self.chance.ms(1, 80);
        let until = (self.now + delay).max(self.devices[device].socket_until);
        self.devices[device].socket_until = until;
        self.at(until - self.now, Event::Said { device, link, message });
    }

    fn beat(&mut self) {
        self.at(i64::try_from(BEAT_MS).unwrap_or(2_000), Event::Beat);
        if self.server_up {
            let beat = self.server.beat(self.now);
            let links: Vec<_> = self.talks.iter().map(|(device, (link, _))| (*device, *link)).collect();
            links.into_iter().for_each(|(device, link)| self.say(device, link, &ServerMessage::Beat(beat)));
        }
    }

    // ---- the server ----------------------------------------------------------------------------------------------

    fn wake_server(&mut self) {
        if self.works_at.is_none() {
            let delay = self.chance.ms(0, 3);
            self.works_at = Some(self.now + delay);
            self.at(delay, Event::ServerWorks { life: self.server_life });
        }
    }

    /// Some steps, in which a crash may come between any two.
    fn server_works(&mut self) {
        self.works_at = None;
        for _ in 0..=self.chance.below(4) {
            if !self.server.work(self.now) {
                return self.speak();
            }
        }
        if self.chance.once_in(3) {
            self.server.flush();
        }
        self.speak();
        self.wake_server();
    }

    fn crash_server(&mut self) {
        self.report.faults.server_crashes += 1;
        self.server_up = false;
        self.server_life += 1;
        self.works_at = None;
        self.server.crash();
        let talks = std::mem::take(&mut self.talks);
        for (device, (link, _)) in talks {
            let delay = self.chance.ms(1, 80);
            self.at(delay, Event::LinkClosed { device, link });
        }
        let down = self.chance.ms(200, 4_000);
        self.at(down, Event::ServerStarts);
    }

    fn start_server(&mut self) {
        self.server_up = true;
        self.wake_server();
    }

    // ---- the storm -----------------------------------------------------------------------------------------------

    fn trouble(&mut self) {
        let next = self.chance.ms(200, 2_500);
        self.at(next, Event::Trouble);
        let device = usize::try_from(self.chance.below(self.devices.len() as u64)).unwrap_or(0);
        match self.chance.below(9) {
            0 if self.server_up => self.crash_server(),
            1 | 2 => {
                self.report.faults.device_crashes += 1;
                self.talks.remove(&device);
                let (seed, now) = (self.chance.seed(), self.now);
                self.devices[device].restart(seed, now);
                self.told(device, Client::lead);
            }
            3 | 4 if !self.devices[device].parted => {
                self.report.faults.partitions += 1;
                self.devices[device].parted = true;
                let parted = self.chance.ms(500, 20_000);
                self.at(parted, Event::Reunited { device });
            }
            5 | 6 if self.devices[device].linked => {
                self.report.faults.sockets_cut += 1;
                let link = self.devices[device].link;
                self.at(0, Event::LinkClosed { device, link });
                self.talks.remove(&device);
            }
            7 if self.devices[device].linked => {
                self.report.faults.sockets_silent += 1;
                self.silent.insert((device, self.devices[device].link));
            }
            _ => {}
        }
    }

    /// For the checks: what was refused.
    pub(crate) fn count_refused(&mut self, refused: u64) {
        self.report.refused = refused;
    }
}

fn ms(index: usize) -> Millis {
    Millis::try_from(index).unwrap_or(0) * 37
}
