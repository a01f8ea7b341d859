//! The keys under which texts about people are sealed, one a person, in a file of their own, with the server's own beside them.
//!
//! What a person wrote lies in rows, facts, answers and backups that are kept for ever; sealed, it can be read only with their
//! key. So the file of keys is copied apart from all else, is never put back over a newer one, and to erase a person is to
//! destroy their key. The cipher is AES-256-GCM with a random nonce of 96 bits a text, bound to whom it is about.

use std::collections::{BTreeSet, HashMap};
use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, Row as _, SqliteConnection};
use sync::AccountId;
use sync::personal::{self, Seal};

use crate::state::now;
use crate::store::{StoreError, cannot_keep};
use crate::web::problem::Problem;

/// The file of the keys, beside the truth.
pub(crate) const KEYS: &str = "keys.sqlite";

/// How many keys are kept at hand: a town's evening. Past it all are looked up again.
const AT_HAND_MAX: usize = 50_000;

/// A person's key.
#[derive(Clone)]
pub(crate) struct Key(Arc<LessSafeKey>);

/// Who holds the keys; cheap to clone.
#[derive(Clone)]
pub(crate) struct Keys {
    file: Arc<tokio::sync::Mutex<SqliteConnection>>,
    /// By subject; nothing for one whose key is destroyed.
    at_hand: Arc<Mutex<HashMap<AccountId, Option<Key>>>>,
}

impl Keys {
    /// Opens [`KEYS`] in `folder`, made as needed.
    ///
    /// # Errors
    /// A sentence: it cannot be written, or is of a newer release.
    pub(crate) async fn open(folder: &Path) -> anyhow::Result<Self> {
        let file = open_file(&folder.join(KEYS)).await.with_context(|| cannot_keep(folder))?;
        Ok(Self { file: Arc::new(file.into()), at_hand: Arc::default() })
    }

    /// Adds the keys of a backup in the file `from` to those in `folder`. What is destroyed in either stays destroyed.
    ///
    /// # Errors
    /// A sentence: one of the files cannot be read or written.
    pub(crate) async fn take_in(folder: &Path, from: &Path) -> anyhow::Result<()> {
        let mut file = open_file(&folder.join(KEYS)).await.with_context(|| cannot_keep(folder))?;
        let from = from.to_str().context("the name of the file is not UTF-8")?;
        sqlx::query("attach ? as backup").bind(from).execute(&mut file).await?;
        // Another key of the same person was made meanwhile: with either of them half of their texts would be lost.
        let differ: i64 = sqlx::query_scalar(
            "select count(*) from subject_key here join backup.subject_key there using (subject) where here.key <> there.key",
        )
        .fetch_one(&mut file)
        .await?;
        anyhow::ensure!(
            differ == 0,
            "{differ} people have another key here than in the backup: bring back the keys first"
        );
        sqlx::query(
            "insert into subject_key select subject, owner, key, made_at, destroyed_at from backup.subject_key where true
             on conflict do update set key = null, destroyed_at = coalesce(subject_key.destroyed_at, excluded.destroyed_at)
             where excluded.key is null or subject_key.key is null",
        )
        .execute(&mut file)
        .await?;
        // A backup of an older release holds none. The server's own stays where there is one: devices subscribed with it since.
        let of_server = "select count(*) from backup.sqlite_master where name = 'server_key'";
        if sqlx::query_scalar::<_, i64>(of_server).fetch_one(&mut file).await? > 0 {
            let added = "insert into server_key select * from backup.server_key where true on conflict do nothing";
            sqlx::query(added).execute(&mut file).await?;
        }
        Ok(file.close().await?)
    }

