//! The stories of acts that arrive: once, again, too late, too early, and after others that were refused.

use sync::protocol::{Outcome, Settled};
use sync::{Act, Actor, Envelope, InboxItem, Known, Position, Reason, Role, Saw, Version};

use super::*;
use crate::fact::{COMMAND_REFUSED, COMMAND_SETTLED, INBOX_EXTENDED, INBOX_SETTLED};
use crate::testing::{
    Command, EPOCH, Event, Library, NOW, PHONE, Refusal, Row, act, bench, book, desk, hash, id, reader,
};

fn lend() -> Command {
    Command::Lend("emma".into())
}

fn open_desk() -> Reads<Library> {
    let context = [(desk(), Known::Row(Row::Desk { open: true }, Version(1)))].into();
    Reads { context, reached: Position(10), ..Reads::default() }
}

fn judge(envelope: &Envelope<Command>, reads: &Reads<Library>) -> Decision<Library> {
    decide(envelope, &hash(1), reads, &bench(&reader("ada"))).expect("an outcome")
}

fn with_answer(mut reads: Reads<Library>, number: u128, outcome: Outcome<Library>) -> Reads<Library> {
    reads.answers.insert(id(number), Stored { hash: hash(1), outcome });
    reads
}

/// What stands after act `number` was refused because the desk was closed.
fn after_refusal(number: u128) -> Reads<Library> {
    let refused = judge(&act(number, lend()), &Reads { context: closed(), ..Reads::default() });
    let mut reads = with_answer(open_desk(), number, refused.outcome);
    reads.items.insert(id(number), refused.writes.items[0].clone());
    reads
}

fn closed() -> BTreeMap<Key, Known<Row>> {
    [(desk(), Known::Row(Row::Desk { open: false }, Version(2)))].into()
}

fn told(decision: &Decision<Library>) -> &Settled<Library> {
    let acks: Vec<_> = decision.writes.facts.iter().flat_map(|fact| &fact.acks).collect();
    assert_eq!(acks.len(), 1, "one final word");
    assert!(!decision.writes.facts.last().expect("a fact").acks.is_empty(), "on the last fact");
    assert_eq!((acks[0].device, acks[0].account.as_str()), (PHONE, "ada"));
    &acks[0].ack.settled
}

fn kinds(decision: &Decision<Library>) -> Vec<&str> {
    decision.writes.facts.iter().map(|fact| fact.kind.as_str()).collect()
}

#[test]
fn an_accepted_act_writes_the_row_the_fact_the_word_and_the_answer() {
    let decision = judge(&act(1, lend()), &open_desk());
    assert_eq!(decision.outcome, Outcome::Accepted);
    assert_eq!(decision.writes.answer, Some(Outcome::Accepted));
    assert_eq!(decision.writes.rows.len(), 1);
    assert_eq!((&decision.writes.rows[0].key, decision.writes.rows[0].version), (&book("emma"), Version(1)));
    let fact = &decision.writes.facts[0];
    assert_eq!((fact.kind.as_str(), fact.at, fact.tags.source.as_str()), ("book-lent", NOW, "lending"));
    assert_eq!(fact.entity.as_ref().map(|entity| entity.scopes.len()), Some(2));
    assert_eq!(*told(&decision), Settled::Done);
}

#[test]
fn the_same_act_again_finds_its_answer_and_writes_nothing() {
    let reads = with_answer(open_desk(), 1, Outcome::Accepted);
    let decision = judge(&act(1, lend()), &reads);
    assert_eq!(decision, Decision { outcome: Outcome::Accepted, writes: Writes::default() });
}

#[test]
fn the_same_id_with_other_bytes_is_rejected_whatever_else_it_says() {
    let reads = with_answer(open_desk(), 1, Outcome::Accepted);
    let again = decide(&act(1, lend()), &hash(2), &reads, &bench(&reader("ada")));
    assert_eq!(again, Err(Rejection::IdReused(id(1))));
}

#[test]
fn an_act_made_as_somebody_else_is_not_looked_at() {
    let decided = decide(&act(1, lend()), &hash(1), &open_desk(), &bench(&reader("ben")));
    assert_eq!(decided, Err(Rejection::OtherAccount));
}

#[test]
fn an_act_for_another_row_than_it_says_is_malformed() {
    let mut envelope = act(1, lend());
    envelope.lane = book("persuasion");
    assert!(matches!(check::<Library>(&envelope, &envelope.account), Err(Rejection::Malformed(_))));
}

#[test]
fn the_same_act_makes_the_same_facts() {
    let first = judge(&act(1, lend()), &open_desk());
    let second = judge(&act(1, lend()), &open_desk());
    let other = judge(&act(2, lend()), &open_desk());
    assert_eq!(first.writes.facts[0].id, second.writes.facts[0].id);
    assert_ne!(first.writes.facts[0].id, other.writes.facts[0].id);
}

