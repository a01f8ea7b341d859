//! Made restaurants, for load: as many as asked for, plausible, and the same ones each time.
//!
//! A restaurant is made from its number alone, so that the first thousand of two thousand are the thousand of before.

use domain::catalog::{Allergen, Availability, Day, Diet, Hours, Item, Menu, OptionGroup, OptionItem, Restaurant};
use domain::catalog::{Section, Span};
use domain::id::{GroupId, OptionId};
use domain::{Currency, ItemId, Money, RestaurantId};

use super::Offering;
use super::text::{self, Names};

/// The most that are made at once: a large city's worth, which still fits in memory whole.
pub(crate) const RESTAURANTS_MAX: u32 = 5_000;

const FIRST: [&str; 16] = [
    "Amber", "Blue", "Copper", "Dancing", "Early", "Fallow", "Golden", "Hidden", "Iron", "Jolly", "Little", "Merry",
    "North", "Quiet", "Red", "Silver",
];
const SECOND: [&str; 16] = [
    "Anchor", "Badger", "Copse", "Dolphin", "Elm", "Fig", "Goose", "Heron", "Ivy", "Kettle", "Lantern", "Mill",
    "Otter", "Pear", "Quince", "Wheel",
];
const KITCHENS: [(&str, &str, &str); 10] = [
    ("Italian", "Europe/Rome", "EUR"),
    ("Bistro", "Europe/Paris", "EUR"),
    ("Tapas", "Europe/Madrid", "EUR"),
    ("Grill", "Europe/Berlin", "EUR"),
    ("Curry", "Europe/London", "GBP"),
    ("Ramen", "Asia/Tokyo", "JPY"),
    ("Diner", "America/New_York", "USD"),
    ("Tacos", "America/Mexico_City", "MXN"),
    ("Noodles", "Asia/Bangkok", "THB"),
    ("Smørrebrød", "Europe/Copenhagen", "DKK"),
];
const SECTIONS: [&str; 6] = ["Starters", "Soups", "Mains", "Sides", "Sweets", "Drinks"];
const WAYS: [&str; 12] = [
    "Baked",
    "Braised",
    "Charred",
    "Crisp",
    "Glazed",
    "Grilled",
    "Marinated",
    "Pickled",
    "Roast",
    "Smoked",
    "Spiced",
    "Warm",
];
const THINGS: [(&str, &[Allergen], &[Diet]); 12] = [
    ("aubergine", &[], &[Diet::Vegan]),
    ("barley", &[Allergen::Gluten], &[Diet::Vegan]),
    ("cauliflower", &[], &[Diet::Vegan]),
    ("chicken", &[], &[]),
    ("cod", &[Allergen::Fish], &[]),
    ("duck", &[], &[]),
    ("egg noodles", &[Allergen::Gluten, Allergen::Eggs], &[Diet::Vegetarian]),
    ("halloumi", &[Allergen::Milk], &[Diet::Vegetarian]),
    ("lamb", &[], &[]),
    ("mussels", &[Allergen::Molluscs], &[]),
    ("prawns", &[Allergen::Crustaceans], &[]),
    ("tofu", &[Allergen::Soy], &[Diet::Vegan]),
];
const WITH: [&str; 10] = [
    "apple and mustard",
    "brown butter",
    "chilli and lime",
    "garlic greens",
    "ginger",
    "herbs and lemon",
    "pepper sauce",
    "plum chutney",
    "saffron rice",
    "walnut cream",
];

/// The restaurants numbered 1 to `count`, each with its menu.
pub(crate) fn restaurants(count: u32) -> impl Iterator<Item = Offering> {
    (1..=count).map(offering)
}

