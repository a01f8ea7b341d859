//! What is eaten in the house: tables, lines, the kitchen, the bill. The journeys are those of the worked example of a
//! restaurant in the literature: drinks at once, food after it is prepared, closed after the bill.

mod world;

use domain::catalog::{Availability, MenuCommand};
use domain::dining::bill::{back_in_all, owed_back, total};
use domain::dining::{LineState, Means, Seat, Stage, Tab, TabCommand, TabEvent, TabRefusal, staff};
use domain::id::{GroupId, LineId, OptionId, TabId, menu_key, tab_key};
use domain::trade::{Command, Event, Refusal, Row};
use domain::{Money, access};
use sync::Model as _;
use uuid::Uuid;
use world::services::Services;
use world::{ada, cook, euro, pizzeria};

const TAB: TabId = TabId(Uuid::from_u128(0x7ab));

fn line(n: u128) -> LineId {
    LineId(Uuid::from_u128(n))
}

fn opened(seat: Seat) -> TabCommand {
    TabCommand::Open { tab: TAB, restaurant: pizzeria(), seat }
}

fn add(n: u128, item: &str, count: u32) -> TabCommand {
    let (choices, minor) = match item {
        "margherita" => (vec![("size".into(), "large".into())], 1250),
        "juice" => (vec![], 320),
        "soda" => (vec![], 280),
        "soup" => (vec![], 650),
        _ => (vec![], 480),
    };
    adding(n, item, choices, count, euro(minor), "")
}

fn adding(n: u128, item: &str, choices: Vec<(GroupId, OptionId)>, count: u32, unit: Money, note: &str) -> TabCommand {
    let (restaurant, item, note) = (pizzeria(), item.into(), note.into());
    TabCommand::Add { tab: TAB, restaurant, line: line(n), item, choices, count, unit, note, reopens: false }
}

fn write_off(n: u128, reason: &str) -> TabCommand {
    TabCommand::WriteOff { tab: TAB, line: line(n), reason: reason.into() }
}

fn take_back(n: u128) -> TabCommand {
    TabCommand::TakeBack { tab: TAB, line: line(n) }
}

fn lines(numbers: &[u128]) -> Vec<LineId> {
    numbers.iter().copied().map(line).collect()
}

fn placed(numbers: &[u128]) -> TabCommand {
    TabCommand::Place { tab: TAB, lines: lines(numbers) }
}

fn prepared(numbers: &[u128]) -> TabCommand {
    TabCommand::Prepare { tab: TAB, lines: lines(numbers) }
}

fn served(numbers: &[u128]) -> TabCommand {
    TabCommand::Serve { tab: TAB, lines: lines(numbers) }
}

fn bill(minor: i64) -> TabCommand {
    TabCommand::Bill { tab: TAB, total: Some(euro(minor)) }
}

fn pays(means: Means, minor: i64, tip: Option<Money>) -> TabCommand {
    TabCommand::Pay { tab: TAB, means, paid: euro(minor), tip }
}

/// The house, and what was done in it.
struct House(Services);

impl House {
    fn with(seat: Seat) -> Self {
        let mut house = Self(Services::new());
        house.does(opened(seat));
        house
    }

    fn table() -> Self {
        Self::with(Seat::Table(" 12 ".into()))
    }

    fn tries(&mut self, command: TabCommand) -> Result<(), TabRefusal> {
        self.0.give_as(cook(), &Command::Tab(command)).map_err(|refusal| match refusal {
            Refusal::Tab(refusal) => refusal,
            other => panic!("{other:?}"),
        })
    }

    fn does(&mut self, command: TabCommand) {
        self.tries(command.clone()).unwrap_or_else(|refusal| panic!("{command:?}: {refusal:?}"));
    }

    fn all(&mut self, commands: impl IntoIterator<Item = TabCommand>) {
        commands.into_iter().for_each(|command| self.does(command));
    }

    fn tab(&self) -> &Tab {
        self.0.rows[&tab_key(TAB)].as_tab().expect("a tab")
    }

    fn state(&self, n: u128) -> LineState {
        self.tab().line(line(n)).expect("a line").state
    }

    /// How many cakes the menu has left.
    fn cakes(&self) -> Availability {
        let menu = self.0.rows[&menu_key(&pizzeria())].as_menu().expect("a menu");
        menu.item(&"cake".into()).expect("cake").availability
    }
}

