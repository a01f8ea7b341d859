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
use sync::Key;

use crate::pending::{Pending, Pinned};
use crate::world::World;

/// The tabs of the house that are not over, the oldest first. Those that are over are many, and nobody waits for them.
fn open_tabs(world: World) -> Memo<Vec<Pinned<Tab>>> {
    Memo::new(move |_| {
        world.read(|client| {
            let open = |(key, row): &(Key, &Row)| {
                let tab = row.as_tab().filter(|tab| tab.stage() != Stage::Closed)?;
                Some(Pinned { row: tab.clone(), pending: Pending::of(client, key) })
            };
            let mut open: Vec<_> = client.rows_of_kind("tab").iter().filter_map(open).collect();
            open.sort_by_key(|pinned| (pinned.row.opened_at, pinned.row.id));
            open
        })
    })
}

/// Another of the `open` tabs that has the same table, because two people opened it at once.
fn namesake<'a>(open: &'a [Pinned<Tab>], tab: &Tab) -> Option<&'a Tab> {
    let is_namesake = |other: &&Tab| other.id != tab.id && tab.seat != Seat::Counter && other.seat == tab.seat;
    open.iter().map(|pinned| &pinned.row).find(is_namesake).filter(|_| tab.stage() != Stage::Closed)
}
