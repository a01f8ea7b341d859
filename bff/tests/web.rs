//! Files, public menus, health: what anyone may ask for.

mod server;

use std::fs;

use reqwest::{Method, StatusCode};
use serde_json::Value;
use server::{Server, header, problem};

/// A server with a small app and no restaurants.
fn with_app() -> Server {
    let folder = tempfile::tempdir().expect("a folder");
    let dist = folder.path().join("dist");
    fs::create_dir_all(dist.join("assets")).expect("a folder");
    for (name, content) in [
        ("index.html", "<!doctype html>"),
        ("sw.js", "self.skipWaiting()"),
        ("apps.json", "{}"),
        ("manifest.webmanifest", "{}"),
        ("assets/customer-0011223344556677.js", "export const a = 1"),
        ("assets/customer-0011223344556677.js.br", "brotli"),
        ("assets/customer-0011223344556677.js.gz", "gzip"),
        ("assets/customer_bg-0011223344556677.wasm", "\0asm"),
    ] {
        fs::write(dist.join(name), content).expect("a file");
    }
    fs::write(folder.path().join("secret.txt"), "no").expect("a file");
    Server::start(folder, &["--no-demo"])
}

/// Whoever reads the document finds what it names. `OPTIONS` is answered by no handler: who has the path says so, and else nobody.
#[tokio::test]
async fn every_path_that_the_architecture_lists_is_answered() {
    let document =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../ARCHITECTURE.md")).expect("the document");
    let (_, section) = document.split_once("\n## Who is served by what\n").expect("its section");
    let rows = section.split("\n## ").next().expect("its text").lines().filter(|line| line.starts_with('|'));
    let words = rows.flat_map(|row| row.split('`')).filter(|word| word.starts_with("/api/"));
    let paths: Vec<_> = words
        .map(|path| {
            path.replace("{id}", "one")
                .replace("{order}", "one")
                .replace("{kind}", "order")
                .replace("{day}", "2026-11-01")
        })
        .collect();
    assert!(paths.len() > 10, "{paths:?}");
    let server = with_app();
    for path in &paths {
        let answer = server.request(Method::OPTIONS, path).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{path}");
    }
    let answer = server.request(Method::OPTIONS, "/api/nothing").send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn files_are_kept_as_long_as_their_names_hold() {
    let server = with_app();
    for (path, kind, cache) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/sw.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/apps.json", "application/json; charset=utf-8", "no-cache"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
        ("/assets/customer_bg-0011223344556677.wasm", "application/wasm", "public, max-age=31536000, immutable"),
    ] {
        let file = server.get(path).await;
        assert_eq!(file.status(), StatusCode::OK, "{path}");
        assert_eq!((header(&file, "content-type"), header(&file, "cache-control")), (kind, cache), "{path}");
        let tag = header(&file, "etag").to_owned();
        let known = server.request(Method::GET, path).header("if-none-match", &tag).send().await.expect("an answer");
        assert_eq!((known.status(), header(&known, "etag")), (StatusCode::NOT_MODIFIED, tag.as_str()), "{path}");
    }
}

#[tokio::test]
async fn compressed_siblings_go_to_those_who_take_them() {
    let server = with_app();
    for (accepts, encoding, body) in
        [("gzip, deflate, br", "br", "brotli"), ("gzip", "gzip", "gzip"), ("identity", "", "export const a = 1")]
    {
        let asked =
            server.request(Method::GET, "/assets/customer-0011223344556677.js").header("accept-encoding", accepts);
        let file = asked.send().await.expect("an answer");
        assert_eq!((header(&file, "content-encoding"), header(&file, "vary")), (encoding, "accept-encoding"));
        assert_eq!(header(&file, "content-type"), "text/javascript; charset=utf-8");
        assert_eq!(file.text().await.expect("text"), body);
    }
}

#[tokio::test]
async fn every_page_of_the_app_opens_and_missing_files_are_missing() {
    let server = with_app();
    for page in
        ["/orders/0192-17", "/r/trattoria-lucciola/i/margherita", "/kitchen", "/r/st.john", "/r/cafe.js", "/v1.2"]
    {
        let asked =
            server.request(Method::GET, page).header("accept", "text/html,*/*;q=0.8").send().await.expect("an answer");
        assert_eq!(asked.text().await.expect("text"), "<!doctype html>", "{page}");
    }
    for path in
        ["/assets/gone-0011223344556677.js", "/gone.png", "/api/nothing", "/../secret.txt", "/%2e%2e/secret.txt"]
    {
        let asked = server.request(Method::GET, path).header("accept", "*/*").send().await.expect("an answer");
        assert_eq!(problem(asked).await, (404, "not-found".into()), "{path}");
    }
    for path in ["/assets/gone-0011223344556677.js", "/gone.png", "/favicon.ico"] {
        let asked = server.request(Method::GET, path).header("accept", "text/html").send().await.expect("an answer");
        assert_eq!(problem(asked).await, (404, "not-found".into()), "{path}, typed into the address bar");
    }
    let page = server.request(Method::POST, "/").send().await.expect("an answer");
    assert_eq!(problem(page).await, (405, "method-not-allowed".into()));
}