#[test]
fn ac_s1_1_an_evening_at_a_table_is_told_in_its_order_and_billed_without_what_was_taken_back() {
    let mut house = House::table();
    house.all([add(1, "juice", 1), add(2, "soda", 1), add(3, "juice", 1), add(4, "juice", 1), take_back(2)]);
    house.all([add(5, "soup", 1), add(6, "margherita", 1), placed(&[1, 3, 4, 5, 6])]);
    house.all([served(&[1]), served(&[3, 4]), prepared(&[5, 6]), served(&[5, 6])]);
    let sum = 3 * 320 + 650 + 1250;
    house.all([bill(sum), pays(Means::Card, sum, Some(euro(100)))]);
    assert_eq!(house.tab().stage(), Stage::Paid, "the guests still sit there");
    house.does(TabCommand::Close { tab: TAB });
    let told = [
        "table-opened",
        "table-line-added",
        "table-line-added",
        "table-line-added",
        "table-line-added",
        "table-line-taken-back",
        "table-line-added",
        "table-line-added",
        "table-order-placed",
        "table-line-served",
        "table-line-served",
        "table-line-served",
        "table-food-prepared",
        "table-food-prepared",
        "table-line-served",
        "table-line-served",
        "bill-prepared",
        "bill-paid",
        "table-closed",
    ];
    assert_eq!(house.0.facts, told);
    let tab = house.tab();
    let bill = tab.bill.as_ref().expect("a bill");
    assert_eq!((bill.total, bill.lines.contains(&line(2))), (Some(euro(sum)), false), "no soda");
    assert_eq!((tab.stage(), &tab.seat), (Stage::Closed, &Seat::Table("12".into())));
}

#[test]
fn ac_s1_3_food_is_served_after_it_is_prepared_and_a_drink_at_once() {
    let mut house = House::table();
    house.all([add(1, "juice", 1), add(2, "soup", 1), placed(&[1, 2]), served(&[1])]);
    assert_eq!(house.tries(served(&[2])), Err(TabRefusal::NotPrepared("Minestrone".into())));
    house.all([prepared(&[2]), served(&[2])]);
    assert_eq!((house.state(1), house.state(2)), (LineState::Served, LineState::Served));
}

#[test]
fn a_drink_that_was_carried_out_before_anybody_sent_the_order_was_ordered() {
    let mut house = House::table();
    house.all([add(1, "juice", 1), served(&[1])]);
    assert_eq!(house.0.facts[2..], ["table-order-placed", "table-line-served"]);
}

#[test]
fn ac_s1_4_a_declined_card_closes_nothing_and_cash_does() {
    let mut house = House::table();
    house.all([add(1, "juice", 1), served(&[1]), bill(320), TabCommand::CardDeclined { tab: TAB }]);
    assert_eq!((house.tab().stage(), house.tab().declined_at.is_some()), (Stage::Billed, true));
    assert_eq!(house.tries(TabCommand::Close { tab: TAB }), Err(TabRefusal::NotPaid));
    house.all([pays(Means::Cash, 320, None), TabCommand::Close { tab: TAB }]);
    assert_eq!(house.tab().stage(), Stage::Closed);
}

/// What two waiters did at once adds up to the same tab, whoever's acts arrive first: each adds, sends and serves lines of
/// their own, and both see one plate go out.
#[test]
fn what_two_waiters_do_at_once_adds_up_in_any_order() {
    let first = [add(10, "juice", 2), add(11, "soup", 1), placed(&[10, 11]), served(&[1]), take_back(2)];
    let second = [add(20, "soda", 1), served(&[1]), add(21, "margherita", 1), placed(&[20, 21]), served(&[20])];
    let mut ends = vec![];
    for seed in 0u32..1024 {
        if seed.count_ones() != 5 {
            continue;
        }
        let mut house = House::table();
        house.all([add(1, "juice", 1), add(2, "soup", 1), placed(&[1, 2])]);
        let (mut ours, mut theirs) = (first.iter(), second.iter());
        for turn in 0..10 {
            let next = if seed >> turn & 1 == 0 { ours.next() } else { theirs.next() };
            house.does(next.expect("five each").clone());
        }
        let mut lines = house.tab().lines.clone();
        lines.sort_by_key(|line| line.id);
        ends.push((lines, total(house.tab())));
    }
    assert_eq!(ends.len(), 252, "every way to put five after five");
    assert!(ends.iter().all(|end| *end == ends[0]), "no line vanishes, none is doubled");
    assert_eq!(ends[0].1, Some(euro(320 + 2 * 320 + 650 + 280 + 1250)));
}

