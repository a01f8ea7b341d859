//! Times as a clock on the person's wall shows them, and days as the language that is spoken writes them.

use domain::ordering::slot::SLOT_MS;
use js_sys::{Date, Object, Reflect};
use sync::Millis;
use wasm_bindgen::JsValue;

use crate::language::format;
use crate::texts::common;

const MINUTE_MS: Millis = 60_000;

fn date(at: Millis) -> Date {
    Date::new(&JsValue::from_f64(at as f64))
}

/// Hours and minutes: `14:05`.
pub fn clock(at: Millis) -> String {
    let options = Object::new();
    let set = |name: &str, value: &str| Reflect::set(&options, &name.into(), &value.into());
    let _ = set("hour", "2-digit");
    let _ = set("minute", "2-digit");
    let _ = set("hourCycle", "h23");
    date(at).to_locale_time_string_with_options(&format::locale(), &options).into()
}

/// The time, with the day where it is not today: `14:05`, or `20 Nov, 14:05`.
pub fn moment(at: Millis) -> String {
    if date(at).to_date_string() == date(replica::now()).to_date_string() {
        return clock(at);
    }
    let options = Object::new();
    let _ = Reflect::set(&options, &"day".into(), &"numeric".into());
    let _ = Reflect::set(&options, &"month".into(), &"short".into());
    let day: String = date(at).to_locale_date_string(&format::locale(), &options).into();
    common::day_and_clock(&clock(at), &day)
}

/// A quarter of an hour that somebody chose: `18:30 – 18:45`, with the day where it is not today.
pub fn slot(at: Millis) -> String {
    common::from_to(&moment(at), &clock(at + SLOT_MS))
}

/// The same, where the day is said already.
pub fn slot_of_day(at: Millis) -> String {
    common::from_to(&clock(at), &clock(at + SLOT_MS))
}

/// The day, as the head of a list of times: today, tomorrow, or which day of the week it is.
pub fn day(at: Millis, now: Millis) -> String {
    const DAY_MS: Millis = 24 * 60 * MINUTE_MS;
    let is = |day: Millis| date(day).to_date_string() == date(at).to_date_string();
    if is(now) {
        return common::today().to_owned();
    }
    if is(now + DAY_MS) {
        return common::tomorrow().to_owned();
    }
    let options = Object::new();
    let set = |name: &str, value: &str| Reflect::set(&options, &name.into(), &value.into());
    let _ = set("weekday", "long");
    let _ = set("day", "numeric");
    let _ = set("month", "short");
    date(at).to_locale_date_string(&format::locale(), &options).into()
}

/// A day of UTC, by its first moment: `Fri, 20 Nov`.
pub fn day_of_utc(begins: Millis) -> String {
    let options = Object::new();
    for (name, value) in [("weekday", "short"), ("day", "numeric"), ("month", "short"), ("timeZone", "UTC")] {
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    date(begins).to_locale_date_string(&format::locale(), &options).into()
}

/// Whole minutes from `from` to `to`, none where that is past.
pub fn minutes(from: Millis, to: Millis) -> i64 {
    ((to - from).max(0) + MINUTE_MS / 2) / MINUTE_MS
}
