//! A menu: its sections, laid flat, and the dishes in them.

use std::collections::{BTreeMap, HashMap};

use domain::catalog::{Item, Menu, Section};
use domain::{Currency, ItemId, RestaurantId};

use super::dish;
use super::document::{Graph, Node, short};
use super::report::Report;
use super::text::Names;

/// The most dishes of one menu: the whole menu is one row, sent to phones.
pub(crate) const ITEMS_MAX: usize = 1_000;

/// The most sections that are visited, those without a dish included.
pub(crate) const SECTIONS_MAX: usize = 400;

/// How deep sections may lie in each other.
pub(crate) const DEPTH_MAX: usize = 8;

/// The most bytes of a menu as it is stored and sent.
pub(crate) const MENU_BYTES_MAX: usize = 512 * 1024;

/// Reads everything on the menus of one restaurant.
pub(super) struct Reader<'a, 'g> {
    graph: &'g Graph<'a>,
    currency: Currency,
    report: &'g mut Report,
    sections: Vec<Section>,
    /// Where each `@id` and its dish was taken, to tell a dish listed twice from two dishes.
    seen: HashMap<&'a str, Item>,
    names: Names,
    /// The sections above the one being read, by place: one that comes again contains itself.
    above: Vec<String>,
    /// What stands in the section being read, or in one above it, is served at once.
    is_ready_made: bool,
    visited: usize,
    items: usize,
    items_over: usize,
    unread: BTreeMap<String, usize>,
}

impl<'a, 'g> Reader<'a, 'g> {
    pub(super) fn new(graph: &'g Graph<'a>, currency: Currency, report: &'g mut Report) -> Self {
        Self {
            graph,
            currency,
            report,
            sections: vec![],
            seen: HashMap::new(),
            names: Names::default(),
            above: vec![],
            is_ready_made: false,
            visited: 0,
            items: 0,
            items_over: 0,
            unread: BTreeMap::new(),
        }
    }

    /// Reads these menus into one.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn read(mut self, restaurant: &RestaurantId, menus: &[Node<'a>]) -> Result<Menu, String> {
        for menu in menus {
            let name = menu.text("name");
            let heading = if menus.len() > 1 { name.clone() } else { None };
            self.section(menu, heading.as_deref(), name.as_deref().unwrap_or("Menu"));
        }
        if self.items_over > 0 {
            let text = format!("{} dishes: a menu has at most {ITEMS_MAX}", self.items_over);
            self.report.left_out(&menus[0].path, text);
        }
        for (property, count) in &self.unread {
            self.report.left_out(&menus[0].path, format!("{property} ({}): not kept", super::count(*count, "time")));
        }
        self.sections.retain(|section| !section.items.is_empty());
        if self.sections.is_empty() {
            return Err("no dish with a price".into());
        }
        let menu = Menu { restaurant: restaurant.clone(), sections: self.sections };
        let bytes = serde_json::to_vec(&menu).map_err(|error| error.to_string())?.len();
        if bytes > MENU_BYTES_MAX {
            return Err(format!("its menu has {bytes} bytes, more than the {MENU_BYTES_MAX} that are sent to phones"));
        }
        Ok(menu)
    }

    /// Reads the dishes of a menu or section under one heading, then the sections in it. `heading` is `None` where the
    /// menu's own name says nothing, and `fallback` heads dishes that stand in no section.
    fn section(&mut self, node: &Node<'a>, heading: Option<&str>, fallback: &str) {
        self.visited += 1;
        if self.above.contains(&node.path) {
            self.report.left_out(&node.path, "a section: it contains itself");
            return;
        }
        if self.above.len() >= DEPTH_MAX {
            self.report.left_out(&node.path, format!("a section: it lies deeper than {DEPTH_MAX}"));
            return;
        }
        self.above.push(node.path.clone());
        self.note_unread(node);
        let is_ready_made_above = self.is_ready_made;
        self.is_ready_made |= dish::is_ready_made(self.graph, node, self.report);
        let mut items = vec![];
        for item in self.graph.nodes(node, "hasMenuItem") {
            match item {
                Ok(item) => items.extend(self.item(&item)),
                Err((path, reason)) => self.report.left_out(&path, format!("a dish: {reason}")),
            }
        }
        self.sections.push(Section { name: heading.unwrap_or(fallback).to_owned(), items });
        for inner in self.graph.nodes(node, "hasMenuSection") {
            match inner {
                Ok(_) if self.visited >= SECTIONS_MAX => {
                    self.report.left_out(&node.path, format!("a section: more than {SECTIONS_MAX} were read"));
                    break;
                }
                Ok(inner) => self.inner(&inner, heading),
                Err((path, reason)) => self.report.left_out(&path, format!("a section: {reason}")),
            }
        }
        self.is_ready_made = is_ready_made_above;
        self.above.pop();
    }

    fn inner(&mut self, node: &Node<'a>, heading: Option<&str>) {
        let before = self.sections.len();
        let name = dish::name(node, self.report).unwrap_or_default();
        let parts: Vec<&str> = heading.into_iter().chain([name.as_str()]).filter(|part| !part.is_empty()).collect();
        let heading = parts.join(" · ");
        self.section(node, (!heading.is_empty()).then_some(heading.as_str()), "Menu");
        if self.sections[before..].iter().all(|section| section.items.is_empty()) {
            self.report.left_out(&node.path, format!("the section {name:?}: no dish in it could be read"));
        }
    }

    fn item(&mut self, node: &Node<'a>) -> Option<Item> {
        if self.items >= ITEMS_MAX {
            self.items_over += 1;
            return None;
        }
        self.items += 1;
        self.note_unread(node);
        let read = dish::read(self.graph, node, self.currency, self.report);
        let mut item = match read {
            Ok(item) => item,
            Err(reason) => {
                let name = node.text("name").unwrap_or_else(|| "a dish".into());
                self.report.left_out(&node.path, format!("{name}: {reason}"));
                return None;
            }
        };
        if let Some(id) = node.id() {
            if self.seen.get(id).is_some_and(|known| *known == item) {
                self.report.left_out(&node.path, format!("{}: it is on the menu already", item.name));
                return None;
            }
            self.seen.insert(id, item.clone());
        }
        item.id = ItemId(self.names.claim(&item.id.0));
        item.is_ready_made |= self.is_ready_made;
        Some(item)
    }

    fn note_unread(&mut self, node: &Node<'a>) {
        let menu_only: &[&str] = if node.is_any(&["Menu"]) { &["inLanguage", "url", "mainEntityOfPage"] } else { &[] };
        for property in node.map.keys().map(|key| short(key)).filter(|key| !key.starts_with('@')) {
            if !dish::READ.contains(&property) && !menu_only.contains(&property) {
                *self.unread.entry(property.to_owned()).or_default() += 1;
            }
        }
    }
}
