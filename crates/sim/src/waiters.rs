//! What waiters do: open tables, add, take back, send, serve, bill; often what a colleague did already.

use domain::catalog::Menu;
use domain::dining::{LineState, Means, Seat, Stage, Tab, TabCommand, TabLine, bill};
use domain::id::{LineId, TabId, menu_key};
use domain::trade::{Row, Trade};
use domain::{Money, RestaurantId};
use sync::Millis;
use sync::client::Client;

use crate::chance::Chance;

/// The tables of each house. Few, so that waiters meet.
const TABLES: u64 = 2;

/// What a waiter of `restaurant` does next.
pub fn next(client: &Client<Trade>, restaurant: &RestaurantId, chance: &mut Chance, now: Millis) -> Option<TabCommand> {
    let rows = client.rows_of_kind("tab");
    let tabs: Vec<_> = rows.iter().filter_map(|(_, row)| row.as_tab()).filter(|tab| !is_over(tab)).collect();
    if tabs.is_empty() || chance.once_in(8) {
        let seat = if chance.once_in(3) { Seat::Counter } else { Seat::Table(chance.below(TABLES).to_string()) };
        return Some(TabCommand::Open { tab: TabId(chance.uuid(now)), restaurant: restaurant.clone(), seat });
    }
    let tab = *chance.pick(&tabs)?;
    let id = tab.id;
    match tab.stage() {
        Stage::Open => while_open(client, tab, chance, now),
        Stage::Billed => Some(match chance.below(8) {
            0 => TabCommand::OrderOn { tab: id },
            1 => TabCommand::CardDeclined { tab: id },
            // Somebody else's bill, made from what this screen shows.
            2 if chance.once_in(2) => TabCommand::Bill { tab: id, total: bill::total(tab) },
            // Guests who want one more coffee after all, and one who leaves more than the bill.
            2 => add(tab, client.row(&menu_key(restaurant)).and_then(Row::as_menu)?, chance, now)?,
            3 if chance.once_in(3) => {
                let due = tab.bill.as_ref().and_then(|bill| bill.total)?;
                TabCommand::Pay {
                    tab: id,
                    means: Means::Cash,
                    paid: Money::new(due.minor + 1, due.currency),
                    tip: None,
                }
            }
            other => {
                let due = tab.bill.as_ref().and_then(|bill| bill.total)?;
                let means = if other % 2 == 0 { Means::Cash } else { Means::Card };
                let tip = chance.once_in(3).then(|| Money::new(1 + due.minor / 10, due.currency));
                TabCommand::Pay { tab: id, means, paid: due, tip }
            }
        }),
        Stage::Paid | Stage::Closed => Some(match chance.below(5) {
            0 => TabCommand::Close { tab: id },
            1 => TabCommand::TakeBack { tab: id, line: *chance.pick(&lines(tab, |line| line.state.is_awaited()))? },
            2 => TabCommand::GiveBack { tab: id, total: bill::back_in_all(tab)? },
            3 => TabCommand::Prepare { tab: id, lines: lines(tab, TabLine::is_to_cook) },
            _ => TabCommand::Serve { tab: id, lines: lines(tab, TabLine::can_be_served) },
        }),
    }
}

fn is_over(tab: &Tab) -> bool {
    tab.stage() == Stage::Closed
}

fn while_open(client: &Client<Trade>, tab: &Tab, chance: &mut Chance, now: Millis) -> Option<TabCommand> {
    let id = tab.id;
    let menu = client.row(&menu_key(&tab.restaurant)).and_then(Row::as_menu);
    // Guests change their minds while it stands on the pass, too.
    let on_the_pass = lines(tab, |line| line.state == LineState::Prepared);
    if let Some(line) = on_the_pass.first().filter(|_| chance.once_in(3)) {
        return Some(TabCommand::TakeBack { tab: id, line: *line });
    }
    Some(match chance.below(13) {
        12 => {
            let line =
                *chance.pick(&lines(tab, |line| line.state == LineState::Served && line.written_off.is_none()))?;
            TabCommand::WriteOff { tab: id, line, reason: "on the house".into() }
        }
        0..=3 => add(tab, menu?, chance, now)?,
        4 => {
            TabCommand::TakeBack { tab: id, line: *chance.pick(&lines(tab, |line| line.state < LineState::TakenBack))? }
        }
        5 | 6 => TabCommand::Place { tab: id, lines: lines(tab, |line| line.state == LineState::Added) },
        7 => TabCommand::Prepare { tab: id, lines: lines(tab, TabLine::is_to_cook) },
        // In a hurry it is carried out as it is.
        8 if chance.once_in(3) => TabCommand::Serve { tab: id, lines: lines(tab, |line| line.state.is_awaited()) },
        8 | 9 => TabCommand::Serve { tab: id, lines: lines(tab, TabLine::can_be_served) },
        _ => TabCommand::Bill { tab: id, total: bill::total(tab) },
    })
}

fn add(tab: &Tab, menu: &Menu, chance: &mut Chance, now: Millis) -> Option<TabCommand> {
    let items: Vec<_> = menu.items().collect();
    // Half of what is wanted is counted, so that waiters want the same last portion.
    let counted: Vec<_> = items.iter().filter(|item| item.availability.left().is_some()).copied().collect();
    let wanted = if chance.once_in(2) && !counted.is_empty() { counted } else { items };
    let item = chance.pick(&wanted)?;
    let unit = item.price;
    Some(TabCommand::Add {
        tab: tab.id,
        restaurant: tab.restaurant.clone(),
        line: LineId(chance.uuid(now)),
        item: item.id.clone(),
        choices: vec![],
        count: 1 + u32::try_from(chance.below(2)).ok()?,
        unit,
        note: String::new(),
        reopens: false,
    })
}

fn lines(tab: &Tab, wanted: impl Fn(&TabLine) -> bool) -> Vec<LineId> {
    tab.lines.iter().filter(|line| wanted(line)).map(|line| line.id).collect()
}
