//! The books: reading and writing what the pure steps of [`flow`] ask for, in a transaction of the writer.
//!
//! A service's rows are in its own table; answers, questions and the inbox are common, since they belong to the machinery
//! and not to any service.

use std::collections::{BTreeMap, BTreeSet};

use domain::Service;
use domain::Trade;
use domain::trade::Row;
use flow::accept::{Hash, Reads, Stored};
use flow::fact::{Put, Question};
use flow::react::{Copy, Own};
use serde::de::DeserializeOwned;
use sqlx::{AssertSqlSafe, Row as _, SqliteConnection};
use sync::{AccountId, CommandId, Envelope, InboxItem, Key, Known, Millis, Position, Version};

use crate::store::{StoreError, Together, Work};
use crate::{clock, parked, services};

/// A fact of the trade.
pub(crate) type Fact = flow::Fact<Trade>;

/// What a step writes.
pub(crate) type Writes = flow::Writes<Trade>;

/// Whose act an answer is kept for.
pub(crate) struct Signature<'a> {
    /// The act.
    pub(crate) envelope: &'a Envelope<domain::Command>,
    /// The hash of its bytes.
    pub(crate) hash: &'a Hash,
}

/// What a transaction has read. Nobody else writes while it lasts, so once is enough.
pub(crate) struct Seen {
    head: Position,
    context: BTreeMap<(Service, Key), Known<Row>>,
    reached: BTreeMap<Service, Position>,
    /// What acts need that are judged one after the other, read at once, and as those before left it; nothing, where an act may be
    /// taken back alone.
    ahead: Option<Ahead>,
}

#[derive(Default)]
struct Ahead {
    /// None of those that were looked for and are not there.
    answers: BTreeMap<CommandId, Option<Stored<Trade>>>,
    rows: BTreeMap<Key, Option<(Row, Version)>>,
}

/// Reads everything that the judgement of `envelope` needs, as `service`.
pub(crate) async fn reads(
    connection: &mut SqliteConnection,
    seen: &mut Seen,
    service: Service,
    envelope: &Envelope<domain::Command>,
) -> Result<Reads<Trade>, StoreError> {
    let needs = flow::accept::needs::<Trade>(envelope);
    let mut reads = Reads::default();
    for id in needs.answers {
        if let Some(stored) = seen.answer(connection, id).await? {
            reads.answers.insert(id, stored);
        }
    }
    for id in flow::accept::items(envelope, &reads.answers) {
        if let Some(item) = item(connection, id).await? {
            reads.items.insert(id, item);
        }
    }
    if let Some(key) = needs.row {
        reads.row = seen.row(connection, service, &key).await?;
    }
    for key in needs.context {
        let (known, reached) = seen.context(connection, service, &key).await?;
        reads.context.insert(key, known);
        reads.reached = reached;
    }
    Ok(reads)
}

impl Seen {
    /// Nothing yet, with the hub's `head` where it is known to be.
    pub(crate) fn at(head: Position) -> Self {
        Self { head, context: BTreeMap::new(), reached: BTreeMap::new(), ahead: None }
    }

    /// The same, with what `envelopes` need read at once.
    pub(crate) async fn ahead(
        connection: &mut SqliteConnection,
        head: Position,
        envelopes: &[&Envelope<domain::Command>],
    ) -> Result<Self, StoreError> {
        let mut ahead = Ahead::default();
        let mut ids = BTreeSet::new();
        let mut keys: BTreeMap<Service, Vec<Key>> = BTreeMap::new();
        for envelope in envelopes {
            let needs = flow::accept::needs::<Trade>(envelope);
            ids.extend(needs.answers);
            if let Some(key) = needs.row
                && let Some(service) = Service::owner(&key)
            {
                keys.entry(service).or_default().push(key);
            }
        }
        let mut known = answers(connection, &ids).await?;
        ahead.answers.extend(ids.into_iter().map(|id| (id, known.remove(&id))));
        for (service, keys) in keys {
            let mut known = rows(connection, service, &keys).await?;
            for key in keys {
                // Two acts of one lane need the same row.
                ahead.rows.entry(key).or_insert_with_key(|key| known.remove(key));
            }
        }
        Ok(Self { ahead: Some(ahead), ..Self::at(head) })
    }