fn offering(number: u32) -> Offering {
    let mut dice = Dice(u64::from(number));
    let (kitchen, zone, currency) = dice.pick(&KITCHENS);
    let currency = Currency::new(currency).expect("the table holds currency codes");
    let name = format!("{} {} {kitchen} {number}", dice.pick(&FIRST), dice.pick(&SECOND));
    let id = RestaurantId(format!("made-{number}"));
    let restaurant = Restaurant {
        id: id.clone(),
        name,
        description: format!("{kitchen} from a kitchen that nobody built."),
        cuisines: vec![kitchen.into()],
        address: format!("{} {} Street", 1 + dice.up_to(200), dice.pick(&SECOND)),
        geo: None,
        drivers: None,
        telephone: String::new(),
        currency,
        zone: zone.into(),
        hours: hours(&mut dice),
        lead_min: None,
        rush_min: 0,
        closed_for_now: false,
    };
    let mut names = Names::default();
    let sections = SECTIONS.map(|heading| Section {
        name: heading.into(),
        items: (0..4 + dice.up_to(6)).map(|_| item(&mut dice, currency, &mut names)).collect(),
    });
    Offering { restaurant, menu: Menu { restaurant: id, sections: sections.to_vec() } }
}

fn hours(dice: &mut Dice) -> Hours {
    // One in three never closes, so that a load test finds somebody open at any time.
    if dice.up_to(3) == 0 {
        return Hours::always();
    }
    let (opens_min, closes_min) = dice.pick(&[(660, 1320), (690, 1380), (1020, 60), (420, 960)]);
    Hours(Day::WEEK.map(|day| Span { day, opens_min, closes_min }).to_vec())
}

fn item(dice: &mut Dice, currency: Currency, names: &mut Names) -> Item {
    let (way, (thing, allergens, diets), with) = (dice.pick(&WAYS), dice.pick(&THINGS), dice.pick(&WITH));
    let name = format!("{way} {thing} with {with}");
    let mut allergens = allergens.to_vec();
    if with == "walnut cream" {
        allergens.extend([Allergen::Milk, Allergen::Nuts]);
    }
    allergens.sort();
    // Diets are promised only where nothing but the thing itself decides them.
    let plain = matches!(with, "chilli and lime" | "ginger" | "herbs and lemon");
    Item {
        id: ItemId(names.claim(&text::slug(&name))),
        description: format!("{way} to order, with {with} on the side."),
        name,
        price: price(dice, currency, 3, 24),
        groups: if dice.up_to(4) == 0 { vec![portion(dice, currency)] } else { vec![] },
        allergens,
        diets: if plain { diets.to_vec() } else { vec![] },
        is_ready_made: false,
        availability: if dice.up_to(20) == 0 { Availability::Left(200) } else { Availability::Available },
    }
}

fn portion(dice: &mut Dice, currency: Currency) -> OptionGroup {
    let dearer = price(dice, currency, 2, 5);
    let option =
        |id: &str, name: &str, adds| OptionItem { id: OptionId::from(id), name: name.into(), adds, allergens: vec![] };
    let options = vec![option("regular", "Regular", Money::new(0, currency)), option("large", "Large", dearer)];
    OptionGroup { id: GroupId::from("size"), name: "Size".into(), min: 1, max: 1, options }
}

/// Between `low` and `high` units in halves, or hundreds of them where the currency has small units.
fn price(dice: &mut Dice, currency: Currency, low: u32, high: u32) -> Money {
    let halves = i64::from(low * 2 + dice.up_to((high - low) * 2));
    let half = match currency.decimals() {
        0 => 50,
        decimals => 10i64.pow(decimals) / 2,
    };
    Money::new(halves * half, currency)
}

/// Numbers that look like chance and are the same for the same seed (Vigna's SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to one below `end`.
    fn up_to(&mut self, end: u32) -> u32 {
        u32::try_from(self.roll() % u64::from(end)).expect("a remainder is below its divisor")
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.up_to(u32::try_from(from.len()).expect("tables are short")) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_is_the_same_restaurant() {
        let ten: Vec<_> = restaurants(10).collect();
        let twenty: Vec<_> = restaurants(20).collect();
        assert_eq!(ten[..], twenty[..10]);
    }

    #[test]
    fn every_made_menu_can_be_ordered_from() {
        for made in restaurants(200) {
            let mut ids: Vec<_> = made.menu.items().map(|item| &item.id).collect();
            let all = ids.len();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), all, "{}", made.restaurant.id);
            assert!(
                made.menu.items().all(|item| item.price.minor > 0 && item.price.currency == made.restaurant.currency)
            );
            assert!(jiff::tz::TimeZone::get(&made.restaurant.zone).is_ok());
        }
    }
}
