//! What one service says, and what another makes of it, are one file: whoever changes either side alone fails here.
//!
//! `recorded/KIND.json` holds the bytes of a fact that some rule listens to; `recorded/KIND.reactions.json` what each such
//! rule finds in its rows, and which facts follow. Where one fact does not have every rule speak there is a `KIND-2`.
//! `recorded/NAME.chain.json` names the recordings of a whole order. `RECORD=add cargo test -p domain --test contracts`
//! writes files that are missing, and never changes one that is there.

#![allow(clippy::disallowed_methods, reason = "a test may read and write its files")]

mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use domain::rules::{Happened, RULES, Rule};
use domain::trade::{Event, Row, Trade};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sync::protocol::Body;
use sync::{Key, Millis, Model as _};
use world::services::{Heard, Told};
use world::stories;

/// A fact on the hub, as far as a rule reads it: its own id, its cause and the version of its row are the pipeline's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Message {
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "timestamp")]
    at: Millis,
    #[serde(rename = "partition_key")]
    key: Key,
    event: Event,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entity: Option<Entity>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Entity {
    key: Key,
    body: Body<Trade>,
}

/// What a rule makes of a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Reaction {
    rule: String,
    /// The rows that it may read, where they are there.
    rows: Vec<(Key, Row)>,
    /// The facts that follow, by row and name.
    says: Vec<(Key, String)>,
}

/// The files, by name without the folder.
type Files = BTreeMap<String, String>;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/recorded")
}

/// The files that are there, once those that are missing were added, where that is wished.
fn files() -> Files {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        if std::env::var_os("RECORD").is_some() {
            std::fs::create_dir_all(folder()).expect("a folder");
            let there = read();
            for (name, text) in walked().into_iter().filter(|(name, _)| !there.contains_key(name)) {
                std::fs::write(folder().join(name), text).expect("written");
            }
        }
    });
    read()
}

fn read() -> Files {
    let entries = std::fs::read_dir(folder()).expect("a folder");
    let named = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a plain name"));
    named.map(|name| (name.clone(), std::fs::read_to_string(folder().join(&name)).expect("readable"))).collect()
}

/// The recorded messages by name, without what is made of them.
fn messages(files: &Files) -> impl Iterator<Item = (&str, &str)> {
    let names = files.iter().filter_map(|(name, text)| Some((name.strip_suffix(".json")?, text.as_str())));
    names.filter(|(name, _)| !name.contains('.'))
}