    /// What was written for an act is what those after it find.
    pub(crate) fn wrote(&mut self, writes: &Writes, signature: &Signature<'_>) {
        let Some(ahead) = &mut self.ahead else { return };
        for put in &writes.rows {
            ahead.rows.insert(put.key.clone(), Some((put.row.clone(), put.version)));
        }
        if let Some(outcome) = &writes.answer {
            let id = signature.envelope.id;
            ahead.answers.insert(id, Some(Stored { hash: *signature.hash, outcome: outcome.clone() }));
        }
    }

    async fn answer(
        &self,
        connection: &mut SqliteConnection,
        id: CommandId,
    ) -> Result<Option<Stored<Trade>>, StoreError> {
        match self.ahead.as_ref().and_then(|ahead| ahead.answers.get(&id)) {
            Some(known) => Ok(known.clone()),
            None => Ok(answers(connection, &BTreeSet::from([id])).await?.remove(&id)),
        }
    }

    async fn row(
        &self,
        connection: &mut SqliteConnection,
        service: Service,
        key: &Key,
    ) -> Result<Option<(Row, Version)>, StoreError> {
        match self.ahead.as_ref().and_then(|ahead| ahead.rows.get(key)) {
            Some(known) => Ok(known.clone()),
            None => row(connection, service, key).await,
        }
    }

    /// What `service` knows of another's row, and how far it has read the hub. Its own rows it knows as they are.
    async fn context(
        &mut self,
        connection: &mut SqliteConnection,
        service: Service,
        key: &Key,
    ) -> Result<(Known<Row>, Position), StoreError> {
        let reached = match self.reached.get(&service) {
            Some(reached) => *reached,
            None => checkpoint(connection, service.name()).await?,
        };
        self.reached.insert(service, reached);
        if Service::owner(key) == Some(service) {
            let own = self.row(connection, service, key).await?;
            return Ok((own.map_or(Known::Absent, |(row, version)| Known::Row(row, version)), reached));
        }
        let place = (service, key.clone());
        if !self.context.contains_key(&place) {
            let known = context(connection, service, key, reached >= self.head).await?;
            self.context.insert(place.clone(), known);
        }
        Ok((self.context[&place].clone(), reached))
    }
}

/// The row `key` of `service`.
pub(crate) async fn row(
    connection: &mut SqliteConnection,
    service: Service,
    key: &Key,
) -> Result<Option<(Row, Version)>, StoreError> {
    let sql = format!("select body, version from {}_row where key = ?", service.name());
    let found = sqlx::query(AssertSqlSafe(sql)).bind(key.as_str()).fetch_optional(connection).await?;
    found.map(|found| Ok((json(found.get(0))?, version(found.get(1))))).transpose()
}

/// What `service` knows of another's row. A copy that is not there means something only once all facts were read, and one
/// whose facts are parked is not what it should be.
async fn context(
    connection: &mut SqliteConnection,
    service: Service,
    key: &Key,
    has_read_all: bool,
) -> Result<Known<Row>, StoreError> {
    if parked::is_parked(connection, service, key).await? {
        return Ok(Known::Unknown);
    }
    let sql = format!("select body, version from {}_copy where key = ?", service.name());
    let found = sqlx::query(AssertSqlSafe(sql)).bind(key.as_str()).fetch_optional(&mut *connection).await?;
    if let Some(found) = found {
        return Ok(Known::Row(json(found.get(0))?, version(found.get(1))));
    }
    Ok(if has_read_all { Known::Absent } else { Known::Unknown })
}

