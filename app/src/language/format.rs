//! Numbers and lists as the language writes them. Money is in [`crate::parts::money`], times are in [`crate::parts::time`].
//!
//! Arabic comes with the digits 0 to 9 everywhere (`-u-nu-latn`), which most of its countries' shops and phones use as well: prices
//! then look as they are typed, an order's number is the same on a customer's and on a cook's screen, and a phone number reads the
//! same in a message as in the dialler.

use js_sys::Array;
use leptos::prelude::window;
use wasm_bindgen::JsValue;

use super::{Language, now};
use crate::texts::common;

/// The locale to ask the browser for: the language as it is written where the person lives, if their browser says so.
pub fn locale() -> String {
    let language = now();
    let asked = window().navigator().languages();
    let asked = asked.iter().filter_map(|tag| tag.as_string()).find(|tag| Language::of(tag) == Some(language));
    let tag = asked.unwrap_or_else(|| language.code().to_owned());
    match language {
        Language::Arabic => format!("{}-u-nu-latn", tag.split("-u-").next().unwrap_or("ar")),
        _ => tag,
    }
}

/// The same, as `Intl` takes it.
pub fn locales() -> Array {
    Array::of1(&JsValue::from_str(&locale()))
}

/// A number with one digit after the point: `4.2`, `4,2`.
#[cfg(target_arch = "wasm32")]
pub fn tenths(number: f64) -> String {
    use js_sys::{Intl::NumberFormat, Object, Reflect};

    let options = Object::new();
    for name in ["minimumFractionDigits", "maximumFractionDigits"] {
        // A plain object takes any name.
        let _ = Reflect::set(&options, &name.into(), &1.into());
    }
    let format = NumberFormat::new(&locales(), &options).format();
    let text = format.call1(&JsValue::UNDEFINED, &number.into());
    text.ok().and_then(|text| text.as_string()).unwrap_or_else(|| format!("{number:.1}"))
}

/// A number with one digit after the point, where there is no browser to ask.
#[cfg(not(target_arch = "wasm32"))]
pub fn tenths(number: f64) -> String {
    format!("{number:.1}")
}

/// One after the other: `a, b, c`.
pub fn list<T: AsRef<str>>(of: impl IntoIterator<Item = T>) -> String {
    let mut said = String::new();
    for one in of {
        if !said.is_empty() {
            said.push_str(common::list_comma());
        }
        said.push_str(one.as_ref());
    }
    said
}
