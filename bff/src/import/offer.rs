//! Prices: `Offer`s of a dish, one for a price and several for its sizes.

use domain::catalog::{Availability, OptionGroup, OptionItem};
use domain::id::{GroupId, OptionId};
use domain::{Currency, Money};

use super::document::{Graph, Node, short};
use super::report::Report;
use super::text::{self, Names};

/// The most offers of one dish that are read: more is a catalogue, not a choice of sizes.
pub(super) const OFFERS_MAX: usize = 20;

/// What a dish costs, in which sizes, and whether it can be had.
pub(super) struct Priced {
    /// Of the cheapest size.
    pub(super) price: Money,
    /// The sizes, where there are several.
    pub(super) sizes: Option<OptionGroup>,
    /// Whether any size can be had.
    pub(super) availability: Availability,
}

struct Offer {
    name: Option<String>,
    id: Option<String>,
    price: Money,
    availability: Availability,
    path: String,
}

/// Reads the offers of a dish or an option.
///
/// # Errors
/// Why it has no price here. No price is ever guessed.
pub(super) fn read(
    graph: &Graph<'_>,
    dish: &Node<'_>,
    currency: Currency,
    report: &mut Report,
) -> Result<Priced, String> {
    let mut offers: Vec<Offer> = vec![];
    let mut why_not = None;
    for node in candidates(graph, dish)? {
        match offer(graph, &node, currency, report) {
            Ok(offer) if offers.iter().any(|known| known.price == offer.price && known.name == offer.name) => {}
            Ok(offer) => offers.push(offer),
            Err(reason) => why_not = Some((node.path.clone(), reason)),
        }
    }
    match (offers.len(), why_not) {
        (0, None) => Err("no price".into()),
        (0, Some((_, reason))) => Err(reason),
        (1, why_not) => {
            why_not.into_iter().for_each(|(path, reason)| report.left_out(&path, format!("an offer: {reason}")));
            let offer = offers.remove(0);
            Ok(Priced { price: offer.price, sizes: None, availability: offer.availability })
        }
        (_, why_not) => {
            why_not.into_iter().for_each(|(path, reason)| report.left_out(&path, format!("a size: {reason}")));
            sized(offers, report)
        }
    }
}

/// The nodes that may hold a price: the offers, the offers inside an aggregate, or the dish itself where a site writes
/// `price` straight into it.
fn candidates<'a>(graph: &Graph<'a>, dish: &Node<'a>) -> Result<Vec<Node<'a>>, String> {
    let mut nodes = vec![];
    for offer in graph.nodes(dish, "offers") {
        let offer = offer.map_err(|(_, reason)| format!("its offer {reason}"))?;
        let inner = graph.nodes_found(&offer, "offers");
        if offer.is_any(&["AggregateOffer"]) && !inner.is_empty() {
            nodes.extend(inner);
        } else {
            nodes.push(offer);
        }
    }
    if nodes.is_empty() && dish.has("price") {
        nodes.push(dish.clone());
    }
    if nodes.len() > OFFERS_MAX {
        return Err(format!("it has {} offers, more than the {OFFERS_MAX} that are read", nodes.len()));
    }
    Ok(nodes)
}

fn offer(graph: &Graph<'_>, node: &Node<'_>, ours: Currency, report: &mut Report) -> Result<Offer, String> {
    let specification = graph.nodes_found(node, "priceSpecification").into_iter().next();
    let holder = if node.has("price") { node } else { specification.as_ref().unwrap_or(node) };
    let range = |name| holder.text(name);
    let written = match (holder.text("price"), range("lowPrice"), range("highPrice")) {
        (Some(price), _, _) => price,
        (None, Some(low), Some(high)) if low == high => low,
        (None, Some(low), high) => {
            let high = high.map_or_else(String::new, |high| format!(" to {high}"));
            return Err(format!("a range of prices ({low}{high}) is no price"));
        }
        _ => return Err("no price".into()),
    };
    if let Some(theirs) = holder.text("priceCurrency").or_else(|| node.text("priceCurrency"))
        && theirs != ours.code()
    {
        return Err(format!("priced in {theirs}, the restaurant charges {}", ours.code()));
    }
    let plain = plain_amount(&written, ours);
    let price = Money::parse(&plain, ours).map_err(|why| why.to_string())?;
    if plain != written {
        report.adjusted(&holder.path, format!("read the price {written:?} as {price}"));
    }
    let item = graph.nodes_found(node, "itemOffered").into_iter().next();
    let name =
        [node.text("name"), item.and_then(|item| item.text("name")), node.text("size"), node.text("description")];
    Ok(Offer {
        name: name.into_iter().flatten().next(),
        id: node.id().and_then(text::id_name),
        price,
        availability: availability(graph, node),
        path: node.path.clone(),
    })
}

