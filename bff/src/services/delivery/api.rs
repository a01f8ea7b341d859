//! Proofs of the door over HTTP: a driver brings one once its status is here, and whoever may see it fetches it.
//!
//! | to | answer |
//! |---|---|
//! | `PUT /api/deliveries/{order}/proofs/{id}?kind=` | `201` it is durable, `200` it was before; a problem that says why not |
//! | `GET` of the same | its bytes, to the customer, to the driver who made it, and to operators |
//!
//! The same request again changes nothing, so whoever heard no answer sends it again. A restaurant is shown none: what a door
//! looks like and who lives behind it is not its business, and a dispute is the desk's.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, FromRequest as _, Path, Query, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::put;
use domain::delivery::proof::{self, FORMS, PHOTO_BYTES_MAX};
use domain::delivery::{Medium, ProofId, ProofKind, ProofRefusal};
use domain::{OrderId, access};
use serde::Deserialize;
use sync::protocol::ACCOUNT_HEADER;
use sync::{AccountId, Actor};
use tokio::sync::Semaphore;

use super::proofs::{self, Brought, NotKept};
use crate::account::session::Session;
use crate::state::AppState;
use crate::web::guard;
use crate::web::problem::{Problem, not_found};
use crate::web::rate::{Limit, Rate};
use crate::web::session::Identity;

/// How long a photo may take to come: the largest by a phone at the edge of a cell, at half a megabit a second.
const WAIT_MAX: Duration = Duration::from_secs(60);

/// How many come at once: each is held in memory until it is durable, 2 MiB at most.
const AT_ONCE_MAX: usize = 32;

/// Of one driver: an evening of thirty doors that comes out of a tunnel, and not a loop.
const EACH: Limit = Limit { times: 120, returns_after: Duration::from_secs(2) };

/// Of all together: a megabyte takes the store some milliseconds.
const TOGETHER: Limit = Limit { times: 2_000, returns_after: Duration::from_millis(20) };

static RATE: LazyLock<Rate> = LazyLock::new(|| Rate::new(EACH, TOGETHER));
static COMING: Semaphore = Semaphore::const_new(AT_ONCE_MAX);

/// A picture is shown and nothing in it is run, whatever it is taken for.
const SANDBOX: &str = "sandbox; default-src 'none'";

/// `/api/deliveries/{order}/proofs/{id}`, with limits of its own.
pub(crate) fn router() -> Router<AppState> {
    let proof = Router::new().route("/api/deliveries/{order}/proofs/{id}", put(bring).get(show));
    guard::patient(WAIT_MAX, proof.layer(DefaultBodyLimit::max(PHOTO_BYTES_MAX)))
}

#[derive(Deserialize)]
struct Asked {
    kind: Option<String>,
}

async fn bring(
    State(state): State<AppState>,
    Identity(Session { actor, .. }): Identity,
    path: Result<Path<(String, String)>, PathRejection>,
    asked: Result<Query<Asked>, QueryRejection>,
    request: Request,
) -> Result<Response, Problem> {
    let (order, id) = named(path?)?;
    let kind = asked?.kind.as_deref().and_then(ProofKind::named).ok_or_else(|| refused(&ProofRefusal::WrongForm))?;
    check_account(request.headers(), &actor)?;
    let medium = medium(request.headers()).ok_or_else(|| refused(&ProofRefusal::WrongForm))?;
    // What cannot be taken whatever it holds is not waited for.
    proof::fits(kind, medium, 0).map_err(|why| refused(&why))?;
    check_rate(&actor.account)?;
    let _place = COMING.try_acquire().map_err(|_| busy())?;
    let bytes = Bytes::from_request(request, &state).await.map_err(|rejection| unread(rejection.status(), kind))?;
    if !medium.is_of(&bytes) {
        return Err(refused(&ProofRefusal::WrongForm));
    }
    let brought = Brought { order, id, kind, medium, bytes, by: actor };
    match proofs::keep(&state, brought).await {
        Ok(is_news) => {
            let status = if is_news { StatusCode::CREATED } else { StatusCode::OK };
            Ok((status, [(CACHE_CONTROL, "no-store")], axum::Json(serde_json::json!({ "id": id }))).into_response())
        }
        Err(NotKept::Refused(why)) => Err(refused(&why)),
        Err(NotKept::Store(error)) => Err(error.into()),
    }
}

async fn show(
    State(state): State<AppState>,
    Identity(Session { actor, .. }): Identity,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Result<Response, Problem> {
    let (order, id) = named(path?)?;
    // Of other people's doors not even their being there is told.
    let kept = proofs::find(&state, order, id).await?.ok_or_else(not_found)?;
    let may_see = match actor.role.name.as_str() {
        access::OPERATOR => true,
        access::DRIVER => kept.driver == actor.account,
        access::CUSTOMER => state.keys.is_of(&kept.subject, &actor.account).await?,
        _ => false,
    };
    if !may_see {
        return Err(not_found());
    }
    let bytes = proofs::open(&state, &kept, id).await?.ok_or_else(not_found)?;
    let headers: [(HeaderName, HeaderValue); 5] = [
        (CONTENT_TYPE, HeaderValue::from_static(kept.medium.content_type())),
        // Kept by nobody in between, and by the browser that asked as long as its page is open: who is erased is gone tomorrow.
        (CACHE_CONTROL, HeaderValue::from_static("private, max-age=300")),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX)),
        (CONTENT_DISPOSITION, HeaderValue::from_static("inline")),
        (ETAG, HeaderValue::from_str(&format!("\"{id}\"")).map_err(|_| not_found())?),
    ];
    Ok((headers, bytes).into_response())
}

