//! A restaurant: who it is, where, in which currency and time zone, and which menus are its own.

use domain::catalog::Restaurant;
use domain::id::ZoneId;
use domain::{Currency, RestaurantId};
use serde_json::{Map, Value};

use super::document::{Graph, Node, short};
use super::menu::Reader;
use super::report::Report;
use super::{Offering, Options, dish, hours, text};

/// schema.org's `FoodEstablishment` and everything more specific.
const TYPES: [&str; 10] = [
    "FoodEstablishment",
    "Restaurant",
    "Bakery",
    "BarOrPub",
    "Brewery",
    "CafeOrCoffeeShop",
    "Distillery",
    "FastFoodRestaurant",
    "IceCreamShop",
    "Winery",
];

/// The properties that are read; the report names the others.
const READ: &[&str] = &[
    "name",
    "description",
    "servesCuisine",
    "address",
    "geo",
    "telephone",
    "currenciesAccepted",
    "openingHoursSpecification",
    "openingHours",
    "additionalProperty",
    "hasMenu",
    "menu",
    "hasMenuSection",
    "hasMenuItem",
];

/// The longest time that a meal is said to take, in minutes: who cooks for longer takes orders for another day.
const LEAD_MIN_MAX: u16 = 4 * 60;

/// The most cuisines that are kept; they are shown on one line.
const CUISINES_MAX: usize = 8;

/// The restaurants of a document, wherever they stand in it, each once.
pub(super) fn find<'a>(graph: &Graph<'a>) -> Vec<Node<'a>> {
    let mut found: Vec<Node<'a>> = vec![];
    for root in &graph.roots {
        walk(root.clone(), &mut found);
    }
    found
}

fn walk<'a>(node: Node<'a>, found: &mut Vec<Node<'a>>) {
    if node.is_any(&TYPES) && node.has("name") {
        let known = |other: &Node<'_>| other.path == node.path || (node.id().is_some() && other.id() == node.id());
        if !found.iter().any(known) {
            found.push(node);
        }
        return;
    }
    for name in node.map.keys().filter(|name| *name != "@graph" && *name != "@context") {
        for value in node.values(short(name)) {
            if let Value::Object(map) = value.value {
                walk(Node { map, path: value.path }, found);
            }
        }
    }
}

/// Reads a restaurant with its menu. `alone` is whether the document has no other.
///
/// # Errors
/// Why it is left out.
pub(super) fn read<'a>(
    graph: &Graph<'a>,
    node: &Node<'a>,
    alone: bool,
    options: &Options,
    report: &mut Report,
) -> Result<Offering, String> {
    let name = dish::name(node, report)?;
    let id = RestaurantId(node.id().and_then(own_name).unwrap_or_else(|| text::slug(&name)));
    let menus = menus(graph, node, alone, report)?;
    let currency =
        currency(graph, node, &menus).ok_or("no currency: neither currenciesAccepted nor a priceCurrency")?;
    let zone = zone(graph, node, options, report)?;
    let restaurant = Restaurant {
        id: id.clone(),
        name,
        description: dish::description(node, report),
        cuisines: cuisines(node, report),
        address: address(graph, node),
        geo: geo(graph, node),
        drivers: drivers(graph, node),
        telephone: node.text("telephone").map(|text| text::shorten(text, 40).0).unwrap_or_default(),
        currency,
        zone,
        hours: hours::read(graph, node, report),
        lead_min: lead_min(graph, node, report),
        rush_min: 0,
        closed_for_now: false,
    };
    let unread = node.map.keys().map(|key| short(key)).filter(|key| !key.starts_with('@') && !READ.contains(key));
    let unread: Vec<&str> = unread.collect();
    if !unread.is_empty() {
        report.left_out(&node.path, format!("{}: not kept", unread.join(", ")));
    }
    let menu = Reader::new(graph, currency, report).read(&id, &menus)?;
    Ok(Offering { restaurant, menu })
}

/// The name in an address of the form that we publish ourselves, `https://HOST/r/NAME`. Any other `@id` says where a
/// page is, not what the restaurant is called.
fn own_name(id: &str) -> Option<String> {
    let (_, path) = id.split_once("://")?.1.split_once('/')?;
    let name = path.strip_prefix("r/")?;
    (!name.is_empty() && text::slug(name) == name).then(|| name.to_owned())
}

/// The restaurant's menus: named by it, written straight into it, or, where it is alone in the document, the menus that
/// stand beside it.
fn menus<'a>(graph: &Graph<'a>, node: &Node<'a>, alone: bool, report: &mut Report) -> Result<Vec<Node<'a>>, String> {
    let mut menus = vec![];
    for property in ["hasMenu", "menu"] {
        for menu in graph.nodes(node, property) {
            match menu {
                Ok(menu) => menus.push(menu),
                Err((path, reason)) => report.left_out(&path, format!("a menu: {reason}")),
            }
        }
    }
    if menus.is_empty() && (node.has("hasMenuSection") || node.has("hasMenuItem")) {
        menus.push(node.clone());
    }
    if menus.is_empty() && alone {
        menus.extend(graph.roots.iter().filter(|root| root.is_any(&["Menu"])).cloned());
    }
    let mut seen = vec![];
    menus.retain(|menu| {
        !seen.contains(&menu.path) && {
            seen.push(menu.path.clone());
            true
        }
    });
    if menus.is_empty() { Err("no menu".into()) } else { Ok(menus) }
}

