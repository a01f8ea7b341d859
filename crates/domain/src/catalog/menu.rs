//! A menu: sections of dishes with options, prices, allergens and what is left.
//!
//! Edits say what the editor saw. A field that changed meanwhile is a clash only where both changed it to different
//! values; edits of different fields merge.

use std::slice;

use serde::{Deserialize, Serialize};
use sync::AccountId;

use crate::id::{GroupId, LineId, OptionId, TabId};
use crate::money::PRICE_MINOR_MAX;
use crate::{ItemId, Money, RestaurantId};

/// The longest name of a dish that is accepted, in characters: three lines on the smallest phone.
pub const NAME_CHARS_MAX: usize = 120;

/// A restaurant's menu.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Menu {
    /// Whose.
    pub restaurant: RestaurantId,
    /// In the order the restaurant shows them.
    pub sections: Vec<Section>,
}

/// A heading with its dishes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// The heading.
    pub name: String,
    /// In the order the restaurant shows them.
    pub items: Vec<Item>,
}

/// A dish or a drink.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Which one.
    pub id: ItemId,
    /// Its name.
    pub name: String,
    /// A sentence about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Without options.
    pub price: Money,
    /// What to choose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<OptionGroup>,
    /// What it contains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allergens: Vec<Allergen>,
    /// Whom it suits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diets: Vec<Diet>,
    /// Whether it can be had.
    #[serde(default)]
    pub availability: Availability,
    /// It needs no kitchen, such as a drink: in the house it is served at once.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_ready_made: bool,
}

/// Whether a dish can be had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Availability {
    /// As much as anyone wants.
    #[default]
    Available,
    /// So many portions are left; 0 is sold out.
    Left(u32),
    /// None is left.
    SoldOut,
}

impl Availability {
    /// How many are left, where they are counted.
    pub fn left(self) -> Option<u32> {
        if let Self::Left(left) = self { Some(left) } else { None }
    }

    /// Whether `count` portions can be had.
    pub fn covers(self, count: u32) -> bool {
        match self {
            Self::Available => true,
            Self::Left(left) => left >= count,
            Self::SoldOut => false,
        }
    }
}

/// Options of which a number may or must be chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OptionGroup {
    /// Which group.
    pub id: GroupId,
    /// Its heading.
    pub name: String,
    /// The fewest to choose.
    pub min: u32,
    /// The most to choose.
    pub max: u32,
    /// What to choose from.
    pub options: Vec<OptionItem>,
}

/// Something that may be chosen with a dish.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OptionItem {
    /// Which one, unique within its group.
    pub id: OptionId,
    /// Its name.
    pub name: String,
    /// Added to the price of the dish.
    pub adds: Money,
    /// What it contains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allergens: Vec<Allergen>,
}

/// The fourteen allergens of Regulation (EU) No 1169/2011, annex II.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Allergen {
    Gluten,
    Crustaceans,
    Eggs,
    Fish,
    Peanuts,
    Soy,
    Milk,
    Nuts,
    Celery,
    Mustard,
    Sesame,
    Sulphites,
    Lupin,
    Molluscs,
}

impl Allergen {
    /// All of them, in the annex's order.
    pub const ALL: [Self; 14] = [
        Self::Gluten,
        Self::Crustaceans,
        Self::Eggs,
        Self::Fish,
        Self::Peanuts,
        Self::Soy,
        Self::Milk,
        Self::Nuts,
        Self::Celery,
        Self::Mustard,
        Self::Sesame,
        Self::Sulphites,
        Self::Lupin,
        Self::Molluscs,
    ];

    /// Its name in English, as it stands on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gluten => "gluten",
            Self::Crustaceans => "crustaceans",
            Self::Eggs => "eggs",
            Self::Fish => "fish",
            Self::Peanuts => "peanuts",
            Self::Soy => "soy",
            Self::Milk => "milk",
            Self::Nuts => "nuts",
            Self::Celery => "celery",
            Self::Mustard => "mustard",
            Self::Sesame => "sesame",
            Self::Sulphites => "sulphites",
            Self::Lupin => "lupin",
            Self::Molluscs => "molluscs",
        }
    }
}

