//! What every release wrote means now what it meant then.
//!
//! A file of `golden/format-N` holds the exact bytes of an act as the releases of format N wrote it. Files are only ever
//! added: `golden/sums` pins each by its hash. `GOLDEN=add cargo test -p domain --test golden` writes those that the
//! current format lacks, and never changes one that is there.

#![allow(clippy::disallowed_methods, reason = "a test may read and write its files")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use domain::account::{Erasure, Guest, GuestCommand, Person, PersonCommand, Secret};
use domain::catalog::menu::Edit;
use domain::catalog::{Day, Hours, MenuCommand, Restaurant, RestaurantCommand, Span};
use domain::delivery::takings::{self, Brought, Handed, Sum};
use domain::delivery::zone::{Seat, Sought};
use domain::delivery::{
    self, Driver, DriverCommand, Errand, ErrandCommand, Hitch, Medium, Offer, OfferCommand, Place, Proof, ProofId,
    ProofKind, Takings, TakingsCommand, Zone,
};
use domain::dining::{Bill, LineState, Means, Seat as TabSeat, Settlement, Tab, TabCommand, TabLine, TabRefusal};
use domain::fulfilment::{Claim, Process};
use domain::id::{HandInId, LineId, TabId};
use domain::kitchen::ticket::{self, Refund};
use domain::kitchen::{Progress, Ticket, TicketCommand, TicketLine};
use domain::ops::{Case, CaseCommand, Concern, Done, Measure, Trouble};
use domain::ordering::{
    Cancelled, Choice, Contact, Destination, Dispatch, Line, Order, OrderCommand, OrderRefusal, PlaceOrder, Status,
    Step, Untimely, Wanted,
};
use domain::payment::{Card, Method, Paid, Payment, RefundTotals, Standing};
use domain::trade::{Command, Refusal, Row, Trade};
use domain::{Currency, Money, OrderId};
use saga::Record;
use sha2::{Digest, Sha256};
use sync::protocol::Body;
use sync::{Act, CommandId, DeviceId, Envelope, Epoch, InboxItem, Model, Position, Reason, Saw, Version, envelope};
use uuid::Uuid;

/// The first screen that the acts were made on.
const SAW: Saw = Saw { epoch: Epoch(Uuid::from_u128(0xe0)), position: Position(1204), version: Version(3) };

fn id(number: u128) -> CommandId {
    CommandId(Uuid::from_u128(number))
}

const ORDER: OrderId = OrderId(Uuid::from_u128(0x0a));

