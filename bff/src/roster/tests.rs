use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use axum::Router;
use axum::routing::get;
use domain::Service;
use sqlx::migrate::Migrator;
use sqlx::{Connection as _, SqliteConnection};

use super::check::{claimed_twice, manifest_differs, misfit, paths, paths_differ};
use super::*;
use crate::services::Manifest;
use crate::state::AppState;
use crate::web;

/// The kinds that serve somebody; each has a real need here.
const SERVE: [Kind; 6] = [Kind::Task, Kind::Search, Kind::Action, Kind::Dashboard, Kind::Reporting, Kind::Archive];

#[test]
fn the_server_is_what_it_says_of_itself() {
    check(&web::site()).expect("nothing differs");
}

#[test]
fn what_is_answered_or_listed_alone_is_found() {
    let site: Router<AppState> = web::site().route("/api/new/{id}", get(async || "new"));
    let differs = check(&site).expect_err("it is in no entry").to_string();
    assert_eq!(differs.lines().count(), 2, "{differs}");
    assert!(differs.contains("/api/new/{id} is answered and in no entry"), "{differs}");

    let less: Vec<Entry> = all().into_iter().filter(|entry| entry.name != "reporting").collect();
    let found = paths_differ(&less, &paths(&web::site()));
    assert_eq!(found.len(), 2, "both of its paths: {found:?}");

    let more = Entry { api: &["/api/reports", "/api/reports/{day}/lines"], ..entry("reporting") };
    let found = paths_differ(&[less, vec![more]].concat(), &paths(&web::site()));
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0], "reporting lists /api/reports/{day}/lines, which nothing answers");
}

#[test]
fn what_two_claim_is_found() {
    assert_eq!(claimed_twice(&all()), Vec::<String>::new());
    let greedy = Entry { name: "greedy", tables: &["hub", "kitchen_row"], api: &["/api/orders"], ..entry("faults") };
    assert_eq!(claimed_twice(&[all(), vec![greedy]].concat()).len(), 3);
}

#[test]
fn an_entry_that_is_not_of_its_kind_is_found() {
    for strange in [
        Entry { actor: Actor::Nobody, ..entry("kitchen") },
        Entry { tables: &["menu_draft"], ..entry("partner-menu") },
        Entry { phase: Phase::Use, ..entry("reporting") },
        Entry { api: &[], ..entry("dashboard") },
        Entry { api: &["/api/sagas"], ..entry("fulfilment") },
        Entry { actor: Actor::Customer, ..entry("payment") },
    ] {
        assert!(misfit(&strange).is_some(), "{strange:?}");
    }
}

#[test]
fn a_manifest_that_says_less_or_more_than_the_code_is_found() {
    let kitchen = services::manifest(Service::Kitchen);
    let with = |consumes| Manifest { consumes, ..*kitchen };
    assert_eq!(manifest_differs(&with(&kitchen.consumes[1..])).len(), 1);
    assert_eq!(manifest_differs(&with(&["menu-written"])).len(), kitchen.consumes.len() + 1);
    let with = |produces| Manifest { produces, ..*kitchen };
    assert_eq!(manifest_differs(&with(&kitchen.produces[1..])).len(), 1);
    assert_eq!(manifest_differs(&with(&["order-confirmed"])).len(), kitchen.produces.len() + 1);
    let entry = Entry { aggregates: &["ticket", "order"], tables: &["ordering_row"], ..kitchen.entry };
    assert_eq!(manifest_differs(&Manifest { entry, ..*kitchen }).len(), 2);
}

#[tokio::test]
async fn every_table_is_one_backend_s_own_or_shared() {
    let truth = sqlx::migrate!("migrations/truth");
    let mut there = BTreeSet::new();
    for file in [truth, sqlx::migrate!("migrations/views"), sqlx::migrate!("migrations/keys")] {
        there.extend(tables(&file).await);
    }
    let entries = all();
    let owned = entries.iter().flat_map(|entry| entry.tables).chain(SHARED.tables);
    let owned: BTreeSet<String> = owned.map(|table| (*table).to_owned()).collect();
    let of_nobody: Vec<_> = there.difference(&owned).collect();
    assert!(of_nobody.is_empty(), "no entry lists the tables {of_nobody:?}");
    let not_there: Vec<_> = owned.difference(&there).collect();
    assert!(not_there.is_empty(), "no migration makes the tables {not_there:?}");
}

/// The tables of a new file.
async fn tables(file: &Migrator) -> Vec<String> {
    let mut store = SqliteConnection::connect("sqlite::memory:").await.expect("a store");
    file.run(&mut store).await.expect("it is made");
    // An index of words keeps tables of its own, which are its shadows.
    let names = "select name from pragma_table_list where schema = 'main' and type <> 'shadow'
        and name not like 'sqlite_%' and name not like '_sqlx_%'";
    sqlx::query_scalar(names).fetch_all(&mut store).await.expect("its tables")
}

#[test]
fn every_kind_that_serves_somebody_is_there() {
    let there: BTreeSet<Kind> = all().iter().map(|entry| entry.kind).collect();
    for kind in SERVE {
        assert!(there.contains(&kind), "nothing is of the kind {kind:?}");
    }
}

#[test]
fn the_document_has_the_same_table() {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ARCHITECTURE.md");
    let document = fs::read_to_string(document).expect("the document");
    let (_, section) = document.split_once("\n## Who is served by what\n").expect("a section of its own");
    let section = section.split("\n## ").next().expect("its text");
    let said: Vec<&str> = section.lines().filter(|line| line.starts_with('|')).collect();
    let wanted = table();
    assert!(said == wanted, "the table in ARCHITECTURE.md is to be:\n\n{}\n", wanted.join("\n"));
}

/// The table as the document has it.
fn table() -> Vec<String> {
    let mut lines =
        vec![line(["kind", "name", "actor", "aggregate", "phase", "tables", "api"]), "|---".repeat(7) + "|"];
    let word = |word: &dyn std::fmt::Debug| format!("{word:?}").to_lowercase();
    let code = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ");
    for Entry { name, kind, actor, aggregates, phase, tables, api } in all() {
        let (kind, actor, phase) = (word(&kind), word(&actor), word(&phase));
        lines.push(line([&kind, name, &actor, &aggregates.join(", "), &phase, &code(tables), &code(api)]));
    }
    lines.push(line(["", "shared by all", "", "", "", &code(SHARED.tables), &code(SHARED.api)]));
    lines
}

fn line(cells: [&str; 7]) -> String {
    cells.iter().fold("|".to_owned(), |line, cell| format!("{line} {cell} |"))
}

fn entry(name: &str) -> Entry {
    all().into_iter().find(|entry| entry.name == name).expect("it is there")
}
