-- Who brings a meal, and rows that wait for a moment.

-- Drivers, the boards of their zones, offers, and meals on their way.
create table delivery_row (
    key     text    primary key,
    version integer not null,
    body    text    not null
) without rowid;

-- When a row wants to be looked at, written with the row: computed from it, and kept so that the next one is found without
-- reading them all.
create table timer (
    key     text    primary key,
    service text    not null,
    due_at  integer not null
) without rowid;
create index timer_due on timer (due_at);
