//! Signed words between systems: `t=SECONDS,v1=HEX`, where HEX is HMAC-SHA256 over `SECONDS.BODY`, as payment providers
//! commonly do it; the name of the header is each one's own.

use axum::http::HeaderMap;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use sync::Millis;

use crate::hex::hex;

/// Why a word is not believed, in a sentence for whoever sends such.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Disbelief(pub(crate) &'static str);

/// The header that carries ours, and the sandbox's.
pub(crate) const HEADER: &str = "carryout-signature";

/// How old or early a word may be, in seconds: five minutes, as providers advise. An older one may be somebody's recording.
const AGE_S_MAX: i64 = 300;

/// The most signatures of one word that are looked at: two, while a secret takes the place of another.
const SIGNATURES_MAX: usize = 2;

/// The signature of `body` at `now`.
pub(crate) fn sign(secret: &str, body: &[u8], now: Millis) -> String {
    sign_by(&[secret], body, now)
}

/// The same by each of the `secrets`: while one takes the place of another, whoever knows either of them can check it.
pub(crate) fn sign_by(secrets: &[&str], body: &[u8], now: Millis) -> String {
    let seconds = now / 1000;
    let signed = |secret: &&str| format!(",v1={}", hex(&mac(secret, seconds, body).finalize().into_bytes()));
    format!("t={seconds}{}", secrets.iter().map(signed).collect::<String>())
}

/// Whether one of the `secrets` signed `body`, lately, as the header `name` says. Two are in force while one is replaced by
/// another; a provider may then sign with both, one `v1` each.
///
/// # Errors
/// [`Disbelief`]: why not.
pub(crate) fn check(
    secrets: &[String],
    headers: &HeaderMap,
    name: &str,
    body: &[u8],
    now: Millis,
) -> Result<(), Disbelief> {
    let header = headers.get(name).and_then(|value| value.to_str().ok()).ok_or(Disbelief("it has no signature"))?;
    let seconds = parts(header, "t").next().and_then(|text| text.parse::<i64>().ok());
    let seconds = seconds.ok_or(Disbelief("its signature has no time"))?;
    let signed: Vec<_> = parts(header, "v1").take(SIGNATURES_MAX).filter_map(bytes).collect();
    if signed.is_empty() {
        return Err(Disbelief("its signature cannot be read"));
    }
    if !(-AGE_S_MAX..=AGE_S_MAX).contains(&(now / 1000).saturating_sub(seconds)) {
        return Err(Disbelief("its signature is too old, or the clocks differ"));
    }
    let is_by = |secret: &String| {
        !secret.is_empty() && signed.iter().any(|signed| mac(secret, seconds, body).verify_slice(signed).is_ok())
    };
    if secrets.iter().any(is_by) { Ok(()) } else { Err(Disbelief("its signature is not one of ours")) }
}

/// The values of a part, such as `v1` of `t=1,v1=00,v1=ff`.
fn parts<'a>(header: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    header.split(',').filter_map(move |part| part.trim().strip_prefix(name)?.strip_prefix('='))
}

fn mac(secret: &str, seconds: i64, body: &[u8]) -> Hmac<Sha256> {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key may have any length");
    mac.chain_update(format!("{seconds}.")).chain_update(body)
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let pairs = hex.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2));
    pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderName;

    use super::*;

    const NOW: Millis = 1_795_258_800_000;

    #[test]
    fn only_what_was_signed_lately_with_a_secret_in_force_is_believed() {
        let secrets = ["new".to_owned(), "old".to_owned()];
        let body = b"{}";
        let check = |header: Option<&str>, body: &[u8], now| {
            let headers = header.map(|header| (HeaderName::from_static(HEADER), header.parse().expect("a header")));
            super::check(&secrets, &headers.into_iter().collect(), HEADER, body, now)
        };
        for secret in ["new", "old"] {
            assert_eq!(check(Some(&sign(secret, body, NOW)), body, NOW + 299_000), Ok(()));
        }
        let both = sign_by(&["third", "old"], body, NOW);
        assert_eq!(check(Some(&both), body, NOW), Ok(()), "one of two");
        let signed = sign("new", body, NOW);
        assert!(check(None, body, NOW).is_err());
        assert!(check(Some(""), body, NOW).is_err());
        assert!(check(Some("t=now,v1=00"), body, NOW).is_err());
        assert!(check(Some("t=1795258800,v1=0"), body, NOW).is_err());
        assert!(check(Some(&signed), b"{ }", NOW).is_err(), "another body");
        assert!(check(Some(&sign("third", body, NOW)), body, NOW).is_err(), "another secret");
        assert!(check(Some(&signed), body, NOW + 301_000).is_err(), "a recording");
        assert!(check(Some(&signed), body, NOW - 301_000).is_err(), "from a future");
        let shifted = signed.replace("t=1795258800", "t=1795258801");
        assert!(check(Some(&shifted), body, NOW).is_err(), "another time");
        let by_both = format!("{},v0=00,{}", sign("next", body, NOW), &signed["t=1795258800,".len()..]);
        assert_eq!(check(Some(&by_both), body, NOW), Ok(()), "signed by a secret that is to come, too");
        let elsewhere = [(HeaderName::from_static("another"), signed.parse().expect("a header"))];
        assert!(super::check(&secrets, &elsewhere.into_iter().collect(), HEADER, body, NOW).is_err(), "another header");
    }
}
