//! The built app, from a folder or, with the feature `embed`, from inside the executable.
//!
//! Files whose name holds a hash of their content never change and are kept for a year; all others are asked for anew each
//! time, at the cost of a 304. Compressed siblings (`.br`, `.gz`) were made by the build. A page of the app that is no
//! file (`/orders/17`) is the app's own to show, so it is answered with `index.html`.

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::problem::{Problem, not_found};
use crate::state::AppState;

/// For names that hold a hash.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// For all others: kept, and asked about each time.
const ASK_AGAIN: &str = "no-cache";

/// Compressed siblings, best first: the encoding's name and the file's ending.
const SIBLINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// The endings of what is at the top or might be looked for there.
const KINDS: [&str; 14] =
    ["css", "html", "ico", "js", "json", "map", "png", "svg", "txt", "wasm", "webmanifest", "webp", "woff2", "xml"];

/// Everything that is not declared elsewhere.
pub(crate) fn router() -> Router<AppState> {
    Router::new().fallback(serve)
}

async fn serve(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    let path = request.uri().path();
    if path.starts_with("/api/") || path == "/api" {
        return Err(not_found());
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok((StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response());
    }
    let name = name(path).ok_or_else(not_found)?;
    let source = Source::new(&state);
    let name = match source.holds(&name).await {
        true => name,
        false if is_page(&name, request.headers()) => "index.html".to_owned(),
        false => return Err(not_found()),
    };
    answer(&source, &name, request.headers()).await
}

/// The name of a file, from the path of a request; `None` for what no file of ours is called. A path is taken as it is
/// written, so that nothing encoded can climb out of the folder.
fn name(path: &str) -> Option<String> {
    let name = path.trim_start_matches('/');
    let plain =
        name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b'%'));
    let climbs = name.split('/').any(|part| part.starts_with('.'));
    if !plain || climbs {
        return None;
    }
    Some(if name.is_empty() { "index.html".to_owned() } else { name.to_owned() })
}

/// Whether a browser asks for a page to show, rather than for a part of one. Files stand at the top and in `assets/`, so
/// anything deeper is a page, also where a name in it holds a dot (`/r/st.john`). The service worker judges alike.
fn is_page(name: &str, headers: &HeaderMap) -> bool {
    let accepts = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let file = name.starts_with("assets/") || !name.contains('/') && ending.is_some_and(|kind| KINDS.contains(&kind));
    !file && accepts.contains("text/html")
}

async fn answer(source: &Source, name: &str, headers: &HeaderMap) -> Result<Response, Problem> {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut found = None;
    for (encoding, ending) in SIBLINGS {
        if found.is_none() && accepts(accepted, encoding) {
            found = source.read(&format!("{name}{ending}")).await.map(|bytes| (Some(encoding), bytes));
        }
    }
    let (encoding, bytes) = match found {
        Some(found) => found,
        None => (None, source.read(name).await.ok_or_else(unbuilt)?),
    };
    let digest = Sha256::digest(&bytes);
    let etag = digest[..8].iter().fold(String::from('"'), |tag, byte| format!("{tag}{byte:02x}")) + "\"";
    let cache = if is_hashed(name) { FOR_EVER } else { ASK_AGAIN };
    let fresh =
        headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).is_some_and(|known| matches(known, &etag));
    let mut response = if fresh {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(CONTENT_TYPE, content_type(name))], Body::from(bytes)).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(ETAG, HeaderValue::from_str(&etag).expect("hex digits in quotes"));
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Ok(response)
}

/// Whether an `Accept-Encoding` takes `encoding`; one with weight zero is refused.
fn accepts(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|part| {
        let (name, weight) = part.split_once(';').unwrap_or((part, "q=1"));
        let zero = weight.trim().trim_start_matches("q=").parse::<f32>().is_ok_and(|weight| weight == 0.0);
        name.trim().eq_ignore_ascii_case(encoding) && !zero
    })
}

/// Whether an `If-None-Match` names this tag. A tag that a proxy has weakened is meant too.
pub(crate) fn matches(known: &str, etag: &str) -> bool {
    known.split(',').map(|tag| tag.trim().trim_start_matches("W/")).any(|tag| tag == etag || tag == "*")
}

/// Whether a name holds a hash of the content: sixteen hex digits after a hyphen, before the ending.
fn is_hashed(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    let Some((stem, _)) = last.rsplit_once('.') else { return false };
    let hash = stem.rsplit_once('-').map_or("", |(_, hash)| hash);
    hash.len() == 16 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn content_type(name: &str) -> String {
    if name.ends_with(".webmanifest") {
        return "application/manifest+json".into();
    }
    let guess = mime_guess::from_path(name).first_or_octet_stream();
    let text = guess.type_() == "text" || guess.subtype() == "json" || guess.subtype() == "javascript";
    if text { format!("{}; charset=utf-8", guess.essence_str()) } else { guess.essence_str().to_owned() }
}

fn unbuilt() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "not-built", "the app is not built").detail(
        "This server has no page to show. Build the app with `cargo xtask serve`, or name its folder with --dist.",
    )
}

/// Where the files are.
#[cfg(not(feature = "embed"))]
struct Source(std::path::PathBuf);

#[cfg(not(feature = "embed"))]
impl Source {
    fn new(state: &AppState) -> Self {
        Self(state.settings.dist.clone())
    }

    async fn holds(&self, name: &str) -> bool {
        name == "index.html" || tokio::fs::metadata(self.0.join(name)).await.is_ok_and(|file| file.is_file())
    }

    async fn read(&self, name: &str) -> Option<Vec<u8>> {
        tokio::fs::read(self.0.join(name)).await.ok()
    }
}

#[cfg(feature = "embed")]
#[derive(rust_embed::RustEmbed)]
#[folder = "../dist"]
struct Files;

/// Where the files are.
#[cfg(feature = "embed")]
struct Source;

#[cfg(feature = "embed")]
impl Source {
    fn new(_state: &AppState) -> Self {
        Self
    }

    async fn holds(&self, name: &str) -> bool {
        name == "index.html" || Files::get(name).is_some()
    }

    async fn read(&self, name: &str) -> Option<std::borrow::Cow<'static, [u8]>> {
        Files::get(name).map(|file| file.data)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_climbs_out_of_the_folder() {
        assert_eq!(name("/"), Some("index.html".into()));
        assert_eq!(name("/assets/shell-0011223344556677.js"), Some("assets/shell-0011223344556677.js".into()));
        for path in ["/../Cargo.toml", "/a/../../b", "/.env", "/a\\b", "/a//../b", "/~root"] {
            assert_eq!(name(path), None, "{path}");
        }
    }

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        assert!(is_hashed("assets/customer_bg-0011223344556677.wasm"));
        assert!(is_hashed("assets/customer.entry-0011223344556677.js"));
        assert!(!is_hashed("sw.js"));
        assert!(!is_hashed("assets/customer-00112233.js"));
        assert!(!is_hashed("icon-maskable-512.png"));
    }

    #[test]
    fn encodings_are_taken_as_the_browser_says() {
        assert!(accepts("gzip, deflate, br;q=0.9", "br"));
        assert!(!accepts("gzip, br;q=0", "br"));
        assert!(!accepts("", "gzip"));
    }

    #[test]
    fn types_are_what_browsers_insist_on() {
        assert_eq!(content_type("a.wasm"), "application/wasm");
        assert_eq!(content_type("manifest.webmanifest"), "application/manifest+json");
        assert_eq!(content_type("a.js"), "text/javascript; charset=utf-8");
    }
}
