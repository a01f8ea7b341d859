//! Passwords: argon2id with the crate's defaults (19 MiB, two passes), which are OWASP's recommendation.
//!
//! Hashing takes tens of milliseconds of a whole core, so it is done on blocking threads and only so many at once.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

/// How many passwords are hashed at once: 19 MiB of memory each, and the others' requests need a core too.
const AT_ONCE_MAX: usize = 2;

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE_MAX);

/// What a name without an account is checked against, so that it takes as long as one with.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("a password that nobody has"));

/// The hash of a password, with its salt, as a PHC string.
pub(super) async fn hash(password: String) -> String {
    on_its_turn(move || hash_now(&password)).await
}

/// Whether `password` is the one behind `hash`; without a hash the same work is done for a no.
pub(super) async fn verify(password: String, hash: Option<String>) -> bool {
    on_its_turn(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.clone());
        let matches = PasswordHash::new(&hash)
            .is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok());
        matches && known
    })
    .await
}

fn hash_now(password: &str) -> String {
    let hashed = Argon2::default().hash_password(password.as_bytes());
    hashed.expect("the default parameters can hash any password").to_string()
}

async fn on_its_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let _turn = TURNS.acquire().await.expect("nobody closes the door");
    tokio::task::spawn_blocking(work).await.expect("hashing does not panic")
}
