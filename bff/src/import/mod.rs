//! Import: restaurants and menus as they are published for search engines (schema.org, JSON-LD), and made ones for load.
//!
//! Reading is pure, from bytes to [`Offering`]s and a [`Report`], and comes first for every file: one broken file, and
//! nothing is written. A part that cannot be used is left out with its place and the reason; nothing is guessed that a
//! customer would pay for. Order of reading: [`document`] is the graph, then [`restaurant`], [`menu`], [`dish`], [`offer`].

pub(crate) mod command;
mod generate;
mod report;

mod document;
mod html;
mod restaurant;

mod dish;
mod hours;
mod menu;
mod offer;
mod text;

use domain::catalog::{Menu, Restaurant};

pub(crate) use report::{Broken, Line, Report, Verdict};

use document::FILE_BYTES_MAX;

/// A restaurant with everything on its menu.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Offering {
    /// Who offers.
    pub(crate) restaurant: Restaurant,
    /// What.
    pub(crate) menu: Menu,
}

/// What whoever imports may say beside the files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    /// The time zone of restaurants that name none (IANA name).
    pub(crate) zone: Option<String>,
}

/// Reads one file.
///
/// # Errors
/// Why nothing of it can be used, and where that shows.
pub(crate) fn read(bytes: &[u8], options: &Options) -> Result<(Vec<Offering>, Report), Broken> {
    let document = document::Document::read(bytes)?;
    let graph = document.graph();
    let nodes = restaurant::find(&graph);
    if nodes.is_empty() {
        return Err(Broken::whole("there is no schema.org Restaurant (or other FoodEstablishment) with a name in it"));
    }
    let mut report = Report::default();
    let mut offerings: Vec<Offering> = vec![];
    for node in &nodes {
        let read = restaurant::read(&graph, node, nodes.len() == 1, options, &mut report).and_then(|read| {
            let twice = offerings.iter().any(|other| other.restaurant.id == read.restaurant.id);
            if twice { Err(format!("another restaurant here is called {} too", read.restaurant.id)) } else { Ok(read) }
        });
        match read {
            Ok(offering) => {
                report.took(&node.path, summary(&offering));
                offerings.push(offering);
            }
            Err(reason) => {
                let name = node.text("name").unwrap_or_default();
                report.left_out(&node.path, format!("the restaurant {name:?}: {reason}"));
            }
        }
    }
    Ok((offerings, report))
}

/// Whether `text` can be a restaurant's id.
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty() && text::slug(text) == text
}

fn summary(offering: &Offering) -> String {
    let Restaurant { id, name, currency, zone, .. } = &offering.restaurant;
    let (sections, items) = (offering.menu.sections.len(), offering.menu.items().count());
    format!("{name} as {id}: {} in {}, {}, {zone}", count(items, "dish"), count(sections, "section"), currency.code())
}

/// A number with its noun.
fn count(number: usize, noun: &str) -> String {
    let plural = if noun.ends_with("sh") { "es" } else { "s" };
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}{plural}") }
}

#[cfg(test)]
mod tests;
