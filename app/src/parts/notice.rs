//! What stands where something is missing, loading, wrong or well.

use leptos::prelude::*;

use super::{Icon, Symbol};
use crate::texts::parts;

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Info,
    /// It went well.
    Good,
    /// It may go wrong.
    Warning,
    /// It went wrong.
    Bad,
}

impl Tone {
    /// Its name in the style sheet.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Bad => "bad",
        }
    }

    fn symbol(self) -> Symbol {
        match self {
            Self::Info => Symbol::Cloud,
            Self::Good => Symbol::Check,
            Self::Warning | Self::Bad => Symbol::Alert,
        }
    }
}

/// A few words in a box.
#[component]
pub fn Notice(tone: Tone, children: Children) -> impl IntoView {
    view! {
        <div class=format!("notice {}", tone.name())>
            <Icon symbol=tone.symbol() />
            <div class="notice-words">{children()}</div>
        </div>
    }
}

/// A screen that has nothing to show, why, and what to do about it.
#[component]
pub fn Empty(
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title">{title}</p>
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// The shape of rows that are on their way.
#[component]
pub fn Skeleton(rows: usize) -> impl IntoView {
    view! {
        <div class="skeleton" role="status" aria-label=parts::loading()>
            {(0..rows).map(|_| view! { <div class="skeleton-row"></div> }).collect_view()}
        </div>
    }
}

/// An address that leads nowhere.
#[component]
pub fn Missing(home: &'static str) -> impl IntoView {
    view! {
        <super::Page title=parts::nothing_here().to_owned()>
            <Empty title=parts::leads_nowhere() text=parts::an_old_link()>
                <a class="button primary" href=home>{parts::to_the_start()}</a>
            </Empty>
        </super::Page>
    }
}
