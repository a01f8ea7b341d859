//! Who is served by what: one entry for each service and for what stands outside of the services, as data.
//!
//! A backend serves one actor in one activity, on one aggregate in one phase of its life; its [`Kind`] says what that looks like.
//! The services' entries are in their manifests, the others in [`OUTSIDE`]; what belongs to no backend alone is [`SHARED`].
//! [`check()`] holds all of it against the code, and a server where the two differ does not start.

mod check;

#[cfg(test)]
mod tests;

pub(crate) use check::check;

use crate::services;

/// What a backend says of itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    /// A service's is the service's.
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// Whose work it is for.
    pub(crate) actor: Actor,
    /// What it is about. Of a service, the kinds of rows that it owns.
    pub(crate) aggregates: &'static [&'static str],
    /// Where in the life of that.
    pub(crate) phase: Phase,
    /// The tables that are its own. Nobody else writes them.
    pub(crate) tables: &'static [&'static str],
    /// The paths that it answers over HTTP, as the router has them.
    pub(crate) api: &'static [&'static str],
}

/// What a backend looks like from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A step of somebody's work: it hears what begins the step, shows what is theirs to do, takes the acts by which they do it, and
    /// tells what became of it.
    Task,
    /// Finds things that others own: only read, made from their facts, and it leads on to whoever owns what was found.
    Search,
    /// One act without a screen: it listens to nothing and shows nothing, all that it needs comes with the request, rows are kept no
    /// longer than that takes, and the outcome goes out as facts.
    Action,
    /// How it goes at present: tallies that run along with the facts, only read.
    Dashboard,
    /// What came of a time that is over: rows are kept as facts come, and documents are made of them that stay as they were read.
    Reporting,
    /// What is over, kept so that whoever may still look it up can, and everybody else may forget it.
    Archive,
    /// Between the others: it hears one and tells another what is next, and has neither an actor nor a screen.
    Control,
    /// Where somebody else's system begins: their words become ours, and ours theirs.
    Gateway,
}

/// For whom a backend is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Actor {
    /// Whoever orders.
    Customer,
    /// A restaurant's staff.
    Restaurant,
    /// Whoever brings meals.
    Driver,
    /// Somebody at the desk.
    Operator,
    /// All of them.
    Everybody,
    /// A restaurant's own system.
    Partner,
    /// Who has the customers' money.
    Provider,
    /// Who carries messages to a browser that shows no page of ours.
    Browser,
    /// The other services only.
    Nobody,
}

/// Where in its life a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// It is made by those whose it is.
    Create,
    /// Others do their part with it.
    Use,
    /// It is counted.
    Analyze,
    /// It is over, and kept.
    Archive,
}

/// The backends outside of the services.
pub(crate) const OUTSIDE: &[Entry] = &[
    Entry {
        name: "sign-in",
        kind: Kind::Task,
        actor: Actor::Everybody,
        aggregates: &["account", "session"],
        phase: Phase::Create,
        tables: &["account_user", "account_session"],
        api: &["/api/session", "/api/guest"],
    },
    Entry {
        name: "faults",
        kind: Kind::Task,
        actor: Actor::Operator,
        aggregates: &["fault"],
        phase: Phase::Use,
        tables: &["fault", "resubmission", "resubmitted"],
        api: &["/api/desk/faults", "/api/desk/resubmissions", "/api/desk/resubmissions/{id}"],
    },
    // A till pushes its menu whole. Nothing of it is kept here: who asks is in the gateway's table, the catalog's rows and facts are
    // what becomes of it, and all that is looked up besides is the time zone of a restaurant whose document names none.
    Entry {
        name: "partner-menu",
        kind: Kind::Action,
        actor: Actor::Partner,
        aggregates: &["restaurant", "menu"],
        phase: Phase::Create,
        tables: &[],
        api: &["/partner/v1/menu"],
    },
    // What becomes of orders goes out, in words of its own; what was sent is looked at and asked for again.
    Entry {
        name: "partner",
        kind: Kind::Gateway,
        actor: Actor::Partner,
        aggregates: &["order"],
        phase: Phase::Use,
        tables: &["partner", "partner_delivery", "partner_attempt"],
        api: &["/partner/v1/deliveries", "/partner/v1/deliveries/{id}/redeliver"],
    },
    // What becomes of orders goes out to devices with no page open, sealed for each, by way of their browsers' push services.
    Entry {
        name: "push",
        kind: Kind::Gateway,
        actor: Actor::Browser,
        aggregates: &["order"],
        phase: Phase::Use,
        tables: &["push_subscription", "push_message"],
        api: &["/api/push"],
    },
    Entry {
        name: "dashboard",
        kind: Kind::Dashboard,
        actor: Actor::Operator,
        aggregates: &["order"],
        phase: Phase::Analyze,
        tables: &["dashboard_rate", "dashboard_order"],
        api: &["/api/desk/dashboard"],
    },
    Entry {
        name: "reporting",
        kind: Kind::Reporting,
        actor: Actor::Restaurant,
        aggregates: &["order"],
        phase: Phase::Analyze,
        tables: &["reporting_zone", "reporting_order", "reporting_due", "reporting_report"],
        api: &["/api/reports", "/api/reports/{day}"],
    },
    // Menus are searched on the device, where they are; this is for what no device carries.
    Entry {
        name: "search",
        kind: Kind::Search,
        actor: Actor::Everybody,
        aggregates: &["order", "tab"],
        phase: Phase::Use,
        tables: &["search_paper", "search_words"],
        api: &["/api/search"],
    },
    Entry {
        name: "archive",
        kind: Kind::Archive,
        actor: Actor::Everybody,
        aggregates: &["order", "tab"],
        phase: Phase::Archive,
        tables: &["archive_paper", "archive_brought", "archive_erased"],
        api: &["/api/archive", "/api/archive/{kind}/{id}"],
    },
];

/// What all of them stand on: the way of acts in and of rows out, the hub between, and what devices say of themselves.
pub(crate) struct Shared {
    pub(crate) tables: &'static [&'static str],
    pub(crate) api: &'static [&'static str],
}

/// No backend's own.
pub(crate) const SHARED: Shared = Shared {
    tables: &[
        "meta",
        "change",
        "hub",
        "checkpoint",
        "answer",
        "question",
        "inbox",
        "timer",
        "parked",
        "replay",
        "device_holds",
        "feed_row",
        "feed_scope",
        "feed_ack",
        "feed_digest",
        "feed_horizon",
        "subject_key",
        "server_key",
    ],
    api: &["/api/commands", "/api/commands/{id}", "/live", "/api/device", "/api/faults", "/livez", "/readyz"],
};

/// All backends, the services first.
pub(crate) fn all() -> Vec<Entry> {
    services::ALL.iter().map(|manifest| manifest.entry).chain(OUTSIDE.iter().copied()).collect()
}