/// The answers that acts were given, as far as they were.
async fn answers(
    connection: &mut SqliteConnection,
    ids: &BTreeSet<CommandId>,
) -> Result<BTreeMap<CommandId, Stored<Trade>>, StoreError> {
    let found = sqlx::query("select id, hash, outcome from answer where id in (select value from json_each(?))");
    let found = found.bind(serde_json::to_string(ids)?).fetch_all(connection).await?;
    let answer = |found: &sqlx::sqlite::SqliteRow| {
        let (id, hash): (String, Vec<u8>) = (found.get(0), found.get(1));
        let id = id.parse().map_err(|_| StoreError::Strange("the act of an answer"))?;
        let hash = hash.try_into().map_err(|_| StoreError::Strange("the hash of an answer"))?;
        Ok((id, Stored { hash, outcome: json(found.get(2))? }))
    };
    found.iter().map(answer).collect()
}

async fn item(
    connection: &mut SqliteConnection,
    id: CommandId,
) -> Result<Option<(InboxItem<Trade>, Version)>, StoreError> {
    let found = sqlx::query("select item, version from inbox where id = ?")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    found.map(|found| Ok((json(found.get(0))?, version(found.get(1))))).transpose()
}

/// All that waits in the inbox of `account`.
pub(crate) async fn items_of(
    connection: &mut SqliteConnection,
    account: &AccountId,
) -> Result<Vec<(InboxItem<Trade>, Version)>, StoreError> {
    let found = sqlx::query("select item, version from inbox where account = ? order by id")
        .bind(account.as_str())
        .fetch_all(connection)
        .await?;
    found.iter().map(|found| Ok((json(found.get(0))?, version(found.get(1))))).collect()
}

/// The open questions that `account` asked.
pub(crate) async fn questions_of(
    connection: &mut SqliteConnection,
    account: &AccountId,
) -> Result<Vec<Question<Trade>>, StoreError> {
    let sql = "select body from question where json_extract(body, '$.cause.account') = ?";
    let found: Vec<String> = sqlx::query_scalar(sql).bind(account.as_str()).fetch_all(connection).await?;
    found.iter().map(|body| json(body)).collect()
}

/// How far the reader `name` has come.
pub(crate) async fn checkpoint(connection: &mut SqliteConnection, name: &str) -> Result<Position, StoreError> {
    let found: Option<i64> = sqlx::query_scalar("select position from checkpoint where name = ?")
        .bind(name)
        .fetch_optional(connection)
        .await?;
    Ok(found.map_or(Position(0), position))
}

/// Notes how far the reader `name` has come.
pub(crate) async fn set_checkpoint(work: &mut Work<'_>, name: &str, position: Position) -> Result<(), StoreError> {
    sqlx::query(
        "insert into checkpoint (name, position) values (?, ?) on conflict do update set position = excluded.position",
    )
    .bind(name)
    .bind(number(position.0))
    .execute(&mut **work)
    .await?;
    Ok(())
}

/// The hub's head.
pub(crate) async fn head(connection: &mut SqliteConnection) -> Result<Position, StoreError> {
    let found: Option<i64> = sqlx::query_scalar("select max(position) from hub").fetch_one(connection).await?;
    Ok(found.map_or(Position(0), position))
}

/// Writes what a step of `service` asks for; `signature` says whose act its answer is kept for.
pub(crate) async fn write(
    work: &mut Work<'_>,
    service: Service,
    writes: &Writes,
    signature: Option<&Signature<'_>>,
    now: Millis,
) -> Result<(), StoreError> {
    // Many are written some at a time: the store reads a long text again for each statement in it.
    if writes.rows.len() + writes.items.len() + writes.facts.len() > Together::SOME {
        write_all(work, service, &[], std::slice::from_ref(writes)).await?;
        if let (Some(outcome), Some(signature)) = (&writes.answer, signature) {
            let mut together = Together::default();
            keep_answer(&mut together, signature, serde_json::to_string(outcome)?, now);
            together.done(work).await?;
        }
        return Ok(());
    }
    let mut together = Together::default();
    for put in &writes.rows {
        put_row(&mut together, service, put)?;
    }
    for (item, version) in &writes.items {
        put_item(&mut together, item, *version)?;
    }
    for id in &writes.settled_items {
        settle_item(&mut together, id);
    }
    if let Some(question) = &writes.opened {
        keep_question(&mut together, question)?;
    }
    for id in &writes.closed {
        close_question(&mut together, id);
    }
    if let (Some(outcome), Some(signature)) = (&writes.answer, signature) {
        keep_answer(&mut together, signature, serde_json::to_string(outcome)?, now);
    }
    for fact in &writes.facts {
        append(&mut together, service, fact)?;
    }
    together.done(work).await?;
    if !writes.facts.is_empty() {
        work.wrote_facts();
    }
    Ok(())
}