    /// The key of `subject`, made where there was none; nothing for somebody who is erased.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn of(&self, subject: &AccountId) -> Result<Option<Key>, StoreError> {
        if let Some(known) = self.known(subject) {
            return Ok(known);
        }
        let mut file = self.file.lock().await;
        let made: [u8; 32] = rand::random();
        sqlx::query(
            "insert into subject_key (subject, owner, key, made_at) values (?1, ?1, ?2, ?3) on conflict do nothing",
        )
        .bind(subject.as_str())
        .bind(made.as_slice())
        .bind(now())
        .execute(&mut *file)
        .await?;
        self.look_up(&mut file, subject).await
    }

    /// The key of `subject`, where there is one; none is made.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn there(&self, subject: &AccountId) -> Result<Option<Key>, StoreError> {
        match self.known(subject) {
            Some(known) => Ok(known),
            None => self.look_up(&mut *self.file.lock().await, subject).await,
        }
    }

    /// `json` with every seal in it opened; nothing stands where the key is gone.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn open_all(&self, json: String) -> Result<String, StoreError> {
        // Of whom nothing is known here, as after a restore without its keys, nothing opens; a key may yet be made for them.
        let mut nowhere = BTreeSet::new();
        loop {
            let mut unknown = None;
            let opened = personal::open_all(&json, |seal| match self.known(&seal.of) {
                Some(key) => key.and_then(|key| key.open(seal)),
                None if nowhere.contains(&seal.of) => None,
                None => {
                    unknown = Some(seal.of.clone());
                    None
                }
            });
            let Some(subject) = unknown else { return Ok(opened.into_owned()) };
            self.look_up(&mut *self.file.lock().await, &subject).await?;
            nowhere.insert(subject);
        }
    }

    /// `value` with its texts opened, for somebody outside who has to read them.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn read<T: Serialize + DeserializeOwned>(&self, value: &T) -> Result<T, StoreError> {
        Ok(serde_json::from_str(&self.open_all(serde_json::to_string(value)?).await?)?)
    }

    /// From now on who erases `to` erases what was `from`'s, too; where they are erased already, so is it. Of somebody who is
    /// erased nothing passes.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn pass(&self, from: &AccountId, to: &AccountId) -> Result<(), StoreError> {
        let passed = sqlx::query("update subject_key set owner = ? where owner = ? and key is not null");
        let is_gone = sqlx::query_scalar("select exists (select 1 from subject_key where subject = ? and key is null)");
        let mut file = self.file.lock().await;
        passed.bind(to.as_str()).bind(from.as_str()).execute(&mut *file).await?;
        let is_gone: bool = is_gone.bind(to.as_str()).fetch_one(&mut *file).await?;
        drop(file);
        if is_gone { self.destroy(to).await } else { Ok(()) }
    }

    /// Whether what is about `subject` is `account`'s: they are the same, or the one took the other over. Nothing is of whoever
    /// is erased.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn is_of(&self, subject: &AccountId, account: &AccountId) -> Result<bool, StoreError> {
        let is_of = sqlx::query_scalar(
            "select exists (select 1 from subject_key where subject = ? and owner = ? and key is not null)",
        );
        let mut file = self.file.lock().await;
        Ok(is_of.bind(subject.as_str()).bind(account.as_str()).fetch_one(&mut *file).await?)
    }

    /// The server's own key for `name`; the one that was `made` where there is none yet.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn server(&self, name: &str, made: &[u8]) -> Result<Vec<u8>, StoreError> {
        let new = sqlx::query("insert into server_key (name, key, made_at) values (?, ?, ?) on conflict do nothing");
        let kept = sqlx::query_scalar("select key from server_key where name = ?").bind(name);
        let mut file = self.file.lock().await;
        new.bind(name).bind(made).bind(now()).execute(&mut *file).await?;
        Ok(kept.fetch_one(&mut *file).await?)
    }

    /// Destroys every key of `owner`, and lets none be made for them again.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn destroy(&self, owner: &AccountId) -> Result<(), StoreError> {
        let mut file = self.file.lock().await;
        let mut together = file.begin().await?;
        let gone = sqlx::query(
            "insert into subject_key (subject, owner, made_at, destroyed_at) values (?1, ?1, ?2, ?2) on conflict do nothing",
        );
        gone.bind(owner.as_str()).bind(now()).execute(&mut *together).await?;
        let destroyed =
            sqlx::query("update subject_key set key = null, destroyed_at = ? where owner = ? and key is not null");
        destroyed.bind(now()).bind(owner.as_str()).execute(&mut *together).await?;
        together.commit().await?;
        self.at_hand.lock().unwrap_or_else(PoisonError::into_inner).clear();
        Ok(())
    }

    /// Whose key is destroyed: who is erased, and the guests whom they took over.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn destroyed(&self) -> Result<Vec<AccountId>, StoreError> {
        let erased = sqlx::query_scalar("select subject from subject_key where key is null");
        let erased: Vec<String> = erased.fetch_all(&mut *self.file.lock().await).await?;
        Ok(erased.into_iter().map(AccountId).collect())
    }

    fn known(&self, subject: &AccountId) -> Option<Option<Key>> {
        self.at_hand.lock().unwrap_or_else(PoisonError::into_inner).get(subject).cloned()
    }

    /// Looks a key up in the file, and keeps at hand what it finds.
    async fn look_up(&self, file: &mut SqliteConnection, subject: &AccountId) -> Result<Option<Key>, StoreError> {
        let found = sqlx::query("select key from subject_key where subject = ?").bind(subject.as_str());
        let Some(found) = found.fetch_optional(file).await? else { return Ok(None) };
        let key = found.get::<Option<Vec<u8>>, _>(0).map(|bytes| Key::of(&bytes)).transpose()?;
        let mut at_hand = self.at_hand.lock().unwrap_or_else(PoisonError::into_inner);
        if at_hand.len() >= AT_HAND_MAX {
            at_hand.clear();
        }
        at_hand.insert(subject.clone(), key.clone());
        Ok(key)
    }
}

