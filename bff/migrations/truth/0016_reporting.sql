-- What a restaurant's days came to, computed from the hub. All but the reports may be emptied with the checkpoint 'reporting', and is
-- computed again; a report is kept for ever, because somebody may have read it.

-- The time zone of a restaurant, from a moment on.
create table reporting_zone (
    restaurant text    not null,
    since      integer not null,
    zone       text    not null,
    primary key (restaurant, since)
) without rowid;

-- An order as far as figures go; nothing in it is about a person. The version is its row's, so an older one changes nothing.
create table reporting_order (
    order_id    text    primary key,
    version     integer not null,
    restaurant  text    not null,
    placed_at   integer not null,
    day         text    not null,
    currency    text    not null,
    accepted    integer not null,
    refused     integer not null,
    cancelled   integer not null,
    handed_over integer not null,
    delivered   integer not null,
    -- In minor units of the currency.
    goods       integer not null,
    tips        integer not null,
    refunds     integer not null
) without rowid;
create index reporting_order_of_day on reporting_order (restaurant, day);

-- Days of which a figure changed since their last report: when that was first and last, by the server's clock.
create table reporting_due (
    restaurant text    not null,
    day        text    not null,
    first_at   integer not null,
    last_at    integer not null,
    primary key (restaurant, day)
) without rowid;

-- Reports. A later version says what came later, and leaves the earlier ones as they were.
create table reporting_report (
    restaurant text    not null,
    day        text    not null,
    version    integer not null,
    made_at    integer not null,
    -- A line for each currency, as JSON, and the same as the file that is handed out.
    figures    text    not null,
    file       blob    not null,
    primary key (restaurant, day, version)
) without rowid;
