//! A dish: its price, what may be chosen with it, what it contains and whom it suits.

use domain::catalog::menu::NAME_CHARS_MAX;
use domain::catalog::{Allergen, Diet, Item, OptionGroup, OptionItem};
use domain::id::{GroupId, ItemId, OptionId};
use domain::{Currency, Money};

use super::document::{Graph, Node, short};
use super::offer;
use super::report::Report;
use super::text::{self, Names};

/// The longest sentence about a dish that is kept, in characters.
pub(super) const DESCRIPTION_CHARS_MAX: usize = 500;

/// The most groups of options a dish has here; more would not be answered on a phone.
pub(super) const GROUPS_MAX: usize = 20;

/// The most options of one group.
pub(super) const OPTIONS_MAX: usize = 60;

/// The properties that are read, of sections and dishes; the report counts the others.
pub(super) const READ: &[&str] = &[
    "name",
    "description",
    "offers",
    "price",
    "priceCurrency",
    "menuAddOn",
    "suitableForDiet",
    "additionalProperty",
    "hasMenuItem",
    "hasMenuSection",
];

/// Reads a dish; its id is what it would like to be called.
///
/// # Errors
/// Why it is left out.
pub(super) fn read(
    graph: &Graph<'_>,
    node: &Node<'_>,
    currency: Currency,
    report: &mut Report,
) -> Result<Item, String> {
    let name = name(node, report)?;
    let priced = offer::read(graph, node, currency, report)?;
    let mut groups: Vec<OptionGroup> = priced.sizes.into_iter().collect();
    add_ons(graph, node, currency, &mut groups, report);
    let id = node.id().and_then(text::id_name).unwrap_or_else(|| text::slug(&name));
    Ok(Item {
        id: ItemId(id),
        name,
        description: description(node, report),
        price: priced.price,
        groups,
        allergens: allergens(graph, node, report),
        diets: diets(node, report),
        availability: priced.availability,
        is_ready_made: is_ready_made(graph, node, report),
    })
}

pub(super) fn name(node: &Node<'_>, report: &mut Report) -> Result<String, String> {
    let name = node.text("name").ok_or("no name")?;
    let (name, cut) = text::shorten(name, NAME_CHARS_MAX);
    if cut {
        report.adjusted(&node.path, format!("a name longer than {NAME_CHARS_MAX} characters was cut: {name:?}"));
    }
    Ok(name)
}

pub(super) fn description(node: &Node<'_>, report: &mut Report) -> String {
    let (description, cut) = text::shorten(node.text("description").unwrap_or_default(), DESCRIPTION_CHARS_MAX);
    if cut {
        report.adjusted(&node.path, format!("a description longer than {DESCRIPTION_CHARS_MAX} characters was cut"));
    }
    description
}

/// `menuAddOn`: a section is a group to choose from; single items are extras, as many as one likes.
fn add_ons(graph: &Graph<'_>, dish: &Node<'_>, currency: Currency, groups: &mut Vec<OptionGroup>, report: &mut Report) {
    let mut names = Names::default();
    groups.iter().for_each(|group| drop(names.claim(&group.id.0)));
    let mut singles = vec![];
    for add_on in graph.nodes(dish, "menuAddOn") {
        match add_on {
            Ok(node) if node.is_any(&["MenuSection"]) => match group(graph, &node, currency, report) {
                Ok(group) => groups.push(OptionGroup { id: GroupId(names.claim(&group.id.0)), ..group }),
                Err(reason) => report.left_out(&node.path, format!("a group of options: {reason}")),
            },
            Ok(node) => singles.push(node),
            Err((path, reason)) => report.left_out(&path, format!("an add-on: {reason}")),
        }
    }
    let options = options(graph, &singles, currency, report);
    if !options.is_empty() {
        let max = count(options.len());
        groups.push(OptionGroup { id: GroupId(names.claim("extras")), name: "Extras".into(), min: 0, max, options });
    }
    if groups.len() > GROUPS_MAX {
        report.left_out(&dish.path, format!("{} groups of options: {GROUPS_MAX} are kept", groups.len() - GROUPS_MAX));
        groups.truncate(GROUPS_MAX);
    }
}

fn group(graph: &Graph<'_>, node: &Node<'_>, currency: Currency, report: &mut Report) -> Result<OptionGroup, String> {
    let name = name(node, report)?;
    let options = options(graph, &graph.nodes_found(node, "hasMenuItem"), currency, report);
    if options.is_empty() {
        return Err("no option in it".into());
    }
    let choices = |property| graph.property(node, property).iter().find_map(|text| text.parse::<u32>().ok());
    let (all, min) = (count(options.len()), choices("minimumChoices").unwrap_or(0));
    let max = choices("maximumChoices").unwrap_or(all).min(all);
    if max == 0 || min > max {
        return Err(format!("{min} to {max} of {all} options can be chosen, which nobody can do"));
    }
    let id = node.id().and_then(text::id_name).unwrap_or_else(|| text::slug(&name));
    Ok(OptionGroup { id: GroupId(id), name, min, max, options })
}