/// An amount as schema.org wants it, from one with a currency sign or a decimal comma.
fn plain_amount(written: &str, currency: Currency) -> String {
    let is_sign = |letter: char| letter.is_whitespace() || matches!(letter, '€' | '$' | '£' | '¥' | '₹' | '₩');
    let bare = written.trim_matches(is_sign);
    let bare = bare.strip_prefix(currency.code()).or_else(|| bare.strip_suffix(currency.code())).unwrap_or(bare);
    let bare = bare.trim_matches(is_sign);
    match bare.split_once(',') {
        Some((whole, part)) if matches!(part.len(), 1 | 2) && !whole.contains('.') => format!("{whole}.{part}"),
        _ => bare.to_owned(),
    }
}

fn availability(graph: &Graph<'_>, offer: &Node<'_>) -> Availability {
    let said = offer.text("availability").unwrap_or_default();
    if matches!(short(&said), "SoldOut" | "OutOfStock" | "Discontinued") {
        return Availability::SoldOut;
    }
    let counted = graph.nodes_found(offer, "inventoryLevel").iter().find_map(|level| level.number("value"));
    match counted.or_else(|| offer.number("inventoryLevel")) {
        // Portions are whole, and what no kitchen cooks in a day is no count.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Some(left) if (0.0..=100_000.0).contains(&left) => Availability::Left(left as u32),
        _ => Availability::Available,
    }
}

/// Sizes to choose one of; the dish costs what the cheapest does.
fn sized(offers: Vec<Offer>, report: &mut Report) -> Result<Priced, String> {
    if offers.iter().any(|offer| offer.name.is_none()) {
        return Err(format!("{} prices, and no name says which is for what", offers.len()));
    }
    let (on, off): (Vec<_>, Vec<_>) = offers.into_iter().partition(|offer| offer.availability != Availability::SoldOut);
    let (kept, availability) = if on.is_empty() {
        (off, Availability::SoldOut)
    } else {
        for offer in &off {
            report.left_out(&offer.path, format!("the size {:?}: sold out", offer.name.as_deref().unwrap_or_default()));
        }
        let availability = on.iter().map(|offer| offer.availability).find(|known| *known != Availability::Available);
        (on, availability.unwrap_or_default())
    };
    let price = kept.iter().map(|offer| offer.price).min_by_key(|price| price.minor).expect("there are several offers");
    let mut names = Names::default();
    let option = |offer: Offer| {
        let name = offer.name.unwrap_or_default();
        let wanted = offer.id.unwrap_or_else(|| text::slug(&name));
        let adds = Money::new(offer.price.minor - price.minor, price.currency);
        OptionItem { id: OptionId(names.claim(&wanted)), name, adds, allergens: vec![] }
    };
    let options = kept.into_iter().map(option).collect();
    let sizes = OptionGroup { id: GroupId::from("size"), name: "Size".into(), min: 1, max: 1, options };
    Ok(Priced { price, sizes: Some(sizes), availability })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (written, plain) in [
            ("9.50", "9.50"),
            ("€ 9,50", "9.50"),
            ("9,5", "9.5"),
            ("EUR 9", "9"),
            ("1,200", "1,200"),
            ("$12.00", "12.00"),
        ] {
            assert_eq!(plain_amount(written, Currency::EUR), plain, "{written}");
        }
    }
}