fn euro(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn envelope(act: Act<Command>) -> Envelope<Command> {
    let command = if let Act::Do(command) = &act { Some(command) } else { None };
    Envelope {
        format: Trade::FORMAT,
        id: id(1),
        device: DeviceId(Uuid::from_u128(0xde)),
        seq: 7,
        account: "ada".into(),
        lane: command.map(Trade::lane).unwrap_or_else(|| sync::Key::new("inbox", id(4))),
        saw: Some(SAW),
        after: vec![],
        acted_at: 1_795_258_800_000,
        valid_for_ms: command.and_then(Trade::valid_for_ms),
        resolves: None,
        act,
    }
}

fn act(command: Command) -> Envelope<Command> {
    envelope(Act::Do(command))
}

fn ticket(command: TicketCommand) -> Envelope<Command> {
    act(Command::Ticket(command))
}

fn menu(command: MenuCommand) -> Envelope<Command> {
    act(Command::Menu { restaurant: "pizzeria".into(), command })
}

fn door(command: RestaurantCommand) -> Envelope<Command> {
    act(Command::Restaurant { restaurant: "pizzeria".into(), command })
}

fn desk(command: CaseCommand) -> Envelope<Command> {
    act(Command::Case(command))
}

const HAND_IN: HandInId = HandInId(Uuid::from_u128(0x4a));

const TAB: TabId = TabId(Uuid::from_u128(0x7a));

const LINES: [LineId; 2] = [LineId(Uuid::from_u128(0x71)), LineId(Uuid::from_u128(0x72))];

fn table(command: TabCommand) -> Envelope<Command> {
    act(Command::Tab(command))
}

fn tab_samples() -> [(&'static str, Envelope<Command>); 18] {
    let (tab, restaurant, line, lines) = (TAB, "pizzeria".into(), LINES[0], LINES.to_vec());
    let open = |seat| table(TabCommand::Open { tab, restaurant: "pizzeria".into(), seat });
    let add = TabCommand::Add {
        tab,
        restaurant,
        line,
        item: "margherita".into(),
        choices: vec![("size".into(), "large".into())],
        count: 2,
        unit: euro(1250),
        note: "no basil".into(),
        reopens: false,
    };
    let add_plain = TabCommand::Add {
        tab,
        restaurant: "pizzeria".into(),
        line,
        item: "juice".into(),
        choices: vec![],
        count: 1,
        unit: euro(320),
        note: String::new(),
        reopens: false,
    };
    let TabCommand::Add { item, choices, count, unit, note, .. } = add_plain.clone() else { panic!("an add") };
    let add_again =
        TabCommand::Add { tab, restaurant: "pizzeria".into(), line, item, choices, count, unit, note, reopens: true };
    let pay = |means, tip| table(TabCommand::Pay { tab, means, paid: euro(2500), tip });
    [
        ("tab-open", open(TabSeat::Table("12".into()))),
        ("tab-open-counter", open(TabSeat::Counter)),
        ("tab-add", table(add)),
        ("tab-add-plain", table(add_plain)),
        ("tab-add-again", table(add_again)),
        ("tab-take-back", table(TabCommand::TakeBack { tab, line })),
        ("tab-place", table(TabCommand::Place { tab, lines: lines.clone() })),
        ("tab-prepare", table(TabCommand::Prepare { tab, lines: lines.clone() })),
        ("tab-serve", table(TabCommand::Serve { tab, lines })),
        ("tab-bill", table(TabCommand::Bill { tab, total: Some(euro(2500)) })),
        ("tab-bill-nothing", table(TabCommand::Bill { tab, total: None })),
        ("tab-order-on", table(TabCommand::OrderOn { tab })),
        ("tab-card-declined", table(TabCommand::CardDeclined { tab })),
        ("tab-pay", pay(Means::Cash, None)),
        ("tab-pay-tip", pay(Means::Card, Some(euro(250)))),
        ("tab-write-off", table(TabCommand::WriteOff { tab, line, reason: "on the house".into() })),
        ("tab-give-back", table(TabCommand::GiveBack { tab, total: euro(100) })),
        ("tab-close", table(TabCommand::Close { tab })),
    ]
}

/// A table that paid for one of two lines, and was told before that a card was declined.
fn tab(at: i64) -> Tab {
    let line = |id, state| TabLine {
        id,
        item: "margherita".into(),
        name: "Margherita".into(),
        choices: vec!["Large".into()],
        count: 2,
        unit: euro(1250),
        note: "no basil".into(),
        is_ready_made: true,
        is_counted: true,
        state,
        placed_at: Some(at),
        was_prepared: true,
        is_held: true,
        goes_back: true,
        written_off: Some("on the house".into()),
    };
    Tab {
        id: TAB,
        restaurant: "pizzeria".into(),
        seat: TabSeat::Table("12".into()),
        opened_at: at,
        lines: vec![line(LINES[0], LineState::Served), line(LINES[1], LineState::Gone)],
        bill: Some(Bill { lines: vec![LINES[0]], total: Some(euro(2500)), at }),
        declined_at: Some(at),
        settlement: Some(Settlement {
            means: Means::Card,
            paid: euro(2500),
            tip: Some(euro(250)),
            given_back: Some(euro(100)),
            at,
        }),
        closed_at: Some(at + 1),
        is_put_away: false,
    }
}

/// A bill that a colleague's line made another one.
fn other_sum(at: i64) -> InboxItem<Trade> {
    let Some(bill) = table(TabCommand::Bill { tab: TAB, total: None }).command().cloned() else { panic!("a bill") };
    let reason = Reason::Trade(Refusal::Tab(TabRefusal::OtherSum(Some(euro(2500)))));
    InboxItem { account: "cook".into(), reason, dependents: vec![], ..item(bill, at) }
}

fn cancel(reason: &str) -> Envelope<Command> {
    act(Command::Order(OrderCommand::Cancel { order: ORDER, reason: reason.into() }))
}

fn claim() -> Command {
    let secret = Secret::new([7; 32]);
    Command::Guest(GuestCommand::Claim { guest: secret.account(), proof: secret.proof() })
}

fn duty(at: Option<Place>) -> Command {
    Command::Driver(DriverCommand::GoOnDuty { driver: "dora".into(), at })
}

fn place(full: bool) -> Envelope<Command> {
    let large = Choice { group: "size".into(), option: "large".into(), name: "Large".into(), adds: euro(350) };
    let text = |text: &str| if full { text.to_owned() } else { String::new() };
    let line = Line {
        item: "margherita".into(),
        name: "Margherita".into(),
        quantity: 2,
        choices: if full { vec![large] } else { vec![] },
        unit: euro(if full { 1250 } else { 900 }),
        note: text("no \u{201c}basil\u{201d}, please \u{1f33f}").into(),
    };
    let destination = if full { Destination::Deliver("Via Roma 1\n00184 Roma".into()) } else { Destination::Collect };
    act(Command::Order(OrderCommand::Place(Box::new(PlaceOrder {
        order: ORDER,
        restaurant: "pizzeria".into(),
        lines: vec![line],
        destination,
        contact: Contact { name: "Ada".into(), phone: text("+39 06 123").into() },
        note: text("ring twice").into(),
        pays: Method::AtHandOver,
        tip_percent: 0,
        wanted: None,
    }))))
}

fn card() -> Method {
    Method::Card(Card { token: "tok_succeeds".into(), label: "Sandbox card 4242".into() })
}

fn place_by_card() -> Envelope<Command> {
    let Some(Command::Order(OrderCommand::Place(place))) = place(false).command().cloned() else { panic!("an order") };
    act(Command::Order(OrderCommand::Place(Box::new(PlaceOrder { pays: card(), ..*place }))))
}

fn place_with_a_tip() -> Envelope<Command> {
    let Some(Command::Order(OrderCommand::Place(place))) = place_by_card().command().cloned() else {
        panic!("an order")
    };
    act(Command::Order(OrderCommand::Place(Box::new(PlaceOrder { tip_percent: 10, ..*place }))))
}

/// Saturday 2026-11-21, 19:30 in Rome, and what it means for a kitchen that takes half an hour for what is brought.
const WANTED: Wanted =
    Wanted { at: 1_795_285_800_000, ready_by: 1_795_284_900_000, begin_by: 1_795_283_100_000, opens_at: None };

fn place_for_later() -> Envelope<Command> {
    let Some(Command::Order(OrderCommand::Place(place))) = place(true).command().cloned() else { panic!("an order") };
    act(Command::Order(OrderCommand::Place(Box::new(PlaceOrder { wanted: Some(WANTED.at), ..*place }))))
}

/// Every act, by the name of its file. What an older format could say stands here as it is said now.
fn samples() -> BTreeMap<&'static str, Envelope<Command>> {
    let order = ORDER;
    let name = Some(Edit { from: "Soup".to_owned(), to: "Minestrone".to_owned() });
    let price = Some(Edit { from: euro(650), to: euro(700) });
    let hand_in = |counting| {
        let (driver, id, amount) = ("dora".into(), HAND_IN, euro(2600));
        act(Command::Takings(TakingsCommand::HandIn { driver, id, amount, counting }))
    };
    let fail = |hitch| act(Command::Errand(ErrandCommand::Fail { order, reason: "nobody opens".into(), hitch }));
    let change = |name, price| menu(MenuCommand::ChangeItem { item: "soup".into(), name, price });
    let samples = BTreeMap::from([
        ("place", place(false)),
        ("place-in-full", place(true)),
        ("place-unseen", Envelope { saw: None, ..place(false) }),
        ("place-by-card", place_by_card()),
        ("place-with-a-tip", place_with_a_tip()),
        ("place-for-later", place_for_later()),
        ("place-again", Envelope { resolves: Some(id(4)), ..place(false) }),
        ("cancel", cancel("")),
        ("cancel-because", cancel("my train is late \u{1f686}")),
        ("cancel-after", Envelope { after: vec![id(2)], ..cancel("") }),
        ("accept", ticket(TicketCommand::Accept { order, ready_in_min: 20 })),
        ("refuse", ticket(TicketCommand::Refuse { order, reason: "the oven broke".into() })),
        ("call-off", ticket(TicketCommand::CallOff { order, reason: "the oven broke".into() })),
        ("start-cooking", ticket(TicketCommand::StartCooking { order })),
        ("mark-ready", ticket(TicketCommand::MarkReady { order })),
        ("hand-over", ticket(TicketCommand::HandOver { order })),
        ("change-item", change(name.clone(), price.clone())),
        ("change-item-name", change(name, None)),
        ("change-item-price", change(None, price)),
        ("set-left", menu(MenuCommand::SetLeft { item: "soup".into(), left: Edit { from: Some(2), to: Some(12) } })),
        (
            "set-left-uncounted",
            menu(MenuCommand::SetLeft { item: "soup".into(), left: Edit { from: Some(2), to: None } }),
        ),
        ("set-sold-out", menu(MenuCommand::SetSoldOut { item: "soup".into(), sold_out: true })),
        ("open", door(RestaurantCommand::Open {})),
        ("close", door(RestaurantCommand::Close {})),
        ("rush", door(RestaurantCommand::Rush { more_min: 15 })),
        ("claim", act(claim())),
        ("erase", act(Command::Person(PersonCommand::Erase { person: "ada".into() }))),
        ("go-on-duty", act(duty(Some(Place(41.9, 12.5))))),
        ("go-on-duty-somewhere", act(duty(None))),
        ("go-off-duty", act(Command::Driver(DriverCommand::GoOffDuty { driver: "dora".into() }))),
        ("claim-offer", act(Command::Offer(OfferCommand::Claim { order }))),
        ("decline-offer", act(Command::Offer(OfferCommand::Decline { order }))),
        ("pick-up", act(Command::Errand(ErrandCommand::PickUp { order }))),
        ("deliver", act(Command::Errand(ErrandCommand::Deliver { order }))),
        ("drop-out", act(Command::Errand(ErrandCommand::DropOut { order }))),
        ("fail", fail(Hitch::Other)),
        ("fail-nobody-there", fail(Hitch::NobodyThere)),
        ("hand-in", hand_in(vec![])),
        ("hand-in-from-a-tunnel", hand_in(vec![order])),
        ("give-time", desk(CaseCommand::GiveTime { order, minutes: 10 })),
        ("give-up", desk(CaseCommand::GiveUp { order, concern: Concern::KitchenSilent })),
        ("choose-driver", desk(CaseCommand::Choose { order, driver: "dora".into() })),
        ("give-back", ticket(TicketCommand::GiveBack { order, amount: euro(300), reason: "it was cold".into() })),
        ("desk-give-back", desk(CaseCommand::GiveBack { order, amount: euro(200), note: "she was cross".into() })),
        ("settle", desk(CaseCommand::Settle { order, concern: Concern::NotDelivered, note: "called Ada".into() })),
        ("set-ready-made", menu(MenuCommand::SetReadyMade { item: "juice".into(), is_ready_made: true })),
        ("dismiss", Envelope { resolves: Some(id(4)), ..envelope(Act::Dismiss) }),
    ]);
    samples.into_iter().chain(tab_samples()).collect()
}

/// Rows and inbox items as they are kept on the server and on devices, by the name of their file in `golden/kept`. Their
/// shape only grows: a file of an earlier shape reads as what it meant, with nothing said of what came later.
fn kept() -> BTreeMap<&'static str, Body<Trade>> {
    let Some(Command::Order(OrderCommand::Place(place))) = place(true).command().cloned() else { panic!("an order") };
    let at = 1_795_258_800_000;
    let order = Order {
        id: ORDER,
        customer: "ada".into(),
        restaurant: "pizzeria".into(),
        restaurant_name: "Pizzeria".into(),
        lines: place.lines.clone(),
        total: euro(2500),
        tip: None,
        destination: place.destination.clone(),
        contact: place.contact.clone(),
        note: place.note.clone(),
        pays: Method::AtHandOver,
        paid: Paid::NotYet,
        refunded: None,
        dispatch: None,
        wanted: None,
        status: Status::Cancelled,
        confirmed: true,
        number: Some(17),
        ready_at: Some(at + 60_000),
        is_late: false,
        has_driver: false,
        cancel_asked: false,
        cancel_reason: "".into(),
        ended: Some(Cancelled::ByCustomer),
        proofs: vec![],
        steps: vec![Step { status: Status::Submitted, at }, Step { status: Status::Cancelled, at: at + 1 }],
        is_put_away: false,
    };
    let ticket = Ticket {
        order: ORDER,
        restaurant: "pizzeria".into(),
        number: 17,
        customer_name: "Ada".into(),
        phone: "".into(),
        lines: vec![TicketLine {
            quantity: 2,
            name: "Margherita".into(),
            choices: vec!["Large".into()],
            note: "".into(),
        }],
        note: "".into(),
        destination: place.destination,
        total: euro(2500),
        tip: None,
        by_card: false,
        has_driver: None,
        wanted: None,
        progress: Progress::Cancelled,
        opened_at: at,
        ready_at: None,
        reason: None,
        cancel_reason: "".into(),
        withdrawn: None,
        given_back: vec![],
        refund: None,
        is_put_away: false,
    };
    let guest = Guest { account: Secret::new([7; 32]).account(), orders: vec![ORDER], claimed_by: Some("ada".into()) };
    let refused = |reason: &str| {
        let Some(cancel) = cancel(reason).command().cloned() else { panic!("a cancel") };
        item(cancel, at)
    };
    let why = "my train is late".to_owned();
    let (order_2, ticket_2) = (
        Order { cancel_reason: why.clone().into(), ..order.clone() },
        Ticket { cancel_reason: why.clone().into(), ..ticket.clone() },
    );
    let person = Person { account: "ada".into(), open: vec![ORDER], ended_at: None, erasure: Erasure::Asked(at) };
    let order_3 = Order { pays: card(), paid: Paid::LetGo, ..order.clone() };
    let payment = Payment {
        order: ORDER,
        amount: euro(2500),
        card: card().card().cloned().expect("a card"),
        standing: Standing::Reserved,
        reference: Some("pay_1".into()),
        deferred: false,
        charges: 0,
        given_back: RefundTotals::default(),
    };
    let given_back = RefundTotals { by_restaurant: 300, by_desk: 200, asked: 500, made: 300, waived: 100 };
    let payment_2 = Payment { standing: Standing::Charged, given_back, ..payment.clone() };
    let claim = Claim {
        order: ORDER,
        restaurant: "pizzeria".into(),
        portions: vec![("margherita".into(), 2)],
        amount: euro(2500),
        pays: card(),
        zone: None,
        kitchen_at: None,
        begin_by: None,
    };
    let state = saga::State::of(&[
        Record::Started { without: vec![] },
        Record::Asked { step: "stock".into(), attempt: 1 },
        Record::Done { step: "stock".into() },
        Record::Asked { step: "payment".into(), attempt: 1 },
        Record::Failed { step: "payment".into(), why: "not-paid".into(), again: false },
        Record::GivenUp { why: "not-paid".into() },
        Record::UndoAsked { step: "stock".into() },
    ]);
    let because = Some(Cancelled::NotPaid("no funds".into()));
    let held = vec![("margherita".into(), 2)];
    let process =
        Process { claim, state, held, is_used_up: false, because, waits: None, is_late: false, is_given_back: false };
    let dispatch =
        Dispatch { zone: "rome".into(), kitchen: "Via Breve 1, Roma".into(), kitchen_at: Some(Place(41.9, 12.5)) };
    let order_4 = Order {
        dispatch: Some(dispatch),
        is_late: true,
        has_driver: true,
        ended: Some(Cancelled::NotDelivered("nobody opens".into())),
        ..order.clone()
    };
    let order_7 = Order { tip: Some(euro(250)), ..order_4.clone() };
    let delivery_2 = errand(&order_7, at);
    let delivery_3 = Errand { standing: delivery::Standing::Delivered, proofs: proofs(at), ..delivery_2.clone() };
    let order_8 = Order { proofs: proofs(at), ..order_7.clone() };
    let order_6 = Order { refunded: Some(euro(300)), ..order_4.clone() };
    let refund = Refund { made: euro(0), waived: None, why: String::new(), is_moot: false };
    let given = ticket::GivenBack { amount: euro(300), total: euro(300), reason: "it was cold".into(), at };
    let ticket_5 = Ticket {
        by_card: true,
        given_back: vec![given],
        refund: Some(Refund { waived: Some(euro(300)), why: "the card is gone".into(), ..refund.clone() }),
        ..ticket.clone()
    };
    let ticket_7 = Ticket { tip: Some(euro(250)), ..ticket_5.clone() };
    let ticket_6 = Ticket { refund: Some(Refund { made: euro(300), is_moot: true, ..refund }), ..ticket_5.clone() };
    let ticket_3 = Ticket { withdrawn: Some(Cancelled::NoDriver), ..ticket.clone() };
    let ticket_4 = Ticket { has_driver: Some(true), ..ticket.clone() };
    let process_2 = Process {
        claim: Claim { zone: Some("rome".into()), kitchen_at: Some(Place(41.9, 12.5)), ..process.claim.clone() },
        waits: Some((at + 600_000, at + 900_000)),
        is_late: true,
        ..process.clone()
    };
    let process_3 = Process { is_given_back: true, ..process_2.clone() };
    let process_4 = Process { is_used_up: true, ..process_2.clone() };
    let order_5 = Order { ended: Some(Cancelled::NobodyThere("nobody opens".into())), ..order_4.clone() };
    let errand = Errand { driver: Some("dora".into()), drivers: vec!["dora".into()], ..errand(&order_4, at) };
    let order_9 = Order { wanted: Some(WANTED), ..order_7.clone() };
    let ticket_8 = Ticket { wanted: Some(Wanted { opens_at: Some(at + 60_000), ..WANTED }), ..ticket.clone() };
    let process_5 =
        Process { claim: Claim { begin_by: Some(WANTED.begin_by), ..process_2.claim.clone() }, ..process_2.clone() };
    let zone_2 = Zone {
        sought: vec![Sought { not_before: Some(WANTED.begin_by), ..zone(at).sought[0].clone() }],
        ..Zone::default()
    };
    BTreeMap::from([
        ("restaurant-1", Body::Row(Row::Restaurant(restaurant()))),
        ("delivery-4", Body::Row(Row::Errand(Errand { wanted: Some(WANTED), ..delivery_2.clone() }))),
        ("order-9", Body::Row(Row::Order(order_9))),
        ("ticket-8", Body::Row(Row::Ticket(ticket_8))),
        ("process-5", Body::Row(Row::Process(Box::new(process_5)))),
        ("zone-2", Body::Row(Row::Zone(zone_2))),
        ("slot-gone-1", Body::Inbox(slot_gone(at))),
        ("last-orders-1", Body::Inbox(last_orders(at))),
        ("order-1", Body::Row(Row::Order(order))),
        ("order-3", Body::Row(Row::Order(order_3))),
        ("payment-1", Body::Row(Row::Payment(payment))),
        ("process-1", Body::Row(Row::Process(Box::new(process)))),
        ("process-3", Body::Row(Row::Process(Box::new(process_3)))),
        ("process-4", Body::Row(Row::Process(Box::new(process_4)))),
        ("order-5", Body::Row(Row::Order(order_5))),
        ("process-2", Body::Row(Row::Process(Box::new(process_2)))),
        ("order-4", Body::Row(Row::Order(order_4))),
        ("order-7", Body::Row(Row::Order(order_7))),
        ("ticket-7", Body::Row(Row::Ticket(ticket_7))),
        ("delivery-3", Body::Row(Row::Errand(delivery_3))),
        ("order-8", Body::Row(Row::Order(order_8))),
        ("case-3", Body::Row(Row::Case(Case { proofs: proofs(at), ..case(at) }))),
        ("delivery-2", Body::Row(Row::Errand(delivery_2))),
        ("order-6", Body::Row(Row::Order(order_6))),
        ("ticket-5", Body::Row(Row::Ticket(ticket_5))),
        ("ticket-6", Body::Row(Row::Ticket(ticket_6))),
        ("payment-2", Body::Row(Row::Payment(payment_2))),
        ("tab-1", Body::Row(Row::Tab(tab(at)))),
        ("other-sum-1", Body::Inbox(other_sum(at))),
        ("case-2", Body::Row(Row::Case(case_2(at)))),
        ("ticket-3", Body::Row(Row::Ticket(ticket_3))),
        ("ticket-4", Body::Row(Row::Ticket(ticket_4))),
        ("delivery-1", Body::Row(Row::Errand(errand))),
        ("offer-1", Body::Row(Row::Offer(offer(at)))),
        ("driver-1", Body::Row(Row::Driver(driver(at)))),
        ("takings-1", Body::Row(Row::Takings(took(at)))),
        ("case-1", Body::Row(Row::Case(case(at)))),
        ("zone-1", Body::Row(Row::Zone(zone(at)))),
        ("order-2", Body::Row(Row::Order(order_2))),
        ("guest-1", Body::Row(Row::Guest(guest))),
        ("person-1", Body::Row(Row::Person(person))),
        ("ticket-1", Body::Row(Row::Ticket(ticket))),
        ("ticket-2", Body::Row(Row::Ticket(ticket_2))),
        ("cancel-refused-1", Body::Inbox(refused(""))),
        ("cancel-refused-2", Body::Inbox(refused(&why))),
    ])
}

