//! Pages of what has a moment and a name: where one ends and the next goes on, and how much a page holds.

use std::fmt;
use std::str::FromStr;

use axum::http::StatusCode;
use sync::{Key, Millis};

use super::problem::Problem;

/// How many a page holds, where nobody says: a phone's screen or three.
const LIMIT: u32 = 20;

/// The most: a page is at most some hundred kilobytes then.
const LIMIT_MAX: u32 = 50;

/// The last of a page; the next begins behind it. Two of one moment are told apart by their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) at: Millis,
    pub(crate) of: Key,
}

impl fmt::Display for Cursor {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(text, "{}.{}", self.at, self.of)
    }
}

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (at, of) = text.split_once('.').ok_or(())?;
        let (kind, id) = of.split_once('/').ok_or(())?;
        Ok(Self { at: at.parse().map_err(|_| ())?, of: Key::new(kind, id) })
    }
}

/// What somebody asked for with `before`, as the page before said it.
///
/// # Errors
/// It was not said by a page.
pub(crate) fn before(text: Option<&str>) -> Result<Option<Cursor>, Problem> {
    let cursor = text.map(str::parse::<Cursor>).transpose();
    cursor.map_err(|()| {
        Problem::new(StatusCode::BAD_REQUEST, "bad-cursor", "no page ends there")
            .detail("Give as before what a page said as next, or leave it out to begin with the latest.")
    })
}

/// How many somebody asked for.
///
/// # Errors
/// So many are not handed out at once.
pub(crate) fn limit(text: Option<&str>) -> Result<u32, Problem> {
    match text.map(str::parse::<u32>) {
        None => Ok(LIMIT),
        Some(Ok(limit)) if (1..=LIMIT_MAX).contains(&limit) => Ok(limit),
        Some(_) => Err(Problem::new(StatusCode::BAD_REQUEST, "bad-limit", "so many cannot be asked for").detail(
            format!("Ask for 1 to {LIMIT_MAX}, or leave it out to have {LIMIT}; next says where a page goes on."),
        )),
    }
}

/// Cuts what was found of `limit` and one more to a page; what to ask for as `before` to have the next, where there is one.
pub(crate) fn page<T>(found: &mut Vec<T>, limit: u32, cursor: impl FnOnce(&T) -> Cursor) -> Option<String> {
    let is_more = found.len() > limit as usize;
    found.truncate(limit as usize);
    found.last().filter(|_| is_more).map(|last| cursor(last).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_and_what_no_page_said_is_not() {
        let cursor = Cursor { at: 1_795_991_400_000, of: Key::new("order", "01a1") };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for wrong in ["", "7", "7.", "7.order", "seven.order/1", ".order/1"] {
            assert_eq!(wrong.parse::<Cursor>(), Err(()), "{wrong}");
        }
    }
}
