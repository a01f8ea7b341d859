//! The mistakes: a text in the sources, and what would stand there. Each has its promise beside it.

/// One mistake.
pub(crate) struct Variant {
    /// A name for it.
    pub(crate) name: &'static str,
    /// What is broken by it, for a person.
    pub(crate) breaks: &'static str,
    /// The texts that make it.
    pub(crate) edits: &'static [Edit],
}

/// A text that stands in a file once, and what would stand there. Both are statements, or both are expressions.
pub(crate) struct Edit {
    /// The file.
    pub(crate) file: &'static str,
    /// What stands there.
    pub(crate) find: &'static str,
    /// What would.
    pub(crate) replace: &'static str,
}

const DISK: &str = "crates/sync/src/outbox/disk.rs";
const OUTBOX: &str = "crates/sync/src/outbox/mod.rs";
const CACHE: &str = "crates/sync/src/cache.rs";
const REBASE: &str = "crates/sync/src/rebase.rs";
const LINK: &str = "crates/sync/src/client/link.rs";
const SENDER: &str = "crates/sync/src/client/sender.rs";
const CLIENT: &str = "crates/sync/src/client/mod.rs";
const WATCHDOG: &str = "crates/sync/src/client/watchdog.rs";
const DECIDE: &str = "crates/flow/src/accept/decide.rs";
const ACCEPT: &str = "crates/flow/src/accept/mod.rs";
const FACT: &str = "crates/flow/src/fact.rs";
const PUBLISH: &str = "crates/flow/src/publish.rs";
const VIEW: &str = "crates/flow/src/feed/view.rs";
const TALK: &str = "crates/flow/src/feed/talk.rs";
const ACT: &str = "crates/flow/src/accept/act.rs";
const PERSON: &str = "crates/domain/src/account/person.rs";
const RULES: &str = "crates/domain/src/rules/mod.rs";
const CATALOG_RULES: &str = "crates/domain/src/rules/catalog.rs";
const DINING_RULES: &str = "crates/domain/src/rules/dining.rs";
const DELIVERY_RULES: &str = "crates/domain/src/rules/delivery.rs";
const KITCHEN_RULES: &str = "crates/domain/src/rules/kitchen.rs";
const ORDERING_RULES: &str = "crates/domain/src/rules/ordering.rs";
const ORDER: &str = "crates/domain/src/ordering/order.rs";
const ZONE: &str = "crates/domain/src/delivery/zone.rs";
const OFFER: &str = "crates/domain/src/delivery/offer.rs";
const PAYMENT: &str = "crates/domain/src/payment/hold.rs";
const REFUND: &str = "crates/domain/src/payment/refund.rs";
const ARRANGE: &str = "crates/domain/src/fulfilment/arrange.rs";
const PUT_AWAY: &str = "crates/domain/src/put_away.rs";
const SECURE: &str = "crates/domain/src/fulfilment/secure.rs";
const SETTLE: &str = "crates/domain/src/fulfilment/settle.rs";
const TICKET: &str = "crates/domain/src/kitchen/ticket.rs";
const TAB: &str = "crates/domain/src/dining/tab.rs";
const TAB_STAFF: &str = "crates/domain/src/dining/staff.rs";
const TAB_BILL: &str = "crates/domain/src/dining/bill.rs";
const SAGA: &str = "crates/saga/src/run.rs";
const SIM_DISK: &str = "crates/sim/src/disk.rs";
const SIM_DRIVER: &str = "crates/sim/src/driver.rs";
const SIM_FEED: &str = "crates/sim/src/server/feed.rs";
const SIM_SERVER: &str = "crates/sim/src/server/mod.rs";

const fn one(name: &'static str, breaks: &'static str, edits: &'static [Edit]) -> Variant {
    Variant { name, breaks, edits }
}

macro_rules! edit {
    ($file:expr, $find:expr, $replace:expr) => {
        &[Edit { file: $file, find: $find, replace: $replace }]
    };
}

