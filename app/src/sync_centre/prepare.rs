//! Before a tunnel: what is on this device already, and one tap that fetches what is missing and says whether all is there.
//!
//! Everything of a person comes by itself as long as there is a network; this is for who wants to be sure.

use std::time::Duration;

use gloo_timers::future::sleep;
use leptos::prelude::*;
use sync::client::Reach;
use wasm_bindgen::{JsCast as _, JsValue};

use crate::parts::{Notice, Tone, time};
use crate::start::tell_shell;
use crate::texts::sync_centre;
use crate::words;
use crate::world::World;

/// The longest that the app's files may take: a bundle over a slow phone network.
const FILES_MAX: Duration = Duration::from_secs(60);

/// The longest that the server's word may take: a month's rows over the same.
const ROWS_MAX: Duration = Duration::from_secs(30);

/// How often in a row a server that does not answer is looked at again: five seconds, for a link that has just come back.
const UNREACHED_MAX: u32 = 25;

/// How often it is seen whether it is there.
const LOOKS_EVERY: Duration = Duration::from_millis(200);

/// What it takes: the files, and the rows.
const STEPS: u8 = 2;

/// How the preparing stands.
#[derive(Clone, Copy, PartialEq)]
enum Stand {
    Idle,
    /// So many steps are done.
    Under(u8),
    Over {
        files: Files,
        rows: bool,
    },
}

/// Whether the app opens without a network.
#[derive(Clone, Copy, PartialEq)]
enum Files {
    Here,
    Missing,
    /// This browser keeps no app, or this page is not to be kept.
    Without,
}

impl Stand {
    fn name(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Under(_) => "under",
            Self::Over { files: Files::Here, rows: true } => "ready",
            Self::Over { .. } => "not-ready",
        }
    }
}

#[component]
pub(super) fn Prepare() -> impl IntoView {
    let world = World::here();
    let stand = RwSignal::new(Stand::Idle);
    let busy = RwSignal::new(false);
    let prepare = move |_| {
        world.doing(busy, async move {
            stand.set(Stand::Under(0));
            let files = files().await;
            stand.try_set(Stand::Under(1));
            world.send_now();
            let rows = rows(world).await;
            stand.try_set(Stand::Under(2));
            world.weigh().await;
            stand.try_set(Stand::Over { files, rows });
            Ok(())
        })
    };
    let kinds = Memo::new(move |_| world.read(|client| KINDS.map(|(kind, _)| client.rows_of_kind(kind).len())));
    let here = move || {
        let counts = kinds.get().into_iter().zip(KINDS).filter(|(count, _)| *count > 0);
        let lines = counts.map(|(count, (kind, say))| {
            view! { <li data-test="here" data-kind=kind data-count=count.to_string()>{say(count as u64)}</li> }
        });
        lines.collect_view()
    };
    let name = move || if busy.get() { sync_centre::preparing() } else { sync_centre::prepare() };
    view! {
        <section class="panel" data-test="prepare" data-stand=move || stand.get().name()>
            <h2>{sync_centre::prepare_head()}</h2>
            <p>{sync_centre::prepare_says()}</p>
            <ul class="bullets">{here}</ul>
            <div role="status">{move || told(world, stand.get())}</div>
            <div class="actions">
                <button type="button" class="button" data-test="prepare-now" prop:disabled=busy on:click=prepare>{name}</button>
            </div>
        </section>
    }
}

/// A kind of rows, and how so many of them are called.
type Kind = (&'static str, fn(u64) -> String);

/// What may be on a device, of whichever role.
const KINDS: [Kind; 6] = [
    ("restaurant", sync_centre::here_restaurants),
    ("menu", sync_centre::here_menus),
    ("order", sync_centre::here_orders),
    ("ticket", sync_centre::here_tickets),
    ("tab", sync_centre::here_tabs),
    ("delivery", sync_centre::here_deliveries),
];

fn told(world: World, stand: Stand) -> Option<AnyView> {
    Some(match stand {
        Stand::Idle => return None,
        Stand::Under(done) => {
            let words = if done == 0 { sync_centre::preparing_files() } else { sync_centre::preparing_rows() };
            view! { <p>{words}</p><progress max=STEPS.to_string() value=done.to_string() aria-label=words></progress> }
                .into_any()
        }
        Stand::Over { files: Files::Here, rows: true } => {
            let used = world.storage().with_untracked(|storage| storage.used).map(words::bytes);
            let words = match used {
                Some(used) => sync_centre::prepared_with(&time::clock(replica::now()), &used),
                None => sync_centre::prepared(&time::clock(replica::now())),
            };
            view! { <Notice tone=Tone::Good><p>{words}</p></Notice> }.into_any()
        }
        Stand::Over { files, rows } => {
            let files = match files {
                Files::Here => None,
                Files::Missing => Some(sync_centre::files_missing()),
                Files::Without => Some(sync_centre::files_without()),
            };
            let rows = (!rows).then(|| {
                let as_of = world.status().with_untracked(|status| status.as_of);
                as_of.map_or_else(|| sync_centre::rows_none().to_owned(), |at| sync_centre::rows_old(&time::moment(at)))
            });
            view! {
                <Notice tone=Tone::Warning>
                    {files.map(|words| view! { <p data-test="files-missing">{words}</p> })}
                    {rows.map(|words| view! { <p data-test="rows-missing">{words}</p> })}
                </Notice>
            }
            .into_any()
        }
    })
}

/// Has the shell fetch what is missing of the app, and hears how that went.
async fn files() -> Files {
    let heard = StoredValue::new(None::<Files>);
    let listening = window_event_listener_untyped("carryout:kept", move |event| {
        let detail = event.dyn_ref::<web_sys::CustomEvent>().and_then(|event| event.detail().as_string());
        heard.try_set_value(Some(match detail.as_deref() {
            Some("ready") => Files::Here,
            Some("without") => Files::Without,
            _ => Files::Missing,
        }));
    });
    tell_shell("carryout:prepare", &JsValue::NULL);
    let said = within(FILES_MAX, || heard.try_get_value().unwrap_or(Some(Files::Missing))).await;
    listening.remove();
    said.unwrap_or(Files::Missing)
}

/// Whether all that the server said is here, in a while. Who has no network is not kept waiting for one.
async fn rows(world: World) -> bool {
    let mut unreached = 0;
    let is_here = || match world.status().try_with_untracked(|status| status.reach) {
        Some(Reach::Online) => Some(true),
        Some(Reach::Offline) | None => Some(false),
        Some(Reach::Syncing) => None,
        Some(Reach::Unreachable) => {
            unreached += 1;
            (unreached > UNREACHED_MAX).then_some(false)
        }
    };
    within(ROWS_MAX, is_here).await.unwrap_or(false)
}

/// What `ready` says, once it says something; nothing where that takes longer than `most`.
async fn within<T>(most: Duration, mut ready: impl FnMut() -> Option<T>) -> Option<T> {
    for _ in 0..most.as_millis() / LOOKS_EVERY.as_millis() {
        if let Some(said) = ready() {
            return Some(said);
        }
        sleep(LOOKS_EVERY).await;
    }
    None
}
