//! `bff partner`: who the partners are, and what they were told, from a terminal. A server may be running on the same folder; it
//! is that server which tells them.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use domain::RestaurantId;
use domain::Service;
use domain::id::restaurant_key;
use sqlx::{Connection as _, SqliteConnection};

use super::book::{self, OF_RESTAURANT_MAX, Partner};
use super::delivery::{self, Attempt, Delivery, Wanted};
use super::time;
use crate::config::{PartnerAddSettings, PartnerCommand, PartnerDeliveriesSettings};
use crate::keys::{KEYS, Keys};
use crate::outside::address;
use crate::state::now;
use crate::store::{self, TRUTH};
use crate::{import, ledger};

/// What is said where the data knows nothing of partners.
const OLDER: &str = "the data is of an older release: start this server on it once";

/// The longest name of a partner, in characters: a word in a list.
const NAME_CHARS_MAX: usize = 60;

/// Runs `bff partner`.
///
/// # Errors
/// A sentence: there is no data, no such partner, or an address that is not called. Nothing was changed then.
pub(crate) async fn run(command: PartnerCommand) -> anyhow::Result<()> {
    match command {
        PartnerCommand::Add(settings) => add(settings).await,
        PartnerCommand::List { data } => list(&data).await,
        PartnerCommand::Rotate { data, partner, key, end } => rotate(&data, &partner, key, end).await,
        PartnerCommand::Pause { data, partner } => pause(&data, &partner).await,
        PartnerCommand::Resume { data, partner } => resume(&data, &partner).await,
        PartnerCommand::Remove { data, partner } => remove(&data, &partner).await,
        PartnerCommand::Deliveries(settings) => deliveries(settings).await,
        PartnerCommand::Redeliver { data, deliveries } => redeliver(&data, &deliveries).await,
    }
}

// ---- who they are ----------------------------------------------------------------------------------------------------