fn options(graph: &Graph<'_>, nodes: &[Node<'_>], currency: Currency, report: &mut Report) -> Vec<OptionItem> {
    let mut names = Names::default();
    let mut options = vec![];
    for node in nodes.iter().take(OPTIONS_MAX) {
        match option(graph, node, currency, report) {
            Ok(option) => options.push(OptionItem { id: OptionId(names.claim(&option.id.0)), ..option }),
            Err(reason) => report.left_out(&node.path, format!("an option: {reason}")),
        }
    }
    if let Some(node) = nodes.get(OPTIONS_MAX) {
        report.left_out(&node.path, format!("{} options: {OPTIONS_MAX} are kept", nodes.len() - OPTIONS_MAX));
    }
    options
}

fn option(graph: &Graph<'_>, node: &Node<'_>, currency: Currency, report: &mut Report) -> Result<OptionItem, String> {
    let name = name(node, report)?;
    let adds = if node.has("offers") || node.has("price") {
        let priced = offer::read(graph, node, currency, report)?;
        if priced.sizes.is_some() {
            return Err(format!("{name:?} has several prices"));
        }
        if !priced.availability.covers(1) {
            return Err(format!("{name:?} is sold out"));
        }
        priced.price
    } else {
        Money::new(0, currency)
    };
    let id = node.id().and_then(text::id_name).unwrap_or_else(|| text::slug(&name));
    Ok(OptionItem { id: OptionId(id), name, adds, allergens: allergens(graph, node, report) })
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

/// Whether the property says that what stands here is served at once, without a kitchen.
pub(super) fn is_ready_made(graph: &Graph<'_>, node: &Node<'_>, report: &mut Report) -> bool {
    let said = graph.property(node, "servedAtOnce").into_iter().next();
    match said.as_deref().map(str::to_lowercase).as_deref() {
        None | Some("false" | "no") => false,
        Some("true" | "yes") => true,
        Some(other) => {
            report.left_out(&node.path, format!("servedAtOnce {other:?}: it is \"true\" or \"false\""));
            false
        }
    }
}

fn allergens(graph: &Graph<'_>, node: &Node<'_>, report: &mut Report) -> Vec<Allergen> {
    let mut known = vec![];
    for written in graph.property(node, "allergens").iter().flat_map(|text| text.split([',', ';'])) {
        match allergen(written.trim()) {
            Some(allergen) => known.push(allergen),
            None => report.left_out(&node.path, format!("the allergen {:?}: not one of the fourteen", written.trim())),
        }
    }
    known.sort();
    known.dedup();
    known
}

fn allergen(written: &str) -> Option<Allergen> {
    let lower = written.to_lowercase();
    let same = |allergen: &Allergen| {
        let name = allergen.name();
        name == lower || name.strip_suffix('s').is_some_and(|one| one == lower)
    };
    Allergen::ALL.into_iter().find(same).or(match lower.as_str() {
        "wheat" | "rye" | "barley" | "oats" | "spelt" | "cereals containing gluten" => Some(Allergen::Gluten),
        "crustacean" | "shellfish" | "shrimp" | "crab" => Some(Allergen::Crustaceans),
        "dairy" | "lactose" => Some(Allergen::Milk),
        "soya" | "soybeans" | "soybean" => Some(Allergen::Soy),
        "tree nuts" | "tree nut" => Some(Allergen::Nuts),
        "sesame seeds" => Some(Allergen::Sesame),
        "sulfites" | "sulphur dioxide" | "sulfur dioxide" => Some(Allergen::Sulphites),
        "mollusks" | "mollusk" | "mollusc" => Some(Allergen::Molluscs),
        _ => None,
    })
}

fn diets(node: &Node<'_>, report: &mut Report) -> Vec<Diet> {
    let mut known = vec![];
    for value in node.values("suitableForDiet") {
        let id = value.value.get("@id").and_then(serde_json::Value::as_str).map(str::to_owned);
        let Some(written) = value.text().or(id) else { continue };
        match short(&written).trim_end_matches("Diet") {
            "Vegan" => known.push(Diet::Vegan),
            "Vegetarian" => known.push(Diet::Vegetarian),
            "GlutenFree" => known.push(Diet::GlutenFree),
            "Halal" => known.push(Diet::Halal),
            "Kosher" => known.push(Diet::Kosher),
            "LowLactose" => known.push(Diet::LowLactose),
            other => report.left_out(&value.path, format!("the diet {other:?}: not one that is shown")),
        }
    }
    known.sort();
    known.dedup();
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn allergens_are_known_by_their_other_names_too() {
        assert_eq!(allergen("Egg"), Some(Allergen::Eggs));
        assert_eq!(allergen("soya"), Some(Allergen::Soy));
        assert_eq!(allergen("Tree nuts"), Some(Allergen::Nuts));
        assert_eq!(allergen("strawberries"), None);
    }
}
