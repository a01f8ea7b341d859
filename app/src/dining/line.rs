//! One line of a table, with what can be done with it.

use std::sync::Arc;

use domain::Command;
use domain::dining::{LineState, Seat, Stage, TabCommand, TabLine};
use domain::id::{LineId, TabId};
use leptos::prelude::*;

use super::dish::dish;
use crate::parts::{Asking, Question, Reason, focus_on, money};
use crate::texts::dining;
use crate::words;
use crate::world::World;

/// Why something that was served is not billed, most often.
fn writes_off() -> Vec<&'static str> {
    vec![dining::off_on_the_house(), dining::off_by_mistake(), dining::off_guests_left()]
}

/// A line of a tab at `seat`, which has come as far as `stage`.
#[component]
pub(super) fn Line(tab: TabId, line: Memo<Option<TabLine>>, stage: Memo<Stage>, seat: Seat) -> impl IntoView {
    let at_counter = seat == Seat::Counter;
    move || {
        let (line, stage) = (line.get()?, stage.get());
        let id = line.id;
        let takes_back = line.state.is_awaited() && (stage == Stage::Open || (at_counter && stage < Stage::Closed));
        let served = line.can_be_served().then(|| {
            view! { <Does id words=dining::served() hook="serve" class="button primary" command=TabCommand::Serve { tab, lines: vec![id] } /> }
        });
        let back = takes_back.then(|| {
            view! { <Does id words=dining::take_back() hook="take-back" class="button quiet" command=TabCommand::TakeBack { tab, line: id } /> }
        });
        let know = (line.state == LineState::Gone && !line.was_prepared && stage < Stage::Closed).then(|| {
            view! { <Does id words=dining::guests_know() hook="guests-know" class="button" command=TabCommand::TakeBack { tab, line: id } /> }
        });
        let write_off = (line.state == LineState::Served && line.written_off.is_none() && stage <= Stage::Billed)
            .then(|| view! { <WriteOff tab id /> });
        let note = Some(words::line_state(&line));
        Some(view! {
            <li class="tab-line" class:off=line.state.is_off() || line.written_off.is_some() tabindex="-1" data-test="tab-line"
                data-id=id.to_string() data-item=line.item.to_string() data-status=line.state.name()>
                {dish(&line, note)}
                <span class="price">{money::text(line.price())}</span>
                <span class="tab-line-acts" role="group" aria-label=line.name.clone()>{served}{know}{back}{write_off}</span>
            </li>
        })
    }
}

/// A button for an act on a line. The button goes with what it does, so the line has the focus after it.
#[component]
fn Does(
    id: LineId,
    words: &'static str,
    hook: &'static str,
    class: &'static str,
    command: TabCommand,
) -> impl IntoView {
    let world = World::here();
    let busy = RwSignal::new(false);
    let give = move |_| {
        let command = command.clone();
        world.doing(busy, async move {
            world.act(Command::Tab(command), None).await?;
            focus_on(format!("[data-test=tab-line][data-id=\"{id}\"]"));
            Ok(())
        });
    };
    view! { <button type="button" class=class data-test=hook prop:disabled=busy on:click=give>{words}</button> }
}

/// What was served and is not to be paid: on the house, by mistake, or because the guests are gone.
#[component]
fn WriteOff(tab: TabId, id: LineId) -> impl IntoView {
    let asking = Asking::here();
    let question = move || Question {
        title: dining::write_off_title(),
        says: dining::write_off_says(),
        reason: Reason::Must(writes_off()),
        most: None,
        confirm: ("confirm-write-off", dining::write_off_it()),
        command: Arc::new(move |answer| Command::Tab(TabCommand::WriteOff { tab, line: id, reason: answer.reason })),
    };
    view! {
        <button type="button" class="button quiet" data-test="write-off" on:click=move |_| asking.ask(question())>{dining::write_off()}</button>
    }
}