#[tokio::test]
async fn every_answer_says_what_a_browser_may_do_with_it() {
    let server = with_app();
    for path in ["/", "/api/session", "/livez", "/nothing.js"] {
        let answer = server.get(path).await;
        let policy = header(&answer, "content-security-policy");
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';") && policy.contains("frame-ancestors 'none'"));
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff");
        assert_eq!(header(&answer, "strict-transport-security"), "", "not over plain http");
        assert_eq!(header(&answer, "x-request-id").len(), 36);
    }
}

#[tokio::test]
async fn menus_are_public_and_cheap_to_ask_for_again() {
    let server = Server::demo();
    let path = "/api/catalog/restaurants/trattoria-lucciola/menu";
    let menu = server.get(path).await;
    assert_eq!(header(&menu, "cache-control"), "public, max-age=60, stale-while-revalidate=600");
    let tag = header(&menu, "etag").to_owned();
    assert!(tag.starts_with('"') && tag.ends_with("-1\""), "{tag}");
    let menu: Value = menu.json().await.expect("a menu");
    assert_eq!(menu["restaurant"], "trattoria-lucciola");
    let known = server.request(Method::GET, path).header("if-none-match", tag).send().await.expect("an answer");
    assert_eq!(known.status(), StatusCode::NOT_MODIFIED);
    let restaurant: Value =
        server.get("/api/catalog/restaurants/ginkgo-ramen").await.json().await.expect("a restaurant");
    assert_eq!(restaurant["currency"], "EUR");
    assert_eq!(problem(server.get("/api/catalog/restaurants/nowhere/menu").await).await, (404, "not-found".into()));
}

#[tokio::test]
async fn a_first_look_is_the_top_of_the_list_with_those_that_are_open_first() {
    let server = Server::demo();
    let answer = server.get("/api/catalog/first-look").await;
    assert_eq!(header(&answer, "cache-control"), "public, max-age=60, stale-while-revalidate=600");
    let tag = header(&answer, "etag").to_owned();
    let looks: Vec<Value> = answer.json().await.expect("a list");
    assert_eq!(looks.len(), 12);
    let places: Vec<_> =
        looks.iter().map(|one| (one["is_open"] != true, one["name"].as_str().expect("a name").to_owned())).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(looks.iter().all(|one| one["id"].is_string() && one["cuisines"].is_array()), "{looks:?}");
    let again = server.request(Method::GET, "/api/catalog/first-look").header("if-none-match", tag);
    assert_eq!(again.send().await.expect("an answer").status(), StatusCode::NOT_MODIFIED);
    let empty: Value = with_app().get("/api/catalog/first-look").await.json().await.expect("a list");
    assert_eq!(empty, serde_json::json!([]));
}

#[tokio::test]
async fn restaurants_are_listed_page_by_page_each_once() {
    let server = Server::demo();
    let (mut ids, mut path) = (vec![], "/api/catalog/restaurants?limit=15".to_owned());
    let mut pages = 0;
    loop {
        let page: Value = server.get(&path).await.json().await.expect("a page");
        ids.extend(
            page["restaurants"]
                .as_array()
                .expect("a list")
                .iter()
                .map(|one| one["id"].as_str().expect("an id").to_owned()),
        );
        pages += 1;
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/catalog/restaurants?limit=15&cursor={next}");
    }
    assert_eq!((pages, ids.len()), (3, 40));
    ids.dedup();
    assert_eq!(ids.len(), 40);
    assert_eq!(problem(server.get("/api/catalog/restaurants?cursor=zz").await).await, (400, "bad-cursor".into()));
    assert_eq!(problem(server.get("/api/catalog/restaurants?limit=many").await).await, (400, "malformed".into()));
}

/// Longer than any test waits.
const LONG_NOTICE: &[&str] = &["--no-demo", "--notice-s", "3600"];

#[tokio::test]
async fn a_server_that_will_stop_says_so_and_serves_until_its_notice_is_over_or_it_is_told_again() {
    let server = Server::start(tempfile::tempdir().expect("a folder"), LONG_NOTICE);
    server.terminate();
    // The word is heard a moment after it was given.
    while server.get("/readyz").await.status() == StatusCode::OK {}
    let answer = server.get("/readyz").await;
    assert_eq!(header(&answer, "retry-after"), "1");
    assert_eq!(problem(answer).await, (503, "stopping".into()));
    for path in ["/livez", "/api/catalog/restaurants"] {
        assert_eq!(server.get(path).await.status(), StatusCode::OK, "{path}");
    }
    server.terminate();
    assert!(server.ended(), "it ends by itself, and well");
}

#[tokio::test]
async fn a_server_is_alive_and_ready_until_it_is_told_to_stop() {
    let server = with_app();
    for path in ["/livez", "/readyz"] {
        let answer = server.get(path).await;
        assert_eq!((answer.status(), header(&answer, "cache-control")), (StatusCode::OK, "no-store"), "{path}");
    }
    server.terminate();
    assert!(server.ended(), "it ends by itself, and well");
}
