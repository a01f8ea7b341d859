//! What must hold at every moment of a run, not only when it is quiet.

use domain::id::order_key;
use domain::ordering::OrderCommand;
use domain::put_away;
use domain::trade::{Command, Trade};
use sync::cache::StoredRow;
use sync::client::Reach;
use sync::outbox::{Append, Record, Stage};
use sync::protocol::{self, Batch, FaultKind, SILENCE_MS_MAX, ServerMessage, Settled};
use sync::rebase::SHOWN_WITHOUT_ROWS_MS;
use sync::{CommandId, Epoch, Millis, Position};

use crate::profile::{Saved, TabId};
use crate::report::Fault;
use crate::world::World;

/// The final words of a frame, and where each stands in the server's history.
pub(crate) struct Told {
    epoch: Epoch,
    words: Vec<(CommandId, Position)>,
}

impl Saved {
    /// What is known of a record that lies on the disk as `lies`, and that its tab sees as `seen`.
    pub(crate) fn new(lies: &Record<Trade>, seen: &Record<Trade>) -> Self {
        let envelope = sync::envelope::read::<Trade>(&seen.bytes).ok();
        let places = envelope.and_then(|envelope| match envelope.act {
            sync::Act::Do(Command::Order(OrderCommand::Place(place))) => Some(order_key(place.order)),
            _ => None,
        });
        Self { account: lies.account.clone(), bytes: lies.bytes.clone(), shown: false, gone: false, places }
    }
}

impl World {
    fn ensure(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds && self.broken.is_none() {
            self.broken = Some(what());
        }
    }

    /// A screen has called an act saved: it is on the disk at that moment.
    pub(crate) fn shown_as_saved(&mut self, id: TabId, append: &Append<Trade>) {
        let profile = &mut self.profiles[id.profile];
        let act = append.record.id;
        let there = profile.disk.record(act).is_some();
        let saved = profile.saved.get_mut(&act);
        let known = saved.map(|saved| saved.shown = true).is_some();
        let gone = profile.saved.get(&act).is_some_and(|saved| saved.gone);
        self.ensure(known && (there || gone), || format!("{act} was called saved and is not on the disk"));
    }

    /// What leaves was marked on the disk before, and leaves in its own account's name.
    pub(crate) fn watch_post(&mut self, id: TabId, batch: &Batch) {
        for raw in &batch.commands {
            let named: sync::envelope::Header = serde_json::from_str(raw.get()).expect("an act says who it is");
            let profile = &self.profiles[id.profile];
            let marked = profile.disk.record(named.id).is_none_or(|record| record.left);
            let gone = profile.saved.get(&named.id).is_some_and(|saved| saved.gone);
            self.ensure(marked, || format!("{} left before it was marked as sent", named.id));
            self.ensure(!gone, || format!("{} was taken back, and left", named.id));
            self.ensure(named.account == batch.account, || format!("{} left in another's name", named.id));
        }
    }

    /// Notes what final words a message brings that a tab has not heard yet.
    pub(crate) fn watch_acks(&self, id: TabId, message: &ServerMessage<Trade>) -> Option<Told> {
        let ServerMessage::Frame(frame) = message else { return None };
        let outbox = self.profiles[id.profile].tab(id.life)?.client.outbox();
        let open = |act| outbox.get(act).is_some_and(|entry| !entry.record.stage.is_settled());
        let words = frame.acks.iter().filter(|ack| ack.settled != Settled::Unknown && open(ack.id));
        let words = words.filter_map(|ack| Some((ack.id, self.server.acked_at(ack.id)?))).collect();
        Some(Told { epoch: frame.cursor.epoch, words })
    }

    /// A final word never comes before the rows that show it.
    pub(crate) fn watch_frame(&mut self, id: TabId, told: Option<Told>) {
        let Some(Told { epoch, words }) = told.filter(|told| told.epoch == self.server.epoch) else { return };
        let Some(tab) = self.profiles[id.profile].tab(id.life) else { return };
        let here = tab.client.cache().mark().cursor.filter(|cursor| cursor.epoch == epoch);
        let early = words.iter().find(|(act, position)| {
            let stage = tab.client.outbox().get(*act).map(|entry| entry.record.stage);
            let settled = stage.is_some_and(Stage::is_settled);
            settled && here.is_none_or(|cursor| cursor.position < *position)
        });
        let early = early.map(|(act, position)| format!("the word on {act} ({position}) came before its rows"));
        self.ensure(early.is_none(), || early.unwrap_or_default());
    }