/// Whom a dish suits; schema.org's restricted diets that a kitchen can promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Diet {
    Vegan,
    Vegetarian,
    GlutenFree,
    Halal,
    Kosher,
    LowLactose,
}

/// The most portions that are counted: more is a slip of the keyboard.
pub const LEFT_MAX: u32 = 9_999;

/// What staff may ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MenuCommand {
    /// Give a dish another name, another price, or both.
    ChangeItem {
        /// Which dish.
        item: ItemId,
        /// The name as it was seen, and as it shall be.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<Edit<String>>,
        /// The price as it was seen, and as it shall be.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        price: Option<Edit<Money>>,
    },
    /// Say that a dish is sold out, or to be had again.
    SetSoldOut {
        /// Which dish.
        item: ItemId,
        /// Sold out, or not.
        sold_out: bool,
    },
    /// Say how many portions of a dish are left. Orders that came meanwhile are not forgotten: what was added to what was
    /// seen is added to what is left now.
    SetLeft {
        /// Which dish.
        item: ItemId,
        /// How many were seen, and how many there shall be; none: they are not counted.
        left: Edit<Option<u32>>,
    },
    /// Say that a dish needs no kitchen, or that it does.
    SetReadyMade {
        /// Which dish.
        item: ItemId,
        /// Needs none, or does.
        is_ready_made: bool,
    },
}

/// A field's value as the editor saw it, and as it shall be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit<T> {
    /// As it was seen.
    pub from: T,
    /// As it shall be.
    pub to: T,
}

/// What happened to a menu.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MenuEvent {
    /// It was written anew, as a whole (import). Dishes that stay keep what is left of them: that is the kitchen's word,
    /// not the document's.
    Written(Box<Menu>),
    /// A dish has another name.
    Renamed {
        /// Which dish.
        item: ItemId,
        /// Its name now.
        name: String,
        /// Who wanted it so; not known of what earlier releases wrote.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<AccountId>,
    },
    /// A dish has another price.
    Repriced {
        /// Which dish.
        item: ItemId,
        /// Its price now.
        price: Money,
        /// Who wanted it so; not known of what earlier releases wrote.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<AccountId>,
    },
    /// A dish is to be had, or not.
    AvailabilitySet {
        /// Which dish.
        item: ItemId,
        /// Whether it can be had.
        availability: Availability,
    },
    /// A dish needs no kitchen, or needs it.
    ReadyMadeSet {
        /// Which dish.
        item: ItemId,
        /// Needs none.
        is_ready_made: bool,
    },
    /// Portions went to a line of a tab in the house.
    PortionsTaken {
        /// To which tab.
        tab: TabId,
        /// To which of its lines.
        line: LineId,
        /// Of what, how many.
        portion: (ItemId, u32),
    },
    /// Portions came back from a line of a tab that was taken back uncooked.
    PortionsReturned {
        /// From which tab.
        tab: TabId,
        /// From which of its lines.
        line: LineId,
        /// Of what, how many.
        portion: (ItemId, u32),
    },
    /// Portions went to an order.
    StockTaken {
        /// For whom.
        order: crate::OrderId,
        /// Of what, how many.
        portions: Vec<(ItemId, u32)>,
    },
    /// Portions came back from an order that will not be.
    StockReturned {
        /// From whom.
        order: crate::OrderId,
        /// Of what, how many.
        portions: Vec<(ItemId, u32)>,
    },
    /// The portions of an order that will not be were cooked, and do not come back.
    StockUsedUp {
        /// Of which order.
        order: crate::OrderId,
    },
}

