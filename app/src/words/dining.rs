//! The life of a table: its lines, its bill, and why something was not to be.

use domain::Money;
use domain::dining::{LineState, Means, Seat, Stage, Tab, TabCommand, TabLine, TabRefusal};

use super::{count, sentence};
use crate::parts::money;

/// What a tab is called.
pub fn seat(tab: &Tab) -> String {
    match &tab.seat {
        Seat::Table(name) => format!("Table {name}"),
        Seat::Counter => format!("Counter {}", tab.id.provisional()),
    }
}

/// How far a tab has come.
pub fn tab_stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Open => "Open",
        Stage::Billed => "Bill is out",
        Stage::Paid => "Paid",
        Stage::Closed => "Closed",
    }
}

/// Where a line stands.
pub fn line_state(line: &TabLine) -> String {
    if let Some(reason) = &line.written_off {
        return format!("Not billed: {}", sentence(reason));
    }
    let state = match line.state {
        LineState::Added => "Not sent yet",
        LineState::Placed if line.is_ready_made => "To serve",
        LineState::Placed => "In the kitchen",
        LineState::Prepared => "To serve",
        LineState::Gone if line.was_prepared => "There was one more: to serve",
        LineState::Gone => "Sold out: tell the guests",
        LineState::TakenBack => "Taken back",
        LineState::Served => "Served",
    };
    state.to_owned()
}

/// How a tab was paid.
pub fn settled(tab: &Tab) -> Option<String> {
    let paid = tab.settlement.as_ref()?;
    let means = match paid.means {
        Means::Cash => "in cash",
        Means::Card => "by card",
    };
    let back = paid.given_back.map(|back| format!("; {} given back", money::text(back))).unwrap_or_default();
    let tip = paid.tip.map(|tip| format!(", and {} tip", money::text(tip))).unwrap_or_default();
    Some(format!("{} paid {means}{tip}{back}.", money::text(paid.paid)))
}

/// Why the house says no.
pub(super) fn tab(why: &TabRefusal) -> String {
    match why {
        TabRefusal::NoSuchTab => "There is no such table here.".to_owned(),
        TabRefusal::NoSuchLine => "That is not on the table\u{2019}s list.".to_owned(),
        TabRefusal::NoMenu => "The menu is not on this device yet.".to_owned(),
        TabRefusal::NotOnMenu(_) => "It is not on the menu any more. Tell the guests; nothing was added.".to_owned(),
        TabRefusal::Choices(what) => format!("{} Nothing was added.", sentence(what)),
        TabRefusal::TooLate(Stage::Billed) => {
            "The bill was out already. Take the bill back, and they can order on.".to_owned()
        }
        TabRefusal::TooLate(Stage::Paid) => {
            "The bill was paid already, perhaps at a colleague\u{2019}s screen.".to_owned()
        }
        TabRefusal::TooLate(_) => "The table was closed before that.".to_owned(),
        TabRefusal::Served(name) => format!("{name} was served already, so it stays on the bill."),
        TabRefusal::NotServed(name) => format!("{name} was not served: take it back instead."),
        TabRefusal::NotPrepared(name) => format!("The kitchen does not have {name} ready yet."),
        TabRefusal::Unserved(lines) => {
            format!("{} still to be served, or taken back.", count(*lines, "line is", "lines are"))
        }
        TabRefusal::OtherSum(now) => format!("The bill comes to {} by now.", sum(*now)),
        TabRefusal::NoBill => "There is no bill yet.".to_owned(),
        TabRefusal::NotPaid => "The bill is not paid yet.".to_owned(),
        TabRefusal::Owes(owed) => format!("The guests are to have {} back first.", money::text(*owed)),
        TabRefusal::Malformed(what) => sentence(what),
    }
}

/// What something comes to.
pub fn sum(money: Option<Money>) -> String {
    money.map_or_else(|| "nothing".to_owned(), money::text)
}

/// What an act on a tab is, in the words of the house. `name` is the tab, `dish` what is added or taken back.
pub(super) fn tab_act(command: &TabCommand, name: &str, dish: &str) -> String {
    let lines = |lines: &[domain::id::LineId]| count(lines.len(), "line", "lines");
    match command {
        TabCommand::Open { seat: Seat::Table(name), .. } => format!("Open table {name}"),
        TabCommand::Open { seat: Seat::Counter, .. } => "Begin an order at the counter".to_owned(),
        TabCommand::Add { count, .. } => format!("{name}: {count}\u{d7} {dish}"),
        TabCommand::TakeBack { .. } => format!("{name}: take {dish} back"),
        TabCommand::Place { lines: sent, .. } => format!("{name}: send {}", lines(sent)),
        TabCommand::Prepare { lines: ready, .. } => format!("{name}: {} ready", lines(ready)),
        TabCommand::Serve { lines: served, .. } => format!("{name}: {} served", lines(served)),
        TabCommand::Bill { total, .. } => format!("{name}: the bill, {}", sum(*total)),
        TabCommand::WriteOff { reason, .. } => format!("{name}: {dish} is not billed: {}", sentence(reason)),
        TabCommand::GiveBack { .. } => format!("{name}: money given back"),
        TabCommand::OrderOn { .. } => format!("{name}: take the bill back"),
        TabCommand::CardDeclined { .. } => format!("{name}: a card was declined"),
        TabCommand::Pay { paid, means: Means::Cash, .. } => format!("{name}: {} paid in cash", money::text(*paid)),
        TabCommand::Pay { paid, means: Means::Card, .. } => format!("{name}: {} paid by card", money::text(*paid)),
        TabCommand::Close { .. } => format!("{name}: the guests left"),
    }
}
