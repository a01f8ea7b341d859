//! What is eaten in the house, over HTTP and SQLite: told once and in its order, counted portions by the menu's count, and in the
//! figures of the day.

mod support;

use domain::Command;
use domain::Money;
use domain::catalog::menu::Edit;
use domain::catalog::{Availability, Menu, MenuCommand};
use domain::dining::{LineState, Means, Seat, Stage, Tab, TabCommand, bill};
use domain::id::{LineId, TabId, menu_key, tab_key};
use serde_json::{Value, json};
use support::town::row;
use support::*;
use sync::Reason;
use sync::protocol::Outcome;
use uuid::Uuid;

/// How often, and how many times, the figures are asked for: a day is quiet for a second first.
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_millis(50);
const LOOKS: u32 = 600;

const HOUSE: &str = "trattoria-lucciola";
const TAB: TabId = TabId(Uuid::from_u128(0x7ab));
const OTHER: TabId = TabId(Uuid::from_u128(0x7ac));

fn line(n: u128) -> LineId {
    LineId(Uuid::from_u128(n))
}

fn open(tab: TabId) -> Command {
    Command::Tab(TabCommand::Open { tab, restaurant: HOUSE.into(), seat: Seat::Table("7".into()) })
}

fn add(menu: &Menu, tab: TabId, n: u128, item: &str) -> Command {
    Command::Tab(TabCommand::Add {
        tab,
        restaurant: HOUSE.into(),
        line: line(n),
        item: item.into(),
        choices: vec![],
        count: 1,
        unit: menu.item(&item.into()).expect(item).price,
        note: String::new(),
        reopens: false,
    })
}

fn tab_of(screen: &Feed, tab: TabId) -> Option<Tab> {
    row(screen, &tab_key(tab))?.as_tab().cloned()
}

/// What became of acts; what waits until the house has heard of its menu is sent again.
async fn judged(waiter: &Person, acts: &[sync::Envelope<Command>]) -> Vec<Outcome<domain::Trade>> {
    loop {
        let outcomes: Vec<_> = waiter.send(acts).await.into_iter().map(|answered| answered.outcome).collect();
        if outcomes.iter().all(|outcome| !matches!(outcome, Outcome::Behind | Outcome::NotYet)) {
            return outcomes;
        }
    }
}

