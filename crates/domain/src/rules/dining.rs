//! What the house does about a fact: the menu's count says whether a line can be had.

use sync::Key;

use super::{Happened, Rows};
use crate::catalog::MenuEvent;
use crate::dining::{TabEvent, staff};
use crate::id::tab_key;
use crate::trade::{Event, Row};

pub(super) fn tab_of_portions(happened: &Happened<'_>) -> Vec<Key> {
    match happened.event {
        Event::Menu(MenuEvent::PortionsTaken { tab, .. }) | Event::PortionsShort { tab, .. } => vec![tab_key(*tab)],
        _ => vec![],
    }
}

pub(super) fn follow_portions(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    match happened.event {
        Event::Menu(MenuEvent::PortionsTaken { tab, line, .. }) => {
            vec![(tab_key(*tab), Event::Tab(TabEvent::PortionsHeld { line: *line }))]
        }
        Event::PortionsShort { tab, line } => {
            let key = tab_key(*tab);
            let Some(Row::Tab(tab)) = rows(&key) else { return vec![] };
            staff::portions_short(&tab, *line).into_iter().map(|event| (key.clone(), Event::Tab(event))).collect()
        }
        _ => vec![],
    }
}