    /// Sums that differ mend what a disk has damaged. Where no disk does, they would only hide that a frame told too little.
    pub(crate) fn told_of(&mut self, fault: &protocol::Fault) {
        let mends = fault.kind == FaultKind::DigestDiffers && !self.plan.has(Fault::RowDamaged);
        self.ensure(!mends, || format!("the rows of {} did not add up, and no disk had damaged any", fault.about));
    }

    /// What one screen says, after anything happened to it.
    pub(crate) fn watch(&mut self, id: TabId) {
        let lie = self.lost_from_sight(id).or_else(|| self.shows_another_s(id));
        let lie = lie.or_else(|| self.waits_too_little(id)).or_else(|| self.reaches_too_far(id));
        self.ensure(lie.is_none(), || lie.unwrap_or_default());
    }

    /// A screen shows nothing of whoever was signed in before.
    fn shows_another_s(&self, id: TabId) -> Option<String> {
        let tab = self.profiles[id.profile].tab(id.life).filter(|tab| !tab.is_worker)?;
        let scopes = domain::access::scopes_of(tab.client.actor());
        let catalog = domain::access::catalog_scope();
        let mine = |row: &&StoredRow| !row.scopes.iter().any(|scope| *scope == catalog || scopes.contains(scope));
        let foreign = tab.client.cache().stored().find(mine);
        foreign.map(|row| format!("{} is shown to {:?}", row.key, tab.client.actor().map(|actor| &actor.account)))
    }

    /// An order that was called saved stays on its person's screen until the server says no, or has put it away.
    fn lost_from_sight(&self, id: TabId) -> Option<String> {
        let profile = &self.profiles[id.profile];
        let tab = profile.tab(id.life).filter(|tab| !tab.is_worker)?;
        let actor = tab.client.actor()?;
        let mine = profile.saved.iter().filter(|(_, saved)| saved.account == actor.account && !saved.gone);
        for (act, saved) in mine {
            let Some(order) = &saved.places else { continue };
            let Some(entry) = tab.client.outbox().get(*act) else { continue };
            // Of what was done yesterday only the server tells; and by a clock that jumped, that was done a moment ago.
            let ago = self.now + profile.skew - entry.record.changed_at;
            let is_yesterday_s = entry.record.stage == Stage::Done && (profile.jumped || ago >= SHOWN_WITHOUT_ROWS_MS);
            let row = self.server.truth.rows.get(order);
            let is_put_away = row.is_some_and(|(row, _)| put_away::is_put_away(row));
            let stays = entry.record.stage != Stage::Refused && !is_yesterday_s && !is_put_away;
            if stays && tab.client.row(order).is_none() {
                return Some(format!("{order} vanished from the screen while its act was {:?}", entry.record.stage));
            }
        }
        None
    }

    /// The count of what waits is never lower than the truth. Only the tab that leads is sure to know.
    fn waits_too_little(&self, id: TabId) -> Option<String> {
        let profile = &self.profiles[id.profile];
        let tab = profile.tab(id.life).filter(|tab| tab.client.leads() && !tab.is_worker)?;
        let actor = tab.client.actor()?;
        let outbox = tab.client.outbox();
        let unheard = profile.saved.iter().filter(|(act, saved)| {
            let known = outbox.get(**act).is_some();
            let heard = self.server.truth.answers.contains_key(act);
            saved.account == actor.account && !saved.gone && known && !heard && self.restores == 0
        });
        let (unheard, waiting) = (unheard.count(), outbox.waiting(&actor.account));
        (waiting < unheard).then(|| format!("{waiting} acts are said to wait, and the server never heard of {unheard}"))
    }

    /// Nobody is called online who has not heard the server lately.
    fn reaches_too_far(&self, id: TabId) -> Option<String> {
        let profile = &self.profiles[id.profile];
        let tab = profile.tab(id.life).filter(|tab| tab.client.leads() && tab.frozen.is_none())?;
        let patience = Millis::try_from(SILENCE_MS_MAX).unwrap_or(Millis::MAX);
        let silent = self.now - tab.heard_at;
        let online = tab.client.reach(self.now + profile.skew) == Reach::Online;
        (online && !profile.jumped && silent > patience)
            .then(|| format!("called online {silent} ms after the last word"))
    }
}
