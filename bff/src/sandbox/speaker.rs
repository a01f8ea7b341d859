//! Tells the merchant what became of payments, and tells it again until it is answered.

use std::time::Duration;

use sync::Millis;

use super::Sandbox;
use super::books::Due;
use crate::outside::signature;
use crate::state::now;

/// How long the merchant may take to answer.
const ANSWER_MAX: Duration = Duration::from_secs(5);

/// The pause before a word is told again, and the longest, in milliseconds.
const PAUSE_MS: Millis = 200;
const PAUSE_MS_MAX: Millis = 10_000;

/// How often it is looked for words that have come due.
const LOOK_EVERY: Duration = Duration::from_millis(100);

pub(super) async fn run(sandbox: Sandbox) {
    // It speaks plain HTTP to a door beside it, so it needs no certificates, and starts where the system has none.
    let http = reqwest::Client::builder().timeout(ANSWER_MAX).tls_certs_only([]).build();
    let http = http.expect("a client without settings");
    loop {
        if let Err(error) = speak(&sandbox, &http).await {
            tracing::error!(%error, "the sandbox's books");
        }
        tokio::select! {
            () = sandbox.wake.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

async fn speak(sandbox: &Sandbox, http: &reqwest::Client) -> anyhow::Result<()> {
    let due = sandbox.books.due(now()).await?;
    let told = due.iter().map(|word| async move { (tell(sandbox, http, word).await, word) });
    for (is_heard, word) in futures::future::join_all(told).await {
        if is_heard {
            sandbox.books.heard(&word.id).await?;
        } else {
            let pause = PAUSE_MS.saturating_mul(1 << word.tries.clamp(0, 10)).min(PAUSE_MS_MAX);
            sandbox.books.unheard(&word.id, now() + pause).await?;
        }
    }
    Ok(())
}

async fn tell(sandbox: &Sandbox, http: &reqwest::Client, word: &Due) -> bool {
    let signed = signature::sign(&sandbox.settings.secret, word.body.as_bytes(), now());
    let webhook = sandbox.webhook().clone();
    let request = http.post(webhook).header(signature::HEADER, signed);
    let answer = request.header("content-type", "application/json").body(word.body.clone()).send().await;
    answer.is_ok_and(|answer| answer.status().is_success())
}