fn reactions(files: &Files, name: &str) -> Vec<Reaction> {
    let text = files.get(&format!("{name}.reactions.json")).unwrap_or_else(|| panic!("{name}: nobody reacts to it"));
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What the stories have to say now, as files.
fn walked() -> Files {
    let mut walk = Walk::default();
    walk.record_chains(&stories::chains());
    for told in stories::others() {
        if walk.is_new(&told) {
            walk.record(&told);
        }
    }
    walk.record_chains(&stories::later_chains());
    walk.files
}

/// What is recorded so far: of the chains all that anybody hears, of the others that in which a rule speaks for the first time.
#[derive(Default)]
struct Walk {
    files: Files,
    spoken: BTreeSet<(&'static str, &'static str)>,
    /// The recordings of each kind, in the order of their numbers.
    kinds: BTreeMap<&'static str, Vec<(String, String)>>,
}

impl Walk {
    fn record_chains(&mut self, chains: &[(&'static str, Vec<Told>)]) {
        for (chain, told) in chains {
            let heard = told.iter().filter(|told| !told.heard.is_empty());
            let names: Vec<String> = heard.map(|told| self.record(told)).collect();
            self.files.insert(format!("{chain}.chain.json"), listed(&names));
        }
    }

    fn is_new(&self, told: &Told) -> bool {
        let kind = Trade::event_name(&told.event);
        let is_silent = |heard: &&Heard| heard.says.is_empty() || self.spoken.contains(&(heard.rule, kind));
        !told.heard.is_empty() && (!self.kinds.contains_key(kind) || !told.heard.iter().all(|heard| is_silent(&heard)))
    }

    /// The name of the recording, which is a new one where none is the same.
    fn record(&mut self, told: &Told) -> String {
        let kind = Trade::event_name(&told.event);
        let speak = told.heard.iter().filter(|heard| !heard.says.is_empty());
        self.spoken.extend(speak.map(|heard| (heard.rule, kind)));
        let (message, heard) = (message(told), listed(&told.heard.iter().map(reaction).collect::<Vec<_>>()));
        let known = self.kinds.entry(kind).or_default();
        let number = known.iter().position(|before| *before == (message.clone(), heard.clone()));
        let number = number.unwrap_or(known.len());
        let name = if number == 0 { kind.to_owned() } else { format!("{kind}-{}", number + 1) };
        if number == known.len() {
            known.push((message.clone(), heard.clone()));
            self.files.insert(format!("{name}.json"), message);
            self.files.insert(format!("{name}.reactions.json"), heard);
        }
        name
    }
}

/// The bytes of a fact on the hub.
fn message(told: &Told) -> String {
    let Told { key, event, row, at, .. } = told.clone();
    let entity = row.map(|row| Entity { key: key.clone(), body: Body::Row(row) });
    let message = Message { kind: Trade::event_name(&event).to_owned(), at, key, event, entity };
    serde_json::to_string(&message).expect("plain data") + "\n"
}

fn reaction(heard: &Heard) -> Reaction {
    Reaction { rule: heard.rule.to_owned(), rows: heard.rows.clone(), says: names(&heard.says) }
}

fn names(says: &[(Key, Event)]) -> Vec<(Key, String)> {
    says.iter().map(|(key, event)| (key.clone(), Trade::event_name(event).to_owned())).collect()
}

/// A list with a line for each.
fn listed(items: &[impl Serialize]) -> String {
    let lines: Vec<_> = items.iter().map(|item| serde_json::to_string(item).expect("plain data")).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

/// Which rules listen to a message. Of a kind that none does, nothing else is read.
fn listeners(text: &str) -> Vec<&'static Rule> {
    #[derive(Deserialize)]
    struct Kind {
        #[serde(rename = "type")]
        kind: String,
    }
    let Kind { kind } = serde_json::from_str(text).expect("a message has a type");
    RULES.iter().filter(|rule| rule.on.contains(&kind.as_str())).collect()
}

/// What a rule makes of a message with these rows.
fn react(rule: &Rule, message: &Message, rows: &[(Key, Row)]) -> Vec<(Key, Event)> {
    let row = message.entity.as_ref().map(|entity| match &entity.body {
        Body::Row(row) => row,
        Body::Inbox(_) => panic!("no rule hears of an inbox"),
    });
    let happened = Happened { key: &message.key, event: &message.event, row, at: message.at };
    let reads = (rule.reads)(&happened);
    let found = |key: &Key| {
        assert!(reads.contains(key), "{} reads {key} without saying so", rule.id);
        rows.iter().find(|(name, _)| name == key).map(|(_, row)| row.clone())
    };
    (rule.react)(&happened, &found)
}

#[test]
fn a_producer_writes_what_was_recorded_of_it() {
    let (files, now) = (files(), walked());
    for (name, text) in &now {
        let recorded = files.get(name).unwrap_or_else(|| panic!("{name} is not recorded: RECORD=add"));
        assert_eq!(text, recorded, "{name}: what is told has changed, and who listens knows only what was recorded");
    }
    let told_no_more: Vec<_> = files.keys().filter(|name| !now.contains_key(*name)).collect();
    assert!(told_no_more.is_empty(), "nobody says any more {told_no_more:?}");
}

#[test]
fn a_consumer_makes_of_a_recording_what_it_made() {
    let files = files();
    for (name, text) in messages(&files) {
        for text in [text, &with_unknown_fields(name, text)] {
            let message: Message = serde_json::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(message.kind, Trade::event_name(&message.event), "{name}: the type is the event's name");
            let (listeners, recorded) = (listeners(text), reactions(&files, name));
            assert_eq!(
                listeners.iter().map(|rule| rule.id).collect::<Vec<_>>(),
                recorded.iter().map(|reaction| reaction.rule.as_str()).collect::<Vec<_>>(),
                "who listens to {name}"
            );
            for (rule, Reaction { rows, says, .. }) in listeners.iter().zip(&recorded) {
                assert_eq!(names(&react(rule, &message, rows)), *says, "{} hears {name}", rule.id);
            }
        }
    }
}

#[test]
fn every_rule_speaks_of_every_kind_that_it_listens_to() {
    let files = files();
    let mut speaks = BTreeSet::new();
    for (name, text) in messages(&files) {
        let message: Message = serde_json::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let recorded = reactions(&files, name).into_iter().filter(|reaction| !reaction.says.is_empty());
        speaks.extend(recorded.map(|reaction| (reaction.rule, message.kind.clone())));
    }
    let pairs = RULES.iter().flat_map(|rule| rule.on.iter().map(|kind| (rule.id.to_owned(), (*kind).to_owned())));
    let silent: Vec<_> = pairs.filter(|pair| !speaks.contains(pair)).collect();
    assert!(silent.is_empty(), "no recording has these speak: {silent:#?}");
}

/// A whole order, from recording to recording.
struct Chain {
    name: &'static str,
    /// What comes from outside: people, the bank, a clock. All else follows from it.
    begins: &'static [&'static str],
    /// What is said at its end.
    ends: &'static [&'static str],
}

const CHAINS: [Chain; 5] = [
    Chain {
        name: "for-later",
        begins: &[
            "driver-came-on-duty",
            "order-submitted",
            "payment-authorized",
            "order-received",
            // Its time has come.
            "driver-asked",
            "offer-claimed",
            "order-preparing",
            "order-picked-up",
            "delivery-completed",
            "payment-captured",
        ],
        ends: &["order-arranged", "order-fulfilled"],
    },
    Chain {
        name: "fulfilled",
        begins: &[
            "driver-came-on-duty",
            "order-submitted",
            "payment-authorized",
            "offer-claimed",
            "order-received",
            "order-preparing",
            "order-prepared",
            "order-picked-up",
            "delivery-completed",
            "payment-captured",
        ],
        ends: &["order-arranged", "order-fulfilled"],
    },
    Chain {
        name: "expired",
        begins: &[
            "driver-came-on-duty",
            "order-submitted",
            "payment-authorized",
            "offer-claimed",
            "order-submission-expired",
            "restaurant-order-cancelled",
            "driver-assignment-cancelled",
            "payment-voided",
        ],
        ends: &["order-not-arranged", "order-cancelled", "order-not-secured"],
    },
    Chain {
        name: "cancelled",
        begins: &[
            "driver-came-on-duty",
            "order-submitted",
            "payment-authorized",
            "offer-claimed",
            "order-received",
            "order-cancellation-requested",
            "payment-voided",
        ],
        ends: &["order-cancelled", "order-not-arranged", "order-not-secured"],
    },
    Chain {
        name: "in-vain",
        begins: &[
            "driver-came-on-duty",
            "order-submitted",
            "payment-authorized",
            "offer-claimed",
            "order-received",
            "order-picked-up",
            "delivery-failed",
            "payment-captured",
        ],
        ends: &["order-cancelled", "order-not-arranged", "order-cancellation-settled"],
    },
];

#[test]
fn a_whole_order_runs_from_recording_to_recording() {
    let files = files();
    for chain in CHAINS {
        let text = &files[&format!("{}.chain.json", chain.name)];
        let recordings: Vec<String> = serde_json::from_str(text).expect("names");
        let mut run = Run::default();
        for name in &recordings {
            let message = serde_json::from_str(&files[&format!("{name}.json")]).expect("a message");
            run.hear(name, &message, &reactions(&files, name));
        }
        let is_heard = |kind: &&str| RULES.iter().any(|rule| rule.on.contains(kind));
        let unheard: Vec<_> =
            run.awaited.iter().map(|awaited| Trade::event_name(&awaited.event)).filter(is_heard).collect();
        assert!(unheard.is_empty(), "{}: said, and in no recording of the chain: {unheard:?}", chain.name);
        assert_eq!(run.begins, chain.begins, "{}: what comes from outside", chain.name);
        for end in chain.ends {
            assert!(run.said.contains(end), "{}: nobody says {end}", chain.name);
        }
    }
}

/// How far a chain has come.
#[derive(Default)]
struct Run {
    /// Every row as the recordings have made it.
    rows: BTreeMap<Key, Row>,
    /// What was said, and is still to be told.
    awaited: Vec<Message>,
    begins: Vec<String>,
    said: Vec<&'static str>,
}

impl Run {
    fn hear(&mut self, name: &str, message: &Message, recorded: &[Reaction]) {
        let is_told = |awaited: &Message| (&awaited.key, &awaited.event) == (&message.key, &message.event);
        if let Some(at) = self.awaited.iter().position(is_told) {
            let awaited = self.awaited.remove(at);
            assert_eq!(awaited.entity, message.entity, "{name}: the row that it was said of");
        } else {
            self.begins.push(message.kind.clone());
            if let Some(Entity { key, body: Body::Row(row) }) = &message.entity {
                self.rows.insert(key.clone(), row.clone());
            }
        }
        for Reaction { rule: id, rows, .. } in recorded {
            for (key, row) in rows {
                // The menu was there before anybody ordered.
                let made = self.rows.entry(key.clone()).or_insert_with(|| {
                    assert_eq!(key.kind(), "menu", "{id} reads {key} at {name}, which no recording made");
                    row.clone()
                });
                assert_eq!(made, row, "{id} reads {key} at {name} as no recording made it");
            }
            let rule = RULES.iter().find(|rule| rule.id == id).unwrap_or_else(|| panic!("{id} is no rule"));
            react(rule, message, rows).into_iter().for_each(|(key, event)| self.say(key, event, message.at));
        }
    }

    fn say(&mut self, key: Key, event: Event, at: Millis) {
        let before = self.rows.remove(&key);
        let row = Trade::apply(before.clone(), &event);
        let changed = row.clone().filter(|row| before.as_ref() != Some(row));
        self.rows.extend(row.map(|row| (key.clone(), row)));
        self.said.push(Trade::event_name(&event));
        let entity = changed.map(|row| Entity { key: key.clone(), body: Body::Row(row) });
        self.awaited.push(Message { kind: Trade::event_name(&event).to_owned(), at, key, event, entity });
    }
}

#[test]
fn what_is_of_no_known_type_is_heard_by_nobody() {
    let sung = json!({"type": "order-sung", "partition_key": 7, "event": {"song": ["la", "la"]}}).to_string();
    assert!(listeners(&sung).is_empty());
    for (name, text) in messages(&files()) {
        let mut message: Value = serde_json::from_str(text).expect("a message");
        message["type"] = format!("{name}-sung").into();
        assert!(listeners(&message.to_string()).is_empty(), "{name}");
    }
}

/// The message as a later release may write it: with a field that nobody knows in every object that may have one. The name of
/// an enum's variant is all that its object has, and the steps of a run are a map by their names.
fn with_unknown_fields(name: &str, text: &str) -> String {
    let known: Message = serde_json::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut message: Value = serde_json::from_str(text).expect("a message");
    let mut places = vec![];
    objects(&message, String::new(), &mut places);
    for place in places {
        let mut grown = message.clone();
        let object = grown.pointer_mut(&place).and_then(Value::as_object_mut).expect("an object");
        let is_closed = object.len() == 1 || place.ends_with("/state/steps");
        object.insert("not-known-yet".into(), json!({"so": ["what"]}));
        match serde_json::from_value::<Message>(grown.clone()) {
            Ok(read) => {
                assert_eq!(read, known, "{name}{place}: a field that nobody knows is ignored");
                message = grown;
            }
            Err(error) => assert!(is_closed, "{name}{place}: a field that nobody knows: {error}"),
        }
    }
    message.to_string()
}

fn objects(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                objects(value, format!("{place}/{}", name.replace('~', "~0").replace('/', "~1")), places);
            }
            places.push(place);
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| objects(item, format!("{place}/{at}"), places));
        }
        _ => {}
    }
}
