//! The server's own tasks, beside the requests: each runs until the server stops. One that fails or panics begins again from its
//! checkpoint and stops no neighbour; how each goes can be seen ([`Tasks::all`]).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sync::Millis;

use crate::faults::{self, Fault, Kind};
use crate::state::{AppState, now};
use crate::store::StoreError;

/// How long a task that failed waits before it begins again: at first, and at most.
const RESTART_WAIT_MIN: Duration = Duration::from_millis(50);
const RESTART_WAIT_MAX: Duration = Duration::from_secs(5);

/// How each task goes; cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Tasks(Arc<Mutex<BTreeMap<&'static str, Going>>>);

/// How a task goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Going {
    /// How often it began again.
    pub(crate) restarts: u64,
    /// How and when it failed last, without content.
    pub(crate) failed: Option<(Millis, String)>,
    /// It failed, and waits to begin again.
    pub(crate) rests: bool,
}

impl Tasks {
    /// Every task there is.
    pub(crate) fn all(&self) -> BTreeMap<&'static str, Going> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, name: &'static str, change: impl FnOnce(&mut Going)) {
        change(self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(name).or_default());
    }
}

/// Runs a task until the server stops. What failed will often fail again, so it waits before it begins again, for a while that
/// grows.
pub(crate) fn supervise<F>((name, state): (&'static str, AppState), task: impl Fn(AppState) -> F + Send + 'static)
where
    F: Future<Output = Result<(), StoreError>> + Send + 'static,
{
    state.tasks.note(name, |_| {});
    tokio::spawn(async move {
        let mut wait = RESTART_WAIT_MIN;
        while !state.stop.is_cancelled() {
            let begun = Instant::now();
            state.tasks.note(name, |going| going.rests = false);
            match tokio::spawn(task(state.clone())).await {
                Ok(Ok(())) => return,
                Ok(Err(error)) => {
                    tracing::error!(task.name = name, %error, "a task failed and begins again");
                    failed(&state, name, error.without_content()).await;
                }
                Err(panic) => {
                    tracing::error!(task.name = name, %panic, "a task panicked and begins again");
                    failed(&state, name, StoreError::Panicked.to_string()).await;
                }
            }
            if begun.elapsed() > RESTART_WAIT_MAX {
                wait = RESTART_WAIT_MIN;
            }
            tokio::time::sleep(wait).await;
            wait = (wait * 2).min(RESTART_WAIT_MAX);
        }
    });
}

async fn failed(state: &AppState, name: &'static str, detail: String) {
    metrics::counter!("carryout_task_restarts_total", "task" => name).increment(1);
    let why = detail.clone();
    state.tasks.note(name, |going| {
        *going = Going { restarts: going.restarts + 1, failed: Some((now(), why)), rests: true };
    });
    state.wake.gap.notify_one();
    faults::tell(state, Fault { kind: Kind::TaskFailed, about: name.to_owned(), detail, unit: None }).await;
}