/// One that takes longer than others, and longer still for now.
fn restaurant() -> Restaurant {
    Restaurant {
        id: "pizzeria".into(),
        name: "Pizzeria".into(),
        description: String::new(),
        cuisines: vec![],
        address: "Via Breve 1, Roma".into(),
        geo: None,
        telephone: String::new(),
        drivers: Some("rome".into()),
        currency: Currency::EUR,
        zone: "Europe/Rome".into(),
        hours: Hours(vec![Span { day: Day::Saturday, opens_min: 1080, closes_min: 120 }]),
        lead_min: Some(30),
        rush_min: 15,
        closed_for_now: false,
    }
}

/// An order that was held, because its time was gone.
fn slot_gone(at: i64) -> InboxItem<Trade> {
    let Some(wanted) = place_for_later().command().cloned() else { panic!("an order") };
    let next = Some(WANTED.at + 900_000);
    let why = OrderRefusal::SlotGone { wanted: WANTED.at, why: Untimely::TooSoon, next };
    InboxItem { reason: Reason::Trade(Refusal::Order(why)), dependents: vec![], ..item(wanted, at) }
}

/// An order that was held, because the kitchen cannot make it before it closes.
fn last_orders(at: i64) -> InboxItem<Trade> {
    let Some(wanted) = place(true).command().cloned() else { panic!("an order") };
    let why = OrderRefusal::Closed { opens_in_min: Some(960), last_orders_over: true };
    InboxItem { reason: Reason::Trade(Refusal::Order(why)), dependents: vec![], ..item(wanted, at) }
}

