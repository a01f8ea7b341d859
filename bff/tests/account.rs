//! Signing in and out, over HTTP.

mod server;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::{Server, header, problem};

#[tokio::test]
async fn a_customer_signs_in_is_known_and_signs_out() {
    let server = Server::demo();
    let stranger: Value = server.get("/api/session").await.json().await.expect("an answer");
    assert_eq!(stranger, Value::Null);

    let welcome = server.sign_in("ada", "carryout").await;
    assert_eq!(welcome.status(), StatusCode::OK);
    let cookie = header(&welcome, "set-cookie").to_owned();
    for part in ["carryout=", "; HttpOnly", "; SameSite=Lax", "; Path=/", "; Max-Age=2592000"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    assert!(!cookie.contains("Secure"), "plain http on this machine has no secure cookies");
    let who: Value = welcome.json().await.expect("a session");
    assert_eq!(who, json!({ "account": "ada", "name": "Ada", "role": "customer" }));

    let pair = cookie.split(';').next().expect("a pair").to_owned();
    let ask = || server.request(Method::GET, "/api/session").header("cookie", &pair).send();
    let again: Value = ask().await.expect("an answer").json().await.expect("a session");
    assert_eq!(again, who);
    let token = pair.strip_prefix("carryout=").expect("a token");
    assert_eq!(token.len(), 64);
    assert_eq!(server.count("select count(*) from account_session").await, 1);
    assert_eq!(server.count("select count(*) from account_session where length(token_hash) = 64").await, 1);

    let out = server.request(Method::DELETE, "/api/session").header("cookie", &pair).send().await.expect("an answer");
    assert_eq!(out.status(), StatusCode::NO_CONTENT);
    assert!(header(&out, "set-cookie").contains("Max-Age=0"));
    let nobody: Value = ask().await.expect("an answer").json().await.expect("an answer");
    assert_eq!(nobody, Value::Null);
    assert_eq!(server.count("select count(*) from account_session").await, 0);
}

#[tokio::test]
async fn every_demo_kitchen_has_its_own_account() {
    let server = Server::demo();
    for (account, restaurant) in
        [("lucciola", "trattoria-lucciola"), ("ginkgo", "ginkgo-ramen"), ("taverna-meltemi", "taverna-meltemi")]
    {
        let who: Value = server.sign_in(account, "carryout").await.json().await.expect("a session");
        assert_eq!((&who["role"], &who["of"]), (&json!("restaurant"), &json!(restaurant)));
    }
    assert_eq!(server.count("select count(*) from account_user").await, 45);
}

#[tokio::test]
async fn guessing_is_answered_the_same_for_everyone_and_soon_slowed_down() {
    let server = Server::demo();
    for name in ["ada", "nobody"] {
        for _ in 0..10 {
            assert_eq!(problem(server.sign_in(name, "guess").await).await, (401, "wrong-credentials".into()));
        }
        let slowed = server.sign_in(name, "carryout").await;
        let wait: u32 = header(&slowed, "retry-after").parse().expect("seconds");
        assert!((1..=31).contains(&wait), "{wait}");
        assert_eq!(problem(slowed).await, (429, "too-many-attempts".into()));
    }
    assert_eq!(server.sign_in("ben", "carryout").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn what_is_no_sign_in_is_a_problem() {
    let server = Server::demo();
    let post = |body: &'static str, kind: &'static str| {
        server.request(Method::POST, "/api/session").header("content-type", kind).body(body).send()
    };
    assert_eq!(problem(post("{", "application/json").await.expect("an answer")).await, (400, "malformed".into()));
    assert_eq!(problem(post("{}", "application/json").await.expect("an answer")).await, (422, "malformed".into()));
    assert_eq!(
        problem(post("{}", "text/plain").await.expect("an answer")).await,
        (415, "unsupported-media-type".into())
    );
    for cookie in
        ["carryout=", "carryout=zz", "carryout=0000000000000000000000000000000000000000000000000000000000000000"]
    {
        let asked =
            server.request(Method::GET, "/api/session").header("cookie", cookie).send().await.expect("an answer");
        assert_eq!((asked.status(), asked.json::<Value>().await.expect("an answer")), (StatusCode::OK, Value::Null));
    }
    let patch = server.request(Method::PATCH, "/api/session").send().await.expect("an answer");
    assert!(header(&patch, "allow").contains("POST"));
    assert_eq!(problem(patch).await, (405, "method-not-allowed".into()));
    let long = json!({ "name": "ada", "password": "x".repeat(600_000) });
    let long = server.request(Method::POST, "/api/session").json(&long).send().await.expect("an answer");
    assert_eq!(problem(long).await, (413, "too-large".into()));
}

#[tokio::test]
async fn another_site_s_page_cannot_sign_anyone_in_or_out() {
    let server = Server::demo();
    for method in [Method::POST, Method::DELETE] {
        let sent = server.request(method, "/api/session").header("sec-fetch-site", "cross-site").send().await;
        assert_eq!(problem(sent.expect("an answer")).await, (403, "cross-site".into()));
    }
}
