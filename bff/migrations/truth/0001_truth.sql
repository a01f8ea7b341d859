-- Truth: what people did and what followed. Nothing here can be computed from elsewhere.

-- One unbroken history; a database restored from a backup begins a new one.
create table meta (
    epoch text not null
);

-- Each service's own aggregates. A service reads and writes the tables of its own prefix only.
create table catalog_row (
    key     text    primary key,
    version integer not null,
    body    text    not null
) without rowid;

create table ordering_row (
    key       text    primary key,
    version   integer not null,
    body      text    not null,
    -- Lists of orders are asked for by customer, newest first.
    customer  text    generated always as (json_extract(body, '$.order.customer')) virtual,
    placed_at integer generated always as (json_extract(body, '$.order.steps[0].at')) virtual
);
create index ordering_row_of_customer on ordering_row (customer, placed_at desc, key desc);

-- What ordering's rules read of the catalog. An older version never overwrites a newer one.
create table ordering_copy (
    key      text    primary key,
    version  integer not null,
    position integer not null,
    body     text    not null
) without rowid;

create table kitchen_row (
    key     text    primary key,
    version integer not null,
    body    text    not null
) without rowid;

-- Facts in the order they were written, with the rows they changed. The trigger moves them to the hub.
create table change (
    seq     integer primary key autoincrement,
    fact_id text    not null unique,
    service text    not null,
    fact    text    not null
);

-- Every act that was ever decided, by the hash of its bytes. Kept for ever: it is what makes sending again harmless.
create table answer (
    id         text    primary key,
    hash       blob    not null,
    outcome    text    not null,
    account    text    not null,
    device     text    not null,
    seq        integer not null,
    decided_at integer not null
) without rowid;

-- Accepted acts whose final word is another service's.
create table question (
    command text    primary key,
    lane    text    not null,
    body    text    not null
) without rowid;
create index question_of_lane on question (lane);

-- Refused acts that wait for their person.
create table inbox (
    id      text    primary key,
    account text    not null,
    version integer not null,
    item    text    not null
) without rowid;

-- The hub, which is also the event lake: positions are gap-free from 1 and facts are kept for ever.
create table hub (
    position integer primary key,
    fact_id  text    not null unique,
    kind     text    not null,
    at       integer not null,
    key      text    not null,
    cause    text,
    fact     text    not null
);
create index hub_of_key on hub (key, position);

-- How far each reader has come: the trigger in `change`, services in `hub`.
create table checkpoint (
    name     text    primary key,
    position integer not null
) without rowid;

create table account_user (
    account       text    primary key,
    name          text    not null,
    password_hash text    not null,
    role          text    not null,
    -- What the role is limited to: a kitchen's restaurant.
    role_of       text,
    created_at    integer not null
) without rowid;

-- Only a hash of the token is kept: who reads this table cannot sign in with it.
create table account_session (
    token_hash text    primary key,
    account    text    not null references account_user (account) on delete cascade,
    created_at integer not null,
    expires_at integer not null
) without rowid;
create index account_session_of_account on account_session (account);