/// A photo and a word, of the same door.
fn proofs(at: i64) -> Vec<Proof> {
    let id = |number| ProofId(Uuid::from_u128(number));
    let hash = Some("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned());
    let photo = Proof { id: id(0xf0), kind: ProofKind::Photo, medium: Medium::Jpeg, bytes: 412_000, hash, at };
    let word = Proof { id: id(0xf1), kind: ProofKind::Word, medium: Medium::Text, bytes: 16, hash: None, at };
    vec![photo, word]
}

fn errand(order: &Order, at: i64) -> Errand {
    let Destination::Deliver(address) = &order.destination else { panic!("it is delivered") };
    Errand {
        order: order.id,
        zone: "rome".into(),
        restaurant: order.restaurant.clone(),
        restaurant_name: order.restaurant_name.clone(),
        kitchen: "Via Breve 1, Roma".into(),
        kitchen_at: Some(Place(41.9, 12.5)),
        address: address.clone(),
        contact: order.contact.clone(),
        note: order.note.clone(),
        total: order.total,
        tip: order.tip,
        by_card: true,
        wanted: order.wanted,
        is_ready: true,
        is_agreed: true,
        is_forgotten: false,
        standing: delivery::Standing::PickedUp,
        driver: None,
        drivers: vec![],
        reason: "".into(),
        proofs: vec![],
        since: at,
    }
}

fn offer(at: i64) -> Offer {
    let standing = delivery::offer::Standing::Open;
    Offer { order: ORDER, zone: "rome".into(), driver: "dora".into(), metres: Some(850), until: at + 45_000, standing }
}

fn driver(at: i64) -> Driver {
    Driver { account: "dora".into(), zone: "rome".into(), on_duty: true, at: Some(Place(41.9, 12.5)), since: at }
}

/// A driver who brought two meals and handed some of the cash in, after older days.
fn took(at: i64) -> Takings {
    let sum =
        |meals, cash, tips, handed_in| Sum { meals, cash: euro(cash), tips: euro(tips), handed_in: euro(handed_in) };
    let brought = |order, cash, tip| Brought {
        order: OrderId(Uuid::from_u128(order)),
        restaurant_name: "Pizzeria".into(),
        cash: euro(cash),
        tip: euro(tip),
        at,
    };
    Takings {
        driver: "dora".into(),
        days: vec![takings::Day { day: 20_778, sums: vec![sum(2, 2600, 150, 2000)] }],
        before: vec![sum(31, 40_200, 1200, 40_200)],
        latest: vec![brought(0x0a, 2600, 0), brought(0x0b, 0, 150)],
        handed: vec![Handed { id: HAND_IN, amount: euro(2000), at }],
    }
}

fn zone(at: i64) -> Zone {
    let carries = vec![OrderId(Uuid::from_u128(0x0b))];
    let seat = Seat { driver: "dora".into(), on_duty: true, at: None, asked: Some(ORDER), carries };
    let passed = vec!["emil".into()];
    Zone {
        drivers: vec![seat],
        sought: vec![Sought { order: ORDER, from: None, attempt: 2, until: at, passed, not_before: None }],
    }
}

/// A cancel that came too late, with another that fell with it.
fn case(at: i64) -> Case {
    let trouble =
        |concern, words: &str| Trouble { concern, since: at, due: at + 300_000, by: None, words: words.into() };
    let done = |what| Done { by: "olga".into(), at, what };
    Case {
        order: ORDER,
        restaurant: "pizzeria".into(),
        restaurant_name: "Pizzeria".into(),
        contact: Contact { name: "Ada".into(), phone: "+39 06 123".into() },
        total: euro(2600),
        proofs: vec![],
        is_charged: false,
        given_back: None,
        zone: Some("rome".into()),
        troubles: vec![
            trouble(Concern::KitchenSilent, ""),
            trouble(Concern::NobodyFound, ""),
            trouble(Concern::NotDelivered, "dora: nobody opens"),
            trouble(Concern::Contradicted, "emil: delivered"),
            trouble(Concern::NotCharged, "card expired"),
        ],
        passed: vec![Concern::KitchenSilent],
        done: vec![
            done(Measure::TimeGiven { until: at + 600_000 }),
            done(Measure::GivenUp(Concern::NobodyFound)),
            done(Measure::Chosen { driver: "dora".into() }),
            done(Measure::Settled { concern: Concern::Contradicted, note: "asked both".into() }),
        ],
        is_over: true,
        is_shown: true,
        since: at,
    }
}

/// With what the desk knows since money is given back.
fn case_2(at: i64) -> Case {
    let case = case(at);
    let what = Measure::GivenBack { amount: euro(200), total: euro(200), note: "she was cross".into() };
    let done = vec![Done { by: "olga".into(), at, what }];
    let trouble =
        |concern, words: &str| Trouble { concern, since: at, due: at + 300_000, by: None, words: words.into() };
    let troubles =
        vec![trouble(Concern::NobodyThere, "dora: nobody opens"), trouble(Concern::NotGivenBack, "the card is gone")];
    Case { is_charged: true, given_back: Some(euro(200)), done, troubles, ..case }
}

fn item(cancel: Command, at: i64) -> InboxItem<Trade> {
    InboxItem {
        id: id(4),
        account: "ada".into(),
        device: DeviceId(Uuid::from_u128(0xde)),
        lane: Trade::lane(&cancel),
        act: Act::Do(cancel.clone()),
        reason: Reason::Trade(Refusal::Order(OrderRefusal::TooLate(Status::Preparing))),
        dependents: vec![cancel],
        acted_at: at,
        refused_at: at + 5,
    }
}

/// The command's own name; a new command does not build before it is listed here and in [`NAMES`].
fn name(command: &Command) -> &'static str {
    match command {
        Command::Order(OrderCommand::Place(_)) => "place",
        Command::Order(OrderCommand::Cancel { .. }) => "cancel",
        Command::Ticket(TicketCommand::Accept { .. }) => "accept",
        Command::Ticket(TicketCommand::Refuse { .. }) => "refuse",
        Command::Ticket(TicketCommand::CallOff { .. }) => "call-off",
        Command::Ticket(TicketCommand::GiveBack { .. }) => "give-back",
        Command::Ticket(TicketCommand::StartCooking { .. }) => "start-cooking",
        Command::Ticket(TicketCommand::MarkReady { .. }) => "mark-ready",
        Command::Ticket(TicketCommand::HandOver { .. }) => "hand-over",
        Command::Menu { command: MenuCommand::ChangeItem { .. }, .. } => "change-item",
        Command::Menu { command: MenuCommand::SetSoldOut { .. }, .. } => "set-sold-out",
        Command::Menu { command: MenuCommand::SetLeft { .. }, .. } => "set-left",
        Command::Menu { command: MenuCommand::SetReadyMade { .. }, .. } => "set-ready-made",
        Command::Restaurant { command: RestaurantCommand::Open {}, .. } => "open",
        Command::Restaurant { command: RestaurantCommand::Close {}, .. } => "close",
        Command::Restaurant { command: RestaurantCommand::Rush { .. }, .. } => "rush",
        Command::Guest(GuestCommand::Claim { .. }) => "claim",
        Command::Person(PersonCommand::Erase { .. }) => "erase",
        Command::Driver(DriverCommand::GoOnDuty { .. }) => "go-on-duty",
        Command::Driver(DriverCommand::GoOffDuty { .. }) => "go-off-duty",
        Command::Offer(OfferCommand::Claim { .. }) => "claim-offer",
        Command::Offer(OfferCommand::Decline { .. }) => "decline-offer",
        Command::Errand(ErrandCommand::PickUp { .. }) => "pick-up",
        Command::Errand(ErrandCommand::Deliver { .. }) => "deliver",
        Command::Errand(ErrandCommand::DropOut { .. }) => "drop-out",
        Command::Errand(ErrandCommand::Fail { .. }) => "fail",
        Command::Takings(TakingsCommand::HandIn { .. }) => "hand-in",
        Command::Case(CaseCommand::GiveTime { .. }) => "give-time",
        Command::Case(CaseCommand::GiveUp { .. }) => "give-up",
        Command::Case(CaseCommand::Choose { .. }) => "choose-driver",
        Command::Case(CaseCommand::Settle { .. }) => "settle",
        Command::Case(CaseCommand::GiveBack { .. }) => "desk-give-back",
        Command::Tab(TabCommand::Open { .. }) => "tab-open",
        Command::Tab(TabCommand::Add { .. }) => "tab-add",
        Command::Tab(TabCommand::TakeBack { .. }) => "tab-take-back",
        Command::Tab(TabCommand::Place { .. }) => "tab-place",
        Command::Tab(TabCommand::Prepare { .. }) => "tab-prepare",
        Command::Tab(TabCommand::Serve { .. }) => "tab-serve",
        Command::Tab(TabCommand::Bill { .. }) => "tab-bill",
        Command::Tab(TabCommand::OrderOn { .. }) => "tab-order-on",
        Command::Tab(TabCommand::CardDeclined { .. }) => "tab-card-declined",
        Command::Tab(TabCommand::Pay { .. }) => "tab-pay",
        Command::Tab(TabCommand::WriteOff { .. }) => "tab-write-off",
        Command::Tab(TabCommand::GiveBack { .. }) => "tab-give-back",
        Command::Tab(TabCommand::Close { .. }) => "tab-close",
    }
}