impl Key {
    fn of(bytes: &[u8]) -> Result<Self, StoreError> {
        let key = UnboundKey::new(&AES_256_GCM, bytes).map_err(|_| StoreError::Strange("a person's key"))?;
        Ok(Self(Arc::new(LessSafeKey::new(key))))
    }

    /// Seals `text`, which is about `of`.
    pub(crate) fn seal(&self, of: &AccountId, text: &str) -> Seal {
        Seal { of: of.clone(), text: BASE64.encode(self.seal_bytes(of.as_str(), text.as_bytes())) }
    }

    /// Seals `bytes`, which open only as what they are `about`.
    pub(crate) fn seal_bytes(&self, about: &str, bytes: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE_LEN] = rand::random();
        let mut sealed = bytes.to_vec();
        let nonce_of = Nonce::assume_unique_for_key(nonce);
        self.0
            .seal_in_place_append_tag(nonce_of, Aad::from(about), &mut sealed)
            .expect("what is sealed is far shorter than the cipher's limit of 64 GiB");
        [&nonce[..], &sealed].concat()
    }

    /// What [`Key::seal_bytes`] sealed; nothing where it was not by this key, or about something else.
    pub(crate) fn open_bytes(&self, about: &str, bytes: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = bytes.split_at_checked(NONCE_LEN)?;
        let (nonce, mut sealed) = (Nonce::try_assume_unique_for_key(nonce).ok()?, sealed.to_vec());
        Some(self.0.open_in_place(nonce, Aad::from(about), &mut sealed).ok()?.to_vec())
    }

    /// What was sealed; nothing where it was not by this key.
    fn open(&self, seal: &Seal) -> Option<String> {
        let text = self.open_bytes(seal.of.as_str(), &BASE64.decode(&seal.text).ok()?)?;
        String::from_utf8(text).ok()
    }
}

/// The answer `value`, as whoever it is for may read it.
///
/// # Errors
/// The store's.
pub(crate) async fn opened(keys: &Keys, value: &impl Serialize) -> Result<Response, Problem> {
    let json = keys.open_all(serde_json::to_string(value).map_err(StoreError::from)?).await?;
    Ok(([(CONTENT_TYPE, "application/json")], json).into_response())
}