/// What the restaurant says it takes, or else what the first price of its menus, or of the document, is in.
fn currency(graph: &Graph<'_>, node: &Node<'_>, menus: &[Node<'_>]) -> Option<Currency> {
    let accepted = node.texts("currenciesAccepted").join(" ");
    let named = accepted.split(|letter: char| !letter.is_ascii_alphabetic()).find_map(Currency::new);
    named.or_else(|| menus.iter().chain(&graph.roots).find_map(|node| price_currency(node.map)))
}

fn price_currency(map: &Map<String, Value>) -> Option<Currency> {
    let named = map.get("priceCurrency").and_then(Value::as_str).and_then(Currency::new);
    named.or_else(|| map.values().find_map(first_currency))
}

fn first_currency(value: &Value) -> Option<Currency> {
    match value {
        Value::Object(map) => price_currency(map),
        Value::Array(values) => values.iter().find_map(first_currency),
        _ => None,
    }
}

/// The time zone: named by the document, or by whoever imports, or the only one of its country.
fn zone(graph: &Graph<'_>, node: &Node<'_>, options: &Options, report: &mut Report) -> Result<String, String> {
    if let Some(named) = graph.property(node, "timeZone").into_iter().next() {
        return match jiff::tz::TimeZone::get(&named) {
            Ok(_) => Ok(named),
            Err(_) => Err(format!("the time zone {named:?} is not known")),
        };
    }
    if let Some(given) = &options.zone {
        report.adjusted(&node.path, format!("no time zone: taken as {given}, as asked"));
        return Ok(given.clone());
    }
    let country = graph.nodes_found(node, "address").iter().find_map(|address| {
        let named = graph.nodes_found(address, "addressCountry").iter().find_map(|country| country.text("name"));
        address.text("addressCountry").or(named)
    });
    let zone = country.as_deref().and_then(only_zone);
    let zone = zone.ok_or("no time zone: name one as additionalProperty timeZone, or give --zone")?;
    report.adjusted(&node.path, format!("no time zone: taken as {zone}, the only one of its country"));
    Ok(zone.to_owned())
}

/// The time zone of countries whose inhabited land keeps one time (IANA tz database, zone1970.tab), by ISO 3166 code.
fn only_zone(country: &str) -> Option<&'static str> {
    Some(match country {
        "AT" => "Europe/Vienna",
        "BE" => "Europe/Brussels",
        "BG" => "Europe/Sofia",
        "CH" => "Europe/Zurich",
        "CZ" => "Europe/Prague",
        "DE" => "Europe/Berlin",
        "DK" => "Europe/Copenhagen",
        "FI" => "Europe/Helsinki",
        "FR" => "Europe/Paris",
        "GB" => "Europe/London",
        "GR" => "Europe/Athens",
        "HR" => "Europe/Zagreb",
        "HU" => "Europe/Budapest",
        "IE" => "Europe/Dublin",
        "IL" => "Asia/Jerusalem",
        "IN" => "Asia/Kolkata",
        "IT" => "Europe/Rome",
        "JP" => "Asia/Tokyo",
        "KR" => "Asia/Seoul",
        "LU" => "Europe/Luxembourg",
        "NL" => "Europe/Amsterdam",
        "NO" => "Europe/Oslo",
        "PL" => "Europe/Warsaw",
        "RO" => "Europe/Bucharest",
        "SE" => "Europe/Stockholm",
        "SG" => "Asia/Singapore",
        "SI" => "Europe/Ljubljana",
        "SK" => "Europe/Bratislava",
        "TH" => "Asia/Bangkok",
        "TR" => "Europe/Istanbul",
        "VN" => "Asia/Ho_Chi_Minh",
        "ZA" => "Africa/Johannesburg",
        _ => return None,
    })
}

fn cuisines(node: &Node<'_>, report: &mut Report) -> Vec<String> {
    let listed = node.texts("servesCuisine");
    let mut cuisines: Vec<String> =
        listed.iter().flat_map(|text| text.split(',')).map(|text| text::shorten(text.trim().into(), 40).0).collect();
    cuisines.retain(|cuisine| !cuisine.is_empty());
    if cuisines.len() > CUISINES_MAX {
        report.left_out(&node.path, format!("cuisines after the first {CUISINES_MAX}"));
        cuisines.truncate(CUISINES_MAX);
    }
    cuisines
}

/// Street, postal code and town on one line.
fn address(graph: &Graph<'_>, node: &Node<'_>) -> String {
    let Some(address) = graph.nodes_found(node, "address").into_iter().next() else {
        return text::shorten(node.text("address").unwrap_or_default(), 200).0;
    };
    let town = [address.text("postalCode"), address.text("addressLocality")];
    let town = town.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let parts = [address.text("streetAddress").unwrap_or_default(), town];
    let line = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    text::shorten(line, 200).0
}

/// Whose drivers bring its meals, where the document says so; a name like that of a restaurant.
fn drivers(graph: &Graph<'_>, node: &Node<'_>) -> Option<ZoneId> {
    let named = graph.property(node, "deliveryZone").into_iter().next()?;
    Some(text::slug(&named)).filter(|zone| !zone.is_empty()).map(ZoneId)
}

/// How long a meal takes in its kitchen, where the document says so in a way that can be planned by.
fn lead_min(graph: &Graph<'_>, node: &Node<'_>, report: &mut Report) -> Option<u16> {
    let named = graph.property(node, "leadTimeMinutes").into_iter().next()?;
    let minutes = named.trim().parse().ok().filter(|minutes| (1..=LEAD_MIN_MAX).contains(minutes));
    if minutes.is_none() {
        report.left_out(&node.path, format!("leadTimeMinutes {named:?}: a number between 1 and {LEAD_MIN_MAX}"));
    }
    minutes
}

fn geo(graph: &Graph<'_>, node: &Node<'_>) -> Option<(f64, f64)> {
    let geo = graph.nodes_found(node, "geo").into_iter().next()?;
    let place = (geo.number("latitude")?, geo.number("longitude")?);
    (place.0.abs() <= 90.0 && place.1.abs() <= 180.0).then_some(place)
}
