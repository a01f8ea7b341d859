-- Faults: what went wrong and nobody would hear of otherwise, for the operator. One row a thing, however often it happens;
-- names and no content.
create table fault (
    id       integer primary key,
    -- Who tells: a device, or the server itself. Each has room of its own.
    teller   text    not null check (teller in ('device', 'server')),
    kind     text    not null,
    about    text    not null,
    detail   text    not null,
    count    integer not null,
    first_at integer not null,
    last_at  integer not null,
    -- Of whoever told it last: the app's release, and who was signed in.
    release  text    not null,
    account  text,
    unique (kind, about, detail)
);
create index fault_of_teller on fault (teller, last_at);

-- Facts that a service failed on again and again, and those of the same key behind them: a service hears the facts of a
-- key in order or not at all. They are tried again when a server starts.
create table parked (
    service  text    not null,
    position integer not null references hub (position),
    key      text    not null,
    primary key (service, position)
) without rowid;
create index parked_by_key on parked (service, key, position);