const NAMES: [&str; 45] = [
    "rush",
    "hand-in",
    "set-ready-made",
    "tab-open",
    "tab-add",
    "tab-take-back",
    "tab-place",
    "tab-prepare",
    "tab-serve",
    "tab-bill",
    "tab-order-on",
    "tab-card-declined",
    "tab-pay",
    "tab-write-off",
    "tab-give-back",
    "tab-close",
    "set-left",
    "give-back",
    "desk-give-back",
    "place",
    "cancel",
    "accept",
    "refuse",
    "call-off",
    "start-cooking",
    "mark-ready",
    "hand-over",
    "change-item",
    "set-sold-out",
    "open",
    "close",
    "claim",
    "erase",
    "go-on-duty",
    "go-off-duty",
    "claim-offer",
    "decline-offer",
    "pick-up",
    "deliver",
    "drop-out",
    "fail",
    "give-time",
    "give-up",
    "choose-driver",
    "settle",
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// The files of a folder, by name.
fn files(of: &str) -> BTreeMap<String, String> {
    let Ok(files) = folder().join(of).read_dir() else { return BTreeMap::new() };
    let read = |file: std::io::Result<std::fs::DirEntry>| {
        let path = file.expect("a file").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("text");
        (name, text.strip_suffix('\n').expect("a file ends with its line").to_owned())
    };
    files.map(read).collect()
}

fn sum(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn format_folder(format: u16) -> String {
    format!("format-{format}")
}

fn sums() -> String {
    let lines = |of: String| {
        files(&of).iter().map(|(name, text)| format!("{} {of}/{name}.json\n", sum(text))).collect::<String>()
    };
    (1..=Trade::FORMAT).map(format_folder).chain(["kept".to_owned()]).map(lines).collect()
}

#[test]
fn every_act_that_any_release_wrote_means_what_it_meant() {
    let samples = samples();
    for format in 1..=Trade::FORMAT {
        for (name, bytes) in files(&format_folder(format)) {
            let now = samples.get(name.as_str()).unwrap_or_else(|| panic!("nobody says what {name} means now"));
            let read =
                envelope::read::<Trade>(&bytes).unwrap_or_else(|error| panic!("format {format}, {name}: {error}"));
            assert_eq!(read, Envelope { format, ..now.clone() }, "format {format}, {name}");
        }
    }
}

#[test]
fn this_release_writes_the_bytes_of_its_format() {
    let files = add_or_find();
    let written: BTreeMap<String, String> = samples()
        .into_iter()
        .map(|(name, envelope)| (name.to_owned(), serde_json::to_string(&envelope).expect("plain data")))
        .collect();
    for (name, bytes) in &written {
        assert_eq!(files.get(name), Some(bytes), "{name}: a changed act is a new format, with an upcaster");
    }
    assert_eq!(files.len(), written.len(), "a golden file that nothing writes any more");
    let found: BTreeSet<_> = samples().values().filter_map(|it| it.command().map(name)).collect();
    assert_eq!(found, BTreeSet::from(NAMES), "every command has a golden file");
}

#[test]
fn what_was_kept_means_what_it_meant() {
    add_or_find();
    let (files, meant) = (files("kept"), kept());
    assert_eq!(files.keys().map(String::as_str).collect::<Vec<_>>(), meant.keys().copied().collect::<Vec<_>>());
    for (name, text) in files {
        let read: Body<Trade> = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(read, meant[name.as_str()], "{name}");
    }
}

#[test]
fn no_golden_file_was_changed_or_removed() {
    add_or_find();
    let pinned = std::fs::read_to_string(folder().join("sums")).unwrap_or_default();
    let now = sums();
    for line in pinned.lines() {
        assert!(now.lines().any(|now| now == line), "changed or removed: {line}");
    }
    assert_eq!(now, pinned, "a new file is pinned by GOLDEN=add");
}

/// The files of the current format, once those that it lacks were added, where that is wished.
fn add_or_find() -> BTreeMap<String, String> {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        if std::env::var_os("GOLDEN").is_none() {
            return;
        }
        let samples = samples().into_iter().map(|(name, sample)| (name, serde_json::to_string(&sample)));
        add(&format_folder(Trade::FORMAT), samples);
        add("kept", kept().into_iter().map(|(name, sample)| (name, serde_json::to_string(&sample))));
        std::fs::write(folder().join("sums"), sums()).expect("written");
    });
    files(&format_folder(Trade::FORMAT))
}

fn add(to: &str, samples: impl Iterator<Item = (&'static str, serde_json::Result<String>)>) {
    let there = files(to);
    std::fs::create_dir_all(folder().join(to)).expect("a folder");
    for (name, text) in samples.filter(|(name, _)| !there.contains_key(*name)) {
        let text = text.expect("plain data") + "\n";
        std::fs::write(folder().join(to).join(format!("{name}.json")), text).expect("written");
    }
}
