//! The one writer of truth: many jobs, one commit.
//!
//! Jobs that wait are done in one transaction, each in a savepoint of its own, so that one that fails takes back its own
//! writes only. No job is answered before the shared commit is durable, and a failed commit fails them all.

use std::ops::{Deref, DerefMut};
use std::panic::AssertUnwindSafe;
use std::time::Instant;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use sqlx::{Connection, Sqlite, SqliteConnection, Transaction};
use tokio::sync::{mpsc, oneshot, watch};

use super::{STORE_WAIT_MAX, StoreError};

/// The most jobs of one commit: the first of them waits for the last.
const JOBS_MAX: usize = 128;

/// The most jobs that wait; past it callers wait in front of the door, and no longer than [`STORE_WAIT_MAX`].
const WAITING_MAX: usize = 1024;

/// For tests: the process aborts after so many commits that hold accepted acts, before any of them is answered.
const CRASH_AFTER_COMMIT: &str = "CARRYOUT_CRASH_AFTER_COMMIT";

/// A job's part of the transaction.
pub(crate) struct Work<'c> {
    connection: &'c mut SqliteConnection,
    marks: &'c mut Marks,
}

/// What a transaction holds, for those who wait for such.
#[derive(Clone, Copy, Default)]
struct Marks {
    facts: bool,
    acts: bool,
}

impl Work<'_> {
    /// Notes that facts were written, so that the trigger is woken after the commit.
    pub(crate) fn wrote_facts(&mut self) {
        self.marks.facts = true;
    }

    /// Notes that somebody's act was accepted.
    pub(crate) fn accepted_act(&mut self) {
        self.marks.acts = true;
    }

    /// Begins a part of the job that can be taken back alone.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn apart(&mut self) -> Result<Apart<'_>, StoreError> {
        let savepoint = self.connection.begin().await?;
        Ok(Apart { savepoint, marks: self.marks, own: Marks::default() })
    }
}

/// A part of a job, in a savepoint of its own.
pub(crate) struct Apart<'c> {
    savepoint: Transaction<'c, Sqlite>,
    marks: &'c mut Marks,
    own: Marks,
}

impl Apart<'_> {
    /// To write with.
    pub(crate) fn work(&mut self) -> Work<'_> {
        Work { connection: &mut self.savepoint, marks: &mut self.own }
    }

    /// Lets it stand with the rest of the job.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn keep(self) -> Result<(), StoreError> {
        self.savepoint.commit().await?;
        *self.marks = Marks { facts: self.marks.facts | self.own.facts, acts: self.marks.acts | self.own.acts };
        Ok(())
    }

    /// Takes back what was written in it, and no more.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn take_back(self) -> Result<(), StoreError> {
        Ok(self.savepoint.rollback().await?)
    }

    /// Lets it stand where `done` is well, and takes it back where it failed or panicked. The inner error is of what was
    /// looked at, and the job may go on without it.
    ///
    /// # Errors
    /// The store's own.
    pub(crate) async fn end(
        self,
        done: std::thread::Result<Result<(), StoreError>>,
    ) -> Result<Result<(), StoreError>, StoreError> {
        match done.unwrap_or(Err(StoreError::Panicked)) {
            Ok(()) => Ok(Ok(self.keep().await?)),
            Err(error) => {
                self.take_back().await?;
                if error.is_of_the_content() { Ok(Err(error)) } else { Err(error) }
            }
        }
    }
}

impl Deref for Work<'_> {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        self.connection
    }
}

impl DerefMut for Work<'_> {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        self.connection
    }
}

type Reply = Box<dyn FnOnce(Result<(), String>) + Send>;
type Job = Box<dyn for<'c> FnOnce(Work<'c>) -> BoxFuture<'c, (bool, Reply)> + Send>;

/// The way to the writer.
#[derive(Clone)]
pub(crate) struct Writer {
    jobs: mpsc::Sender<Job>,
    written: watch::Receiver<u64>,
}

impl Writer {
    /// Begins the task that owns `connection`; it ends when the last way to it is gone.
    pub(super) fn start(connection: SqliteConnection) -> Self {
        let (jobs, queue) = mpsc::channel(WAITING_MAX);
        let (tell, written) = watch::channel(0);
        tokio::spawn(run(connection, queue, tell));
        Self { jobs, written }
    }

