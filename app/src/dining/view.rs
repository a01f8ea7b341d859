//! One table: what it has, what comes next for it, and the menu to add from.

use domain::Row;
use domain::catalog::Item;
use domain::dining::{Seat, Stage, Tab, bill};
use domain::id::{LineId, TabId, tab_key};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::line::Line;
use super::next::Next;
use super::picker::{Asked, Picker};
use super::{namesake, open_tabs};
use crate::parts::{Empty, Notice, Page, Skeleton, Tone, money, time};
use crate::pending::{Pending, Pinned};
use crate::texts::dining;
use crate::words;
use crate::world::World;

/// Where a link stands in a sentence: Unicode's own mark for something that is no text.
const LINK: &str = "\u{fffc}";

/// The table that the address names.
#[component]
pub fn TableView() -> impl IntoView {
    let world = World::here();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("tab")?.parse().ok().map(TabId)));
    let tab = Memo::new(move |_| {
        let key = tab_key(id.get()?);
        let row = world.row(&key, Row::as_tab)?;
        Some(Pinned { row, pending: world.read(|client| Pending::of(client, &key)) })
    });
    // What a list is built of anew: another table, and not another state of it.
    let shown = Memo::new(move |_| tab.with(|tab| tab.as_ref().map(|tab| (tab.row.id, tab.row.seat.clone()))));
    let stage = Memo::new(move |_| tab.with(|tab| tab.as_ref().map_or(Stage::Closed, |tab| tab.row.stage())));
    let title =
        move || tab.with(|tab| tab.as_ref().map_or_else(|| dining::table().to_owned(), |tab| words::seat(&tab.row)));
    // The question about a dish stays open when a colleague makes the bill: what was typed is not lost by it.
    let asked = RwSignal::new(None::<Item>);
    let body = move || {
        let Some((id, seat)) = shown.get() else {
            return if world.is_loading() {
                view! { <Skeleton rows=4 /> }.into_any()
            } else {
                view! {
                    <Empty title=dining::not_here() text=dining::not_here_says()>
                        <a class="button" href="/kitchen/tables">{dining::all_tables()}</a>
                    </Empty>
                }
                .into_any()
            };
        };
        view! {
            <Ordered id seat tab stage />
            <Next tab />
            {move || (stage.get() == Stage::Open).then(|| view! { <Picker tab=id asked /> })}
            {move || asked.get().map(|item| view! { <Asked tab=id item asked /> })}
        }
        .into_any()
    };
    view! {
        <Page title=Signal::derive(title) back=("/kitchen/tables".to_owned(), dining::tables().to_owned()) class="page-wide page-tables" keeps_place=true>
            {body}
        </Page>
    }
}

#[component]
fn Ordered(id: TabId, seat: Seat, tab: Memo<Option<Pinned<Tab>>>, stage: Memo<Stage>) -> impl IntoView {
    let world = World::here();
    let open = open_tabs(world);
    let lines = Memo::new(move |_| {
        tab.with(|tab| tab.iter().flat_map(|tab| &tab.row.lines).map(|line| line.id).collect::<Vec<LineId>>())
    });
    let line = move |of: LineId| {
        let line = Memo::new(move |_| tab.with(|tab| tab.as_ref()?.row.line(of).cloned()));
        view! { <Line tab=id line stage seat=seat.clone() /> }
    };
    let notices = move || {
        tab.with(|tab| {
            let tab = &tab.as_ref()?.row;
            let declined = tab.declined_at.filter(|_| tab.stage() == Stage::Billed).map(|at| {
                let words = dining::card_declined(&time::clock(at));
                view! { <Notice tone=Tone::Warning><p data-test="card-declined">{words}</p></Notice> }
            });
            let owed = bill::owed_back(tab).map(|owed| {
                let words = dining::owed_back(&money::text(owed));
                view! { <Notice tone=Tone::Warning><p data-test="owed-back">{words}</p></Notice> }
            });
            Some(view! { {declined}{owed} })
        })
    };
    let twin =
        Memo::new(move |_| tab.with(|tab| open.with(|open| namesake(open, &tab.as_ref()?.row).map(|twin| twin.id))));
    let twin = move || {
        twin.get().map(|twin| {
            let words = dining::has_a_twin(LINK);
            let (before, after) =
                words.split_once(LINK).map(|(before, after)| (before.to_owned(), after.to_owned())).unwrap_or_default();
            view! {
                <Notice tone=Tone::Warning>
                    <p data-test="namesake">
                        {before}<a href=format!("/kitchen/tables/{twin}")>{dining::other_list()}</a>{after}
                    </p>
                </Notice>
            }
        })
    };
    let total = move || {
        tab.with(|tab| bill::total(&tab.as_ref()?.row)).map(|total| {
            view! { <p class="total"><span>{dining::total()}</span><strong class="price" data-test="tab-total">{money::text(total)}</strong></p> }
        })
    };
    let settled = move || {
        let settled = tab.with(|tab| words::settled(&tab.as_ref()?.row));
        settled.map(|settled| view! { <p data-test="settled">{settled}</p> })
    };
    let pending = move || tab.with(|tab| tab.as_ref().and_then(|tab| tab.pending.words()));
    let pending_stage = move || tab.with(|tab| tab.as_ref().map_or("", |tab| tab.pending.name()));
    view! {
        <section class="tab" data-test="tab" data-id=id.to_string() data-status=move || stage.get().name()
            data-stage=pending_stage aria-label=dining::ordered()>
            {notices}{twin}
            {move || lines.with(Vec::is_empty).then(|| view! { <p class="card-note">{dining::nothing_ordered()}</p> })}
            <ul class="tab-lines"><For each=move || lines.get() key=|id| *id children=line /></ul>
            {total}{settled}{pending}
        </section>
    }
}
