//! Amounts as the language that is spoken writes them.

use domain::{Currency, Money};

use crate::texts::parts;
use crate::words;

/// The amount with its currency sign: `€9.50`.
#[cfg(target_arch = "wasm32")]
pub fn text(money: Money) -> String {
    use js_sys::{Intl::NumberFormat, Object, Reflect};
    use wasm_bindgen::JsValue;

    use crate::language::format;

    let options = Object::new();
    let set = |name: &str, value: &str| Reflect::set(&options, &name.into(), &value.into()).is_ok();
    if !(set("style", "currency") && set("currency", money.currency.code())) {
        return money.to_string();
    }
    let format = NumberFormat::new(&format::locales(), &options).format();
    let text = format.call1(&JsValue::UNDEFINED, &JsValue::from_str(&money.decimal()));
    text.ok().and_then(|text| text.as_string()).unwrap_or_else(|| money.to_string())
}

/// The amount with its currency's letters, where there is no browser to ask.
#[cfg(not(target_arch = "wasm32"))]
pub fn text(money: Money) -> String {
    money.to_string()
}

/// What an option adds: `+ €1.00`, or nothing where it adds nothing.
pub fn added(money: Money) -> String {
    match money.minor {
        0 => String::new(),
        1.. => parts::adds(&text(money)),
        _ => parts::takes_off(&text(Money { minor: -money.minor, ..money })),
    }
}

/// What was typed, as money; a comma is a point, which it is on most keyboards.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn read(typed: &str, currency: Currency) -> Result<Money, String> {
    Money::parse(&typed.trim().replace(',', "."), currency).map_err(|why| words::not_money(&why))
}