/// Why an edit is refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MenuRefusal {
    /// There is no such dish any more.
    NoSuchItem(ItemId),
    /// The value cannot be: an empty or overlong name, a negative or absurd price, another currency.
    BadValue(String),
    /// Somebody else changed the same field meanwhile, to something else.
    EditedMeanwhile {
        /// Which dish.
        item: ItemId,
        /// The name: as it was seen, as it is, and as it was to be.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<Box<Clash<String>>>,
        /// The price, likewise.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        price: Option<Box<Clash<Money>>>,
    },
}

/// Two people's wishes for one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clash<T> {
    /// What the editor saw.
    pub seen: T,
    /// What it is now.
    pub theirs: T,
    /// What the editor wants.
    pub yours: T,
}

impl Menu {
    /// All dishes, in the order of the menu.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| &section.items)
    }

    /// The dish `id`.
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items().find(|item| item.id == *id)
    }

    pub(crate) fn item_mut(&mut self, id: &ItemId) -> Option<&mut Item> {
        self.sections.iter_mut().flat_map(|section| &mut section.items).find(|item| item.id == *id)
    }
}

/// Decides for the staff. An edit that is already so changes nothing and is no error.
pub(crate) fn decide(menu: &Menu, command: &MenuCommand, by: &AccountId) -> Result<Vec<MenuEvent>, MenuRefusal> {
    match command {
        MenuCommand::SetSoldOut { item: id, sold_out } => {
            let item = menu.item(id).ok_or_else(|| MenuRefusal::NoSuchItem(id.clone()))?;
            let availability = if *sold_out { Availability::SoldOut } else { Availability::Available };
            let already = *sold_out != item.availability.covers(1);
            Ok(if already { vec![] } else { vec![MenuEvent::AvailabilitySet { item: id.clone(), availability }] })
        }
        MenuCommand::SetReadyMade { item: id, is_ready_made } => {
            let item = menu.item(id).ok_or_else(|| MenuRefusal::NoSuchItem(id.clone()))?;
            let event = MenuEvent::ReadyMadeSet { item: id.clone(), is_ready_made: *is_ready_made };
            Ok(if item.is_ready_made == *is_ready_made { vec![] } else { vec![event] })
        }
        MenuCommand::SetLeft { item: id, left } => {
            let item = menu.item(id).ok_or_else(|| MenuRefusal::NoSuchItem(id.clone()))?;
            if left.to.is_some_and(|left| left > LEFT_MAX) {
                return Err(MenuRefusal::BadValue(format!("at most {LEFT_MAX} portions are counted")));
            }
            let availability = match (left.from, left.to, item.availability) {
                // A colleague said meanwhile that there is none: who counted portions had not seen that.
                (Some(_), _, Availability::SoldOut) => Availability::SoldOut,
                (_, None, _) => Availability::Available,
                (Some(from), Some(to), Availability::Left(now)) => {
                    Availability::Left(now.saturating_add(to).saturating_sub(from).min(LEFT_MAX))
                }
                // A colleague began to count meanwhile, and some of theirs went to orders.
                (None, Some(to), Availability::Left(now)) => Availability::Left(now.min(to)),
                (_, Some(to), _) => Availability::Left(to),
            };
            let already = availability == item.availability;
            Ok(if already { vec![] } else { vec![MenuEvent::AvailabilitySet { item: id.clone(), availability }] })
        }
        MenuCommand::ChangeItem { item: id, name, price } => {
            let item = menu.item(id).ok_or_else(|| MenuRefusal::NoSuchItem(id.clone()))?;
            if let Some(edit) = name {
                check_name(&edit.to)?;
            }
            if let Some(edit) = price {
                check_price(&edit.to, &item.price)?;
            }
            let name = name.as_ref().map(|edit| merge(edit, &item.name));
            let price = price.as_ref().map(|edit| merge(edit, &item.price));
            let name_clash = name.as_ref().and_then(Merge::clash);
            let price_clash = price.as_ref().and_then(Merge::clash);
            if name_clash.is_some() || price_clash.is_some() {
                return Err(MenuRefusal::EditedMeanwhile { item: id.clone(), name: name_clash, price: price_clash });
            }
            let (name, price) = (name.and_then(Merge::change), price.and_then(Merge::change));
            let renamed = name.map(|name| MenuEvent::Renamed { item: id.clone(), name, by: Some(by.clone()) });
            let repriced = price.map(|price| MenuEvent::Repriced { item: id.clone(), price, by: Some(by.clone()) });
            Ok(renamed.into_iter().chain(repriced).collect())
        }
    }
}

