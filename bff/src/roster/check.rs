//! Whether the code is what the entries say. What differs is found before anything is opened, and said in a line each.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use axum::Router;
use domain::Service;
use sync::Key;

use super::{Actor, Entry, Kind, Phase, SHARED, all};
use crate::services::{self, Manifest};
use crate::state::AppState;

/// Holds all entries against `site`, the router that is served, and the manifests against the rules.
///
/// # Errors
/// A line for each thing that differs, with what to change.
pub(crate) fn check(site: &Router<AppState>) -> anyhow::Result<()> {
    let mut differs = paths_differ(&all(), &paths(site));
    differs.extend(claimed_twice(&all()));
    differs.extend(all().iter().filter_map(misfit));
    differs.extend(services::ALL.iter().flat_map(|manifest| manifest_differs(manifest)));
    anyhow::ensure!(differs.is_empty(), "the server is not what it says of itself:\n{}", differs.join("\n"));
    Ok(())
}

/// The paths of a router. It tells them to nobody but who has it printed; should it ever print them otherwise, the paths that the
/// entries list are not found, and that is heard of at once.
pub(super) fn paths(site: &impl Debug) -> BTreeSet<String> {
    let printed = format!("{site:?}");
    let own = printed.split("fallback_router").next().unwrap_or_default();
    own.split('"').filter(|text| text.starts_with('/')).map(str::to_owned).collect()
}

/// What is listed and not answered, and what is answered and not listed.
pub(super) fn paths_differ(entries: &[Entry], answered: &BTreeSet<String>) -> Vec<String> {
    let mut listed: BTreeMap<&str, &str> = SHARED.api.iter().map(|path| (*path, "what all share")).collect();
    listed.extend(entries.iter().flat_map(|entry| entry.api.iter().map(|path| (*path, entry.name))));
    let silent = listed.iter().filter(|(path, _)| !answered.contains(**path));
    let silent = silent.map(|(path, name)| format!("{name} lists {path}, which nothing answers"));
    let strange = answered.iter().filter(|path| !listed.contains_key(path.as_str()));
    let strange = strange.map(|path| format!("{path} is answered and in no entry: add it to one, in bff/src/roster"));
    silent.chain(strange).collect()
}

/// Paths and tables that are more than one backend's.
pub(super) fn claimed_twice(entries: &[Entry]) -> Vec<String> {
    let mut seen: BTreeSet<&str> = SHARED.api.iter().chain(SHARED.tables).copied().collect();
    let claims =
        entries.iter().flat_map(|entry| entry.api.iter().chain(entry.tables).map(|claim| (*claim, entry.name)));
    let again = claims.filter(|(claim, _)| !seen.insert(claim));
    again.map(|(claim, name)| format!("{name} lists {claim}, which is somebody else's already")).collect()
}

/// Why an entry is not of the kind that it says.
pub(super) fn misfit(entry: &Entry) -> Option<String> {
    let is_person = !matches!(entry.actor, Actor::Partner | Actor::Provider | Actor::Browser | Actor::Nobody);
    let is_asked = !entry.api.is_empty();
    let (fits, wants) = match entry.kind {
        Kind::Task => (is_person, "somebody whose work it is"),
        Kind::Search => (is_person && is_asked && entry.phase == Phase::Use, "somebody who asks, for what is in use"),
        Kind::Action => (is_asked && entry.tables.is_empty(), "a door, and nothing that is kept"),
        Kind::Dashboard | Kind::Reporting => {
            (is_person && is_asked && entry.phase == Phase::Analyze, "somebody who asks what is counted")
        }
        Kind::Archive => (is_person && is_asked && entry.phase == Phase::Archive, "somebody who asks what is over"),
        Kind::Control => (entry.actor == Actor::Nobody && !is_asked, "nobody who asks"),
        Kind::Gateway => {
            (matches!(entry.actor, Actor::Partner | Actor::Provider | Actor::Browser), "a system of somebody else's")
        }
    };
    (!fits).then(|| format!("{} is no {:?}: that has {wants}", entry.name, entry.kind))
}

/// Where a manifest says something else than the rules, the names of facts and the owners of rows.
pub(super) fn manifest_differs(manifest: &Manifest) -> Vec<String> {
    let Manifest { service, entry, produces, consumes } = manifest;
    let name = service.name();
    let (said, heard): (BTreeSet<_>, _) = (consumes.iter().copied().collect(), services::hears(*service));
    let mut differs: Vec<String> = vec![];
    if entry.name != name {
        differs.push(format!("the entry of {name} has the name {}", entry.name));
    }
    differs.extend(heard.difference(&said).map(|kind| format!("{name} does not say that it listens to {kind}")));
    differs.extend(said.difference(&heard).map(|kind| format!("{name} says that it listens to {kind}, and does not")));
    let (said, written): (BTreeSet<_>, _) = (produces.iter().copied().collect(), domain::fact::names(*service));
    differs.extend(written.difference(&said).map(|kind| format!("{name} does not say that it writes {kind}")));
    differs.extend(said.difference(&written).map(|kind| format!("{name} says that it writes {kind}, and cannot")));
    let own = |kind: &&&str| Service::owner(&Key::new(kind, "any")) == Some(*service);
    let others = entry.aggregates.iter().filter(|kind| !own(kind));
    differs.extend(others.map(|kind| format!("{name} lists {kind}, whose rows it does not own")));
    let strange = entry.tables.iter().filter(|table| !table.starts_with(&format!("{name}_")));
    differs.extend(strange.map(|table| format!("{name} lists {table}, which is not called after it")));
    differs
}
