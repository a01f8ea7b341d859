//! Two short tones, like the bell on a counter. They are computed, so that there is no file to fetch.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AudioContext, AudioContextState};

use crate::bonus;

/// The tones: when each begins, in seconds, and how high it is, in Hertz. Both carry over a kitchen's fans and are heard by
/// older ears, which high tones are not.
const TONES: [(f64, f32); 2] = [(0.0, 988.0), (0.25, 740.0)];

/// How long a tone takes to fade, in seconds.
const FADE_S: f64 = 0.6;

/// How loud a tone begins, of 1: two that overlap stay below what would crackle.
const LOUD: f32 = 0.45;

/// Almost nothing: an exponential fade does not reach zero.
const FADED: f32 = 0.001;

/// How often it rings while something waits: time to hear that it has stopped.
const EVERY: Duration = Duration::from_secs(4);

/// Whether the chime can be heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hearing {
    /// It can, as far as a page knows: how loud the device is turned, none can.
    Heard,
    /// The browser plays nothing before the page was tapped once.
    AwaitsTap,
    /// The browser has no sound for pages.
    Deaf,
}

impl Hearing {
    /// Its name in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Heard => "heard",
            Self::AwaitsTap => "awaits-tap",
            Self::Deaf => "deaf",
        }
    }
}

/// A chime that can be rung. Closed with the owner that made it.
#[derive(Clone, Copy)]
pub struct Chime {
    context: StoredValue<Option<AudioContext>, LocalStorage>,
    hearing: RwSignal<Hearing>,
}

impl Chime {
    /// A chime, which may have to wait for a tap on the page until it is heard. Any tap will do.
    pub fn here() -> Self {
        let context = AudioContext::new().ok();
        let now = |context: &AudioContext| match context.state() {
            AudioContextState::Running => Hearing::Heard,
            _ => Hearing::AwaitsTap,
        };
        let hearing = RwSignal::new(context.as_ref().map_or(Hearing::Deaf, now));
        let changed = context.clone().map(|context| {
            let changed = Closure::<dyn FnMut()>::new({
                let context = context.clone();
                move || {
                    hearing.try_set(now(&context));
                }
            });
            context.set_onstatechange(Some(changed.as_ref().as_ref().unchecked_ref()));
            changed
        });
        let changed = StoredValue::new_local(changed);
        let context = StoredValue::new_local(context);
        let tapped = window_event_listener(leptos::ev::click, move |_| resume(context));
        let typed = window_event_listener(leptos::ev::keydown, move |_| resume(context));
        on_cleanup(move || {
            tapped.remove();
            typed.remove();
            context.try_with_value(|context| {
                let Some(context) = context else { return };
                context.set_onstatechange(None);
                let_be(context.close());
            });
            changed.try_set_value(None);
        });
        Self { context, hearing }
    }

    /// Whether it can be heard.
    pub fn hearing(self) -> Signal<Hearing> {
        self.hearing.into()
    }

    /// Rings at once, and again and again, while `wanted`; the device trembles with it, where it can.
    pub fn ring_while(self, wanted: Memo<bool>) {
        let ring = move || {
            self.ring();
            bonus::vibrate();
        };
        let begun = StoredValue::new(None::<IntervalHandle>);
        let stop = move || {
            let begun = begun.try_update_value(Option::take).flatten();
            begun.inspect(IntervalHandle::clear);
        };
        Effect::new(move |_| {
            stop();
            // Also when it comes to be heard: who taps to let it ring hears it.
            self.hearing.track();
            if wanted.get() {
                ring();
                begun.set_value(set_interval_with_handle(ring, EVERY).ok());
            }
        });
        on_cleanup(stop);
    }

    /// Rings once. What is rung before it can be heard is not heard later either: nobody wants ten minutes of bells at once.
    pub fn ring(self) {
        if self.hearing.get_untracked() != Hearing::Heard {
            return;
        }
        self.context.with_value(|context| {
            let rung = context.iter().try_for_each(|context| TONES.iter().try_for_each(|tone| sound(context, *tone)));
            if let Err(error) = rung {
                leptos::logging::warn!("the chime did not ring: {error:?}");
            }
        });
    }
}

fn resume(context: StoredValue<Option<AudioContext>, LocalStorage>) {
    context.try_with_value(|context| {
        let asleep = context.as_ref().filter(|context| context.state() == AudioContextState::Suspended);
        if let Some(context) = asleep {
            let_be(context.resume());
        }
    });
}

/// What the browser does by and by: its word is heard by `onstatechange`.
fn let_be(promise: Result<js_sys::Promise, JsValue>) {
    if let Ok(promise) = promise {
        spawn_local(async move { drop(JsFuture::from(promise).await) });
    }
}

fn sound(context: &AudioContext, (after_s, pitch): (f64, f32)) -> Result<(), JsValue> {
    let start = context.current_time() + after_s;
    let (tone, volume) = (context.create_oscillator()?, context.create_gain()?);
    tone.frequency().set_value(pitch);
    volume.gain().set_value_at_time(LOUD, start)?;
    volume.gain().exponential_ramp_to_value_at_time(FADED, start + FADE_S)?;
    tone.connect_with_audio_node(&volume)?;
    volume.connect_with_audio_node(&context.destination())?;
    tone.start_with_when(start)?;
    tone.stop_with_when(start + FADE_S)
}
