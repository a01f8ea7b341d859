-- The money path of an order: the sagas that carry it, the money itself, and the talk with the payment provider.

-- The logs of the sagas, folded.
create table fulfilment_row (
    key     text    primary key,
    version integer not null,
    body    text    not null
) without rowid;

create table payment_row (
    key     text    primary key,
    version integer not null,
    body    text    not null
) without rowid;

-- What the provider is to be asked: a row a fact, so that a fact that is heard twice is asked once. The fact's id is also the
-- name by which the provider knows a call that comes again.
create table payment_call (
    fact_id  text    primary key,
    position integer not null,
    -- The order whose money it is about.
    payment  text    not null,
    request  text    not null check (request in ('reserve', 'release', 'charge')),
    asked_at integer not null,
    -- How often it was tried in vain.
    tries    integer not null default 0,
    due_at   integer not null,
    -- When the provider took it; what became of it is told later.
    taken_at integer,
    ended_at integer
) without rowid;
create index payment_call_open on payment_call (due_at) where ended_at is null;

-- What the provider told, as it told it: each word once, and kept, because it is the proof of what was agreed about money.
create table payment_word (
    id       text    primary key,
    heard_at integer not null,
    body     text    not null
) without rowid;

-- Orders that the catalog has heard of were held by it directly; fulfilment begins with the ones after them.
insert into checkpoint (name, position) select 'fulfilment', position from checkpoint where name = 'catalog';
