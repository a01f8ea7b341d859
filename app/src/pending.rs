//! What is on its way on one row: how far the newest act has come, and what speaks against it.

use domain::Row;
use leptos::prelude::*;
use sync::Key;
use sync::outbox::Stage;

use crate::meanwhile::{Meanwhile, Overtaken, meanwhile_on};
use crate::parts::{Notice, Tone};
use crate::words;
use crate::world::{Client, World};

/// The acts on a row that the server's rows do not show yet.
#[derive(Clone, Default, PartialEq)]
pub struct Pending {
    /// How far the newest has come.
    pub stage: Option<Stage>,
    doubt: Option<String>,
    meanwhile: Option<Meanwhile>,
}

/// A row with what is pending on it.
#[derive(Clone, PartialEq)]
pub struct Pinned<T> {
    /// The row, with pending acts over it.
    pub row: T,
    /// What they are.
    pub pending: Pending,
}

/// The rows of a kind that are `wanted`, each with what is pending on it.
pub fn pinned<T: Clone>(client: &Client, kind: &str, wanted: fn(&Row) -> Option<&T>) -> Vec<Pinned<T>> {
    let rows = client.rows_of_kind(kind);
    let pin = |(key, row): &(Key, &Row)| Some(Pinned { row: wanted(row)?.clone(), pending: Pending::of(client, key) });
    rows.iter().filter_map(pin).collect()
}

impl Pending {
    /// What is pending on the row `key`.
    pub fn of(client: &Client, key: &Key) -> Self {
        let pending = client.overlay(key).map(|overlay| &overlay.pending[..]).unwrap_or_default();
        Self {
            stage: pending.last().map(|act| act.stage),
            doubt: pending.iter().find_map(|act| act.forecast.as_ref().err()).map(words::forecast),
            meanwhile: meanwhile_on(client, key),
        }
    }

    /// Its name on the page; empty where nothing is pending.
    pub fn name(&self) -> &'static str {
        self.stage.map(Stage::name).unwrap_or_default()
    }

    /// What a card says of it; nothing where nothing is pending.
    pub fn words(&self) -> Option<AnyView> {
        let stage = self.stage?;
        let doubt = self.doubt.clone().map(|doubt| view! { <Notice tone=Tone::Warning><p>{doubt}</p></Notice> });
        let meanwhile = self.meanwhile.clone().map(|meanwhile| view! { <Overtaken meanwhile /> });
        let calm = (doubt.is_none() && meanwhile.is_none())
            .then(|| view! { <p class="pending">{words::stage(stage, World::here().kept())}</p> });
        Some(view! { {meanwhile}{doubt}{calm} }.into_any())
    }
}
