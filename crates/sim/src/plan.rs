//! What kind of run a seed is: who is there, and which faults may come.
//!
//! Not every fault comes in every run. Half of them left out, in another half each time, finds what all of them together
//! hide: a server that crashes all the time never gets far enough to be restored (swarm testing: Groce, Zhang, Eide, Chen
//! and Regehr, ISSTA 2012).

use std::collections::BTreeSet;

use domain::access;
use sync::{AccountId, Actor, Millis, Role};

use crate::chance::Chance;
use crate::people::{RESTAURANTS, TOWN};
use crate::release::Release;
use crate::report::Fault;

/// A day, in milliseconds: how wrong a device's clock may be, either way.
const DAY_MS: u64 = 86_400_000;

/// How many devices a run has mostly.
const DEVICES_USUAL: u64 = 6;

/// A run as it was drawn.
pub struct Plan {
    /// The devices.
    pub profiles: Vec<Seat>,
    /// The faults that may come.
    pub faults: BTreeSet<Fault>,
    /// How often something goes wrong, in milliseconds, at most.
    pub trouble_every_ms: u64,
    /// How often a person does something, in milliseconds, at most.
    pub act_every_ms: u64,
}

/// One browser profile as it was drawn.
pub struct Seat {
    /// Who uses it; the first is signed in at the beginning.
    pub people: Vec<Actor>,
    /// People act here before they sign in, and after they sign out.
    pub has_guests: bool,
    /// How wrong its clock is, in milliseconds.
    pub skew: Millis,
    /// How many tabs are open at the beginning.
    pub tabs: u64,
    /// The release that it has.
    pub release: Release,
}

/// A customer.
fn customer(name: &str) -> Actor {
    Actor { account: AccountId::from(name), role: Role::named(access::CUSTOMER) }
}

/// The cook of a restaurant.
fn cook(restaurant: &str) -> Actor {
    Actor { account: AccountId(format!("cook-{restaurant}")), role: Role::of(access::RESTAURANT, restaurant) }
}

/// A driver.
fn driver(name: &str) -> Actor {
    Actor { account: AccountId::from(name), role: Role::of(access::DRIVER, TOWN) }
}

/// Somebody at the desk.
fn operator() -> Actor {
    Actor { account: AccountId::from("olga"), role: Role::named(access::OPERATOR) }
}

impl Plan {
    /// What `chance` draws.
    pub fn draw(chance: &mut Chance) -> Self {
        let faults: BTreeSet<_> = Fault::ALL.into_iter().filter(|_| chance.once_in(2)).collect();
        // Two devices of one customer, or of two, and in every third run both.
        let (second, third) = [("ada", None), ("ben", None), ("ada", Some("ben"))][chance.below(3) as usize];
        let mut groups: Vec<_> = ["ada", second].into_iter().chain(third).map(|name| vec![customer(name)]).collect();
        if faults.contains(&Fault::AccountSwitch) {
            groups[0].push(customer("ben"));
        }
        // A kitchen that nobody works in keeps its orders waiting; the other one is enough for a short evening.
        let kitchens = if chance.once_in(3) { 1 } else { RESTAURANTS.len() };
        groups.extend(RESTAURANTS.iter().take(kitchens).map(|restaurant| vec![cook(restaurant)]));
        // Nobody drives, one, or two who want the same meal.
        groups.extend(["dora", "emil"].into_iter().take(chance.below(3) as usize).map(|name| vec![driver(name)]));
        // The desk is seldom there: nothing waits for it.
        groups.extend(chance.once_in(3).then(|| vec![operator()]));
        let profiles: Vec<_> = groups.into_iter().map(|people| Seat::draw(people, &faults, chance)).collect();
        // Trouble strikes one device after another: fewer of them get no more of it each.
        let trouble_every_ms = (chance.below(500) + 100) * DEVICES_USUAL / profiles.len() as u64;
        Self { profiles, faults, trouble_every_ms, act_every_ms: chance.below(1_100) + 250 }
    }

    /// Whether `fault` may come in this run.
    pub fn has(&self, fault: Fault) -> bool {
        self.faults.contains(&fault)
    }
}

impl Seat {
    fn draw(people: Vec<Actor>, faults: &BTreeSet<Fault>, chance: &mut Chance) -> Self {
        let wrong = faults.contains(&Fault::ClockWrong) && chance.once_in(2);
        let skew = if wrong { chance.ms(0, 2 * DAY_MS) - DAY_MS as Millis } else { 0 };
        let is_shop = people.iter().any(|actor| actor.role.of.is_some());
        let has_guests = !is_shop && faults.contains(&Fault::GuestTakenOver) && chance.once_in(2);
        let release = match chance.below(3) {
            0 if faults.contains(&Fault::DeviceUpgrade) => Release::First,
            _ => Release::Ours,
        };
        Self { people, has_guests, skew, tabs: 1 + chance.below(2), release }
    }
}