#[test]
fn an_act_waits_for_what_it_follows() {
    let mut envelope = act(2, lend());
    envelope.after = vec![id(1)];
    let decision = judge(&envelope, &open_desk());
    assert_eq!(decision, Decision { outcome: Outcome::NotYet, writes: Writes::default() });
    let decision = judge(&envelope, &with_answer(open_desk(), 1, Outcome::Accepted));
    assert_eq!(decision.outcome, Outcome::Accepted);
}

#[test]
fn a_refused_act_opens_an_item_for_its_person() {
    let decision = judge(&act(1, lend()), &Reads { context: closed(), ..Reads::default() });
    assert_eq!(decision.outcome, Outcome::Refused(Reason::Trade(Refusal::Closed)));
    assert_eq!(kinds(&decision), [COMMAND_REFUSED]);
    let (item, version) = &decision.writes.items[0];
    assert_eq!((item.id, *version, item.acted_at, item.refused_at), (id(1), Version(1), NOW, NOW));
    let entity = decision.writes.facts[0].entity.as_ref().expect("the item");
    assert_eq!(entity.scopes, [Library::personal_scope(&item.account)]);
    assert!(matches!(told(&decision), Settled::Refused(_)));
    assert!(decision.writes.rows.is_empty());
}

#[test]
fn what_follows_a_refused_act_joins_its_item_also_at_second_hand() {
    let mut second = act(2, Command::Renew("emma".into()));
    second.after = vec![id(1)];
    let reads = after_refusal(1);
    let decision = judge(&second, &reads);
    assert_eq!(decision.outcome, Outcome::Refused(Reason::Predecessor(id(1))));
    assert_eq!(kinds(&decision), [INBOX_EXTENDED]);
    let (item, version) = decision.writes.items[0].clone();
    assert_eq!((item.dependents.len(), version), (1, Version(2)));

    let mut reads = with_answer(reads, 2, decision.outcome);
    reads.items.insert(id(1), (item, version));
    let mut third = act(3, Command::Renew("emma".into()));
    third.after = vec![id(2)];
    assert_eq!(items(&third, &reads.answers), [id(1)]);
    let decision = judge(&third, &reads);
    assert_eq!(decision.outcome, Outcome::Refused(Reason::Predecessor(id(1))));
    assert_eq!(decision.writes.items[0].0.dependents.len(), 2);
}

#[test]
fn what_follows_a_refused_act_whose_item_is_settled_falls_alone() {
    let mut second = act(2, Command::Renew("emma".into()));
    second.after = vec![id(1)];
    let mut reads = after_refusal(1);
    reads.items.clear();
    let decision = judge(&second, &reads);
    assert_eq!(decision.outcome, Outcome::Refused(Reason::Predecessor(id(1))));
    assert_eq!(kinds(&decision), [COMMAND_SETTLED]);
}

#[test]
fn taking_back_a_refused_act_is_done_with_both() {
    let mut back = act(2, Command::GiveBack("emma".into()));
    back.after = vec![id(1)];
    let decision = judge(&back, &after_refusal(1));
    assert_eq!(decision.outcome, Outcome::Accepted);
    assert_eq!(decision.writes.settled_items, [id(1)]);
    assert_eq!((kinds(&decision), told(&decision)), (vec![INBOX_SETTLED], &Settled::Done));
    assert_eq!(decision.writes.facts[0].entity.as_ref().map(|entity| entity.version), Some(Version(2)));
}

#[test]
fn what_stands_alone_is_judged_by_itself_whatever_was_refused_before_it() {
    let mut praise = act(2, Command::Praise("emma".into()));
    praise.after = vec![id(1)];
    let decision = judge(&praise, &after_refusal(1));
    assert_eq!(decision.outcome, Outcome::Accepted);
    assert!(
        decision.writes.items.is_empty() && decision.writes.settled_items.is_empty(),
        "the refusal waits as it did"
    );
}

#[test]
fn an_act_that_only_came_second_to_another_device_blocks_nothing() {
    let mut next = act(3, Command::Renew("emma".into()));
    next.after = vec![id(2)];
    let reads = with_answer(open_desk(), 2, Outcome::Refused(Reason::AlreadySettled));
    assert_eq!(judge(&next, &reads).outcome, Outcome::Asked);
}

#[test]
fn an_act_that_settles_an_item_does_not_fall_with_it() {
    let mut again = act(2, lend());
    (again.after, again.resolves) = (vec![id(1)], Some(id(1)));
    let decision = judge(&again, &after_refusal(1));
    assert_eq!(decision.outcome, Outcome::Accepted);
    assert_eq!(decision.writes.settled_items, [id(1)]);
    assert_eq!((kinds(&decision), told(&decision)), (vec![INBOX_SETTLED, "book-lent"], &Settled::Done));
}