    /// Does `job` in a savepoint and answers once it is durable.
    ///
    /// # Errors
    /// The job's own error, a failed commit, or [`StoreError::Busy`] after [`STORE_WAIT_MAX`]; the job may then still be
    /// done later.
    pub(crate) async fn write<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'c> FnOnce(Work<'c>) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
    {
        tokio::time::timeout(STORE_WAIT_MAX, self.submit(job)).await.unwrap_or(Err(StoreError::Busy.into()))
    }

    /// The same for the server's own tasks, behind which nobody waits.
    ///
    /// # Errors
    /// The job's own error or a failed commit.
    pub(crate) async fn write_patiently<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(Work<'c>) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
    {
        self.submit(job).await
    }

    /// Has it done with what is written next, and does not wait for it: for what only saves work where it is kept.
    ///
    /// # Errors
    /// [`StoreError::Closed`]
    pub(crate) async fn write_soon<F>(&self, job: F) -> Result<(), StoreError>
    where
        F: for<'c> FnOnce(Work<'c>) -> BoxFuture<'c, Result<(), StoreError>> + Send + 'static,
    {
        self.hand_over(job).await.map(drop)
    }

    async fn submit<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'c> FnOnce(Work<'c>) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
    {
        self.hand_over(job).await?.await.map_err(|_| StoreError::Closed)?
    }

    async fn hand_over<T, E, F>(&self, job: F) -> Result<oneshot::Receiver<Result<T, E>>, StoreError>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'c> FnOnce(Work<'c>) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |work| {
            Box::pin(async move {
                // A job that panics takes back its own writes; the writer goes on for the others.
                let done = AssertUnwindSafe(job(work)).catch_unwind().await.unwrap_or(Err(StoreError::Panicked.into()));
                let keep = done.is_ok();
                // Perhaps nobody listens any more; what was written stands all the same.
                let reply: Reply = Box::new(move |commit| {
                    let _ = answer.send(commit.map_err(|why| StoreError::Commit(why).into()).and(done));
                });
                (keep, reply)
            })
        });
        self.jobs.send(job).await.map_err(|_| StoreError::Closed)?;
        Ok(answered)
    }

    pub(super) fn written(&self) -> watch::Receiver<u64> {
        self.written.clone()
    }
}

async fn run(mut connection: SqliteConnection, mut queue: mpsc::Receiver<Job>, tell: watch::Sender<u64>) {
    let crash_after = std::env::var(CRASH_AFTER_COMMIT).ok().and_then(|count| count.parse::<u64>().ok());
    let mut commits_with_acts = 0;
    let mut jobs = Vec::with_capacity(JOBS_MAX);
    while queue.recv_many(&mut jobs, JOBS_MAX).await > 0 {
        let begun = Instant::now();
        metrics::histogram!("carryout_commit_jobs").record(jobs.len() as f64);
        let (replies, marks, outcome) = commit(&mut connection, jobs.drain(..)).await;
        metrics::histogram!("carryout_commit_seconds").record(begun.elapsed());
        if let Err(error) = &outcome {
            tracing::error!(%error, jobs = replies.len(), "a commit failed; nothing of it was kept");
        } else if marks.acts {
            commits_with_acts += 1;
            if crash_after == Some(commits_with_acts) {
                std::process::abort();
            }
        }
        let outcome = outcome.map_err(|error| error.to_string());
        replies.into_iter().for_each(|reply| reply(outcome.clone()));
        if outcome.is_ok() && marks.facts {
            tell.send_modify(|commits| *commits += 1);
        }
    }
}

async fn commit(
    connection: &mut SqliteConnection,
    jobs: impl Iterator<Item = Job>,
) -> (Vec<Reply>, Marks, Result<(), StoreError>) {
    let mut replies = vec![];
    let mut marks = Marks::default();
    let outcome = async {
        let mut transaction = connection.begin_with("begin immediate").await?;
        let mut work = Work { connection: &mut transaction, marks: &mut marks };
        for job in jobs {
            let mut apart = work.apart().await?;
            let (keep, reply) = job(apart.work()).await;
            replies.push(reply);
            if keep { apart.keep().await? } else { apart.take_back().await? }
        }
        Ok(transaction.commit().await?)
    };
    let outcome = outcome.await;
    (replies, marks, outcome)
}
