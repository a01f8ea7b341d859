//! Opening hours: `openingHoursSpecification`, and the older text form `Mo-Fr 11:30-22:00`.

use domain::catalog::{Day, Hours, Span};

use super::document::{Graph, Node, short};
use super::report::Report;

/// The most stretches of a week that are read: three a day, and room.
const SPANS_MAX: usize = 42;

/// Reads a restaurant's hours. One that publishes none takes orders at any time: its staff accept each one.
pub(super) fn read(graph: &Graph<'_>, restaurant: &Node<'_>, report: &mut Report) -> Hours {
    let mut spans: Vec<Span> = vec![];
    let specifications = graph.nodes_found(restaurant, "openingHoursSpecification");
    for node in &specifications {
        spans.extend(specification(node, report));
    }
    if specifications.is_empty() {
        for written in restaurant.texts("openingHours") {
            match shorthand(&written) {
                Some(read) => spans.extend(read),
                None => report.left_out(&restaurant.path, format!("the opening hours {written:?}: not understood")),
            }
        }
    }
    if spans.is_empty() && specifications.is_empty() {
        report.adjusted(&restaurant.path, "no opening hours: taken as open at any time");
        return Hours::always();
    }
    spans.sort_by_key(|span| (span.day, span.opens_min, span.closes_min));
    spans.dedup();
    if spans.len() > SPANS_MAX {
        report.left_out(&restaurant.path, format!("opening hours after the first {SPANS_MAX} stretches"));
        spans.truncate(SPANS_MAX);
    }
    Hours(spans)
}

fn specification(node: &Node<'_>, report: &mut Report) -> Vec<Span> {
    if node.has("validFrom") || node.has("validThrough") {
        report.left_out(&node.path, "hours for certain dates: the weekly hours are kept");
        return vec![];
    }
    let written = (node.text("opens"), node.text("closes"));
    let (Some(opens), Some(closes)) = (written.0.as_deref().and_then(minute), written.1.as_deref().and_then(minute))
    else {
        if written != (None, None) {
            report.left_out(&node.path, "these hours: the times are not like 09:30");
        }
        return vec![];
    };
    // Midnight to midnight is how search engines are told of a day off.
    if (opens, closes) == (0, 0) {
        return vec![];
    }
    let named = node.texts("dayOfWeek");
    let mut days: Vec<Day> = if named.is_empty() { Day::WEEK.to_vec() } else { vec![] };
    for name in named {
        match day(short(&name)) {
            Some(day) => days.push(day),
            None => report.left_out(&node.path, format!("hours on {:?}: not a day of the week", short(&name))),
        }
    }
    days.into_iter().map(|day| span(day, opens, closes)).collect()
}

fn span(day: Day, opens_min: u16, closes_min: u16) -> Span {
    // A day's last minute is meant to include it.
    let closes_min = if closes_min == 1439 { 1440 } else { closes_min };
    Span { day, opens_min, closes_min }
}

/// `Mo-Fr,Su 11:30-22:00`, or days alone for all day long.
fn shorthand(written: &str) -> Option<Vec<Span>> {
    let mut parts = written.split_whitespace();
    let days = parts.next()?;
    let times = parts.next().unwrap_or("00:00-23:59");
    let mut spans = vec![];
    for stretch in days.split(',') {
        let (first, last) = stretch.split_once('-').unwrap_or((stretch, stretch));
        let (first, last) = (day(first)? as usize, day(last)? as usize);
        let count = (last + 7 - first) % 7 + 1;
        for index in first..first + count {
            for time in times.split(',') {
                let (opens, closes) = time.split_once('-')?;
                spans.push(span(Day::WEEK[index % 7], minute(opens)?, minute(closes)?));
            }
        }
    }
    parts.next().is_none().then_some(spans)
}

fn day(name: &str) -> Option<Day> {
    let lower = name.to_ascii_lowercase();
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let at = names
        .iter()
        .position(|full| *full == lower || (lower.len() >= 2 && lower.len() <= 4 && full.starts_with(&lower)));
    at.map(|at| Day::WEEK[at])
}

/// Minutes after midnight of `09:30`, `9:30`, `09:30:00` or `T09:30`.
fn minute(written: &str) -> Option<u16> {
    let written = written.trim_start_matches('T');
    let mut parts = written.split(':');
    let (hour, minute) = (parts.next()?.parse::<u16>().ok()?, parts.next()?.get(..2)?.parse::<u16>().ok()?);
    (minute < 60 && (hour < 24 || (hour, minute) == (24, 0))).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_form_is_read() {
        let span = |day, opens_min, closes_min| Span { day, opens_min, closes_min };
        assert_eq!(
            shorthand("Mo,We 11:30-14:00").expect("hours"),
            [span(Day::Monday, 690, 840), span(Day::Wednesday, 690, 840)]
        );
        assert_eq!(shorthand("Sa-Mo 18:00-02:00").expect("hours").len(), 3);
        assert_eq!(shorthand("Mo-Su").expect("hours").len(), 7);
        assert_eq!(shorthand("daily from ten"), None);
    }

    #[test]
    fn times_are_read_with_and_without_seconds() {
        assert_eq!(["09:30", "9:30", "09:30:00", "24:00"].map(minute), [Some(570), Some(570), Some(570), Some(1440)]);
        assert_eq!(["25:00", "9", "noon", "09:60", "24:30"].map(minute), [None; 5]);
    }
}
