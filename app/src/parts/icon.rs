//! Icons, drawn in the colour of the text around them. They are decoration: words stand beside or in a label.

use leptos::prelude::*;

/// Which icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Symbol {
    Alert,
    Back,
    Bag,
    Check,
    Clock,
    Cloud,
    Inbox,
    Minus,
    Outbox,
    Person,
    Phone,
    Plus,
    Search,
    Share,
    Trash,
}

impl Symbol {
    fn path(self) -> &'static str {
        match self {
            Self::Alert => "M12 4l9 16H3zM12 10v4M12 17v.1",
            Self::Back => "M15 5l-7 7 7 7",
            Self::Bag => "M5 8h14l1 13H4zM9 11V6a3 3 0 0 1 6 0v5",
            Self::Check => "M5 13l4 4L19 7",
            Self::Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 2",
            Self::Cloud => "M7 18a4 4 0 0 1 0-8 5.5 5.5 0 0 1 10.6 1.5A3.3 3.3 0 0 1 17 18z",
            Self::Inbox => "M4 14v5h16v-5M12 4v11M8 11l4 4 4-4",
            Self::Minus => "M5 12h14",
            Self::Outbox => "M4 14v5h16v-5M12 15V4M8 8l4-4 4 4",
            Self::Person => "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4 21a8 8 0 0 1 16 0",
            Self::Phone => "M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM11 18h2",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Search => "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M16 16l5 5",
            Self::Share => "M7 10H5v11h14V10h-2M12 15V3M8 7l4-4 4 4",
            Self::Trash => "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13",
        }
    }
}

/// An icon as large as the text around it. One that points along the line is mirrored where lines begin at the right.
#[component]
pub fn Icon(symbol: Symbol) -> impl IntoView {
    let class = if symbol == Symbol::Back { "icon points" } else { "icon" };
    view! {
        <svg class=class viewBox="0 0 24 24" aria-hidden="true">
            <path d=symbol.path() />
        </svg>
    }
}