#[test]
fn what_is_so_already_is_no_error_and_changes_nothing() {
    let mut house = House::table();
    let acts = [
        add(1, "juice", 1),
        add(2, "soup", 1),
        add(3, "soup", 1),
        take_back(3),
        placed(&[1, 2]),
        served(&[1]),
        prepared(&[2]),
        served(&[2]),
        bill(970),
    ];
    house.all(acts.clone());
    let before = house.tab().clone();
    house.does(opened(Seat::Table("13".into())));
    for again in [&acts[3..8], &acts[8..]].concat() {
        house.does(again);
    }
    assert_eq!(*house.tab(), before);
}

#[test]
fn nothing_is_added_or_taken_back_once_there_is_a_bill_until_they_order_on() {
    let mut house = House::table();
    house.all([add(1, "juice", 1), served(&[1]), bill(320)]);
    assert_eq!(house.tries(add(2, "soup", 1)), Err(TabRefusal::TooLate(Stage::Billed)));
    house.all([TabCommand::OrderOn { tab: TAB }, add(2, "soup", 1), placed(&[2]), prepared(&[2]), served(&[2])]);
    assert_eq!(house.tries(bill(320)), Err(TabRefusal::OtherSum(Some(euro(970)))), "a colleague's soup was not seen");
    house.all([bill(970)]);
    let late = add(4, "juice", 1);
    let refused = house.tries(late.clone()).expect_err("there is a bill");
    house.does(staff::going_along(&late, &refused).expect("it can be gone along with"));
    assert_eq!(house.tab().stage(), Stage::Open, "the bill was taken back for it");
    house.all([served(&[4]), bill(1290), pays(Means::Cash, 1290, None)]);
    for late in [add(3, "soup", 1), TabCommand::OrderOn { tab: TAB }, TabCommand::CardDeclined { tab: TAB }] {
        assert_eq!(house.tries(late), Err(TabRefusal::TooLate(Stage::Paid)));
    }
    assert_eq!(house.tries(pays(Means::Card, 1290, None)), Err(TabRefusal::TooLate(Stage::Paid)), "not twice");
}

#[test]
fn what_cannot_be_is_refused_with_its_reason() {
    let mut house = House::table();
    house.all([add(1, "juice", 1), served(&[1]), add(2, "soup", 1), add(3, "soup", 1), placed(&[2]), take_back(3)]);
    let with = |choices, unit, note: &str| adding(9, "soup", choices, 1, unit, note);
    let yen = Money::new(650, domain::Currency::new("JPY").expect("a code"));
    let malformed = |what: &str| TabRefusal::Malformed(what.into());
    let refused = [
        (take_back(1), TabRefusal::Served("Apple juice".into())),
        (take_back(8), TabRefusal::NoSuchLine),
        (served(&[3]), TabRefusal::NotPrepared("Minestrone".into())),
        (write_off(2, "on the house"), TabRefusal::NotServed("Minestrone".into())),
        (write_off(1, " "), malformed("a reason is needed")),
        (bill(970), TabRefusal::Unserved(1)),
        (pays(Means::Cash, 970, None), TabRefusal::NoBill),
        (TabCommand::Close { tab: TAB }, TabRefusal::NoBill),
        (add(9, "pie", 1), TabRefusal::NotOnMenu("pie".into())),
        (add(9, "soup", 0), malformed("0 of one dish: between 1 and 99 can be added")),
        (with(vec![], euro(650), &"x".repeat(81)), malformed("a note has at most 80 characters")),
        (with(vec![], euro(-1), ""), malformed("a price is not negative, and not that large")),
        (with(vec![], yen, ""), malformed("a bill has one currency, here EUR")),
        (
            with(vec![("size".into(), "large".into())], euro(650), ""),
            TabRefusal::Choices("a choice is not offered any more".into()),
        ),
    ];
    let before = house.tab().clone();
    for (command, reason) in refused {
        assert_eq!(house.tries(command.clone()), Err(reason), "{command:?}");
    }
    assert_eq!(*house.tab(), before, "and nothing has changed");
    let open = |name: &str| TabCommand::Open {
        tab: TabId(Uuid::from_u128(9)),
        restaurant: pizzeria(),
        seat: Seat::Table(name.into()),
    };
    assert!(matches!(house.tries(open("  ")), Err(TabRefusal::Malformed(_))));
    assert!(matches!(house.tries(open("the one in the corner")), Err(TabRefusal::Malformed(_))));
}

