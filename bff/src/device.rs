//! What each device said that it holds, and `/api/device`: what can be told to one that lost it.
//!
//! A browser may throw the whole storage of a site away, and usually leaves its cookies. So a cookie that no script can
//! touch names the device. A page that finds itself under a new name asks what is known of the old one (GET), keeps the
//! answer, and only then gives the cookie its new name (PUT).

use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, COOKIE, HOST, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqlitePool};
use sync::loss::Remembered;
use sync::outbox::WAITING_MAX;
use sync::protocol::Holds;
use sync::{AccountId, CommandId, DeviceId, Millis};

use crate::ledger::number;
use crate::state::{AppState, now};
use crate::store::{StoreError, Work};
use crate::web::guard::in_time;
use crate::web::problem::{Json, Problem};

/// How long the cookie stays, in seconds: the longest that browsers let one stay, 400 days.
const COOKIE_S: u64 = 400 * 24 * 60 * 60;

/// How old what was heard may grow before the same is written again, in milliseconds: who comes back after a loss is told
/// a time, and ten minutes are near enough.
const HEARD_AGAIN_MS: Millis = 10 * 60 * 1000;

/// The most devices of an account that are remembered, the latest. A private window is a new one each time.
const DEVICES_MAX: i64 = 32;

/// The longest name of a release that is kept; ours have twelve characters, and anybody may send any.
const RELEASE_CHARS_MAX: usize = 64;

/// How long after a device was last heard of it is counted as in use, in milliseconds: a month.
const IN_USE_MS: Millis = 30 * 24 * 60 * 60 * 1000;

/// The most releases that are told of: more than are about at any time, and anybody may make some up.
const RELEASES_MAX: i64 = 20;

/// `/api/device`.
pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/api/device", get(remembered).put(name))
}

// ---- what devices say ---------------------------------------------------------------------------------------------

/// Notes what a device says that it holds, beside whatever else it says: nobody waits for this, and where it fails less
/// can be told after a loss.
///
/// Which `release` of the app it runs is said in a hello only.
pub(crate) fn note(state: &AppState, account: &AccountId, device: DeviceId, holds: &Holds, release: Option<&str>) {
    let (state, account, holds) = (state.clone(), account.clone(), holds.clone());
    let release = release.map(|release| release.chars().take(RELEASE_CHARS_MAX).collect());
    tokio::spawn(async move {
        if let Err(error) = note_now(&state, account, device, &holds, release).await {
            tracing::warn!(%error, %device, "what a device holds was not noted");
        }
    });
}

async fn note_now(
    state: &AppState,
    account: AccountId,
    device: DeviceId,
    holds: &Holds,
    release: Option<String>,
) -> Result<(), StoreError> {
    let seq = number(holds.seq);
    let open = serde_json::to_string(&holds.open[..holds.open.len().min(WAITING_MAX)])?;
    let now = now();
    let query = sqlx::query_scalar(
        "select 1 from device_holds
         where account = ? and device = ? and seq = ? and open = ? and release = coalesce(?, release) and heard_at > ?",
    );
    let query = query.bind(account.as_str()).bind(device.to_string()).bind(seq).bind(&open).bind(&release);
    let known: Option<i64> = in_time(query.bind(now - HEARD_AGAIN_MS).fetch_optional(&state.truth.readers)).await?;
    if known.is_some() {
        return Ok(());
    }
    let said = Said { account, device, seq, open, release, now };
    state.truth.writer.write(move |mut work| Box::pin(async move { write(&mut work, &said).await })).await
}

/// What a device said that it holds, as it is written.
struct Said {
    account: AccountId,
    device: DeviceId,
    seq: i64,
    open: String,
    release: Option<String>,
    now: Millis,
}

async fn write(work: &mut Work<'_>, said: &Said) -> Result<(), StoreError> {
    // What was said earlier and is written later must not stand over what was said since.
    sqlx::query(
        "insert into device_holds (account, device, seq, open, heard_at, release)
         values (?1, ?2, ?3, ?4, ?5, coalesce(?6, ''))
         on conflict do update set seq = excluded.seq, open = excluded.open, heard_at = excluded.heard_at,
             release = coalesce(?6, release)
         where excluded.seq >= seq",
    )
    .bind(said.account.as_str())
    .bind(said.device.to_string())
    .bind(said.seq)
    .bind(&said.open)
    .bind(said.now)
    .bind(&said.release)
    .execute(&mut **work)
    .await?;
    sqlx::query(
        "delete from device_holds where account = ?1 and device not in
         (select device from device_holds where account = ?1 order by heard_at desc, device desc limit ?2)",
    )
    .bind(said.account.as_str())
    .bind(DEVICES_MAX)
    .execute(&mut **work)
    .await?;
    Ok(())
}