/// The figures of the day, once so much was paid by them.
async fn figures(staff: &Person, goods: i64) -> Value {
    for _ in 0..LOOKS {
        let (_, listed) = staff.get("/api/reports").await;
        let day = &listed["days"][0]["figures"][0];
        if day["goods_minor"] == goods {
            return day.clone();
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    panic!("no day came to {goods}");
}

/// An evening: two dishes and a drink, one of them taken back.
fn evening(menu: &Menu) -> Vec<Command> {
    let lines = |numbers: &[u128]| numbers.iter().copied().map(line).collect::<Vec<_>>();
    let sum =
        |items: &[&str]| items.iter().map(|item| menu.item(&(*item).into()).expect(item).price.minor).sum::<i64>();
    let total = Money::new(sum(&["espresso", "minestrone"]), domain::Currency::EUR);
    vec![
        open(TAB),
        add(menu, TAB, 1, "espresso"),
        add(menu, TAB, 2, "minestrone"),
        add(menu, TAB, 3, "margherita"),
        Command::Tab(TabCommand::TakeBack { tab: TAB, line: line(3) }),
        Command::Tab(TabCommand::Place { tab: TAB, lines: lines(&[1, 2]) }),
        Command::Tab(TabCommand::Serve { tab: TAB, lines: lines(&[1]) }),
        Command::Tab(TabCommand::Prepare { tab: TAB, lines: lines(&[2]) }),
        Command::Tab(TabCommand::Serve { tab: TAB, lines: lines(&[2]) }),
        Command::Tab(TabCommand::Bill { tab: TAB, total: Some(total) }),
        Command::Tab(TabCommand::CardDeclined { tab: TAB }),
        Command::Tab(TabCommand::Pay {
            tab: TAB,
            means: Means::Cash,
            paid: total,
            tip: Some(Money::new(100, total.currency)),
        }),
        Command::Tab(TabCommand::Close { tab: TAB }),
    ]
}

#[tokio::test]
async fn ac_s1_2_an_evening_that_arrives_at_once_and_three_times_is_told_once_and_in_its_order() {
    let server = Server::start();
    let mut waiter = Person::sign_in(&server, "lucciola").await;
    let mut screen = waiter.feed().await;
    let menu = waiter.menu(HOUSE).await;
    let acts: Vec<_> = evening(&menu).into_iter().map(|command| waiter.act(command)).collect();
    for _ in 0..3 {
        assert!(judged(&waiter, &acts).await.iter().all(|outcome| *outcome == Outcome::Accepted));
    }
    let tab = screen.until("the end", |screen| tab_of(screen, TAB).filter(|tab| tab.stage() == Stage::Closed)).await;
    assert_eq!((tab.lines[2].state, bill::owed_back(&tab)), (LineState::TakenBack, None));
    let told = server.texts(&format!("select kind from hub where key = 'tab/{TAB}' order by position")).await;
    let expected = [
        "table-opened",
        "table-line-added",
        "table-line-added",
        "table-line-added",
        "table-line-taken-back",
        "table-order-placed",
        "table-line-served",
        "table-food-prepared",
        "table-line-served",
        "bill-prepared",
        "bill-card-declined",
        "bill-paid",
        "table-closed",
    ];
    assert_eq!(told, expected);
    let paid = tab.settlement.expect("it is paid").paid.minor;
    let figures = figures(&waiter, paid).await;
    assert_eq!(
        (&figures["placed"], &figures["handed_over"], &figures["tips_minor"]),
        (&json!(1), &json!(1), &json!(100))
    );

    // And for its house on paper, where it is found by what the table is called.
    let paid_at = server.count("select position from hub where kind = 'table-closed'").await;
    let behind = |name| format!("select name from checkpoint where name = '{name}' and position >= {paid_at}");
    server.until_views_say(&behind("search"), &["search"]).await;
    server.until(&format!("select count(*) from ({})", behind("archive")), 1).await;
    for path in ["/api/archive", "/api/search?q=7%20espr"] {
        let (_, page) = waiter.get(path).await;
        let paper = &page["papers"][0];
        assert_eq!((&paper["id"], &paper["at"]["table"]), (&json!(TAB), &json!("7")), "{path}: {page}");
        let names: Vec<_> = paper["lines"].as_array().expect("lines").iter().map(|line| &line["name"]).collect();
        assert_eq!(names.len(), 2, "what was taken back is not on it: {names:?}");
        assert_eq!(paper["total"]["minor"], paid + 100, "with the tip");
    }
}

#[tokio::test]
async fn of_two_tables_one_has_the_last_portion_and_both_screens_say_so() {
    let server = Server::start();
    let mut waiter = Person::sign_in(&server, "lucciola").await;
    let mut screen = waiter.feed().await;
    let menu = waiter.menu(HOUSE).await;
    let left = Edit { from: None, to: Some(1) };
    let counts = MenuCommand::SetLeft { item: "tiramisu".into(), left };
    let counts = waiter.act(Command::Menu { restaurant: HOUSE.into(), command: counts });
    assert_eq!(judged(&waiter, &[counts]).await, [Outcome::Accepted]);
    let left = |screen: &Feed| {
        let menu = row(screen, &menu_key(&HOUSE.into()))?.as_menu()?;
        Some(menu.item(&"tiramisu".into())?.availability)
    };
    screen.until("the count", |screen| left(screen).filter(|left| *left == Availability::Left(1))).await;
    let acts = [open(TAB), open(OTHER), add(&menu, TAB, 1, "tiramisu"), add(&menu, OTHER, 2, "tiramisu")];
    for command in acts {
        // Made at a screen that shows the count, so that the house does not judge it before it has heard of that.
        let act = waiter.act_at(&screen, command);
        assert_eq!(judged(&waiter, &[act]).await, [Outcome::Accepted]);
    }
    let is = |screen: &Feed, tab, n| tab_of(screen, tab).and_then(|tab| Some(tab.line(line(n))?.clone()));
    screen.until("the portion", |screen| is(screen, TAB, 1).filter(|line| line.is_held)).await;
    screen.until("that it is gone", |screen| is(screen, OTHER, 2).filter(|line| line.state == LineState::Gone)).await;
    assert_eq!(left(&screen), Some(Availability::Left(0)));
    let back = waiter.act(Command::Tab(TabCommand::TakeBack { tab: TAB, line: line(1) }));
    assert_eq!(waiter.send_one(&back).await, Outcome::Accepted);
    screen.until("it back", |screen| left(screen).filter(|left| *left == Availability::Left(1))).await;
}

/// What was refused takes nothing with it that stands alone.
#[tokio::test]
async fn an_evening_goes_on_behind_an_act_that_was_refused() {
    let server = Server::start();
    let mut waiter = Person::sign_in(&server, "lucciola").await;
    let menu = waiter.menu(HOUSE).await;
    let first = waiter.act(open(TAB));
    let mut refused = waiter.act(add(&menu, TAB, 1, "espresso"));
    if let sync::Act::Do(Command::Tab(TabCommand::Add { item, .. })) = &mut refused.act {
        *item = "unicorn".into();
    }
    refused.after = vec![first.id];
    let mut next = waiter.act(add(&menu, TAB, 2, "espresso"));
    next.after = vec![refused.id];
    let outcomes = judged(&waiter, &[first, refused, next]).await;
    assert!(matches!(&outcomes[1], Outcome::Refused(Reason::Trade(_))), "{outcomes:?}");
    assert_eq!((&outcomes[0], &outcomes[2]), (&Outcome::Accepted, &Outcome::Accepted));
}

#[tokio::test]
async fn nobody_else_touches_or_sees_a_house_s_tables() {
    let server = Server::start();
    let mut waiter = Person::sign_in(&server, "lucciola").await;
    let opened = waiter.act(open(TAB));
    assert_eq!(waiter.send_one(&opened).await, Outcome::Accepted);
    for name in ["ginkgo", "ada", "dora", "olga"] {
        let mut other = Person::sign_in(&server, name).await;
        for command in [open(OTHER), Command::Tab(TabCommand::Close { tab: TAB })] {
            let act = other.act(command);
            assert_eq!(other.send_one(&act).await, Outcome::Refused(Reason::NotAllowed), "{name}");
        }
        let screen = other.feed().await;
        assert!(tab_of(&screen, TAB).is_none(), "{name}");
    }
    // A table that is not there, as after a restore, is told to whoever acted on it.
    let lost = waiter.act(Command::Tab(TabCommand::Close { tab: OTHER }));
    assert!(matches!(waiter.send_one(&lost).await, Outcome::Refused(Reason::Trade(_))));
}
