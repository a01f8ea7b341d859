//! `POST /api/commands`: acts in, one outcome an act out; `GET /api/commands/{id}`: the outcome again.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::Service;
use domain::Trade;
use flow::accept::{Bench, HeldLanes, Parsed, Reads, Rejection};
use futures::FutureExt as _;
use sha2::{Digest, Sha256};
use sync::envelope::Header;
use sync::protocol::{
    ANOTHER_HISTORY, Answered, BATCH_COMMANDS_MAX, Batch, BatchAnswer, COMMAND_BYTES_MAX, Misfit, Outcome, Spoken,
};
use sync::{Actor, CommandId, Envelope, Epoch, Millis, Model as _, Position};

use crate::account::session::{self, Session};
use crate::device;
use crate::faults::{self, Fault, Kind, Teller};
use crate::keys::{Keys, opened};
use crate::ledger::{self, Seen, Signature};
use crate::state::{AppState, now};
use crate::store::{StoreError, Work};
use crate::web::guard::in_time;
use crate::web::problem::Problem;
use crate::web::session::{Identity, signed_out};
use crate::zones;

/// How long an act waits for the service to hear what its person saw. Then it is `behind`, and comes again.
const BEHIND_WAIT_MAX: Duration = Duration::from_secs(2);

/// `/api/commands`.
pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/api/commands", post(take)).route("/api/commands/{id}", get(outcome))
}

async fn take(
    State(state): State<AppState>,
    Identity(Session { actor, .. }): Identity,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let batch = read(&body.map_err(unread)?, &actor, state.epoch())?;
    device::note(&state, &batch.account, batch.device, &batch.holds, None);
    let acts = acts(&batch)?;
    wait_for_what_was_seen(&state, &acts).await;
    let (epoch, now) = (state.epoch(), now());
    let court = Court { actor, keys: state.keys.clone(), epoch, now, sent_at: batch.sent_at, head: state.hub.head() };
    let outcomes = state.truth.writer.write(move |work| Box::pin(judge_all(work, court, acts))).await?;
    opened(&state.keys, &BatchAnswer::<Trade> { epoch, now, outcomes }).await
}

async fn outcome(
    State(state): State<AppState>,
    Identity(Session { actor, .. }): Identity,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let unknown = || Problem::new(StatusCode::NOT_FOUND, "unknown-command", "no act of this account has that id");
    let id: CommandId = id.parse().map_err(|_| unknown())?;
    // Of other people's acts not even their being there is told.
    let query = sqlx::query_scalar("select outcome from answer where id = ? and account = ?");
    let query = query.bind(id.to_string()).bind(actor.account.as_str());
    let outcome: Option<String> = in_time(query.fetch_optional(&state.truth.readers)).await?;
    let outcome = ledger::json(&outcome.ok_or_else(unknown)?)?;
    opened(&state.keys, &Answered::<Trade> { id, outcome }).await
}

fn unread(rejection: BytesRejection) -> Problem {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_large("the request is larger than this server takes");
    }
    Problem::new(StatusCode::BAD_REQUEST, "unread", "the request did not arrive whole")
}

fn too_large(detail: impl Into<String>) -> Problem {
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "too much at once").detail(detail)
}

/// What the device says was made for a history that is not this server's, such as before a backup was put back.
fn another_history() -> Problem {
    Problem::new(StatusCode::PRECONDITION_FAILED, ANOTHER_HISTORY, "the acts were made for another history")
        .detail("Nothing of the request was looked at. Listen to the feed first, and send again.")
}

fn malformed(detail: impl Into<String>) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "malformed", "the request cannot be read").detail(detail)
}

