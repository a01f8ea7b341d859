//! Dining: what is eaten in the house. Waiters open tables, add and serve; the kitchen sees on its board what it has to cook.

mod line;
mod next;
mod pass;
mod picker;
mod tables;
mod view;

pub use pass::FromTables;
pub use tables::Tables;
pub use view::TableView;

use domain::Row;
use domain::dining::Tab;
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
