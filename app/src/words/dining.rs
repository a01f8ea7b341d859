//! The life of a table: its lines, its bill, and why something was not to be.

use domain::Money;
use domain::dining::{LineState, Means, Seat, Stage, Tab, TabCommand, TabLine, TabRefusal};

use super::{flaw, sentence};
use crate::parts::money;
use crate::texts::dining;

/// What a tab is called.
pub fn seat(tab: &Tab) -> String {
    match &tab.seat {
        Seat::Table(name) => dining::table_named(name),
        Seat::Counter => dining::counter_named(&tab.id.provisional()),
    }
}

/// How far a tab has come.
pub fn tab_stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Open => dining::stage_open(),
        Stage::Billed => dining::stage_billed(),
        Stage::Paid => dining::stage_paid(),
        Stage::Closed => dining::stage_closed(),
    }
}

/// Where a line stands.
pub fn line_state(line: &TabLine) -> String {
    if let Some(reason) = &line.written_off {
        return dining::line_not_billed(&sentence(reason));
    }
    let state = match line.state {
        LineState::Added => dining::line_added(),
        LineState::Placed if line.is_ready_made => dining::line_to_serve(),
        LineState::Placed => dining::line_in_kitchen(),
        LineState::Prepared => dining::line_to_serve(),
        LineState::Gone if line.was_prepared => dining::line_one_more(),
        LineState::Gone => dining::line_gone(),
        LineState::TakenBack => dining::line_taken_back(),
        LineState::Served => dining::line_served(),
    };
    state.to_owned()
}

/// How a tab was paid.
pub fn settled(tab: &Tab) -> Option<String> {
    let settled = tab.settlement.as_ref()?;
    let sum = money::text(settled.paid);
    let (tip, back) = (settled.tip.map(money::text), settled.given_back.map(money::text));
    Some(match (settled.means, tip, back) {
        (Means::Cash, None, None) => dining::paid_cash(&sum),
        (Means::Cash, Some(tip), None) => dining::paid_cash_tip(&sum, &tip),
        (Means::Cash, None, Some(back)) => dining::paid_cash_back(&back, &sum),
        (Means::Cash, Some(tip), Some(back)) => dining::paid_cash_tip_back(&back, &sum, &tip),
        (Means::Card, None, None) => dining::paid_card(&sum),
        (Means::Card, Some(tip), None) => dining::paid_card_tip(&sum, &tip),
        (Means::Card, None, Some(back)) => dining::paid_card_back(&back, &sum),
        (Means::Card, Some(tip), Some(back)) => dining::paid_card_tip_back(&back, &sum, &tip),
    })
}

/// Why the house says no.
pub(super) fn tab(why: &TabRefusal) -> String {
    match why {
        TabRefusal::NoSuchTab => dining::no_such_table().to_owned(),
        TabRefusal::NoSuchLine => dining::no_such_line().to_owned(),
        TabRefusal::NoMenu => dining::no_menu_yet().to_owned(),
        TabRefusal::NotOnMenu(_) => dining::not_on_menu().to_owned(),
        TabRefusal::Choices(what) => dining::cannot_be_had_so(&flaw::choices(what)),
        TabRefusal::TooLate(Stage::Billed) => dining::bill_was_out().to_owned(),
        TabRefusal::TooLate(Stage::Paid) => dining::was_paid().to_owned(),
        TabRefusal::TooLate(_) => dining::was_closed().to_owned(),
        TabRefusal::Served(name) => dining::was_served(name),
        TabRefusal::NotServed(name) => dining::was_not_served(name),
        TabRefusal::NotPrepared(name) => dining::not_ready_yet(name),
        TabRefusal::Unserved(lines) => dining::still_to_serve(*lines as u64),
        TabRefusal::OtherSum(Some(now)) => dining::comes_to(&money::text(*now)),
        TabRefusal::OtherSum(None) => dining::comes_to_nothing().to_owned(),
        TabRefusal::NoBill => dining::no_bill().to_owned(),
        TabRefusal::NotPaid => dining::not_paid().to_owned(),
        TabRefusal::Owes(owed) => dining::owes(&money::text(*owed)),
        TabRefusal::Malformed(what) => flaw::flaw(what),
    }
}

/// What something comes to.
pub fn sum(money: Option<Money>) -> String {
    money.map_or_else(|| dining::nothing().to_owned(), money::text)
}

/// What an act on a tab is, in the words of the house. `name` is the tab, `dish` what is added or taken back.
pub(super) fn tab_act(command: &TabCommand, name: &str, dish: &str) -> String {
    match command {
        TabCommand::Open { seat: Seat::Table(name), .. } => dining::act_open(name),
        TabCommand::Open { seat: Seat::Counter, .. } => dining::act_open_counter().to_owned(),
        TabCommand::Add { count, .. } => dining::act_add(u64::from(*count), dish, name),
        TabCommand::TakeBack { .. } => dining::act_take_back(dish, name),
        TabCommand::Place { lines, .. } => dining::act_send(lines.len() as u64, name),
        TabCommand::Prepare { lines, .. } => dining::act_ready(lines.len() as u64, name),
        TabCommand::Serve { lines, .. } => dining::act_serve(lines.len() as u64, name),
        TabCommand::Bill { total: Some(total), .. } => dining::act_bill(&money::text(*total), name),
        TabCommand::Bill { total: None, .. } => dining::act_bill_nothing(name),
        TabCommand::WriteOff { reason, .. } => dining::act_write_off(dish, &sentence(reason), name),
        TabCommand::GiveBack { .. } => dining::act_give_back(name),
        TabCommand::OrderOn { .. } => dining::act_order_on(name),
        TabCommand::CardDeclined { .. } => dining::act_declined(name),
        TabCommand::Pay { paid, means: Means::Cash, .. } => dining::act_paid_cash(&money::text(*paid), name),
        TabCommand::Pay { paid, means: Means::Card, .. } => dining::act_paid_card(&money::text(*paid), name),
        TabCommand::Close { .. } => dining::act_left(name),
    }
}
