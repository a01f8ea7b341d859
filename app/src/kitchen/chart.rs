//! Orders by day as a picture: a bar a day, what was cooked below and what came to nothing above it. The numbers are in the cards
//! under it, so a screen reader passes the picture by.

use leptos::prelude::*;

use crate::texts::kitchen;

/// The most days in one picture: two weeks can be told apart on the narrowest phone.
const DAYS_MAX: usize = 14;

/// How wide and high the picture is, in its own units.
const SIZE: (f64, f64) = (320.0, 140.0);

/// What stays free for the days' names below, and for the largest number above.
const BELOW: f64 = 18.0;
const ABOVE: f64 = 16.0;

/// A day's orders.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bar {
    /// Year, month and day, with dashes.
    pub(super) day: String,
    pub(super) placed: usize,
    /// How many of those came to nothing.
    pub(super) lost: usize,
}

/// Where a bar stands: from the left, how wide, and how high both its parts are.
#[derive(Debug, PartialEq)]
struct Column {
    left: f64,
    width: f64,
    kept: f64,
    lost: f64,
}

/// The bars side by side, the earliest first, the highest as high as there is room.
fn columns(bars: &[Bar]) -> Vec<Column> {
    let most = bars.iter().map(|bar| bar.placed).max().unwrap_or(0).max(1) as f64;
    let step = SIZE.0 / bars.len().max(1) as f64;
    let high = |count: usize| count as f64 / most * (SIZE.1 - BELOW - ABOVE);
    let column = |(index, bar): (usize, &Bar)| {
        let lost = bar.lost.min(bar.placed);
        // A quarter between two of them is free.
        Column {
            left: (index as f64 + 0.125) * step,
            width: step * 0.75,
            kept: high(bar.placed - lost),
            lost: high(lost),
        }
    };
    bars.iter().enumerate().map(column).collect()
}

/// `days` come the latest first; one alone is no picture.
pub(super) fn chart(days: Vec<Bar>) -> Option<impl IntoView> {
    let bars: Vec<_> = days.into_iter().take(DAYS_MAX).rev().collect();
    (bars.len() > 1).then(|| {
        let ground = SIZE.1 - BELOW;
        let drawn = bars.iter().zip(columns(&bars)).map(|(bar, Column { left, width, kept, lost })| {
            let middle = left + width / 2.0;
            let day = bar.day.rsplit('-').next().unwrap_or_default().trim_start_matches('0').to_owned();
            view! {
                <rect class="bar-kept" x=left y=ground - kept width=width height=kept />
                <rect class="bar-lost" x=left y=ground - kept - lost width=width height=lost />
                <text x=middle y=ground - kept - lost - 4.0>{bar.placed}</text>
                <text x=middle y=SIZE.1 - 4.0>{day}</text>
            }
        });
        let drawn = drawn.collect_view();
        view! {
            <figure class="panel chart" data-test="chart" data-days=bars.len().to_string()>
                <figcaption><h2>{kitchen::chart_orders()}</h2></figcaption>
                <svg viewBox=format!("0 0 {} {}", SIZE.0, SIZE.1) aria-hidden="true">{drawn}</svg>
                <ul class="sketch-legend" aria-hidden="true">
                    <li><svg viewBox="0 0 20 20"><rect class="bar-kept" x="2" y="2" width="16" height="16" /></svg>{kitchen::chart_kept()}</li>
                    <li><svg viewBox="0 0 20 20"><rect class="bar-lost" x="2" y="2" width="16" height="16" /></svg>{kitchen::chart_lost()}</li>
                </ul>
            </figure>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(day: &str, placed: usize, lost: usize) -> Bar {
        Bar { day: day.into(), placed, lost }
    }

    #[test]
    fn the_best_day_fills_the_picture_and_all_stand_side_by_side() {
        let columns = columns(&[bar("2026-11-28", 10, 0), bar("2026-11-29", 40, 10), bar("2026-11-30", 0, 0)]);
        let room = SIZE.1 - BELOW - ABOVE;
        let high = |column: &Column| column.kept + column.lost;
        assert!((high(&columns[1]) - room).abs() < 0.01 && (columns[1].lost - room / 4.0).abs() < 0.01, "{columns:?}");
        assert!((high(&columns[0]) - room / 4.0).abs() < 0.01 && high(&columns[2]).abs() < 0.01, "{columns:?}");
        assert!(columns.windows(2).all(|pair| pair[0].left + pair[0].width < pair[1].left), "{columns:?}");
        assert!(columns[2].left + columns[2].width <= SIZE.0);
    }

    #[test]
    fn a_day_on_which_more_was_cancelled_than_placed_is_no_bar_below_the_ground() {
        let columns = columns(&[bar("2026-11-29", 2, 3), bar("2026-11-30", 4, 0)]);
        assert!(columns[0].kept.abs() < 0.01 && columns[0].lost > 0.0, "{columns:?}");
        assert_eq!(super::columns(&[]), []);
    }
}