// ---- what operators are told --------------------------------------------------------------------------------------

/// The devices that run one release of the app.
#[derive(Debug, Serialize)]
pub(crate) struct Clients {
    /// Which; empty where they never said.
    release: String,
    devices: i64,
    /// Acts that lay on them when they were last heard of.
    waiting: i64,
    /// When the last of them was heard of.
    heard_at: Millis,
}

/// The devices in use as of `now`, by release, those with the most devices first.
///
/// # Errors
/// The store's.
pub(crate) async fn clients(truth: &SqlitePool, now: Millis) -> Result<Vec<Clients>, StoreError> {
    let found = sqlx::query(
        "select release, count(distinct device) as devices, sum(json_array_length(open)), max(heard_at)
         from device_holds where heard_at > ? group by release order by devices desc, release limit ?",
    );
    let found = found.bind(now - IN_USE_MS).bind(RELEASES_MAX).fetch_all(truth).await?;
    let clients = |row: &SqliteRow| Clients {
        release: row.get(0),
        devices: row.get(1),
        waiting: row.get(2),
        heard_at: row.get(3),
    };
    Ok(found.iter().map(clients).collect())
}

// ---- what a device is told ----------------------------------------------------------------------------------------

/// What is known of the device that the cookie names, whoever is signed in: nobody else has that cookie, and what is told
/// are names and numbers.
async fn remembered(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, Problem> {
    let Some(device) = device_of(&headers, &state) else {
        return Ok(([(CACHE_CONTROL, "no-store")], axum::Json(None::<Remembered>)).into_response());
    };
    let known = read(&state, device).await?;
    let cookie = cookie(&headers, &state, device);
    Ok(([(CACHE_CONTROL, "no-store".to_owned()), (SET_COOKIE, cookie)], axum::Json(Some(known))).into_response())
}

/// What the device said last, of all its accounts, and what of it was never decided here.
async fn read(state: &AppState, device: DeviceId) -> Result<Remembered, StoreError> {
    let truth = &state.truth.readers;
    let query = sqlx::query("select seq, open, heard_at from device_holds where device = ?").bind(device.to_string());
    let mut known = Remembered { device, seq: 0, heard_at: None, waiting: 0, missing: vec![] };
    for row in in_time(query.fetch_all(truth)).await? {
        let open: Vec<CommandId> = serde_json::from_str(row.try_get("open")?)?;
        known.seq = known.seq.max(u64::try_from(row.try_get::<i64, _>("seq")?).unwrap_or(0));
        // Of several accounts the one that was heard first bounds what is known of all.
        let heard_at: Millis = row.try_get("heard_at")?;
        known.heard_at = Some(known.heard_at.map_or(heard_at, |before| before.min(heard_at)));
        known.waiting += open.len();
        for id in open {
            let decided = sqlx::query_scalar::<_, i64>("select 1 from answer where id = ?").bind(id.to_string());
            if in_time(decided.fetch_optional(truth)).await?.is_none() {
                known.missing.push(id);
            }
        }
    }
    Ok(known)
}

#[derive(Deserialize)]
struct Named {
    device: DeviceId,
}

/// Names the device in its cookie.
async fn name(State(state): State<AppState>, headers: HeaderMap, Json(Named { device }): Json<Named>) -> Response {
    let cookie = cookie(&headers, &state, device);
    (StatusCode::NO_CONTENT, [(CACHE_CONTROL, "no-store".to_owned()), (SET_COOKIE, cookie)]).into_response()
}

fn device_of(headers: &HeaderMap, state: &AppState) -> Option<DeviceId> {
    let wanted = cookie_name(headers, state);
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == wanted).and_then(|(_, value)| value.parse().ok())
}

fn cookie(headers: &HeaderMap, state: &AppState, device: DeviceId) -> String {
    let secure = if state.settings.tls() { "; Secure" } else { "" };
    let name = cookie_name(headers, state);
    format!("{name}={device}; Path=/; HttpOnly; SameSite=Strict; Max-Age={COOKIE_S}{secure}")
}

/// Storage is kept by port and cookies are not: where the address has a port, so has the cookie's name, lest two servers
/// on one machine take each other's devices for lost ones.
fn cookie_name(headers: &HeaderMap, state: &AppState) -> String {
    let prefix = if state.settings.tls() { "__Host-" } else { "" };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let port = host.rsplit_once(':').map(|(_, port)| port).filter(|port| port.bytes().all(|b| b.is_ascii_digit()));
    port.map_or_else(|| format!("{prefix}carryout-device"), |port| format!("{prefix}carryout-device-{port}"))
}
