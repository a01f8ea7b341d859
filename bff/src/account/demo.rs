//! The accounts of the demo: two customers, two drivers, an operator, and the kitchen of each restaurant. Anyone may know their password.

use domain::access;
use domain::trade::Row;
use sqlx::SqliteConnection;

use super::password;
use crate::state::now;
use crate::store::{StoreError, Truth};

/// The password of all of them.
const PASSWORD: &str = "carryout";

const CUSTOMERS: [(&str, &str); 2] = [("ada", "Ada"), ("ben", "Ben")];

/// Both in the zone of the one demo restaurant whose meals are brought by drivers.
const DRIVERS: [(&str, &str, &str); 2] = [("dora", "Dora", "berlin"), ("emil", "Emil", "berlin")];

const OPERATOR: (&str, &str) = ("olga", "Olga");

/// The kitchens with a name of their own, beside the restaurant's; two that never close.
const SHORT: [(&str, &str); 2] = [("trattoria-lucciola", "lucciola"), ("ginkgo-ramen", "ginkgo")];

struct Account {
    account: String,
    name: String,
    role: &'static str,
    role_of: Option<String>,
}

/// The accounts of the demo, made where they are missing.
///
/// # Errors
/// The store's.
pub(crate) async fn seed_demo(truth: &Truth) -> Result<(), StoreError> {
    let known: Vec<String> = sqlx::query_scalar("select account from account_user").fetch_all(&truth.readers).await?;
    let mut missing = accounts(truth).await?;
    missing.retain(|account| !known.contains(&account.account));
    if missing.is_empty() {
        return Ok(());
    }
    // One hash for all: the password is public, and forty hashes would hold up the start.
    let hash = password::hash(PASSWORD.to_owned()).await;
    let made = truth.writer.write_patiently(move |mut work| {
        Box::pin(async move {
            for account in missing {
                insert(&mut work, account, &hash).await?;
            }
            Ok::<_, StoreError>(())
        })
    });
    made.await
}

async fn accounts(truth: &Truth) -> Result<Vec<Account>, StoreError> {
    let rows: Vec<String> =
        sqlx::query_scalar("select body from catalog_row where key glob 'restaurant/*' order by key")
            .fetch_all(&truth.readers)
            .await?;
    let person = |(account, name): (&str, &str), role| Account {
        account: account.to_owned(),
        name: name.to_owned(),
        role,
        role_of: None,
    };
    let customers = CUSTOMERS.into_iter().map(|customer| person(customer, access::CUSTOMER));
    let mut accounts: Vec<Account> = customers.chain([person(OPERATOR, access::OPERATOR)]).collect();
    accounts.extend(DRIVERS.map(|(account, name, zone)| Account {
        account: account.to_owned(),
        name: name.to_owned(),
        role: access::DRIVER,
        role_of: Some(zone.to_owned()),
    }));
    for row in rows {
        let Row::Restaurant(restaurant) = serde_json::from_str(&row)? else { continue };
        let id = restaurant.id.0;
        let short = SHORT.iter().find(|(restaurant, _)| *restaurant == id).map(|(_, short)| (*short).to_owned());
        let account = short.unwrap_or_else(|| id.clone());
        accounts.push(Account { account, name: restaurant.name, role: access::RESTAURANT, role_of: Some(id) });
    }
    Ok(accounts)
}

async fn insert(work: &mut SqliteConnection, account: Account, hash: &str) -> Result<(), StoreError> {
    sqlx::query(
        "insert into account_user (account, name, password_hash, role, role_of, created_at) values (?, ?, ?, ?, ?, ?)",
    )
    .bind(account.account)
    .bind(account.name)
    .bind(hash)
    .bind(account.role)
    .bind(account.role_of)
    .bind(now())
    .execute(work)
    .await?;
    Ok(())
}
