//! The judgement.
//!
//! In this order, because each rests on the one before: the id, what it follows, its age, what it saw, the item it
//! settles, the right, the trade.

use sync::protocol::{Outcome, Settled};
use sync::{AccountId, Act, CommandId, Context, Envelope, InboxItem, Known, Model, Reason, Version};

use super::{Bench, Decision, Hash, Reads, Rejection, root};
use crate::fact::{self, COMMAND_REFUSED, COMMAND_SETTLED, Cause, INBOX_EXTENDED, Pen, Put, Question, Writes};

/// Judges an act whose bytes have `hash`, on what was read.
///
/// # Errors
/// [`Rejection`] for an act that gets no outcome.
pub fn decide<M: Model>(
    envelope: &Envelope<M::Command>,
    hash: &Hash,
    reads: &Reads<M>,
    bench: &Bench<'_>,
) -> Result<Decision<M>, Rejection> {
    check::<M>(envelope, &bench.actor.account)?;
    if let Some(stored) = reads.answers.get(&envelope.id) {
        let same = stored.hash == *hash;
        let again = Decision { outcome: stored.outcome.clone(), writes: Writes::default() };
        return if same { Ok(again) } else { Err(Rejection::IdReused(envelope.id)) };
    }
    let undecided = |id: &CommandId| !reads.answers.contains_key(id);
    if envelope.after.iter().any(undecided) {
        return Ok(later(Outcome::NotYet));
    }
    let case = Case { envelope, reads, bench };
    if let Some(root) = case.fallen() {
        return Ok(case.fall_with(root));
    }
    if let Some(reason) = case.stale() {
        return Ok(case.refuse(reason));
    }
    if case.is_behind() {
        return Ok(later(Outcome::Behind));
    }
    if let Some(id) = envelope.resolves {
        match reads.items.get(&id) {
            None => return Ok(case.refuse(Reason::AlreadySettled)),
            Some((item, _)) if item.account != bench.actor.account => return Ok(case.refuse(Reason::NotAllowed)),
            Some(_) => {}
        }
    }
    Ok(match &envelope.act {
        Act::Dismiss => case.accept(None, vec![]),
        Act::Do(command) => case.judge(command),
    })
}

/// The most acts that one act may follow: its lane's last, and what the trade adds. Each costs a read in a transaction
/// that others wait for.
const AFTER_MAX: usize = 16;

/// Checks that an act agrees with itself and with who sent it, before anything is read for it.
///
/// # Errors
/// [`Rejection`] for what no device of ours would send.
pub fn check<M: Model>(envelope: &Envelope<M::Command>, account: &AccountId) -> Result<(), Rejection> {
    if envelope.account != *account {
        return Err(Rejection::OtherAccount);
    }
    if envelope.after.len() > AFTER_MAX {
        return Err(Rejection::Malformed(format!("an act follows at most {AFTER_MAX} others")));
    }
    if envelope.after.contains(&envelope.id) || envelope.resolves == Some(envelope.id) {
        return Err(Rejection::Malformed("an act does not follow itself".into()));
    }
    match &envelope.act {
        Act::Do(command) if M::lane(command) != envelope.lane => {
            Err(Rejection::Malformed(format!("the act is not for {}", envelope.lane)))
        }
        Act::Dismiss if envelope.resolves.is_none() => {
            Err(Rejection::Malformed("the act lets an inbox item go and does not say which".into()))
        }
        _ => Ok(()),
    }
}

/// An outcome that is not kept: the act will be sent again.
fn later<M: Model>(outcome: Outcome<M>) -> Decision<M> {
    Decision { outcome, writes: Writes::default() }
}

struct Case<'a, M: Model> {
    envelope: &'a Envelope<M::Command>,
    reads: &'a Reads<M>,
    bench: &'a Bench<'a>,
}

