//! By which push services know this server from others (RFC 8292): a key of its own, made at the first start and kept with the
//! other keys. What browsers subscribed with it can be sent by it alone, so it is never replaced.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use reqwest::Url;
use serde_json::json;
use sync::Millis;

use crate::keys::Keys;
use crate::store::StoreError;

/// What the key is for, where it is kept.
const NAME: &str = "vapid";

/// How long a word of ours is good, in seconds: twelve hours of the day that is allowed, so that a clock may be wrong.
const GOOD_FOR_S: i64 = 12 * 60 * 60;

/// The server's key; cheap to clone.
#[derive(Clone)]
pub(crate) struct Vapid {
    pair: Arc<EcdsaKeyPair>,
    /// Whom a push service may write to about us.
    contact: Option<String>,
}

impl fmt::Debug for Vapid {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "Vapid({})", self.public())
    }
}

impl Vapid {
    /// The key of this server, made where there was none.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn of(keys: &Keys, contact: Option<String>) -> Result<Self, StoreError> {
        let strange = StoreError::Strange("the server's key for push services");
        let made = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).and_then(|pair| pair.to_pkcs8v1());
        let Ok(made) = made else { return Err(strange) };
        let kept = keys.server(NAME, made.as_ref()).await?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &kept).map_err(|_| strange)?;
        Ok(Self { pair: Arc::new(pair), contact })
    }

    /// What browsers subscribe with.
    pub(crate) fn public(&self) -> String {
        BASE64.encode(self.pair.public_key())
    }

    /// The word by which the push service at `url` knows us at `now`; none where no word can be signed.
    pub(super) fn word(&self, url: &Url, now: Millis) -> Option<String> {
        let mut claims = json!({ "aud": url.origin().ascii_serialization(), "exp": now / 1000 + GOOD_FOR_S });
        if let Some(contact) = &self.contact {
            claims["sub"] = contact.as_str().into();
        }
        let part = |value: &serde_json::Value| BASE64.encode(value.to_string());
        let signed = format!("{}.{}", part(&json!({ "typ": "JWT", "alg": "ES256" })), part(&claims));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).ok()?;
        Some(format!("vapid t={signed}.{}, k={}", BASE64.encode(signature), self.public()))
    }
}
