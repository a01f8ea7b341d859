//! Proofs: as they lie on a driver's phone, and as whoever may see them fetches them.

use domain::OrderId;
use domain::delivery::{Proof, ProofKind};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sync::attachment::{Attachment, AttachmentId, Stage};
use sync::client::Reach;

use crate::parts::{Notice, Tone, time};
use crate::words;
use crate::world::World;

/// What follows acts on this phone, each with how far it has come.
#[component]
pub fn Kept(kept: Memo<Vec<Attachment>>) -> impl IntoView {
    let ids = Memo::new(move |_| kept.with(|kept| kept.iter().map(|kept| kept.id).collect::<Vec<_>>()));
    let one = move |id: AttachmentId| {
        let known = Memo::new(move |_| kept.with(|kept| kept.iter().find(|kept| kept.id == id).cloned()));
        view! { <KeptOne id known /> }
    };
    view! {
        {move || (!ids.with(Vec::is_empty)).then(|| view! {
            <ul class="kept-list"><For each=move || ids.get() key=|id| *id children=one /></ul>
        })}
    }
}

#[component]
fn KeptOne(id: AttachmentId, known: Memo<Option<Attachment>>) -> impl IntoView {
    let world = World::here();
    let busy = RwSignal::new(false);
    let kind = known.with_untracked(|known| known.as_ref().and_then(|known| ProofKind::named(&known.kind)));
    let kind = kind.unwrap_or(ProofKind::Photo);
    let at = known.with_untracked(|known| known.as_ref().map_or(0, |known| known.kept_at));
    let preview =
        Memo::new(move |_| known.with(|known| known.as_ref().map(|known| known.preview.clone()).unwrap_or_default()));
    let stage = Memo::new(move |_| known.with(|known| known.as_ref().map(|known| known.stage.clone())));
    let name = move || stage.with(|stage| stage.as_ref().map(Stage::name));
    let way = move || {
        let is_on_its_way = world.attachment_on_its_way() == Some(id);
        stage.with(|stage| stage.as_ref().map(|stage| words::proof_stage(stage, is_on_its_way, world.kept())))
    };
    let picture = move || {
        let preview = preview.get();
        preview.starts_with("data:").then(|| {
            view! {
                <img class="kept-picture" src=preview alt=words::proof_picture(kind, &time::moment(at)) />
            }
        })
    };
    let word = move || Some(preview.get()).filter(|text| kind == ProofKind::Word && !text.is_empty());
    let ended = move || {
        let Stage::Ended(end) = stage.get()? else { return None };
        Some(view! {
            <Notice tone=Tone::Warning attr:data-test="proof-ended"><p>{words::proof_end(&end)}</p></Notice>
            <div class="actions">
                <button type="button" class="button" data-test="proof-again" prop:disabled=busy
                    on:click=move |_| world.try_attachment_again(id, busy)>{words::try_again()}</button>
                <button type="button" class="button" data-test="proof-delete" prop:disabled=busy
                    on:click=move |_| world.let_attachment_go(id, busy)>{words::proof_delete()}</button>
            </div>
        })
    };
    view! {
        <li class="kept" data-test="proof" data-kind=kind.name() data-stage=name data-id=id.to_string()>
            <span class="kept-frame">{picture}</span>
            <span class="card-words">
                <strong>{words::proof_kind(kind)}</strong>
                {word}
                <span class="card-note" data-test="proof-stage">{way}</span>
            </span>
            {ended}
        </li>
    }
}

/// The proofs of an order, for its customer and the desk.
#[component]
pub fn Proofs(order: OrderId, proofs: Vec<Proof>) -> impl IntoView {
    (!proofs.is_empty()).then(|| {
        let all = proofs.into_iter().map(|proof| view! { <ProofOf order proof /> }).collect_view();
        view! {
            <section class="panel" data-test="proofs">
                <h2>{words::proof_of_delivery()}</h2>
                <ul class="proofs">{all}</ul>
            </section>
        }
    })
}

#[component]
fn ProofOf(order: OrderId, proof: Proof) -> impl IntoView {
    let world = World::here();
    let path = format!("/api/deliveries/{order}/proofs/{}", proof.id);
    let is_kept = proof.is_kept(world.now());
    let what = match (is_kept, proof.kind) {
        (false, _) => view! { <p class="hint">{words::proof_not_kept()}</p> }.into_any(),
        (true, ProofKind::Word) => view! { <Words path /> }.into_any(),
        (true, kind) => view! { <Shown path kind at=proof.at /> }.into_any(),
    };
    view! {
        <li data-test="proof" data-kind=proof.kind.name() data-id=proof.id.to_string()>
            {what}
            <p class="card-note">{words::proof_line(proof.kind, &time::moment(proof.at))}</p>
        </li>
    }
}

/// Whether the server is there, as last known.
fn is_reached(world: World) -> Memo<bool> {
    Memo::new(move |_| world.status().with(|status| matches!(status.reach, Reach::Online | Reach::Syncing)))
}

/// A picture in a frame that is there before it: nothing moves when it comes.
#[component]
fn Shown(path: String, kind: ProofKind, at: sync::Millis) -> impl IntoView {
    let failed = RwSignal::new(false);
    let reached = is_reached(World::here());
    // What could not be had in a tunnel is asked for again after it.
    Effect::new(move |_| {
        if reached.get() {
            failed.set(false);
        }
    });
    let picture = move || {
        if failed.get() {
            return view! { <span class="hint">{words::proof_not_loaded()}</span> }.into_any();
        }
        let alt = words::proof_picture(kind, &time::moment(at));
        view! { <img src=path.clone() alt=alt on:error=move |_| failed.set(true) /> }.into_any()
    };
    view! { <span class="proof-frame">{picture}</span> }
}

/// The driver's words, asked for when they are looked at: they are kept on no device.
#[component]
fn Words(path: String) -> impl IntoView {
    let world = World::here();
    let said = RwSignal::new(None::<String>);
    let reached = is_reached(world);
    Effect::new(move |_| {
        if !reached.get() || said.with_untracked(Option::is_some) {
            return;
        }
        let path = path.clone();
        spawn_local(async move {
            if let Ok(words) = world.ask_words(&path).await {
                said.try_set(Some(words));
            }
        });
    });
    view! { <p class="proof-word" data-test="proof-word">{move || said.get().unwrap_or_else(|| words::proof_not_loaded().to_owned())}</p> }
}
