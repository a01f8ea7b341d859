//! Dining: what is eaten in the house. Waiters open tables, add and serve; the kitchen sees on its board what it has to cook.

mod dish;
mod line;
mod next;
mod pass;
mod picker;
mod tables;
mod view;

pub use pass::{FromTables, before_the_kitchen};
pub use tables::Tables;
pub use view::TableView;

use domain::Row;
use domain::dining::{Seat, Stage, Tab};
use leptos::prelude::*;

use crate::pending::{Pinned, pinned};
use crate::world::World;

/// All tabs of the house, the oldest first.
fn tabs(world: World) -> Memo<Vec<Pinned<Tab>>> {
    Memo::new(move |_| {
        let mut tabs = world.read(|client| pinned(client, "tab", Row::as_tab));
        tabs.sort_by_key(|pinned| (pinned.row.opened_at, pinned.row.id));
        tabs
    })
}

/// Another open tab of the same table, which two people opened at once.
fn namesake<'a>(all: &'a [Pinned<Tab>], tab: &Tab) -> Option<&'a Tab> {
    let is_namesake = |other: &&Tab| {
        other.id != tab.id && other.stage() != Stage::Closed && tab.seat != Seat::Counter && other.seat == tab.seat
    };
    all.iter().map(|pinned| &pinned.row).find(is_namesake).filter(|_| tab.stage() != Stage::Closed)
}
