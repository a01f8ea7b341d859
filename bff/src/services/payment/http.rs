//! What the adapters need of HTTP, whoever the provider is.

use std::time::Duration;

use reqwest::redirect::Policy;

use super::provider::Failure;

/// A client of the provider at `base` that waits so long for an answer.
///
/// It follows no redirect: a key must not travel to wherever an answer points. Where nothing is encrypted no certificate is
/// looked for, so that a system without any still reaches its sandbox.
pub(super) fn client(base: &str, answer_max: Duration) -> reqwest::ClientBuilder {
    let client = reqwest::Client::builder().timeout(answer_max).redirect(Policy::none());
    if base.starts_with("http:") { client.tls_certs_only([]) } else { client }
}

/// What went wrong on the way, in a word: the address stands in the settings.
pub(super) fn broken(error: &reqwest::Error) -> Failure {
    let why = match error {
        error if error.is_timeout() => "it did not answer in time",
        error if error.is_connect() => "it cannot be reached",
        _ => "the talk with it broke off",
    };
    Failure::Busy { why: why.to_owned(), again_after: None }
}