#[test]
fn an_item_is_gone_even_if_the_new_act_is_refused_too() {
    let mut again = act(2, lend());
    again.resolves = Some(id(1));
    let decision = judge(&again, &Reads { context: closed(), ..after_refusal(1) });
    assert_eq!(decision.writes.settled_items, [id(1)]);
    assert_eq!(kinds(&decision), [INBOX_SETTLED, COMMAND_REFUSED]);
    assert_eq!(decision.writes.items[0].0.id, id(2), "a new item stands for it");
}

#[test]
fn an_item_is_settled_once_by_whoever_is_first() {
    let mut again = act(2, lend());
    again.resolves = Some(id(1));
    let decision = judge(&again, &open_desk());
    assert_eq!(decision.outcome, Outcome::Refused(Reason::AlreadySettled));
    assert!(decision.writes.rows.is_empty() && decision.writes.items.is_empty());
    assert_eq!(kinds(&decision), [COMMAND_SETTLED]);
}

#[test]
fn nobody_settles_another_persons_item() {
    let mut theirs = after_refusal(1);
    theirs.items.values_mut().for_each(|(item, _)| item.account = "ben".into());
    let mut envelope = act(2, lend());
    envelope.resolves = Some(id(1));
    for act in [Act::Dismiss, Act::Do(lend())] {
        let decision = judge(&Envelope { act, ..envelope.clone() }, &theirs);
        assert_eq!(decision.outcome, Outcome::Refused(Reason::NotAllowed));
        assert!(decision.writes.settled_items.is_empty());
    }
}

#[test]
fn letting_an_item_go_does_nothing_else() {
    let mut envelope = act(2, lend());
    (envelope.act, envelope.resolves, envelope.after) = (Act::Dismiss, Some(id(1)), vec![id(1)]);
    let decision = judge(&envelope, &after_refusal(1));
    assert_eq!(decision.outcome, Outcome::Accepted);
    assert_eq!((kinds(&decision), told(&decision)), (vec![INBOX_SETTLED], &Settled::Done));
    assert!(decision.writes.rows.is_empty());
    envelope.resolves = None;
    assert!(matches!(check::<Library>(&envelope, &envelope.account), Err(Rejection::Malformed(_))));
}

#[test]
fn a_wish_grows_stale_by_the_clock_of_its_own_device() {
    let ada = reader("ada");
    let late = Bench { sent_at: 50 + 60_001, ..bench(&ada) };
    let decision = decide(&act(1, lend()), &hash(1), &open_desk(), &late).expect("an outcome");
    let stale = Reason::Stale { age_ms: 60_001, valid_for_ms: 60_000 };
    assert_eq!(decision.outcome, Outcome::Refused(stale));
    assert_eq!(decision.writes.items[0].0.acted_at, NOW - 60_001);
    let just = Bench { sent_at: 50 + 60_000, ..bench(&ada) };
    let decision = decide(&act(1, lend()), &hash(1), &open_desk(), &just).expect("an outcome");
    assert_eq!(decision.outcome, Outcome::Accepted);
    let set_back = Bench { sent_at: i64::MIN, ..bench(&ada) };
    let decision = decide(&act(1, lend()), &hash(1), &open_desk(), &set_back).expect("an outcome");
    assert_eq!(decision.outcome, Outcome::Accepted, "a clock that was set back is no reason to refuse");
}

#[test]
fn a_wish_does_not_stretch_its_own_time() {
    let mut envelope = act(1, lend());
    envelope.valid_for_ms = None;
    let ada = reader("ada");
    let late = Bench { sent_at: 10_000_000, ..bench(&ada) };
    let decision = decide(&envelope, &hash(1), &open_desk(), &late).expect("an outcome");
    assert!(matches!(decision.outcome, Outcome::Refused(Reason::Stale { .. })));
}

#[test]
fn an_act_made_on_newer_rows_than_are_here_comes_again() {
    let mut envelope = act(1, lend());
    envelope.saw = Some(Saw { epoch: EPOCH, position: Position(11), version: Version(0) });
    assert_eq!(judge(&envelope, &open_desk()).outcome, Outcome::Behind);
    let unknown = Reads { context: [(desk(), Known::Unknown)].into(), ..Reads::default() };
    let decision = judge(&act(1, lend()), &unknown);
    assert_eq!(decision, Decision { outcome: Outcome::Behind, writes: Writes::default() });
    envelope.act = Act::Do(Command::Renew("emma".into()));
    assert_eq!(judge(&envelope, &open_desk()).outcome, Outcome::Asked, "a rule that reads no other row does not wait");
}