#[expect(clippy::print_stdout, reason = "the key and the secret are shown once")]
async fn add(settings: PartnerAddSettings) -> anyhow::Result<()> {
    let PartnerAddSettings { data, restaurant, url, name } = settings;
    let is_id = import::is_name(&restaurant);
    ensure!(is_id, "{restaurant:?} is no restaurant's id: it is the last part of its address, such as ginkgo-ramen");
    let name = name.unwrap_or_else(|| restaurant.clone());
    let fits = name.chars().count() <= NAME_CHARS_MAX && !name.chars().any(char::is_control);
    ensure!(fits, "a name has at most {NAME_CHARS_MAX} characters, on one line");
    let address = address::read(&url).with_context(|| format!("{url} is not called"))?;
    let mut truth = open(&data).await?;
    let mut one = truth.begin_with("begin immediate").await?;
    let key = restaurant_key(&RestaurantId(restaurant.clone()));
    let is_known = ledger::row(&mut one, Service::Catalog, &key).await?.is_some();
    let added = book::add(&mut one, (&restaurant, &name, address.as_str()), now()).await.context(OLDER)?;
    let (id, credentials) =
        added.with_context(|| format!("{restaurant} has {OF_RESTAURANT_MAX} partners: remove one first"))?;
    one.commit().await?;
    println!("{id} is told of the orders of {restaurant} from now on, at {address}");
    if !is_known {
        println!("there is no restaurant {restaurant} yet: it appears when its menu is pushed");
    }
    println!("key {}", credentials.key);
    println!("secret {}", credentials.secret);
    println!("these two are shown this once; the key is for whoever pushes, the secret to check what comes");
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the list is what the operator asked for")]
async fn list(data: &Path) -> anyhow::Result<()> {
    let mut truth = store::look_at(data).await?;
    let partners = book::all(&mut truth, None).await.context(OLDER)?;
    partners.iter().for_each(|partner| println!("{}", line(partner)));
    if partners.is_empty() {
        println!("no partners");
    }
    Ok(())
}

/// A partner on one line.
fn line(partner: &Partner) -> String {
    let Partner { id, restaurant, name, url, has_old_secret, paused, created_at } = partner;
    let state = paused.as_ref().map_or("active".to_owned(), |(at, why)| format!("paused {}: {why}", time(*at)));
    let secrets = if *has_old_secret { "  two secrets" } else { "" };
    format!("{id}  {restaurant}  {name:?}  {url}  since {}  {state}{secrets}", time(*created_at))
}

#[expect(clippy::print_stdout, reason = "what is new is shown once")]
async fn rotate(data: &Path, id: &str, key: bool, end: bool) -> anyhow::Result<()> {
    let mut truth = open(data).await?;
    let partner = the_one(&mut truth, id).await?;
    if key {
        let key = book::new_key();
        book::replace_key(&mut truth, id, &key).await?;
        println!("key {key}");
        println!("it is shown this once; the one before it opens nothing any more");
    } else if end {
        ensure!(partner.has_old_secret, "{id} has one secret, which signs on");
        book::end_old_secret(&mut truth, id).await?;
        println!("the newest secret alone signs what {id} is told");
    } else {
        ensure!(!partner.has_old_secret, "two secrets of {id} are in force: end the older with --end first");
        let secret = book::new_secret();
        book::begin_secret(&mut truth, id, &secret).await?;
        println!("secret {secret}");
        println!("it is shown this once; the one before it signs beside it until `bff partner rotate {id} --end`");
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the operator waits for the word that it is done")]
async fn pause(data: &Path, id: &str) -> anyhow::Result<()> {
    let mut truth = open(data).await?;
    the_one(&mut truth, id).await?;
    book::pause(&mut truth, id, "an operator paused it", now()).await?;
    println!("{id} is told nothing until `bff partner resume {id}`; what happens is noted");
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the operator waits for the word that it is done")]
async fn resume(data: &Path, id: &str) -> anyhow::Result<()> {
    let mut truth = open(data).await?;
    the_one(&mut truth, id).await?;
    let mut one = truth.begin_with("begin immediate").await?;
    book::resume(&mut one, id, now()).await?;
    one.commit().await?;
    println!("{id} is told again, and first what was noted meanwhile");
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the operator waits for the word that it is done")]
async fn remove(data: &Path, id: &str) -> anyhow::Result<()> {
    let mut truth = open(data).await?;
    the_one(&mut truth, id).await?;
    book::remove(&mut truth, id).await?;
    println!("{id} is removed, with what was noted for it; its key opens nothing any more");
    Ok(())
}

async fn open(data: &Path) -> anyhow::Result<SqliteConnection> {
    let file: PathBuf = data.join(TRUTH);
    ensure!(file.is_file(), "there is no data in {}: name the server's folder with --data", data.display());
    store::open_beside_a_server(&file).await
}

async fn the_one(truth: &mut SqliteConnection, id: &str) -> anyhow::Result<Partner> {
    let found = book::all(truth, Some(id)).await.context(OLDER)?.pop();
    found.with_context(|| format!("there is no partner {id}: `bff partner list` shows them"))
}

// ---- what they were told ---------------------------------------------------------------------------------------------

#[expect(clippy::print_stdout, reason = "it is what the operator asked for")]
async fn deliveries(settings: PartnerDeliveriesSettings) -> anyhow::Result<()> {
    let PartnerDeliveriesSettings { data, partner, open, after, limit } = settings;
    let mut truth = store::look_at(&data).await?;
    if let Some(partner) = &partner {
        the_one(&mut truth, partner).await?;
    }
    let wanted = Wanted { partner, after, open, limit: i64::from(limit) + 1 };
    let mut found = delivery::list(&mut truth, &wanted).await.context(OLDER)?;
    let has_more = found.len() > limit as usize;
    found.truncate(limit as usize);
    // Looking makes no file of keys: whoever lost theirs would take it for the one that was there.
    let keys = if data.join(KEYS).exists() { Some(Keys::open(&data).await?) } else { None };
    for delivery in &found {
        println!("{}", told(delivery));
        for Attempt { at, status, answer } in &delivery.attempts {
            let answer = match &keys {
                Some(keys) => keys.read(answer).await?,
                None => answer.clone(),
            };
            let status = status.map_or("no answer".to_owned(), |status| status.to_string());
            println!("    {}  {status}  {:?}", time(*at), answer.as_str());
        }
    }
    match found.last() {
        Some(last) if has_more => println!("there are more: --after {}", last.seq),
        Some(_) => {}
        None => println!("no deliveries"),
    }
    Ok(())
}

/// A delivery on one line, its name first.
fn told(delivery: &Delivery) -> String {
    let Delivery { id, partner, tells, order, noted_at, state, next_try_at, tries, .. } = delivery;
    let next = next_try_at.as_ref().map_or(String::new(), |next| format!(", next try {next}"));
    format!(
        "{id}  {tells} of order {order} to {partner}  noted {}  {state}, tried {tries} times{next}",
        time(*noted_at)
    )
}

#[expect(clippy::print_stdout, reason = "the operator waits for the word that it is done")]
async fn redeliver(data: &Path, ids: &[String]) -> anyhow::Result<()> {
    let mut truth = open(data).await?;
    let mut one = truth.begin_with("begin immediate").await?;
    for id in ids {
        if !delivery::redeliver(&mut one, id, None, now()).await.context(OLDER)? {
            bail!("there is no delivery {id}, so nothing is sent: `bff partner deliveries` shows them");
        }
    }
    one.commit().await?;
    println!("{} to be sent again by the server", if ids.len() == 1 { "1 delivery is" } else { "all of them are" });
    Ok(())
}