enum Merge<T> {
    Nothing,
    Change(T),
    Clash(Clash<T>),
}

fn merge<T: Clone + PartialEq>(edit: &Edit<T>, now: &T) -> Merge<T> {
    if *now == edit.to {
        Merge::Nothing
    } else if *now == edit.from {
        Merge::Change(edit.to.clone())
    } else {
        Merge::Clash(Clash { seen: edit.from.clone(), theirs: now.clone(), yours: edit.to.clone() })
    }
}

impl<T: Clone> Merge<T> {
    fn clash(&self) -> Option<Box<Clash<T>>> {
        if let Self::Clash(clash) = self { Some(Box::new(clash.clone())) } else { None }
    }

    fn change(self) -> Option<T> {
        if let Self::Change(value) = self { Some(value) } else { None }
    }
}

fn check_name(name: &str) -> Result<(), MenuRefusal> {
    match name.trim().chars().count() {
        0 => Err(MenuRefusal::BadValue("a dish needs a name".into())),
        1..=NAME_CHARS_MAX => Ok(()),
        _ => Err(MenuRefusal::BadValue(format!("a name has at most {NAME_CHARS_MAX} characters"))),
    }
}

fn check_price(price: &Money, now: &Money) -> Result<(), MenuRefusal> {
    if price.currency != now.currency {
        return Err(MenuRefusal::BadValue(format!("prices here are in {}", now.currency.code())));
    }
    if !(0..=PRICE_MINOR_MAX).contains(&price.minor) {
        return Err(MenuRefusal::BadValue("a price is not negative, and not that large".into()));
    }
    Ok(())
}

/// The menu after `event`.
pub(crate) fn apply(menu: Option<Menu>, event: &MenuEvent) -> Option<Menu> {
    if let MenuEvent::Written(written) = event {
        return Some(rewritten(menu.as_ref(), written));
    }
    let mut menu = menu?;
    match event {
        MenuEvent::Written(_) => {}
        MenuEvent::Renamed { item, name, .. } => {
            if let Some(item) = menu.item_mut(item) {
                item.name.clone_from(name);
            }
        }
        MenuEvent::Repriced { item, price, .. } => {
            if let Some(item) = menu.item_mut(item) {
                item.price = *price;
            }
        }
        MenuEvent::AvailabilitySet { item, availability } => {
            if let Some(item) = menu.item_mut(item) {
                item.availability = *availability;
            }
        }
        MenuEvent::ReadyMadeSet { item, is_ready_made } => {
            if let Some(item) = menu.item_mut(item) {
                item.is_ready_made = *is_ready_made;
            }
        }
        MenuEvent::PortionsTaken { portion, .. } => super::stock::take(&mut menu, slice::from_ref(portion)),
        MenuEvent::PortionsReturned { portion, .. } => super::stock::give_back(&mut menu, slice::from_ref(portion)),
        MenuEvent::StockTaken { portions, .. } => super::stock::take(&mut menu, portions),
        MenuEvent::StockReturned { portions, .. } => super::stock::give_back(&mut menu, portions),
        MenuEvent::StockUsedUp { .. } => {}
    }
    Some(menu)
}

fn rewritten(before: Option<&Menu>, written: &Menu) -> Menu {
    let mut menu = written.clone();
    for item in menu.sections.iter_mut().flat_map(|section| &mut section.items) {
        if let Some(known) = before.and_then(|before| before.item(&item.id)) {
            item.availability = known.availability;
            // Staff may have said of a drink what its document does not.
            item.is_ready_made |= known.is_ready_made;
        }
    }
    menu
}