#[test]
fn a_tab_takes_a_hundred_lines() {
    let mut house = House::table();
    house.all((0..100).map(|n| add(n, "juice", 1)));
    assert!(matches!(house.tries(add(100, "juice", 1)), Err(TabRefusal::Malformed(_))));
    assert!(matches!(house.tries(served(&(0..101).collect::<Vec<_>>())), Err(TabRefusal::Malformed(_))));
}

#[test]
fn what_the_guests_were_told_is_what_they_pay_whatever_the_menu_says_by_then() {
    let mut house = House::table();
    house.all([adding(1, "juice", vec![], 2, euro(300), ""), served(&[1]), bill(600)]);
}

/// What was cooked was cooked, and what stands on the table was served, also where a colleague took it back meanwhile.
#[test]
fn what_staff_report_of_the_world_is_believed_in_either_order() {
    for taken_back_first in [false, true] {
        let mut house = House::table();
        house.all([add(1, "soup", 1), add(2, "juice", 1), placed(&[1, 2])]);
        if taken_back_first {
            house.all([take_back(1), take_back(2), prepared(&[1]), served(&[1, 2])]);
        } else {
            house.all([prepared(&[1]), served(&[1, 2])]);
            assert!(matches!(house.tries(take_back(1)), Err(TabRefusal::Served(_))));
        }
        assert_eq!((house.state(1), house.state(2)), (LineState::Served, LineState::Served));
        assert_eq!(total(house.tab()), Some(euro(970)));
    }
}

#[test]
fn a_bill_without_what_was_served_all_the_same_is_made_anew_and_one_that_is_paid_is_told() {
    let before = [add(1, "juice", 1), add(2, "soda", 1), served(&[1]), take_back(2), bill(320)];
    let mut house = House::table();
    house.all(before.clone());
    house.does(served(&[2]));
    assert_eq!(house.tab().stage(), Stage::Open);
    let mut house = House::table();
    house.all(before);
    house.does(pays(Means::Cash, 320, None));
    assert_eq!(house.tries(served(&[2])), Err(TabRefusal::TooLate(Stage::Paid)));
}

#[test]
fn what_is_on_the_house_or_was_tapped_by_mistake_is_written_off_with_a_reason() {
    let mut house = House::table();
    house.all([add(1, "juice", 1), add(2, "soda", 1), served(&[1, 2]), bill(600), write_off(2, " on the house ")]);
    assert_eq!(
        (house.tab().stage(), total(house.tab())),
        (Stage::Open, Some(euro(320))),
        "the bill is to be made anew"
    );
    assert_eq!(house.tab().line(line(2)).and_then(|line| line.written_off.as_deref()), Some("on the house"));
    house.all([
        write_off(2, "again"),
        write_off(1, "the guests walked out"),
        TabCommand::Bill { tab: TAB, total: None },
    ]);
    assert_eq!(house.tab().stage(), Stage::Closed, "nothing is left to pay");
}

#[test]
fn at_the_counter_one_pays_first_and_all_is_over_when_one_has_it() {
    let mut house = House::with(Seat::Counter);
    house.all([add(1, "soup", 1), add(2, "juice", 1), bill(970), pays(Means::Cash, 970, None)]);
    assert_eq!((house.tab().stage(), house.state(1)), (Stage::Paid, LineState::Placed));
    assert_eq!(house.tries(TabCommand::Close { tab: TAB }), Err(TabRefusal::Unserved(2)));
    house.all([served(&[2]), prepared(&[1]), served(&[1])]);
    assert_eq!(house.tab().stage(), Stage::Closed);
    assert_eq!(house.0.facts.last(), Some(&"table-closed"));
}

/// A kitchen that cannot make what was paid for gives the money back, and only then it is over.
#[test]
fn what_was_paid_at_the_counter_and_cannot_be_made_is_taken_back_and_its_money_given_back() {
    let mut house = House::with(Seat::Counter);
    house.all([add(1, "soup", 1), add(2, "juice", 1), bill(970), pays(Means::Card, 970, None), served(&[2])]);
    house.does(take_back(1));
    assert_eq!(owed_back(house.tab()), Some(euro(650)));
    assert_eq!(house.tries(TabCommand::Close { tab: TAB }), Err(TabRefusal::Owes(euro(650))));
    let back = |minor| TabCommand::GiveBack { tab: TAB, total: euro(minor) };
    assert_eq!(back_in_all(house.tab()), Some(euro(650)));
    for wrong in [0, -1, 971] {
        assert_eq!(house.tries(back(wrong)), Err(TabRefusal::OtherSum(Some(euro(650)))), "{wrong}");
    }
    house.does(back(650));
    assert_eq!((house.tab().stage(), owed_back(house.tab())), (Stage::Closed, None));
    let facts = house.0.facts.len();
    house.does(back(650));
    assert_eq!(house.0.facts.len(), facts, "said twice, it is the same money");
}

