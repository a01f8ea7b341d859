//! A message for one device alone: `aes128gcm` under keys that only the browser and we know (RFC 8291, RFC 8188).

use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};

/// How long every message is before it is sealed, in bytes: longer than any of ours, so that its length tells nothing.
const PADDED: usize = 128;

/// How large a record may be, as its head says; ours are one record each, and far shorter.
const RECORD: u32 = 4096;

/// The length of a point of P-256 as it is sent.
pub(super) const POINT: usize = 65;

/// The length of the secret that a browser makes beside its key.
pub(super) const AUTH: usize = 16;

/// What ends a message, before what it is filled up with (RFC 8188, 2).
const END: u8 = 2;

/// What a browser told us to seal with.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    pub(super) p256dh: Vec<u8>,
    pub(super) auth: Vec<u8>,
}

/// Seals `text` for whoever made `keys`, with chance of its own.
///
/// # Errors
/// The keys are none, or the text is too long.
pub(super) fn seal(keys: &Keys, text: &[u8]) -> Result<Vec<u8>, Unspecified> {
    let mut padded = text.to_vec();
    padded.push(END);
    if padded.len() > PADDED {
        return Err(Unspecified);
    }
    padded.resize(PADDED, 0);
    seal_with(keys, padded, &PrivateKey::generate(&ECDH_P256)?, rand::random())
}

fn seal_with(keys: &Keys, mut text: Vec<u8>, own: &PrivateKey, salt: [u8; 16]) -> Result<Vec<u8>, Unspecified> {
    if keys.p256dh.len() != POINT || keys.auth.len() != AUTH {
        return Err(Unspecified);
    }
    let public = own.compute_public_key()?;
    let theirs = UnparsedPublicKey::new(&ECDH_P256, &keys.p256dh);
    let shared = agree(own, theirs, Unspecified, |secret| {
        let info: [&[u8]; 3] = [b"WebPush: info\0", &keys.p256dh, public.as_ref()];
        derive::<32>(&keys.auth, secret, &info)
    })?;
    let key = derive::<16>(&salt, &shared, &[b"Content-Encoding: aes128gcm\0"])?;
    let nonce = derive::<12>(&salt, &shared, &[b"Content-Encoding: nonce\0"])?;
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key)?);
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut text)?;
    let id_len = u8::try_from(POINT).map_err(|_| Unspecified)?;
    Ok([&salt[..], &RECORD.to_be_bytes(), &[id_len], public.as_ref(), &text].concat())
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn derive<const N: usize>(salt: &[u8], secret: &[u8], info: &[&[u8]]) -> Result<[u8; N], Unspecified> {
    let mut derived = [0; N];
    Salt::new(HKDF_SHA256, salt).extract(secret).expand(info, Length(N))?.fill(&mut derived)?;
    Ok(derived)
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;

    use super::*;

    fn bytes(text: &str) -> Vec<u8> {
        BASE64.decode(text).expect("base64")
    }

    /// The example of RFC 8291, appendix A.
    #[test]
    fn the_standard_s_own_example_is_sealed_as_the_standard_says() {
        let keys = Keys {
            p256dh: bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
            auth: bytes("BTBZMqHH6r4Tts7J_aSIgg"),
        };
        let own = PrivateKey::from_private_key(&ECDH_P256, &bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"));
        let salt = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().expect("16 bytes");
        let text = [b"When I grow up, I want to be a watermelon".as_slice(), &[END]].concat();
        let sealed = seal_with(&keys, text, &own.expect("a key"), salt).expect("sealed");
        assert_eq!(
            BASE64.encode(sealed),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru\
             3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }

    #[test]
    fn every_message_is_equally_long_and_keys_that_are_none_seal_nothing() {
        let public = PrivateKey::generate(&ECDH_P256).and_then(|key| key.compute_public_key()).expect("a key");
        let keys = Keys { p256dh: public.as_ref().to_vec(), auth: vec![7; AUTH] };
        let length = |text: &str| seal(&keys, text.as_bytes()).map(|sealed| sealed.len()).ok();
        assert_eq!(length("a"), length(&"a".repeat(PADDED - 1)));
        assert_eq!(length(&"a".repeat(PADDED)), None);
        let off_the_curve = Keys { p256dh: [&[4][..], &[1; 64]].concat(), ..keys.clone() };
        let short = Keys { auth: vec![7; AUTH - 1], ..keys.clone() };
        let compressed = Keys { p256dh: [&[2][..], &public.as_ref()[1..33]].concat(), ..keys };
        for strange in [off_the_curve, short, compressed] {
            assert!(seal(&strange, b"a").is_err(), "{strange:?}");
        }
    }
}