/// All of them, from the tap to the kitchen.
pub(crate) const VARIANTS: &[Variant] = &[
    // ---- what a device keeps ---------------------------------------------------------------------------------------
    one(
        "saved only in memory",
        "what is called saved is on the disk",
        edit!(SIM_DISK, "self.records.insert(written.id, written);", "drop(written);"),
    ),
    one(
        "an outbox that is not strict",
        "what is called saved survives a power cut",
        edit!(
            SIM_DISK,
            "self.cache = self.flushed.clone();",
            "self.cache = self.flushed.clone(); self.records.pop_last();"
        ),
    ),
    one(
        "a number given twice",
        "each act of a device has a number of its own",
        edit!(SIM_DISK, "self.counter += 1;", "self.counter += self.counter % 2;"),
    ),
    one(
        "the dropped fence",
        "only the tab that leads writes how far acts have come",
        edit!(DISK, "if generation == mine { Ok(()) } else { Err(Fenced) }", "Ok(())"),
    ),
    one(
        "no predecessor",
        "an act names the one before it in its lane",
        edit!(DISK, "draft.seal(last + 1, before)", "draft.seal(last + 1, None)"),
    ),
    one(
        "a late word that takes back what was sent",
        "what is known of an act is never older than what the disk said",
        edit!(CLIENT, "self.outbox.get(record.id).is_none()", "record.seq > 0"),
    ),
    one(
        "taken back after it left",
        "what has left cannot be taken back",
        edit!(DISK, "kept.record().is_none_or(|record| record.left)", "false"),
    ),
    one(
        "a withdrawn act comes back",
        "what was taken back is gone",
        edit!(DISK, "there.contains(&record.id)", "there.contains(&record.id) || record.id.0.as_u128() % 2 == 0"),
    ),
    one(
        "bytes rewritten on retry",
        "an act travels as it was saved",
        edit!(
            SENDER,
            "entry.record.bytes.clone()",
            "entry.record.bytes.replacen(\"\\\"act\\\":\", \"\\\"tried\\\":1,\\\"act\\\":\", usize::from(self.turn % 2 == 0))"
        ),
    ),
    one(
        "retry with a new id",
        "sending again is the same act",
        edit!(
            SENDER,
            "entry.record.bytes.clone()",
            "entry.record.bytes.replacen(&id.to_string(), &CommandId(uuid::Uuid::from_u128(id.0.as_u128() ^ u128::from(self.turn + 1))).to_string(), 1)"
        ),
    ),
    one(
        "kept for who went",
        "a tab that has not heard of a sign-in keeps nothing in the name of who went",
        edit!(DISK, "acting != Some(&draft.account)", "false"),
    ),
    one(
        "a guest taken over too early",
        "a guest of whom something may still leave is not ended",
        edit!(DISK, "Outbox::load(kept).has_left(account)", "{ let _ = (kept, account); true }"),
    ),
    one(
        "rows left out for good",
        "what was stored for who was there before is read again by a tab of who signed in",
        edit!(
            SIM_DRIVER,
            "cache.mark.account != mark.account || !goes_on",
            "cache.mark.account != mark.account && !goes_on"
        ),
    ),
    one(
        "an act of whoever acts now",
        "what one person tapped is never begun as another's",
        edit!(CLIENT, "by != Some(&actor.account)", "by.is_none()"),
    ),
    // ---- sending ---------------------------------------------------------------------------------------------------
    one(
        "leaves before it is marked",
        "`sent` is durable before the request leaves",
        edit!(SENDER, "self.stores_open > 0 || !durable", "self.stores_open > 1"),
    ),
    one("a lane that is not held", "within a lane nothing overtakes", edit!(ACCEPT, "self.0.contains(lane)", "false")),
    one(
        "an error ends an act",
        "only a typed refusal ends an act",
        edit!(SENDER, "self.failed_on(&ids, tries, now)", "self.not_taken(&ids, 400, \"malformed\", now)"),
    ),
    one(
        "done when accepted",
        "an overlay goes only with the rows that replace it",
        edit!(OUTBOX, "record.stage = Stage::Accepted;", "record.stage = Stage::Done;"),
    ),
    one(
        "sent in another's session",
        "acts are sealed by account",
        edit!(
            OUTBOX,
            "entry.record.account == *account",
            "entry.record.account == *account || entry.record.seq % 2 == 0"
        ),
    ),
    one(
        "a restored server judges what it cannot know",
        "what a restored server lost comes first, in its order",
        edit!(SIM_SERVER, "batch.epoch.is_some_and(|epoch| epoch != self.epoch)", "false"),
    ),
    one(
        "done stays done in another history",
        "what a restored server lost is said again",
        edit!(LINK, "another || lost_place", "false"),
    ),
    one(
        "parked for ever",
        "what a server did not know is tried again after its update",
        edit!(LINK, "ids.into_iter().flat_map(|id| self.outbox.unpark(id, now)).collect()", "vec![]"),
    ),
    one(
        "no word is missed",
        "an accepted act whose word was missed is asked about",
        edit!(WATCHDOG, "self.words_asked_at = Some(now);", "return;"),
    ),
    one(
        "a clock that goes back",
        "a clock that goes back delays nothing",
        edit!(WATCHDOG, "self.link_clock_went_back(now);", "return;"),
    ),
    // ---- accepting -------------------------------------------------------------------------------------------------
    one(
        "answers forgotten",
        "an act sent twice happens once",
        edit!(DECIDE, "reads.answers.get(&envelope.id)", "reads.answers.get(&envelope.id).filter(|_| false)"),
    ),
    one(
        "predecessors ignored",
        "an act is decided after what it follows",
        edit!(DECIDE, "envelope.after.iter().any(undecided)", "false && envelope.after.iter().any(undecided)"),
    ),
    one(
        "an item that stays",
        "an inbox item is settled once, and then gone",
        edit!(
            DECIDE,
            "writes.facts.push(pen.settled_item(id, version.next()));",
            "drop(pen.settled_item::<M>(id, version));"
        ),
    ),
    one(
        "a question that is dropped",
        "a question asked of another service is answered",
        edit!(DECIDE, "writes.1.opened = question;", "drop(question);"),
    ),
    one(
        "a version that skips",
        "folding a row's facts gives the row",
        edit!(FACT, "if changed { version.next() } else { version }", "Version(version.0 + 2 * u64::from(changed))"),
    ),
    one("a gap in the hub", "positions have no gap", edit!(PUBLISH, "head.0 + 1..", "head.0 + 2..")),
    one(
        "a cancel that is not heard",
        "a cancel before the order is confirmed ends it",
        edit!(ORDERING_RULES, "order.cancel_asked", "false"),
    ),
    one(
        "stock that is not returned",
        "left and held portions add up to what there was",
        edit!(CATALOG_RULES, "held.clone()", "{ let _ = held; vec![] }"),
    ),
    one(
        "what was cooked goes back to the menu",
        "left, held and cooked portions add up to what there was",
        edit!(CATALOG_RULES, "*is_used_up", "*is_used_up && false"),
    ),
    one(
        "a table's portions that nobody counted",
        "left and held portions add up to what there was",
        edit!(CATALOG_RULES, "left >= line.count", "left < u32::MAX"),
    ),
    one(
        "a table's portions that are not noted",
        "what a table takes back is there again, also where it was taken back before it was held",
        edit!(DINING_RULES, "vec![(tab_key(*tab), Event::Tab(TabEvent::PortionsHeld { line: *line }))]", "vec![]"),
    ),
    one(
        "a table's cooked portions come back",
        "left, held and cooked portions add up to what there was",
        edit!(TAB, "line.state.is_awaited() && !line.was_prepared", "line.state.is_awaited()"),
    ),
    one(
        "a table's food is served raw",
        "food is served after it is prepared",
        edit!(TAB_STAFF, "line.is_ready_made || line.was_prepared", "line.state.is_awaited()"),
    ),
    one(
        "a table's bill with what was taken back",
        "what was taken back is neither served nor billed",
        edit!(TAB, "!self.state.is_off() && self.written_off.is_none()", "self.written_off.is_none()"),
    ),
    one(
        "a table's line after its bill",
        "what is on a table is on its bill",
        edit!(TAB_STAFF, "reopened.is_none() && stage != Stage::Open", "reopened.is_none() && stage == Stage::Closed"),
    ),
    one(
        "a table is closed before it was served",
        "nothing waits on a table that is over",
        edit!(TAB_BILL, "unserved == 0", "unserved < usize::MAX"),
    ),
    one(
        "a table's payment of another sum",
        "what is paid is the sum of the bill",
        edit!(TAB_BILL, "bill.total != Some(paid)", "bill.total.is_none()"),
    ),
    one(
        "a table's evening falls with one refusal",
        "each act at a table is judged by itself",
        edit!(DECIDE, "!M::stands_alone(command)", "!M::stands_alone(command) || M::valid_for_ms(command).is_none()"),
    ),
    one(
        "a table's money that is owed and forgotten",
        "what was paid and could not be had is given back",
        edit!(TAB_BILL, "settlement.paid.minor - worth - back", "(settlement.paid.minor - worth - back).min(0)"),
    ),
    one(
        "a table's line without its name",
        "a line that was added is there once, whatever becomes of it",
        edit!(TAB, "tab.line(line.id).is_none()", "tab.lines.iter().all(|known| known.item != line.item)"),
    ),
    one(
        "what was brought in vain is let go",
        "what was cooked and brought is paid for",
        edit!(SECURE, "aftermath == Aftermath::Paid", "aftermath == Aftermath::Paid && false"),
    ),
    one(
        "what was brought in vain is not charged",
        "what was cooked and brought is paid for",
        edit!(
            SETTLE,
            "Aftermath::of(order) == Some(Aftermath::Paid)",
            "Aftermath::of(order) == Some(Aftermath::Paid) && false"
        ),
    ),
    one(
        "more given back than there was",
        "restaurant and desk together give back no more than was charged",
        edit!(
            REFUND,
            "by_restaurant.saturating_add(by_desk).min(payment.amount.minor)",
            "by_restaurant.saturating_add(by_desk)"
        ),
    ),
    one(
        "given back before it was charged, and forgotten",
        "what is given back its customer has",
        edit!(
            PAYMENT,
            "after.as_ref().and_then(refund::ask)",
            "after.as_ref().and_then(refund::ask).filter(|_| false)"
        ),
    ),
    one(
        "a second sum in place of the first",
        "what is given back its customer has",
        edit!(
            TICKET,
            "ticket.total_given_back().map_or(*amount, |before| before.plus(*amount))",
            "ticket.total_given_back().map_or(*amount, |_| *amount)"
        ),
    ),
    one(
        "a saga that takes nothing back",
        "where an order ends early, stock and money go back",
        edit!(
            SAGA,
            "if state.given_up().is_some() { self.back(&state) } else { self.on(&state) }",
            "if state.given_up().is_some() { vec![] } else { self.on(&state) }"
        ),
    ),
    one(
        "a late yes of the bank that is believed dead",
        "no money stays reserved for an order that is over",
        edit!(
            PAYMENT,
            "payment.reference.as_ref() != Some(reference)",
            "payment.reference.as_ref() != Some(reference) && false"
        ),
    ),
    one(
        "a release that is not answered",
        "a saga comes to its end",
        edit!(PAYMENT, "vec![PaymentEvent::Released]", "vec![]"),
    ),
    one(
        "a meal that is not charged",
        "an order by card that was handed over is paid",
        edit!(SETTLE, "order.status.is_eaten()", "order.status.is_eaten() && false"),
    ),
    one(
        "a ticket number twice",
        "tickets are numbered without a gap or a double",
        edit!(KITCHEN_RULES, "last + 1", "last.max(1)"),
    ),
    // ---- people ----------------------------------------------------------------------------------------------------
    one(
        "a text that is not sealed",
        "what is personal is sealed wherever it is kept",
        edit!(ACT, "personal::<M>(envelope).for_each(|text| text.seal_with(&seal));", "drop(seal);"),
    ),
    one(
        "a kitchen that remembers who was erased",
        "of who was erased no device in contact since keeps a word",
        edit!(
            RULES,
            "erase_in(happened, rows, ticket_key, Event::Ticket(TicketEvent::Erased))",
            "{ let _ = rows; vec![] }"
        ),
    ),
    one(
        "a device that does not hear who was erased",
        "of who was erased no device in contact since keeps a word",
        edit!(LINK, "self.outputs.push_back(Output::Forget(account))", "drop(account)"),
    ),
    one(
        "a meal whose kitchen has lost the name",
        "who is erased is not while a meal is under way for them",
        edit!(PERSON, "person.open.is_empty()", "(person.open.is_empty() || !person.open.is_empty())"),
    ),
    // ---- delivery --------------------------------------------------------------------------------------------------
    one(
        "an offer whoever claims it first has it",
        "one driver is asked at a time, and nobody else may take it",
        edit!(
            OFFER,
            "offer.driver == actor.account",
            "!offer.driver.as_str().is_empty() || actor.account.as_str().is_empty()"
        ),
    ),
    one(
        "a board that forgets who carries a meal",
        "the board, the offers and the meals on their way say the same",
        edit!(ZONE, "seat.carries.push(*order)", "seat.asked = None"),
    ),
    one(
        "a meal that is called off and still offered",
        "nobody is asked about a meal that nobody wants",
        edit!(DELIVERY_RULES, "withdrawn.into_iter().chain(called_off).collect()", "{ let _ = withdrawn; called_off }"),
    ),
    one(
        "a driver's word that does not reach the kitchen",
        "the kitchen and the customer see the same",
        edit!(KITCHEN_RULES, "ticket::picked_up(&ticket, *at)", "{ let _ = at; vec![] }"),
    ),
    one(
        "a driver who is asked too early",
        "nobody is asked to fetch a meal before its kitchen is to begin",
        edit!(
            ZONE,
            "sought.not_before.is_none() && !zone.is_asked_about(sought.order)",
            "!zone.is_asked_about(sought.order)"
        ),
    ),
    one(
        "a time that is forgotten",
        "an order is for the time to which its customer said yes",
        edit!(ORDER, "Ok(Some(wanted))", "Ok({ let _ = wanted; None })"),
    ),
    // ---- the feed --------------------------------------------------------------------------------------------------
    one(
        "ack before change",
        "a final word never comes before the rows that show it",
        &[
            Edit {
                file: SIM_FEED,
                find: "if complete { self.acks(to, acks_to, answers) } else { vec![] }",
                replace: "self.acks(to, head, answers)",
            },
            Edit { file: TALK, find: "!more", replace: "true" },
        ],
    ),
    one(
        "a row that left is not told",
        "rows that leave a scope leave the device",
        edit!(VIEW, "!scopes.contains(scope)", "!scopes.contains(scope) && false"),
    ),
    one(
        "a sum that only grows",
        "a scope's digest is what its rows add up to",
        edit!(VIEW, "given.wrapping_sub(taken)", "given"),
    ),
    one(
        "a new scope from the middle",
        "a scope that is new to a device comes whole",
        edit!(TALK, "if held { at } else { Position(0) }", "at"),
    ),
    one(
        "changes while it begins anew left out",
        "what changes while a device begins anew is there when that ends",
        edit!(TALK, "Look::after(scope, begun)", "Look { to: Some(begun), ..Look::after(scope, begun) }"),
    ),
    one(
        "any cursor believed",
        "a cursor of another history begins anew",
        edit!(
            TALK,
            "cursor.epoch == epoch && cursor.position <= head && same_fact",
            "cursor.position <= head || same_fact"
        ),
    ),
    one(
        "gone on with over what is forgotten",
        "who was away for longer than it is remembered what left begins anew",
        edit!(TALK, "is_here(cursor) && is_recent(cursor)", "is_here(cursor)"),
    ),
    one(
        "a long absence taken for a loss",
        "who begins anew for having been away tells nothing twice",
        edit!(LINK, "frame.reset && !frame.too_long_ago", "frame.reset"),
    ),
    one(
        "forgotten under a listener",
        "nobody listens on who has not heard of what was forgotten",
        edit!(TALK, "stands_at.is_some_and(|here| here < horizon)", "false && stands_at.is_some()"),
    ),
    one(
        "a frame over a gap",
        "a frame is applied only where it follows",
        edit!(CACHE, "frame.part == 0 && frame.base == here && same_history", "frame.part == 0"),
    ),
    one(
        "a first frame like any other",
        "a lost first frame is not taken for an empty repair",
        edit!(LINK, "frame.scopes.is_none() && matches!(self.link, Link::Opening { .. })", "false"),
    ),
    one(
        "what does not come stays",
        "a snapshot drops what it does not name",
        edit!(CACHE, "!renewal.seen.contains(*key)", "!renewal.seen.contains(*key) && false"),
    ),
    one(
        "a hello without questions",
        "every catch-up answers what is unsettled",
        edit!(LINK, "self.outbox.unsettled(account)", "Vec::new()"),
    ),
    // ---- the cache on the disk, and the screen ---------------------------------------------------------------------
    one(
        "cursor before data",
        "the cursor is stored with its rows",
        edit!(SIM_DRIVER, "self.cache_has_hole(id, true);\n                self.rested(id);", "self.rested(id);"),
    ),
    one(
        "a claim that is not looked at",
        "an earlier leader does not write over a later one's cache",
        edit!(CACHE, "generation.cmp(&mine)", "generation.cmp(&generation).then(mine.cmp(&mine))"),
    ),
    one(
        "damage that is not looked for",
        "a row that was damaged on the disk is fetched again",
        edit!(CLIENT, "self.wanting.extend(self.cache.damaged());", "{}"),
    ),
    one(
        "another person's rows",
        "nobody sees what somebody else could see here",
        edit!(CACHE, "Some(self.forget_all_but(public))", "{ let _ = public; None }"),
    ),
    one(
        "done without its row",
        "what was done stays on the screen until its row is on the disk",
        edit!(
            REBASE,
            "record.stage == Stage::Done && lately && !here",
            "record.stage == Stage::Done && lately && !here && false"
        ),
    ),
    one(
        "an accepted act is not shown",
        "an accepted act stays on the screen until its row is here",
        edit!(
            REBASE,
            "matches!(stage, Stage::Saved | Stage::Sent | Stage::Accepted | Stage::NeedsYou)",
            "matches!(stage, Stage::Saved | Stage::Sent | Stage::NeedsYou)"
        ),
    ),
    one(
        "a doubt hides the act",
        "what the rules doubt here stays on the screen",
        edit!(
            REBASE,
            "(M::decide(overlay.row.as_ref(), command, &blind).unwrap_or_default(), Err(refusal))",
            "(vec![], Err(refusal))"
        ),
    ),
    // ---- months ----------------------------------------------------------------------------------------------------
    one(
        "one clock at a time",
        "a clock strikes all that was missed while the server was away",
        edit!(
            ARRANGE,
            "if end_at <= now { give_up(process, Cancelled::NoAnswer) } else { vec![] }",
            "if process.is_late && end_at <= now { give_up(process, Cancelled::NoAnswer) } else { vec![] }"
        ),
    ),
    one("never put away", "what is over for a month is on no screen", edit!(PUT_AWAY, "order.ended_at()", "None")),
    one(
        "put away under way",
        "what is under way stays on its screens",
        edit!(PUT_AWAY, "ticket.progress.is_final().then_some(ticket.opened_at)", "Some(ticket.opened_at)"),
    ),
];
