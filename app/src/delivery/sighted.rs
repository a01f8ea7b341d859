//! A driver is seen by who waits for what is in their bag: their phone says where it is while they are at work and look at this page,
//! and the page says that it does. It is no act of the outbox: a place from a minute ago is of no use to anybody.

use std::time::Duration;

use domain::Row;
use domain::delivery::Errand;
use domain::delivery::sighting::{HereIAm, SayAgain, TOLD_EVERY_MS, is_told};
use domain::id::driver_key;
use leptos::prelude::*;
use sync::AccountId;

use crate::parts::place::place;
use crate::parts::while_looked_at;
use crate::pending::Pinned;
use crate::texts::delivery;
use crate::world::World;

/// How long a phone may look for itself: satellites take their time, and the next try is not far.
const LOOKS_MAX: Duration = Duration::from_secs(10);

#[component]
pub(super) fn Sighted(me: AccountId, errands: Memo<Vec<Pinned<Errand>>>) -> impl IntoView {
    let world = World::here();
    let key = driver_key(&me);
    let is_wanted = Memo::new(move |_| {
        let driver = world.row(&key, Row::as_driver);
        errands.with(|errands| is_told(driver.as_ref(), errands.iter().map(|errand| &errand.row))).then_some(())
    });
    // Whether the phone knew where it is when it looked last; nothing before.
    let knows = RwSignal::new(None::<bool>);
    Effect::new(move |_| {
        is_wanted.track();
        knows.set(None);
    });
    while_looked_at(is_wanted, async move |()| tell(world, knows).await);
    move || {
        let knows = knows.get().filter(|_| is_wanted.get().is_some())?;
        let words = if knows { delivery::sighted() } else { delivery::not_sighted() };
        Some(view! { <p class="hint" data-test="sighted" data-knows=knows.to_string()>{words}</p> })
    }
}

/// Says once where the phone is, and answers when to say it anew. Where there is no network it is said the next time.
async fn tell(world: World, knows: RwSignal<Option<bool>>) -> u32 {
    let at = place(LOOKS_MAX).await;
    knows.try_set(Some(at.is_some()));
    let Some(at) = at else { return every_ms(TOLD_EVERY_MS) };
    let said = world.ask_for::<SayAgain>("/api/drive/place", &HereIAm { at }).await;
    every_ms(said.map_or(TOLD_EVERY_MS, |said| said.again_ms))
}

/// A server's wish, within what makes sense: neither a storm nor never again.
fn every_ms(wish: sync::Millis) -> u32 {
    u32::try_from(wish.clamp(TOLD_EVERY_MS / 3, TOLD_EVERY_MS * 40)).unwrap_or(u32::MAX)
}