fn named(Path((order, id)): Path<(String, String)>) -> Result<(OrderId, ProofId), Problem> {
    let order = order.parse().map(OrderId).map_err(|_| not_found())?;
    Ok((order, id.parse().map_err(|_| not_found())?))
}

/// Whoever sends it says as whom: another person's session must not bring what was made before they signed in.
fn check_account(headers: &HeaderMap, actor: &Actor) -> Result<(), Problem> {
    let said = headers.get(ACCOUNT_HEADER).and_then(|value| value.to_str().ok());
    if said.is_some_and(|said| said != actor.account.as_str()) {
        return Err(Problem::new(StatusCode::UNAUTHORIZED, "other-account", "somebody else is signed in")
            .detail("Nothing of the request was looked at."));
    }
    Ok(())
}

fn medium(headers: &HeaderMap) -> Option<Medium> {
    Medium::of_type(headers.get(CONTENT_TYPE)?.to_str().ok()?)
}

fn check_rate(driver: &AccountId) -> Result<(), Problem> {
    RATE.take(driver.as_str(), Instant::now()).map_err(|wait_s| {
        Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-many", "too many proofs at once")
            .detail("Nothing was kept here; what is on the phone stays there. Send it again later.")
            .retry_after_s(wait_s)
    })
}

fn busy() -> Problem {
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "many proofs come at this moment")
        .detail("Nothing was kept here; what is on the phone stays there. Send it again.")
        .retry_after_s(1)
}

fn unread(status: StatusCode, kind: ProofKind) -> Problem {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        let most = FORMS.iter().filter(|form| form.kind == kind).map(|form| form.bytes_max).max();
        return refused(&ProofRefusal::TooLarge(most.unwrap_or(PHOTO_BYTES_MAX)));
    }
    // The phone went into a tunnel: it comes again.
    Problem::new(StatusCode::REQUEST_TIMEOUT, "unread", "the proof did not arrive whole")
        .detail("Nothing was kept here; what is on the phone stays there. Send it again.")
}

/// Why it is not taken. What comes with another status than 412 is final, and is not sent again by itself.
fn refused(why: &ProofRefusal) -> Problem {
    use ProofRefusal as Why;
    let too_large = |most: usize| format!("A proof of this kind has at most {most} bytes.");
    let (status, slug, title, detail) = match why {
        Why::NotYet => (
            StatusCode::PRECONDITION_FAILED,
            "not-delivered-yet",
            "the status comes first",
            "This server does not know yet how the delivery ended. Send that first, and the proof again.".to_owned(),
        ),
        // The act that it follows was accepted, so a server that does not know the delivery was restored, and is told again.
        Why::NoSuchDelivery => (
            StatusCode::PRECONDITION_FAILED,
            "no-such-delivery",
            "there is no such delivery",
            "If this server was restored, the status comes first.".to_owned(),
        ),
        Why::NotTheirs => (
            StatusCode::FORBIDDEN,
            "not-your-delivery",
            "this meal was never yours",
            "Only the driver who had the meal can prove how it ended.".to_owned(),
        ),
        Why::CalledOff => (
            StatusCode::GONE,
            "called-off",
            "the meal was called off",
            "What you reported is with the desk; no proof is kept of it.".to_owned(),
        ),
        Why::Forgotten => (
            StatusCode::GONE,
            "customer-erased",
            "the customer was erased",
            "Nothing about them is kept any more.".to_owned(),
        ),
        Why::TooLate => (
            StatusCode::GONE,
            "too-late",
            "the delivery is over for too long",
            "A proof is kept for thirty days, and those are over.".to_owned(),
        ),
        Why::TooMany => (
            StatusCode::CONFLICT,
            "too-many-proofs",
            "there are as many as there may be",
            format!("A delivery has at most {} proofs.", proof::PROOFS_MAX),
        ),
        Why::OtherBytes => (
            StatusCode::CONFLICT,
            "id-reused",
            "the same id was used for another proof",
            "What is kept under this id is something else.".to_owned(),
        ),
        Why::TooLarge(most) => (StatusCode::PAYLOAD_TOO_LARGE, "too-large", "the proof is too large", too_large(*most)),
        Why::WrongForm => (
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "wrong-form",
            "the proof is in no form that is taken",
            "A photo is a JPEG, PNG or WebP file, a signature a PNG file, a word plain text; and it is what it says."
                .to_owned(),
        ),
    };
    Problem::new(status, slug, title).detail(format!("{detail} Nothing was kept."))
}