/// Two people give back what their screens say, and what is owed grows between.
#[test]
fn money_that_two_people_give_back_is_counted_once_and_what_comes_later_is_owed_still() {
    let mut house = House::with(Seat::Counter);
    house.all([add(1, "soup", 1), add(2, "juice", 1), bill(970), pays(Means::Cash, 970, None), take_back(1)]);
    let back = TabCommand::GiveBack { tab: TAB, total: euro(650) };
    house.all([back.clone(), take_back(2), back]);
    assert_eq!((house.tab().stage(), owed_back(house.tab())), (Stage::Paid, Some(euro(320))));
}

#[test]
fn a_line_that_was_refused_keeps_no_other_from_the_kitchen() {
    let mut house = House::table();
    house.all([add(1, "soup", 1), placed(&[7, 1])]);
    assert_eq!(house.state(1), LineState::Placed);
    assert_eq!(house.tries(placed(&[7])), Err(TabRefusal::NoSuchLine));
}

#[test]
fn at_the_counter_what_is_taken_back_from_a_bill_makes_it_anew() {
    let mut house = House::with(Seat::Counter);
    house.all([add(1, "soup", 1), add(2, "juice", 1), bill(970), take_back(1)]);
    assert_eq!((house.tab().stage(), total(house.tab())), (Stage::Open, Some(euro(320))));
}

#[test]
fn a_table_whose_guests_leave_before_they_ordered_is_closed_without_money() {
    let mut house = House::table();
    house.all([add(1, "soup", 1), take_back(1), TabCommand::Bill { tab: TAB, total: None }]);
    assert_eq!((house.tab().stage(), &house.tab().settlement), (Stage::Closed, &None));
}

#[test]
fn counted_portions_go_to_lines_come_back_uncooked_and_never_cooked() {
    let mut house = House::table();
    house.all([add(1, "cake", 1), add(2, "cake", 1)]);
    assert_eq!(house.cakes(), Availability::Left(0));
    house.does(take_back(1));
    assert_eq!(house.cakes(), Availability::Left(1));
    house.all([placed(&[2]), prepared(&[2]), take_back(2)]);
    assert_eq!(house.cakes(), Availability::Left(1), "what was prepared is gone");
}

#[test]
fn a_line_for_which_too_few_are_left_is_off_until_the_guests_know() {
    let mut house = House::table();
    // The device's menu still says that two are left.
    house.all([add(1, "cake", 2), add(2, "cake", 2), add(3, "juice", 1)]);
    assert_eq!((house.state(1), house.state(2)), (LineState::Added, LineState::Gone));
    assert_eq!(house.cakes(), Availability::Left(0), "never less than none");
    assert_eq!(total(house.tab()), Some(euro(2 * 480 + 320)));
    house.does(take_back(2));
    assert_eq!((house.state(2), house.cakes()), (LineState::TakenBack, Availability::Left(0)), "the guests know");
}

#[test]
fn word_that_too_few_were_left_takes_nothing_off_the_pass() {
    let mut house = House::table();
    house.all([add(1, "soup", 1), placed(&[1]), prepared(&[1])]);
    house.0.happen(&menu_key(&pizzeria()), &Event::PortionsShort { tab: TAB, line: line(1) });
    assert_eq!(house.state(1), LineState::Prepared);
}

#[test]
fn what_is_sold_out_is_on_the_tab_as_that_and_billed_where_it_was_carried_out_all_the_same() {
    let sold_out = |menu: &mut domain::catalog::Menu| {
        let items = menu.sections.iter_mut().flat_map(|section| &mut section.items);
        items.filter(|item| item.id.0 == "juice").for_each(|item| item.availability = Availability::SoldOut);
    };
    let world = world::World { actor: cook(), ..world::World::with_menu(sold_out) };
    let opened = world.after(None, &Command::Tab(opened(Seat::Counter)));
    let added = world.after(opened, &Command::Tab(add(1, "juice", 1)));
    let state = |row: &Option<Row>| Some(row.as_ref()?.as_tab()?.line(line(1))?.state);
    assert_eq!(state(&added), Some(LineState::Gone));
    let after = world.after(added, &Command::Tab(served(&[1])));
    assert_eq!(state(&after), Some(LineState::Served));
}

