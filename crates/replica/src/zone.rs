//! Local time by the browser's own time zone tables.

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use sync::Millis;
use wasm_bindgen::{JsCast, JsValue};

/// Minutes that local time in `zone` (an IANA name) is ahead of UTC at `at`; `None` for a name the browser does not know.
pub fn utc_offset_min(zone: &str, at: Millis) -> Option<i32> {
    let options = Object::new();
    let set = |name: &str, value: &str| Reflect::set(&options, &name.into(), &value.into()).is_ok();
    let digits = ["year", "month", "day", "hour", "minute"].iter().all(|field| set(field, "numeric"));
    if !(digits && set("timeZone", zone) && set("hourCycle", "h23")) {
        return None;
    }
    // The constructor throws for an unknown zone, so it is called where the exception can be caught.
    let constructor = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor: Function = Reflect::get(&constructor, &"DateTimeFormat".into()).ok()?.dyn_into().ok()?;
    let arguments = Array::of2(&"en-US".into(), &options);
    let format: Intl::DateTimeFormat = Reflect::construct(&constructor, &arguments).ok()?.unchecked_into();
    let date = Date::new(&JsValue::from_f64(at as f64));
    let mut fields = [0f64; 5];
    for part in format.format_to_parts(&date).iter() {
        let text = |name: &str| Reflect::get(&part, &name.into()).ok()?.as_string();
        let index = match text("type")?.as_str() {
            "year" => 0,
            "month" => 1,
            "day" => 2,
            "hour" => 3,
            "minute" => 4,
            _ => continue,
        };
        fields[index] = text("value")?.parse().ok()?;
    }
    let [year, month, day, hour, minute] = fields;
    let date: Object = Reflect::get(&js_sys::global(), &"Date".into()).ok()?.dyn_into().ok()?;
    let utc: Function = Reflect::get(&date, &"UTC".into()).ok()?.dyn_into().ok()?;
    let fields: Array = [year, month - 1.0, day, hour, minute].into_iter().map(JsValue::from_f64).collect();
    let wall = utc.apply(&date, &fields).ok()?.as_f64()?;
    let minute_of_utc = (at as f64 / 60_000.0).floor() * 60_000.0;
    Some(((wall - minute_of_utc) / 60_000.0) as i32)
}