#[test]
fn positions_of_another_history_say_nothing() {
    let mut envelope = act(1, lend());
    let epoch = sync::Epoch(uuid::Uuid::from_u128(8));
    envelope.saw = Some(Saw { epoch, position: Position(999), version: Version(0) });
    assert_eq!(judge(&envelope, &open_desk()).outcome, Outcome::Accepted);
}

#[test]
fn a_stranger_to_the_trade_is_refused_and_has_nothing_to_decide() {
    let gardener = Actor { account: "ada".into(), role: Role::named("gardener") };
    let decision = decide(&act(1, lend()), &hash(1), &open_desk(), &bench(&gardener)).expect("an outcome");
    assert_eq!(decision.outcome, Outcome::Refused(Reason::NotAllowed));
    assert!(decision.writes.items.is_empty());
    assert_eq!(kinds(&decision), [COMMAND_SETTLED]);
}

#[test]
fn a_question_stays_open_until_its_answer() {
    let decision = judge(&act(1, Command::Renew("emma".into())), &open_desk());
    assert_eq!((&decision.outcome, told(&decision)), (&Outcome::Asked, &Settled::Asked));
    let question = decision.writes.opened.expect("a question");
    assert_eq!((question.lane, question.cause.command), (book("emma"), id(1)));
}

#[test]
fn an_act_that_changes_nothing_is_done() {
    let decision = judge(&act(1, Command::GiveBack("emma".into())), &open_desk());
    assert_eq!((&decision.outcome, told(&decision)), (&Outcome::Accepted, &Settled::Done));
    assert_eq!(kinds(&decision), [COMMAND_SETTLED]);
    assert!(decision.writes.rows.is_empty());
}

#[test]
fn an_event_that_leaves_the_row_as_it_was_is_a_fact_without_a_version() {
    let row = Row::Book { holder: Some("ada".into()), weeks: 1 };
    let reads = Reads { row: Some((row, Version(4))), ..open_desk() };
    let decision = judge(&act(1, lend()), &reads);
    assert!(decision.writes.rows.is_empty());
    assert_eq!(decision.writes.facts[0].event, Some(Event::Lent("ada".into())));
    assert_eq!(decision.writes.facts[0].entity, None);
}

#[test]
fn bytes_are_read_as_far_as_they_can_be() {
    let text = serde_json::to_string(&act(1, lend())).expect("JSON");
    assert!(matches!(parse::<Library>(&text), Ok(Parsed::Whole(_))));
    let newer = text.replace("\"lend\"", "\"lend-for-ever\"");
    assert!(matches!(parse::<Library>(&newer), Ok(Parsed::Unknown(header)) if header.id == id(1)));
    let format = text.replace("\"format\":1", "\"format\":2");
    assert!(matches!(parse::<Library>(&format), Ok(Parsed::Unknown(_))));
    for broken in [text.replace("\"emma\"", "17"), text.replace("\"seq\":1,", ""), text[1..].to_owned(), "{}".into()] {
        assert!(matches!(parse::<Library>(&broken), Err(Rejection::Malformed(_))), "{broken}");
    }
}

#[test]
fn the_first_act_of_a_lane_that_is_left_for_later_holds_those_behind_it() {
    let (emma, persuasion) = (book("emma"), book("persuasion"));
    for outcome in [Outcome::NotYet, Outcome::Behind, Outcome::Fault, Outcome::UnknownCommand] {
        let mut held = HeldLanes::default();
        held.note::<Library>(&emma, &outcome);
        assert!(held.hold(&emma) && !held.hold(&persuasion), "{outcome:?}");
    }
    for outcome in [Outcome::Accepted, Outcome::Asked, Outcome::Refused(Reason::NotAllowed)] {
        let mut held = HeldLanes::default();
        held.note::<Library>(&emma, &outcome);
        assert!(!held.hold(&emma), "{outcome:?} decides it");
    }
}

#[test]
fn the_item_of_a_refusal_is_named_by_its_act() {
    assert_eq!(InboxItem::<Library>::key(id(1)).kind(), "inbox");
}

/// However wrong a device's clock is, its act is as old as that clock says it was when it left.
#[test]
fn pain_16_a_clock_that_is_a_day_wrong_changes_nothing() {
    const DAY_MS: i64 = 86_400_000;
    let ada = reader("ada");
    let judged = |skew: i64, age: i64| {
        let mut envelope = act(1, lend());
        envelope.acted_at += skew;
        let bench = Bench { sent_at: envelope.acted_at + age, ..bench(&ada) };
        decide(&envelope, &hash(1), &open_desk(), &bench).expect("an outcome")
    };
    for age in [0, 3_000, DAY_MS] {
        for skew in [-DAY_MS, -1, 1, DAY_MS, 400 * DAY_MS] {
            assert_eq!(judged(skew, age), judged(0, age), "{age} ms old, {skew} ms wrong");
        }
    }
}