impl<M: Model> Case<'_, M> {
    /// The refused act that this one falls with, if one it follows was refused. An act does not fall with what it
    /// settles, nor with one that only came second to another device; and the trade may say that it stands alone.
    fn fallen(&self) -> Option<CommandId> {
        let resolves = self.envelope.resolves;
        self.envelope.command().filter(|command| !M::stands_alone(command))?;
        self.envelope.after.iter().find_map(|id| match &self.reads.answers.get(id)?.outcome {
            Outcome::Refused(Reason::AlreadySettled) => None,
            Outcome::Refused(reason) => Some(root(*id, reason)).filter(|root| resolves != Some(*root)),
            _ => None,
        })
    }

    /// Falls with the refused act `root`: into its inbox item; or, where this act takes `root` back, both are done with.
    fn fall_with(&self, root: CommandId) -> Decision<M> {
        let item = self.reads.items.get(&root).filter(|(item, _)| item.account == self.bench.actor.account);
        match (self.envelope.command(), item) {
            (Some(command), Some((item, version))) if M::withdraws(command) && item.lane == self.envelope.lane => {
                let mut writes = self.begin();
                writes.1.settled_items.push(root);
                writes.1.facts.push(writes.0.settled_item(root, version.next()));
                self.finish(writes, Outcome::Accepted, Settled::Done)
            }
            (Some(command), Some((item, version))) => {
                let mut item = item.clone();
                item.dependents.push(command.clone());
                let mut writes = self.begin();
                writes.1.facts.push(writes.0.item(INBOX_EXTENDED, &item, version.next()));
                writes.1.items.push((item, version.next()));
                self.finish_refused(writes, Reason::Predecessor(root))
            }
            _ => self.finish_refused(self.begin(), Reason::Predecessor(root)),
        }
    }

    /// Whether it reached the server too long after the tap, by the one clock that knows both: the device's.
    fn stale(&self) -> Option<Reason<M>> {
        let valid_for_ms = M::valid_for_ms(self.envelope.command()?)?;
        let age_ms = self.age_ms();
        (age_ms > valid_for_ms).then_some(Reason::Stale { age_ms, valid_for_ms })
    }

    fn age_ms(&self) -> u64 {
        u64::try_from(self.bench.sent_at.saturating_sub(self.envelope.acted_at)).unwrap_or(0)
    }

    /// Whether rows of other services that the rule reads have not come here yet: the person saw newer ones, or nothing is
    /// known of one. On the server a rule never guesses.
    fn is_behind(&self) -> bool {
        let reads = self.envelope.command().map(M::reads).unwrap_or_default();
        let saw = self.envelope.saw.filter(|saw| saw.epoch == self.bench.epoch);
        let saw_beyond = saw.is_some_and(|saw| saw.position > self.reads.reached);
        let unknown = |key| matches!(self.reads.context.get(key), None | Some(Known::Unknown));
        !reads.is_empty() && (saw_beyond || reads.iter().any(unknown))
    }

    fn judge(&self, command: &M::Command) -> Decision<M> {
        let row = self.reads.row.as_ref().map(|(row, _)| row);
        if !M::permits(self.bench.actor, command, row) {
            return self.refuse(Reason::NotAllowed);
        }
        let context = Context {
            now: self.bench.now,
            actor: self.bench.actor,
            rows: &|key| self.reads.context.get(key).cloned().unwrap_or(Known::Unknown),
            utc_offset_min: self.bench.utc_offset_min,
        };
        match M::decide(row, command, &context) {
            Ok(events) => self.accept(Some(command), events),
            Err(refusal) => self.refuse(Reason::Trade(refusal)),
        }
    }

    fn accept(&self, command: Option<&M::Command>, events: Vec<M::Event>) -> Decision<M> {
        let mut writes = self.begin_settling();
        let question = command.filter(|_| events.iter().any(M::asks)).map(|command| Question {
            lane: self.envelope.lane.clone(),
            cause: self.cause(),
            command: command.clone(),
            acted_at: self.acted_at(),
        });
        let before = self.reads.row.clone();
        let version = before.as_ref().map_or(Version(0), |(_, version)| *version);
        let (after, facts) = fact::apply_events(&mut writes.0, &self.envelope.lane, before, events);
        writes.1.facts.extend(facts);
        if let Some((row, version)) = after.filter(|(_, after)| *after > version) {
            writes.1.rows.push(Put { key: self.envelope.lane.clone(), version, row });
        }
        let asked = question.is_some();
        writes.1.opened = question;
        let (outcome, settled) =
            if asked { (Outcome::Asked, Settled::Asked) } else { (Outcome::Accepted, Settled::Done) };
        self.finish(writes, outcome, settled)
    }

    fn refuse(&self, reason: Reason<M>) -> Decision<M> {
        let mut writes = self.begin_settling();
        if reason.opens_an_item() {
            let item = InboxItem {
                id: self.envelope.id,
                account: self.envelope.account.clone(),
                device: self.envelope.device,
                lane: self.envelope.lane.clone(),
                act: self.envelope.act.clone(),
                reason: reason.clone(),
                dependents: vec![],
                acted_at: self.acted_at(),
                refused_at: self.bench.now,
            };
            writes.1.facts.push(writes.0.item(COMMAND_REFUSED, &item, Version(1)));
            writes.1.items.push((item, Version(1)));
        }
        self.finish_refused(writes, reason)
    }

    fn cause(&self) -> Cause {
        let Envelope { id, device, account, .. } = self.envelope;
        Cause { command: *id, device: *device, account: account.clone() }
    }

    /// The tap by the server's clock: now, less how long ago the device says it was.
    fn acted_at(&self) -> i64 {
        self.bench.now.saturating_sub_unsigned(self.age_ms())
    }

    fn begin(&self) -> (Pen<'_>, Writes<M>) {
        (Pen::of_act(self.cause(), self.bench.source, self.bench.now), Writes::default())
    }

    /// Whatever becomes of the act, the item that it settles is gone: a new refusal opens an item of its own.
    fn begin_settling(&self) -> (Pen<'_>, Writes<M>) {
        let (mut pen, mut writes) = self.begin();
        let mine = |(item, _): &&(InboxItem<M>, Version)| item.account == self.bench.actor.account;
        let settles = self.envelope.resolves.and_then(|id| Some((id, self.reads.items.get(&id).filter(mine)?.1)));
        if let Some((id, version)) = settles {
            writes.settled_items.push(id);
            writes.facts.push(pen.settled_item(id, version.next()));
        }
        (pen, writes)
    }

    fn finish_refused(&self, writes: (Pen<'_>, Writes<M>), reason: Reason<M>) -> Decision<M> {
        self.finish(writes, Outcome::Refused(reason.clone()), Settled::Refused(reason))
    }

    /// Keeps the answer, and puts the final word on the last fact, so that it arrives with all its rows.
    fn finish(&self, writes: (Pen<'_>, Writes<M>), outcome: Outcome<M>, settled: Settled<M>) -> Decision<M> {
        let (mut pen, mut writes) = writes;
        if writes.facts.is_empty() {
            writes.facts.push(pen.fact(COMMAND_SETTLED, &self.envelope.lane));
        }
        let last = writes.facts.last_mut().expect("there is a fact");
        last.acks.push(self.cause().told(settled));
        writes.answer = Some(outcome.clone());
        Decision { outcome, writes }
    }
}