fn read(body: &[u8], actor: &Actor, epoch: Epoch) -> Result<Batch, Problem> {
    let unreadable = |error: serde_json::Error| malformed(error.to_string());
    let Spoken { protocol } = serde_json::from_slice(body).map_err(unreadable)?;
    if let Some(misfit) = Misfit::of(protocol) {
        return Err(misfit.into());
    }
    let batch: Batch = serde_json::from_slice(body).map_err(unreadable)?;
    if batch.account != actor.account {
        return Err(Problem::new(StatusCode::UNAUTHORIZED, "other-account", "somebody else is signed in")
            .detail("Nothing of the request was looked at."));
    }
    if batch.epoch.is_some_and(|known| known != epoch) {
        return Err(another_history());
    }
    if batch.commands.len() > BATCH_COMMANDS_MAX {
        return Err(too_large(format!("at most {BATCH_COMMANDS_MAX} acts are taken at once")));
    }
    Ok(batch)
}

/// An act as it came.
struct Sent {
    parsed: Parsed<Trade>,
    hash: flow::accept::Hash,
}

/// Reads all acts before any is judged, so that a batch with a broken one changes nothing.
fn acts(batch: &Batch) -> Result<Vec<Sent>, Problem> {
    let read = |(index, bytes): (usize, &str)| {
        if bytes.len() > COMMAND_BYTES_MAX {
            return Err(too_large(format!("act {index} has more than {COMMAND_BYTES_MAX} bytes")));
        }
        let parsed = flow::accept::parse(bytes).map_err(|rejection| problem(index, &rejection))?;
        if let Parsed::Whole(envelope) = &parsed {
            flow::accept::check::<Trade>(envelope, &batch.account).map_err(|rejection| problem(index, &rejection))?;
            if envelope.device != batch.device {
                return Err(malformed(format!("act {index} was made on another device")));
            }
        }
        Ok(Sent { parsed, hash: Sha256::digest(bytes.as_bytes()).into() })
    };
    batch.commands.iter().map(|act| act.get()).enumerate().map(read).collect()
}

fn problem(index: usize, rejection: &Rejection) -> Problem {
    match rejection {
        Rejection::IdReused(id) => {
            Problem::new(StatusCode::CONFLICT, "id-reused", "the same id was used for another act").detail(format!(
                "Act {index} ({id}) was judged before with other content. Nothing of the request was kept."
            ))
        }
        Rejection::OtherAccount => malformed(format!("act {index} was made as another account than the request")),
        Rejection::AnotherHistory => another_history(),
        Rejection::Malformed(why) => malformed(format!("act {index}: {why}")),
    }
}

/// Waits until the services that judge `acts` by copies of others' rows have heard of everything that the persons behind them saw,
/// or long enough.
async fn wait_for_what_was_seen(state: &AppState, acts: &[Sent]) {
    let seen = |sent: &Sent| match &sent.parsed {
        Parsed::Whole(envelope) if envelope.command().is_some_and(|command| !Trade::reads(command).is_empty()) => {
            let saw = envelope.saw.filter(|saw| saw.epoch == state.epoch())?;
            Some((Service::owner(&envelope.lane)?, saw.position))
        }
        _ => None,
    };
    let mut wanted: BTreeMap<Service, Position> = BTreeMap::new();
    for (service, position) in acts.iter().filter_map(seen) {
        let latest = wanted.entry(service).or_insert(position);
        *latest = position.max(*latest);
    }
    let heard = wanted.into_iter().map(|(service, position)| async move {
        let mut reached = state.wake.service(service).subscribe();
        // A service that is gone answers nothing more; its acts are answered `behind`.
        let _ = reached.wait_for(|reached: &Position| *reached >= position).await;
    });
    // What was not heard in time is answered `behind`, one act at a time.
    let _ = tokio::time::timeout(BEHIND_WAIT_MAX, futures::future::join_all(heard)).await;
}

/// What all acts of a request have in common.
struct Court {
    actor: Actor,
    keys: Keys,
    epoch: Epoch,
    now: Millis,
    sent_at: Millis,
    /// The hub's head when the request came: all that its device can have seen is up to there.
    head: Position,
}

/// Why a request was not judged.
enum Unjudged {
    Store(StoreError),
    Rejected(usize, Rejection),
    /// The account is nobody's any more.
    Over,
}