/// Opens a file of keys to write. What is destroyed in it is overwritten, and stays in no journal.
async fn open_file(file: &Path) -> anyhow::Result<SqliteConnection> {
    // Only for its owner, and before anything is in it.
    OpenOptions::new().append(true).create(true).mode(0o600).open(file)?;
    let options = SqliteConnectOptions::new().filename(file).pragma("secure_delete", "on");
    let options = options.journal_mode(SqliteJournalMode::Truncate).synchronous(SqliteSynchronous::Extra);
    let mut connection = options.disable_statement_logging().connect().await?;
    sqlx::migrate!("migrations/keys").run(&mut connection).await?;
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use sync::Personal;

    use super::*;

    async fn sealed(keys: &Keys, text: &str, of: &AccountId) -> String {
        let key = keys.of(of).await.expect("the file is there");
        let mut personal = Personal::from(text);
        personal.seal_with(|text| key.map(|key| key.seal(of, text)));
        serde_json::to_string(&personal).expect("plain data")
    }

    #[tokio::test]
    async fn a_text_is_read_with_its_key_also_after_a_restart_and_by_nobody_once_that_is_destroyed() {
        let folder = tempfile::tempdir().expect("a folder");
        let (ada, ben) = (AccountId::from("ada"), AccountId::from("ben"));
        let keys = Keys::open(folder.path()).await.expect("a new file");
        let (of_ada, of_ben) = (sealed(&keys, "Ada, 4th floor", &ada).await, sealed(&keys, "Ben", &ben).await);
        assert!(!of_ada.contains("Ada,"), "{of_ada}");
        drop(keys);
        let keys = Keys::open(folder.path()).await.expect("the same file");
        let open = async |keys: &Keys| keys.open_all(format!("[{of_ada},{of_ben}]")).await.expect("it opens");
        assert_eq!(open(&keys).await, r#"["Ada, 4th floor","Ben"]"#);
        keys.destroy(&ada).await.expect("destroyed");
        assert_eq!(open(&keys).await, r#"["","Ben"]"#, "at once, and only hers");
        assert_eq!(sealed(&keys, "Ada again", &ada).await, r#""""#, "nothing more is kept of her");
    }

    #[tokio::test]
    async fn who_took_a_guest_over_erases_the_guest_s_texts_with_their_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let (guest, ada) = (AccountId::from("guest-1"), AccountId::from("ada"));
        let keys = Keys::open(folder.path()).await.expect("a new file");
        let of_guest = sealed(&keys, "A. L.", &guest).await;
        keys.pass(&guest, &ada).await.expect("passed");
        keys.destroy(&ada).await.expect("destroyed");
        assert_eq!(keys.open_all(of_guest).await.expect("it opens"), r#""""#);
    }

    #[tokio::test]
    async fn a_guest_who_was_erased_costs_nobody_who_takes_them_over_and_nobody_erased_keeps_a_guest() {
        let folder = tempfile::tempdir().expect("a folder");
        let (gone, guest, ada) = (AccountId::from("guest-1"), AccountId::from("guest-2"), AccountId::from("ada"));
        let keys = Keys::open(folder.path()).await.expect("a new file");
        let of_ada = sealed(&keys, "Ada", &ada).await;
        sealed(&keys, "A. L.", &gone).await;
        keys.destroy(&gone).await.expect("destroyed");
        keys.pass(&gone, &ada).await.expect("there is nothing to pass");
        assert_eq!(keys.destroyed().await.expect("read"), std::slice::from_ref(&gone), "she is not among them");
        assert_eq!(keys.open_all(of_ada).await.expect("it opens"), r#""Ada""#);
        let of_guest = sealed(&keys, "Ada L.", &guest).await;
        keys.destroy(&ada).await.expect("destroyed");
        keys.pass(&guest, &ada).await.expect("too late");
        assert_eq!(keys.open_all(of_guest).await.expect("it opens"), r#""""#);
    }

    #[tokio::test]
    async fn who_has_no_key_here_is_not_taken_for_erased() {
        let (there, here) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let ada = AccountId::from("ada");
        let elsewhere = Keys::open(there.path()).await.expect("a new file");
        let old = sealed(&elsewhere, "Ada", &ada).await;
        let keys = Keys::open(here.path()).await.expect("a new file");
        assert_eq!(keys.open_all(old).await.expect("it opens"), r#""""#);
        let new = sealed(&keys, "Ada again", &ada).await;
        assert_eq!(keys.open_all(new).await.expect("it opens"), r#""Ada again""#);
        drop(elsewhere);
        let refused = Keys::take_in(here.path(), &there.path().join(KEYS)).await.expect_err("two keys of one person");
        assert!(refused.to_string().contains("another key"), "{refused}");
    }

    #[tokio::test]
    async fn a_seal_that_was_moved_to_somebody_else_does_not_open() {
        let folder = tempfile::tempdir().expect("a folder");
        let keys = Keys::open(folder.path()).await.expect("a new file");
        let of_ada = sealed(&keys, "Ada", &"ada".into()).await;
        keys.of(&"ben".into()).await.expect("a key");
        let forged = of_ada.replace("\"ada\"", "\"ben\"");
        assert_eq!(keys.open_all(forged).await.expect("it opens"), r#""""#);
    }

    #[tokio::test]
    async fn keys_of_a_backup_are_added_and_bring_nobody_back_who_was_erased() {
        let (there, here) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let (ada, ben) = (AccountId::from("ada"), AccountId::from("ben"));
        let keys = Keys::open(there.path()).await.expect("a new file");
        let (of_ada, of_ben) = (sealed(&keys, "Ada", &ada).await, sealed(&keys, "Ben", &ben).await);
        let erased = Keys::open(here.path()).await.expect("a new file");
        erased.destroy(&ada).await.expect("destroyed");
        drop((keys, erased));
        Keys::take_in(here.path(), &there.path().join(KEYS)).await.expect("added");
        Keys::take_in(here.path(), &there.path().join(KEYS)).await.expect("and again");
        let keys = Keys::open(here.path()).await.expect("the same file");
        assert_eq!(keys.open_all(format!("[{of_ada},{of_ben}]")).await.expect("it opens"), r#"["","Ben"]"#);
    }

    #[tokio::test]
    async fn a_destroyed_key_is_not_left_in_the_file_and_the_file_is_only_its_owner_s() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let keys = Keys::open(folder.path()).await.expect("a new file");
        let ada = AccountId::from("ada");
        sealed(&keys, "Ada", &ada).await;
        let mut file = keys.file.lock().await;
        let key: Vec<u8> = sqlx::query_scalar("select key from subject_key").fetch_one(&mut *file).await.expect("hers");
        drop(file);
        let holds = |bytes: &[u8]| {
            let entries = std::fs::read_dir(folder.path()).expect("the folder");
            let mut files = entries.map(|entry| std::fs::read(entry.expect("a file").path()).expect("its bytes"));
            files.any(|file| file.windows(bytes.len()).any(|window| window == bytes))
        };
        assert!(holds(&key), "the test looks where the key is");
        keys.destroy(&ada).await.expect("destroyed");
        assert!(!holds(&key));
        let mode = std::fs::metadata(folder.path().join(KEYS)).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
