-- What the operators' dashboard counts, computed from the hub.

-- Facts of each kind, by the minute in which they became true: milliseconds of the server's clock, divided.
create table dashboard_rate (
    minute  integer not null,
    kind    text    not null,
    service text    not null,
    facts   integer not null,
    primary key (minute, kind, service)
) without rowid;

-- Orders under way, and since when each stands where it stands.
create table dashboard_order (
    order_id   text    primary key,
    restaurant text    not null,
    number     integer,
    status     text    not null,
    since      integer not null,
    placed_at  integer not null
) without rowid;
create index dashboard_order_since on dashboard_order (since);
