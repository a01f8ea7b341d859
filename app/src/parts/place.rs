//! Where this device is, asked of the browser once, for as long as whoever asks can wait.

use std::time::Duration;

use domain::delivery::Place;
use leptos::prelude::set_timeout;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Where this device is; nothing where it does not know within `patience`, or is not to tell.
pub async fn place(patience: Duration) -> Option<Place> {
    let asked = js_sys::Promise::new(&mut |resolve, _| {
        let found = resolve.clone();
        let found = Closure::once_into_js(move |position: web_sys::Position| {
            let here = position.coords();
            let pair = js_sys::Array::of2(&here.latitude().into(), &here.longitude().into());
            drop(found.call1(&JsValue::NULL, &pair));
        });
        let none = resolve.clone();
        set_timeout(move || drop(none.call0(&JsValue::NULL)), patience);
        let none = resolve.clone();
        let refused = Closure::once_into_js(move |_: JsValue| drop(none.call0(&JsValue::NULL)));
        let geolocation = web_sys::window().and_then(|window| window.navigator().geolocation().ok());
        let is_asked = geolocation.is_some_and(|geolocation| {
            let (found, refused) = (found.unchecked_ref(), Some(refused.unchecked_ref()));
            geolocation.get_current_position_with_error_callback(found, refused).is_ok()
        });
        if !is_asked {
            drop(resolve.call0(&JsValue::NULL));
        }
    });
    let pair = JsFuture::from(asked).await.ok()?;
    let pair = pair.dyn_into::<js_sys::Array>().ok()?;
    let place = Place(pair.get(0).as_f64()?, pair.get(1).as_f64()?);
    place.is_on_earth().then_some(place)
}
