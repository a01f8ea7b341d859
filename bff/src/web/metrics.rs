//! `/metrics`: numbers for a monitoring system, in Prometheus' words, at an address of its own. What is counted is counted where it
//! happens, by the `metrics` macros; what stands is looked at when it is asked for.

use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use flow::pipeline::Counts;
use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;

use super::problem::Problem;
use crate::dashboard;
use crate::state::AppState;

/// How often what was counted is put together, so that what nobody asks for does not grow.
const UPKEEP_EVERY: Duration = Duration::from_secs(5);

/// The bounds of commits, in seconds: from a fast disk to what people no longer wait for.
const COMMIT_BOUNDS_S: [f64; 10] = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0];

/// The bounds of how many jobs share a commit.
const JOBS_BOUNDS: [f64; 7] = [1.0, 2.0, 4.0, 8.0, 32.0, 64.0, 128.0];

/// Begins to count, and to tell, where an address for it was given.
///
/// # Errors
/// A sentence: the address is taken.
pub(crate) async fn serve(state: &AppState) -> anyhow::Result<()> {
    let Some(addr) = state.settings.metrics_addr else { return Ok(()) };
    let listener = TcpListener::bind(addr).await;
    let listener =
        listener.with_context(|| format!("cannot tell numbers on {addr}: give a free address, with --metrics-addr"))?;
    let builder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full("carryout_commit_seconds".into()), &COMMIT_BOUNDS_S)?
        .set_buckets_for_metric(Matcher::Full("carryout_commit_jobs".into()), &JOBS_BOUNDS)?;
    let handle = builder.install_recorder().context("numbers are counted already")?;
    describe();
    tracing::info!(addr = %listener.local_addr()?, "numbers are told at /metrics");
    tokio::spawn(keep_up(state.clone(), handle.clone()));
    let told = Router::new().route("/metrics", get(tell)).with_state((state.clone(), handle));
    let stop = state.stop.clone();
    tokio::spawn(axum::serve(listener, told).with_graceful_shutdown(stop.cancelled_owned()).into_future());
    Ok(())
}

async fn keep_up(state: AppState, handle: PrometheusHandle) {
    while tokio::time::timeout(UPKEEP_EVERY, state.stop.cancelled()).await.is_err() {
        handle.run_upkeep();
    }
}

fn describe() {
    describe_counter!("carryout_acts_total", "Acts that were judged, by their outcome.");
    describe_counter!("carryout_facts_heard_total", "Facts that a service heard.");
    describe_counter!("carryout_facts_failed_total", "Tries of a fact that a service failed on.");
    describe_counter!(
        "carryout_task_restarts_total",
        "How often one of the server's own tasks failed and began again."
    );
    describe_histogram!("carryout_commit_seconds", Unit::Seconds, "How long a commit of the truth took.");
    describe_histogram!("carryout_commit_jobs", "How many jobs shared a commit.");
    describe_counter!("carryout_pipeline_total", "Facts and units of a pipeline, by the step that they came to.");
    describe_counter!(
        "carryout_pipeline_rule_total",
        "The same of each of its rules; and of a service's, by the service's name: facts that it was on, made something of or nothing, kept that, failed to, and parked."
    );
    describe_counter!(
        "carryout_pipeline_batches_total",
        "Batches that a pipeline wrote, and whether a bound ended them."
    );
    describe_counter!("carryout_pipeline_batched_total", "Units in those batches.");
    describe_counter!("carryout_push_total", "Messages to devices with no page open, by what became of them.");
    describe_gauge!("carryout_hub_head", "The position of the last fact.");
    describe_gauge!("carryout_reader_behind", "Facts that a reader of the hub has not heard.");
    describe_gauge!("carryout_talks", "Screens that are told of news as it comes.");
}

/// Adds the numbers of a pass through a pipeline.
pub(crate) fn tell_pipeline(name: &'static str, counts: &Counts) {
    for (step, count) in counts.all.named() {
        counter!("carryout_pipeline_total", "pipeline" => name, "step" => step).increment(count);
    }
    tell_rules(name, counts);
    let fill = counts.fill;
    for (full, batches) in [("yes", fill.full), ("no", fill.batches - fill.full)] {
        counter!("carryout_pipeline_batches_total", "pipeline" => name, "full" => full).increment(batches);
    }
    counter!("carryout_pipeline_batched_total", "pipeline" => name).increment(fill.units);
}

/// Adds the numbers of each rule alone, for who keeps the whole by other names.
pub(crate) fn tell_rules(name: &'static str, counts: &Counts) {
    for (rule, tally) in &counts.rules {
        for (step, count) in tally.named() {
            counter!("carryout_pipeline_rule_total", "pipeline" => name, "rule" => *rule, "step" => step)
                .increment(count);
        }
    }
}

async fn tell(State((state, handle)): State<(AppState, PrometheusHandle)>) -> Result<impl IntoResponse, Problem> {
    let head = state.hub.head();
    gauge!("carryout_hub_head").set(head.0 as f64);
    gauge!("carryout_talks").set(state.talks.len() as f64);
    for (name, reached) in dashboard::readers(&state).await? {
        gauge!("carryout_reader_behind", "reader" => name).set(head.0.saturating_sub(reached.0) as f64);
    }
    for name in state.tasks.all().into_keys() {
        // A task that never failed is there as well, so that the first time is a change.
        counter!("carryout_task_restarts_total", "task" => name).increment(0);
    }
    Ok(([(CONTENT_TYPE, "text/plain; version=0.0.4")], handle.render()))
}
