//! The task: follows the hub and keeps the papers.

use sqlx::SqliteConnection;
use sync::Key;

use super::made::{self, Made, PAPERS, What};
use crate::ledger::number;
use crate::paper::Written;
use crate::reader::Reader;
use crate::state::AppState;
use crate::store::{StoreError, Work};

static READER: Reader<Made, (Key, u8)> =
    Reader { pipeline: PAPERS, key: made::key, keep: |work, made| Box::pin(keep(work, made)) };

/// Keeps papers until the server stops.
///
/// # Errors
/// The store's.
pub(crate) async fn run(state: AppState) -> Result<(), StoreError> {
    READER.run(&state, &state.wake.archive).await
}

/// Writes down what was made of facts; what is older than what is here changes nothing.
///
/// # Errors
/// The store's.
pub(super) async fn keep(work: &mut Work<'_>, made: &[Made]) -> Result<(), StoreError> {
    for Made { of, what } in made {
        match what {
            What::Paper(written) => keep_paper(work, of, written).await?,
            What::Brought { driver, version, at } => {
                let keep = sqlx::query(
                    "insert into archive_brought (row_key, version, driver, at) values (?, ?, ?, ?)
                     on conflict do update set version = excluded.version, driver = excluded.driver, at = excluded.at
                     where excluded.version > version",
                );
                let keep = keep.bind(of.as_str()).bind(number(version.0)).bind(driver.as_str()).bind(at);
                keep.execute(&mut **work).await?;
            }
            What::Erased => {
                let noted = sqlx::query("insert into archive_erased (row_key) values (?) on conflict do nothing");
                noted.bind(of.as_str()).execute(&mut **work).await?;
                let nobody = sqlx::query("update archive_paper set customer = null where row_key = ?");
                nobody.bind(of.as_str()).execute(&mut **work).await?;
            }
        }
    }
    Ok(())
}

async fn keep_paper(archive: &mut SqliteConnection, of: &Key, written: &Written) -> Result<(), StoreError> {
    let Written { paper, version, customer } = written;
    let keep = sqlx::query(
        "insert into archive_paper (row_key, version, restaurant, customer, placed_at, paper)
         values (?1, ?2, ?3, iif(exists (select 1 from archive_erased where row_key = ?1), null, ?4), ?5, ?6)
         on conflict do update set version = excluded.version, customer = excluded.customer, paper = excluded.paper
         where excluded.version > version",
    );
    let keep = keep.bind(of.as_str()).bind(number(version.0)).bind(&paper.restaurant.0);
    let keep = keep.bind(customer.as_ref().map(|customer| customer.as_str())).bind(paper.placed_at);
    keep.bind(serde_json::to_string(paper)?).execute(archive).await?;
    Ok(())
}