fn settle_item(together: &mut Together, id: &CommandId) {
    together.then("delete from inbox where id = ?").bind(id.to_string());
}

fn close_question(together: &mut Together, id: &CommandId) {
    together.then("delete from question where command = ?").bind(id.to_string());
}

/// Writes what all steps of a page come to, and the `copies` that it is about: of each row the last.
pub(crate) async fn write_all(
    work: &mut Work<'_>,
    service: Service,
    copies: &[Copy<'_, Trade>],
    writes: &[Writes],
) -> Result<(), StoreError> {
    Together::each(work, copies, |together, copy| put_copy(together, service, copy)).await?;
    let rows: BTreeMap<&Key, &Put<Trade>> =
        writes.iter().flat_map(|one| &one.rows).map(|put| (&put.key, put)).collect();
    let rows: Vec<_> = rows.into_values().collect();
    Together::each(work, &rows, |together, put| put_row_alone(together, service, put)).await?;
    clock::wind_all(work, service, &rows).await?;
    let items: Vec<_> = writes.iter().flat_map(|one| &one.items).collect();
    Together::each(work, &items, |together, (item, version)| put_item(together, item, *version)).await?;
    let settled: Vec<_> = writes.iter().flat_map(|one| &one.settled_items).collect();
    Together::each(work, &settled, |together, id| {
        settle_item(together, id);
        Ok(())
    })
    .await?;
    let opened: Vec<_> = writes.iter().filter_map(|one| one.opened.as_ref()).collect();
    Together::each(work, &opened, |together, question| keep_question(together, question)).await?;
    let closed: Vec<_> = writes.iter().flat_map(|one| &one.closed).collect();
    Together::each(work, &closed, |together, id| {
        close_question(together, id);
        Ok(())
    })
    .await?;
    let facts: Vec<&Fact> = writes.iter().flat_map(|one| &one.facts).collect();
    Together::each(work, &facts, |together, fact| append(together, service, fact)).await?;
    if !facts.is_empty() {
        work.wrote_facts();
    }
    Ok(())
}

/// Appends a fact to the change log, from where the trigger takes them to the hub.
fn append(together: &mut Together, service: Service, fact: &Fact) -> Result<(), StoreError> {
    let ours = fact.event.is_none() || services::manifest(service).produces.contains(&fact.kind.as_str());
    assert!(ours, "{} does not say that it writes {}", service.name(), fact.kind);
    let append = together.then("insert into change (fact_id, service, fact) values (?, ?, ?)");
    append.bind(fact.id.to_string()).bind(service.name()).bind(serde_json::to_string(fact)?);
    Ok(())
}

/// Writes a row of `service`, and when it wants to be looked at.
pub(crate) fn put_row(together: &mut Together, service: Service, put: &Put<Trade>) -> Result<(), StoreError> {
    put_row_alone(together, service, put)?;
    clock::wind(together, service, put);
    Ok(())
}

fn put_row_alone(together: &mut Together, service: Service, put: &Put<Trade>) -> Result<(), StoreError> {
    assert_eq!(Service::owner(&put.key), Some(service), "a service writes its own rows only");
    let sql = format!(
        "insert into {}_row (key, version, body) values (?, ?, ?)
         on conflict do update set version = excluded.version, body = excluded.body",
        service.name()
    );
    let row = together.then(&sql).bind(put.key.as_str().to_owned()).bind(number(put.version.0));
    row.bind(serde_json::to_string(&put.row)?);
    Ok(())
}

/// Keeps a copy of another service's row, unless a newer one is here.
pub(crate) fn put_copy(together: &mut Together, service: Service, copy: &Copy<'_, Trade>) -> Result<(), StoreError> {
    let sql = format!(
        "insert into {}_copy (key, version, position, body) values (?, ?, ?, ?)
         on conflict do update set version = excluded.version, position = excluded.position, body = excluded.body
         where excluded.version > version",
        service.name()
    );
    let put = together.then(&sql).bind(copy.key.0.clone()).bind(number(copy.version.0)).bind(number(copy.position.0));
    put.bind(serde_json::to_string(copy.row)?);
    Ok(())
}

fn put_item(together: &mut Together, item: &InboxItem<Trade>, version: Version) -> Result<(), StoreError> {
    let put = together.then(
        "insert into inbox (id, account, version, item) values (?, ?, ?, ?)
         on conflict do update set account = excluded.account, version = excluded.version, item = excluded.item",
    );
    put.bind(item.id.to_string())
        .bind(item.account.0.clone())
        .bind(number(version.0))
        .bind(serde_json::to_string(item)?);
    Ok(())
}

/// Keeps an open question as it is now.
pub(crate) fn keep_question(together: &mut Together, question: &Question<Trade>) -> Result<(), StoreError> {
    let keep = together.then(
        "insert into question (command, lane, body) values (?, ?, ?) on conflict do update set body = excluded.body",
    );
    let keep = keep.bind(question.cause.command.to_string()).bind(question.lane.0.clone());
    keep.bind(serde_json::to_string(question)?);
    Ok(())
}

fn keep_answer(together: &mut Together, signature: &Signature<'_>, outcome: String, now: Millis) {
    let Signature { envelope, hash } = signature;
    let keep = together
        .then("insert into answer (id, hash, outcome, account, device, seq, decided_at) values (?, ?, ?, ?, ?, ?, ?)");
    keep.bind(envelope.id.to_string()).bind(hash.to_vec()).bind(outcome).bind(envelope.account.0.clone());
    keep.bind(envelope.device.to_string()).bind(number(envelope.seq)).bind(now);
}

/// The rows that `keys` name, as far as they are there.
pub(crate) async fn rows(
    connection: &mut SqliteConnection,
    service: Service,
    keys: &[Key],
) -> Result<BTreeMap<Key, (Row, Version)>, StoreError> {
    let sql =
        format!("select key, body, version from {}_row where key in (select value from json_each(?))", service.name());
    let found = sqlx::query(AssertSqlSafe(sql)).bind(serde_json::to_string(keys)?).fetch_all(connection).await?;
    found.iter().map(|found| Ok((Key(found.get(0)), (json(found.get(1))?, version(found.get(2)))))).collect()
}

/// The rows of `service` that `keys` name, as far as they are there, and the open questions that were asked of them.
pub(crate) async fn own(
    connection: &mut SqliteConnection,
    service: Service,
    keys: &[Key],
) -> Result<Own<Trade>, StoreError> {
    let sql = format!(
        "select key, body, version from {}_row where key in (select value from json_each(?1))
         union all select null, body, null from question where lane in (select value from json_each(?1))",
        service.name()
    );
    let found = sqlx::query(AssertSqlSafe(sql)).bind(serde_json::to_string(keys)?).fetch_all(connection).await?;
    let mut own = Own { rows: BTreeMap::new(), questions: vec![] };
    for found in &found {
        match found.get::<Option<String>, _>(0) {
            Some(key) => drop(own.rows.insert(Key(key), (json(found.get(1))?, version(found.get(2))))),
            None => own.questions.push(json(found.get(1))?),
        }
    }
    Ok(own)
}

/// Reads a stored value.
pub(crate) fn json<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    Ok(serde_json::from_str(text)?)
}

/// A counter as SQLite keeps it. None of ours comes near the sign.
pub(crate) fn number(counter: u64) -> i64 {
    i64::try_from(counter).unwrap_or(i64::MAX)
}

/// A position as SQLite keeps it.
pub(crate) fn position(stored: i64) -> Position {
    Position(u64::try_from(stored).unwrap_or(0))
}

fn version(stored: i64) -> Version {
    Version(u64::try_from(stored).unwrap_or(0))
}
