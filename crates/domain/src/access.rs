//! Who may do what, and who may see what. What is not listed is denied.

use sync::{AccountId, Actor, Scope};

use crate::RestaurantId;
use crate::account::guest::is_guest;
use crate::dining::TabCommand;
use crate::trade::{Command, Row};

/// The role of a person who orders.
pub const CUSTOMER: &str = "customer";

/// The role of a restaurant's staff; it is limited to that restaurant.
pub const RESTAURANT: &str = "restaurant";

/// The role of a driver; it is limited to a zone.
pub const DRIVER: &str = "driver";

/// The role of somebody at the desk, who helps where a rule cannot.
pub const OPERATOR: &str = "operator";

/// Everybody's scope: restaurants and their menus.
pub fn catalog_scope() -> Scope {
    Scope::from("catalog")
}

/// A customer's own orders and inbox.
pub fn customer_scope(account: &AccountId) -> Scope {
    Scope(format!("customer:{account}"))
}

/// A restaurant's board and menu.
pub fn restaurant_scope(id: &RestaurantId) -> Scope {
    Scope(format!("restaurant:{id}"))
}

/// A driver's offers and the meals they have.
pub fn driver_scope(account: &AccountId) -> Scope {
    Scope(format!("driver:{account}"))
}

/// What the desk has before it: cases, restaurants to call, and who is on duty.
pub fn desk_scope() -> Scope {
    Scope::from("desk")
}

/// What is addressed to one person alone, whatever their role.
pub fn personal_scope(account: &AccountId) -> Scope {
    Scope(format!("person:{account}"))
}

/// The scopes of an identity; a stranger sees what is public.
pub fn scopes_of(actor: Option<&Actor>) -> Vec<Scope> {
    let Some(actor) = actor else { return vec![catalog_scope()] };
    let personal = personal_scope(&actor.account);
    match (actor.role.name.as_str(), &actor.role.of) {
        (CUSTOMER, None) => vec![customer_scope(&actor.account), personal, catalog_scope()],
        (RESTAURANT, Some(id)) => vec![restaurant_scope(&RestaurantId(id.clone())), personal],
        (DRIVER, Some(_)) => vec![driver_scope(&actor.account), personal],
        (OPERATOR, None) => vec![desk_scope(), personal],
        _ => vec![],
    }
}

/// How soon the rows of a scope are wanted: what a person waits for first, then what they work on, then what they browse.
pub fn urgency(scope: &Scope) -> u8 {
    match scope.as_str().split(':').next() {
        Some("person" | "customer" | "driver") => 0,
        Some("restaurant" | "desk") => 1,
        _ => 2,
    }
}

/// Whether `actor` may give `command` for the row.
pub fn permits(actor: &Actor, command: &Command, row: Option<&Row>) -> bool {
    match (command, row) {
        (Command::Order(_), None) => actor.role.name == CUSTOMER,
        (Command::Order(_), Some(Row::Order(order))) => actor.role.name == CUSTOMER && order.customer == actor.account,
        (Command::Ticket(_), Some(Row::Ticket(ticket))) => actor.role.is(RESTAURANT, &ticket.restaurant.0),
        (Command::Tab(TabCommand::Open { restaurant, .. }), None) => actor.role.is(RESTAURANT, &restaurant.0),
        // A tab that a restored server does not know yet is refused by its own rule, which tells whoever acted on it.
        (Command::Tab(_), None) => actor.role.name == RESTAURANT,
        (Command::Tab(_), Some(Row::Tab(tab))) => actor.role.is(RESTAURANT, &tab.restaurant.0),
        (Command::Menu { restaurant, .. }, Some(Row::Menu(menu))) => {
            menu.restaurant == *restaurant && actor.role.is(RESTAURANT, &restaurant.0)
        }
        (Command::Restaurant { restaurant, .. }, Some(Row::Restaurant(row))) => {
            row.id == *restaurant && actor.role.is(RESTAURANT, &restaurant.0)
        }
        (Command::Driver(command), None | Some(Row::Driver(_))) => {
            actor.role.name == DRIVER && *command.driver() == actor.account
        }
        (Command::Offer(_), Some(Row::Offer(offer))) => actor.role.is(DRIVER, &offer.zone.0),
        // Whoever was ever given it may report on it: they may have the meal in their hands.
        (Command::Errand(_), Some(Row::Errand(errand))) => {
            actor.role.name == DRIVER && errand.drivers.contains(&actor.account)
        }
        (Command::Takings(command), None | Some(Row::Takings(_))) => {
            actor.role.name == DRIVER && *command.driver() == actor.account
        }
        (Command::Case(_), Some(Row::Case(_))) => actor.role.name == OPERATOR,
        (Command::Person(command), None | Some(Row::Person(_))) => {
            actor.role.name == CUSTOMER && *command.person() == actor.account
        }
        // A guest who took over another would leave the orders with nobody.
        (Command::Guest(command), _) => command.is_proven() && actor.role.name == CUSTOMER && !is_guest(&actor.account),
        _ => false,
    }
}