impl<E: Into<StoreError>> From<E> for Unjudged {
    fn from(error: E) -> Self {
        Self::Store(error.into())
    }
}

impl From<Unjudged> for Problem {
    fn from(unjudged: Unjudged) -> Self {
        match unjudged {
            Unjudged::Store(error) => error.into(),
            Unjudged::Rejected(index, rejection) => problem(index, &rejection),
            Unjudged::Over => signed_out(),
        }
    }
}

/// Judges in order; each act sees what those before it wrote, and all are in one commit. Behind an act that is not decided
/// nothing of its lane is: within a lane nothing overtakes. Where the server fails on an act, all are judged again, each apart.
async fn judge_all(mut work: Work<'_>, court: Court, acts: Vec<Sent>) -> Result<Vec<Answered<Trade>>, Unjudged> {
    // Somebody may have been erased, or a guest taken over, since the request was let in.
    if session::is_over(&mut work, court.actor.account.as_str()).await? {
        return Err(Unjudged::Over);
    }
    let answered = match judge_at_once(&mut work, &court, &acts).await? {
        Some(answered) => answered,
        None => judge_in_turn(&mut work, &court, &acts, Care::Each).await?,
    };
    for Answered { outcome, .. } in &answered {
        metrics::counter!("carryout_acts_total", "outcome" => label(outcome)).increment(1);
    }
    Ok(answered)
}

/// Judges all in one savepoint; none, and nothing of it was written, where the server fails on one.
async fn judge_at_once(
    work: &mut Work<'_>,
    court: &Court,
    acts: &[Sent],
) -> Result<Option<Vec<Answered<Trade>>>, Unjudged> {
    let mut apart = work.apart().await?;
    let judging = AssertUnwindSafe(judge_in_turn(&mut apart.work(), court, acts, Care::Together)).catch_unwind().await;
    match judging.unwrap_or_else(|_| Err(StoreError::Panicked.into())) {
        Ok(answered) => {
            apart.keep().await?;
            Ok(Some(answered))
        }
        Err(Unjudged::Store(error)) if error.is_of_the_content() => {
            apart.take_back().await?;
            Ok(None)
        }
        Err(unjudged) => Err(unjudged),
    }
}

/// What is taken back where the server fails on an act.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Care {
    /// All of them.
    Together,
    /// That one.
    Each,
}

async fn judge_in_turn(
    work: &mut Work<'_>,
    court: &Court,
    acts: &[Sent],
    care: Care,
) -> Result<Vec<Answered<Trade>>, Unjudged> {
    let mut answered = Vec::with_capacity(acts.len());
    let mut seen = match care {
        Care::Together => {
            let whole = acts.iter().filter_map(|sent| match &sent.parsed {
                Parsed::Whole(envelope) => Some(&**envelope),
                Parsed::Unknown(_) => None,
            });
            Seen::ahead(work, court.head, &whole.collect::<Vec<_>>()).await?
        }
        Care::Each => Seen::at(court.head),
    };
    let mut held = HeldLanes::default();
    for (index, Sent { parsed, hash }) in acts.iter().enumerate() {
        let (id, lane) = match parsed {
            Parsed::Unknown(Header { id, lane, .. }) => (*id, lane),
            Parsed::Whole(envelope) => (envelope.id, &envelope.lane),
        };
        let outcome = match parsed {
            _ if held.hold(lane) => Outcome::NotYet,
            Parsed::Unknown(_) => Outcome::UnknownCommand,
            Parsed::Whole(envelope) => {
                let signature = Signature { envelope, hash };
                match care {
                    Care::Together => judge(work, &mut seen, court, index, &signature).await?,
                    Care::Each => judge_apart(work, &mut seen, court, index, &signature).await?,
                }
            }
        };
        held.note(lane, &outcome);
        answered.push(Answered { id, outcome });
    }
    Ok(answered)
}

