//! Waiting: always for a condition, always with a deadline.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// How long a person's screen may take, on a machine that also runs the server, several browsers and a compiler.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// Between two looks: short beside what is awaited, long beside what a look costs.
const LOOK_EVERY: Duration = Duration::from_millis(40);

/// Looks until `look` finds something; `None` when the deadline has passed, after one last look.
pub(crate) async fn until<T, E>(
    patience: Duration,
    look: impl AsyncFn() -> Result<Option<T>, E>,
) -> Result<Option<T>, E> {
    let deadline = Instant::now() + patience;
    loop {
        let last = Instant::now() >= deadline;
        if let Some(found) = look().await? {
            return Ok(Some(found));
        }
        if last {
            return Ok(None);
        }
        sleep(LOOK_EVERY).await;
    }
}
