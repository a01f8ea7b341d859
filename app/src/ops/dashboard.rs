//! How the whole goes, as the server says it, and its parts on a line each.

use domain::OrderId;
use domain::ordering::Status;
use serde::Deserialize;
use sync::Millis;

use crate::parts::time;
use crate::texts::system;
use crate::words;

/// The server's answer.
#[derive(Clone, PartialEq, Deserialize)]
pub(super) struct Dashboard {
    pub(super) at: Millis,
    pub(super) version: String,
    pub(super) parts: Vec<Part>,
    pub(super) store: Stored,
    pub(super) outside: Vec<Outside>,
    pub(super) talks: usize,
    pub(super) clients: Vec<Clients>,
    pub(super) compared: Compared,
    pub(super) orders: UnderWay,
    pub(super) rates: Vec<Rate>,
}

#[derive(Clone, PartialEq, Deserialize)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) how: String,
    #[serde(default)]
    pub(super) behind: usize,
    #[serde(default)]
    pub(super) oldest: Option<Millis>,
    #[serde(default)]
    pub(super) parked: usize,
    pub(super) restarts: usize,
    #[serde(default)]
    pub(super) failed: Option<Failed>,
}

#[derive(Clone, PartialEq, Deserialize)]
pub(super) struct Failed {
    pub(super) at: Millis,
    pub(super) why: String,
}

#[derive(Clone, PartialEq, Deserialize)]
pub(super) struct Stored {
    pub(super) how: String,
    pub(super) truth_bytes: u64,
    pub(super) views_bytes: u64,
    pub(super) facts: u64,
    pub(super) commit_us: u64,
}

#[derive(Clone, PartialEq, Deserialize)]
pub(super) struct Outside {
    pub(super) name: String,
    pub(super) how: String,
    pub(super) waiting: usize,
    #[serde(default)]
    pub(super) oldest: Option<Millis>,
}

#[derive(Clone, PartialEq, Deserialize)]
pub(super) struct Clients {
    pub(super) release: String,
    pub(super) devices: usize,
    pub(super) waiting: usize,
    pub(super) heard_at: Millis,
}

#[derive(Clone, PartialEq, Deserialize)]
pub(super) struct Compared {
    pub(super) at: Option<Millis>,
    pub(super) orders: usize,
    pub(super) differed: usize,
}

#[derive(Clone, PartialEq, Deserialize)]
pub(super) struct UnderWay {
    pub(super) by_status: Vec<Standing>,
    pub(super) oldest: Vec<Waiting>,
}

#[derive(Clone, PartialEq, Deserialize)]
pub(super) struct Standing {
    pub(super) status: Status,
    pub(super) orders: usize,
    pub(super) since: Millis,
}

#[derive(Clone, PartialEq, Deserialize)]
pub(super) struct Waiting {
    pub(super) order: OrderId,
    pub(super) restaurant: String,
    #[serde(default)]
    pub(super) number: Option<u32>,
    pub(super) status: Status,
    pub(super) since: Millis,
}

#[derive(Clone, PartialEq, Deserialize)]
pub(super) struct Rate {
    pub(super) kind: String,
    pub(super) minute: u64,
    pub(super) hour: u64,
    pub(super) day: u64,
}

/// A part on one line, whichever it is.
#[derive(Clone, PartialEq)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) how: String,
    pub(super) says: String,
    pub(super) more: Option<String>,
}

impl Dashboard {
    /// Every part: the store, the systems outside, the server's own tasks.
    pub(super) fn lines(&self) -> Vec<Line> {
        let now = self.at;
        let Stored { how, facts, truth_bytes, views_bytes, commit_us } = &self.store;
        let store = Line {
            name: system::the_store().to_owned(),
            how: how.clone(),
            says: words::commit(*commit_us),
            more: Some(system::store_holds(*facts, &words::bytes(*truth_bytes), &words::bytes(*views_bytes))),
        };
        let outside = self.outside.iter().map(|outside| Line {
            name: words::part(&outside.name),
            how: outside.how.clone(),
            says: words::outside(&outside.how, outside.waiting, outside.oldest, now),
            more: None,
        });
        let parts = self.parts.iter().map(|part| Line {
            name: words::part(&part.name),
            how: part.how.clone(),
            says: words::task(&part.how, part.behind, part.oldest, part.parked, now),
            more: part.failed.as_ref().map(|failed| {
                let (at, why) = (time::moment(failed.at), words::sentence(&failed.why));
                system::began_again(&at, part.restarts as u64, &why)
            }),
        });
        std::iter::once(store).chain(outside).chain(parts).collect()
    }
}

impl Line {
    /// Whether nobody need look at it.
    pub(super) fn is_well(&self) -> bool {
        matches!(self.how.as_str(), "well" | "absent")
    }
}