/// An outcome as a monitoring system reads it.
fn label(outcome: &Outcome<Trade>) -> &'static str {
    match outcome {
        Outcome::Accepted => "accepted",
        Outcome::Asked => "asked",
        Outcome::Refused(_) => "refused",
        Outcome::NotYet => "not-yet",
        Outcome::Behind => "behind",
        Outcome::UnknownCommand => "unknown-command",
        Outcome::Fault => "fault",
        Outcome::Unreadable => "unreadable",
    }
}

/// Judges one act in a savepoint of its own. Where the server fails on this act and would fail on it again, what it wrote is
/// taken back, the operator is told, and the others go on.
async fn judge_apart(
    work: &mut Work<'_>,
    seen: &mut Seen,
    court: &Court,
    index: usize,
    signature: &Signature<'_>,
) -> Result<Outcome<Trade>, Unjudged> {
    let mut apart = work.apart().await?;
    let judged = AssertUnwindSafe(judge(&mut apart.work(), seen, court, index, signature)).catch_unwind().await;
    match judged.unwrap_or_else(|_| Err(StoreError::Panicked.into())) {
        Ok(outcome) => {
            apart.keep().await?;
            Ok(outcome)
        }
        Err(Unjudged::Store(error)) if error.is_of_the_content() => {
            apart.take_back().await?;
            let Envelope { id, lane, account, .. } = signature.envelope;
            tracing::error!(%error, act.id = %id, act.lane = %lane, "an act failed; it is told to come again");
            let about = format!("{lane}, act {id}");
            let fault = Fault { kind: Kind::ActFailed, about, detail: error.without_content(), unit: None };
            let teller = Teller { account: Some(account.clone()), ..Teller::default() };
            faults::keep(work, &fault, &teller, court.now).await?;
            Ok(Outcome::Fault)
        }
        Err(unjudged) => {
            apart.take_back().await?;
            Err(unjudged)
        }
    }
}

/// The act with what it says of people sealed.
async fn sealed(
    envelope: &Envelope<domain::Command>,
    reads: &Reads<Trade>,
    keys: &Keys,
) -> Result<Envelope<domain::Command>, StoreError> {
    let mut sealed = envelope.clone();
    if flow::accept::has_texts::<Trade>(&mut sealed) {
        let subject = flow::accept::subject::<Trade>(envelope, reads.row.as_ref().map(|(row, _)| row));
        let key = keys.of(&subject).await?;
        flow::accept::seal::<Trade>(&mut sealed, |text| key.as_ref().map(|key| key.seal(&subject, text)));
    }
    Ok(sealed)
}

async fn judge(
    work: &mut Work<'_>,
    seen: &mut Seen,
    court: &Court,
    index: usize,
    signature: &Signature<'_>,
) -> Result<Outcome<Trade>, Unjudged> {
    let envelope: &Envelope<domain::Command> = signature.envelope;
    let owner = match flow::accept::needs::<Trade>(envelope).row {
        Some(key) => Service::owner(&key)
            .ok_or_else(|| Unjudged::Rejected(index, Rejection::Malformed(format!("nobody here keeps {key}"))))?,
        // To let an inbox item go is for no row; the service of most items answers it.
        None => Service::Ordering,
    };
    let reads = ledger::reads(work, seen, owner, envelope).await?;
    let envelope = &sealed(envelope, &reads, &court.keys).await?;
    let decision = {
        let bench = Bench {
            source: owner.name(),
            actor: &court.actor,
            epoch: court.epoch,
            now: court.now,
            sent_at: court.sent_at,
            utc_offset_min: &zones::utc_offset_min,
        };
        flow::accept::decide(envelope, signature.hash, &reads, &bench)
            .map_err(|rejection| Unjudged::Rejected(index, rejection))?
    };
    ledger::write(work, owner, &decision.writes, Some(signature), court.now).await?;
    seen.wrote(&decision.writes, signature);
    if decision.writes.answer.is_some() {
        work.accepted_act();
    }
    Ok(decision.outcome)
}