/// A dish that nobody counted when it was ordered takes no portions when somebody counts later, also where the catalog hears of
/// the order again.
#[test]
fn an_order_of_before_the_count_takes_no_portions() {
    let mut house = House::table();
    house.does(add(1, "soup", 1));
    let left = domain::catalog::menu::Edit { from: None, to: Some(5) };
    let count = MenuCommand::SetLeft { item: "soup".into(), left };
    house.0.give_as(cook(), &Command::Menu { restaurant: pizzeria(), command: count }).expect("on the menu");
    let line = house.tab().lines[0].clone();
    house.0.happen(&tab_key(TAB), &Event::Tab(TabEvent::LineAdded(Box::new(line))));
    let menu = house.0.rows[&menu_key(&pizzeria())].as_menu().expect("a menu");
    assert_eq!(menu.item(&"soup".into()).expect("soup").availability, Availability::Left(5));
}

#[test]
fn what_was_paid_and_cannot_be_had_is_owed_back() {
    let mut house = House::with(Seat::Counter);
    house.all([add(1, "cake", 2), add(2, "juice", 1), bill(1280), pays(Means::Cash, 1280, None)]);
    let short = Event::PortionsShort { tab: TAB, line: line(1) };
    house.0.happen(&menu_key(&pizzeria()), &short);
    assert_eq!(owed_back(house.tab()), Some(euro(960)));
}

#[test]
fn a_bill_with_a_line_that_cannot_be_had_is_to_be_made_anew() {
    let mut house = House::with(Seat::Counter);
    house.all([add(1, "cake", 2), add(2, "juice", 1), bill(1280)]);
    let short = Event::PortionsShort { tab: TAB, line: line(1) };
    house.0.happen(&menu_key(&pizzeria()), &short);
    assert_eq!((house.tab().stage(), total(house.tab())), (Stage::Open, Some(euro(320))));
}

#[test]
fn a_tip_is_more_than_nothing_and_no_slip_of_the_keyboard() {
    let mut house = House::table();
    house.all([add(1, "juice", 1), served(&[1]), bill(320)]);
    for tip in [0, -5, 3201] {
        let refused = house.tries(pays(Means::Card, 320, Some(euro(tip))));
        assert!(matches!(refused, Err(TabRefusal::Malformed(_))), "{tip}");
    }
    assert_eq!(house.tries(pays(Means::Card, 300, None)), Err(TabRefusal::OtherSum(Some(euro(320)))));
}

#[test]
fn only_the_staff_of_the_house_sees_and_touches_its_tables() {
    let mut house = House::table();
    let row = house.0.rows[&tab_key(TAB)].clone();
    let elsewhere = sync::Actor { account: "eve".into(), role: sync::Role::of("restaurant", "diner") };
    for (actor, may) in [(cook(), true), (elsewhere, false), (ada(), false), (world::operator(), false)] {
        assert_eq!(access::permits(&actor, &Command::Tab(opened(Seat::Counter)), None), may, "{actor:?}");
        assert_eq!(access::permits(&actor, &Command::Tab(add(1, "juice", 1)), Some(&row)), may, "{actor:?}");
    }
    let scopes = domain::Trade::scopes(&tab_key(TAB), &row);
    assert_eq!(scopes, [access::restaurant_scope(&pizzeria())]);
    // A line cannot be priced by another house's menu.
    let foreign = TabCommand::Add {
        tab: TAB,
        restaurant: "diner".into(),
        line: line(1),
        item: "juice".into(),
        choices: vec![],
        count: 1,
        unit: euro(320),
        note: String::new(),
        reopens: false,
    };
    assert_eq!(house.tries(foreign), Err(TabRefusal::NoSuchTab));
}

#[test]
fn an_editor_says_what_needs_no_kitchen() {
    let mut house = House::table();
    let set = |is_ready_made| Command::Menu {
        restaurant: pizzeria(),
        command: MenuCommand::SetReadyMade { item: "soup".into(), is_ready_made },
    };
    house.0.give_as(cook(), &set(true)).expect("on the menu");
    let menu = house.0.rows[&menu_key(&pizzeria())].as_menu().expect("a menu");
    assert!(menu.item(&"soup".into()).is_some_and(|item| item.is_ready_made));
    assert_eq!(house.0.facts.last(), Some(&"menu-item-ready-made-set"));
}
