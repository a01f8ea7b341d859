//! Amounts as the person's own language writes them.

use domain::Money;

/// The amount with its currency sign: `€9.50`.
#[cfg(target_arch = "wasm32")]
pub fn text(money: Money) -> String {
    use js_sys::{Array, Intl::NumberFormat, Object, Reflect};
    use wasm_bindgen::JsValue;

    let options = Object::new();
    let set = |name: &str, value: &str| Reflect::set(&options, &name.into(), &value.into()).is_ok();
    if !(set("style", "currency") && set("currency", money.currency.code())) {
        return money.to_string();
    }
    let format = NumberFormat::new(&Array::new(), &options).format();
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
        1.. => format!("+ {}", text(money)),
        _ => format!("\u{2212} {}", text(Money { minor: -money.minor, ..money })),
    }
}
