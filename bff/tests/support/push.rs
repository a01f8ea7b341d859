//! A push service as browsers have them, outside of the server: it keeps what it is sent, and can rest, fail, or know nobody. The
//! devices open what is sealed for them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey as Signer};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use serde_json::Value;
use tokio::sync::watch;

use super::PATIENCE;

/// What it was sent and took.
#[derive(Clone, Debug)]
pub struct Told {
    pub device: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    /// What the device reads.
    pub said: Value,
    pub at: Instant,
}

impl Told {
    pub fn topic(&self) -> &str {
        self.headers["topic"].to_str().expect("text")
    }
}

#[derive(Clone, Copy)]
enum Manner {
    Takes,
    Answers(u16),
    Rests(u32),
}

#[derive(Clone)]
struct Inside {
    manner: Arc<Mutex<Manner>>,
    devices: Arc<Mutex<BTreeMap<String, Device>>>,
    told: watch::Sender<Vec<Told>>,
    asked: watch::Sender<Vec<Instant>>,
}

pub struct PushService {
    origin: String,
    inside: Inside,
}

/// A browser's half of a subscription.
#[derive(Clone)]
pub struct Device {
    pub endpoint: String,
    key: Arc<PrivateKey>,
    public: Vec<u8>,
    auth: [u8; 16],
}

impl Device {
    fn new(endpoint: String) -> Self {
        let key = PrivateKey::generate(&ECDH_P256).expect("a key");
        let public = key.compute_public_key().expect("its public half").as_ref().to_vec();
        Self { endpoint, key: Arc::new(key), public, auth: rand::random() }
    }

    pub fn p256dh(&self) -> String {
        BASE64.encode(&self.public)
    }

    pub fn auth(&self) -> String {
        BASE64.encode(self.auth)
    }

    /// Opens a message as a browser does, by the letter of RFC 8291 and RFC 8188.
    pub fn opens(&self, body: &[u8]) -> Value {
        let (salt, rest) = body.split_at(16);
        let (size, rest) = rest.split_at(4);
        assert!(u32::from_be_bytes(size.try_into().expect("4 bytes")) as usize >= body.len(), "one record");
        let (id, sealed) = rest[1..].split_at(usize::from(rest[0]));
        let theirs = UnparsedPublicKey::new(&ECDH_P256, id);
        let shared = agree(&self.key, theirs, "no key", |secret| {
            Ok(derive::<32>(&self.auth, secret, &[b"WebPush: info\0", &self.public, id]))
        });
        let shared = shared.expect("a shared secret");
        let key = derive::<16>(salt, &shared, &[b"Content-Encoding: aes128gcm\0"]);
        let nonce = derive::<12>(salt, &shared, &[b"Content-Encoding: nonce\0"]);
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).expect("a key"));
        let mut text = sealed.to_vec();
        let text = key.open_in_place(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut text);
        let text = text.expect("it is sealed for this device");
        let end = text.iter().rposition(|byte| *byte != 0).expect("not empty");
        assert_eq!(text[end], 2, "the last record ends so");
        serde_json::from_slice(&text[..end]).expect("JSON")
    }
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn derive<const N: usize>(salt: &[u8], secret: &[u8], info: &[&[u8]]) -> [u8; N] {
    let mut derived = [0; N];
    let key = Salt::new(HKDF_SHA256, salt).extract(secret);
    key.expand(info, Length(N)).expect("short").fill(&mut derived).expect("as long");
    derived
}

impl PushService {
    pub async fn open() -> Self {
        let inside = Inside {
            manner: Arc::new(Mutex::new(Manner::Takes)),
            devices: Arc::default(),
            told: watch::Sender::new(vec![]),
            asked: watch::Sender::new(vec![]),
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let app = Router::new().route("/push/{device}", post(hear)).with_state(inside.clone());
        tokio::spawn(axum::serve(listener, app).into_future());
        Self { origin, inside }
    }

    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// A browser that subscribed here.
    pub fn device(&self, name: &str) -> Device {
        let device = Device::new(format!("{}/push/{name}", self.origin));
        self.inside.devices.lock().expect("nobody panicked").insert(name.to_owned(), device.clone());
        device
    }

    fn is(&self, manner: Manner) {
        *self.inside.manner.lock().expect("nobody panicked") = manner;
    }

    pub fn takes(&self) {
        self.is(Manner::Takes);
    }

    pub fn answers(&self, status: u16) {
        self.is(Manner::Answers(status));
    }

    pub fn wants_to_rest(&self, seconds: u32) {
        self.is(Manner::Rests(seconds));
    }

    pub fn told(&self) -> Vec<Told> {
        self.inside.told.borrow().clone()
    }

    /// How often it was called.
    pub fn asked(&self) -> usize {
        self.inside.asked.borrow().len()
    }

    /// Waits until it took so much; all of it.
    pub async fn is_told(&self, count: usize) -> Vec<Told> {
        let mut told = self.inside.told.subscribe();
        let found = tokio::time::timeout(PATIENCE, told.wait_for(|told| told.len() >= count)).await;
        found.unwrap_or_else(|_| panic!("it was told {:?}", self.told())).expect("it is open").clone()
    }

    /// Waits until it was called so often, whatever it answered; when that was.
    pub async fn is_asked(&self, count: usize) -> Instant {
        let mut asked = self.inside.asked.subscribe();
        let found = tokio::time::timeout(PATIENCE, asked.wait_for(|asked| asked.len() >= count)).await;
        found.expect("it is called in time").expect("it is open")[count - 1]
    }

    /// Believes the word by which the server is known, as a push service does: what it claims, and the key.
    pub fn knows(&self, told: &Told) -> (Value, String) {
        let word = told.headers["authorization"].to_str().expect("text").strip_prefix("vapid t=").expect("vapid");
        let (token, key) = word.split_once(", k=").expect("a key");
        let (signed, signature) = token.rsplit_once('.').expect("a signature");
        let bytes = |text: &str| BASE64.decode(text).expect("base64");
        let signer = Signer::new(&ECDSA_P256_SHA256_FIXED, bytes(key));
        signer.verify(signed.as_bytes(), &bytes(signature)).expect("it is signed with that key");
        let claims: Value = serde_json::from_slice(&bytes(signed.split_once('.').expect("a head").1)).expect("JSON");
        let expires = claims["exp"].as_i64().expect("an end") * 1000;
        assert!((super::now()..super::now() + 24 * 60 * 60 * 1000).contains(&expires), "{claims}");
        (claims, key.to_owned())
    }
}

async fn hear(State(inside): State<Inside>, Path(name): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let manner = *inside.manner.lock().expect("nobody panicked");
    let device = inside.devices.lock().expect("nobody panicked").get(&name).cloned();
    let Some(device) = device else { return StatusCode::NOT_FOUND.into_response() };
    let at = Instant::now();
    inside.asked.send_modify(|asked| asked.push(at));
    match manner {
        Manner::Takes => {
            let said = device.opens(&body);
            inside.told.send_modify(|told| told.push(Told { device: name, headers, body: body.to_vec(), said, at }));
            StatusCode::CREATED.into_response()
        }
        Manner::Answers(status) => StatusCode::from_u16(status).expect("a status").into_response(),
        Manner::Rests(seconds) => {
            (StatusCode::TOO_MANY_REQUESTS, [("retry-after", seconds.to_string())]).into_response()
        }
    }
}
