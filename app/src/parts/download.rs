//! A file that a page makes by itself, with no network: an address that is its content.

/// The address of a JSON file with this content.
pub fn as_download(json: &str) -> String {
    format!("data:application/json,{}", String::from(js_sys::encode_uri_component(json)))
}
