-- Partners: restaurants' own systems, which push menus and are told of orders.

create table partner (
    id         text    primary key,
    restaurant text    not null,
    name       text    not null,
    -- Only a hash of the key is kept: who reads this table cannot push a menu with it.
    key_hash   text    not null unique,
    url        text    not null,
    -- What words to them are signed with. Kept as it is, because signing needs it; the older one is in force beside it until an
    -- operator ends it.
    secret     text    not null,
    old_secret text,
    -- They hear of what comes after this position of the hub.
    since      integer not null,
    created_at integer not null,
    -- Nothing is sent from then on, until an operator says so.
    paused_at  integer,
    paused_why text
) without rowid;
create index partner_of_restaurant on partner (restaurant);

-- What partners are told, a row an event and a partner, noted in one transaction with how far the hub was followed. What a
-- customer wrote is in it as everywhere: sealed.
create table partner_delivery (
    -- For pages: in the order in which they were noted.
    seq      integer primary key autoincrement,
    -- The event's id, made from the fact and the partner: the same however often it is sent.
    id       text    not null unique,
    partner  text    not null references partner (id) on delete cascade,
    -- Of the fact. What is told of one order goes out in this order.
    position integer not null,
    order_id text    not null,
    -- Whom the order is of: under their key is sealed what the partner answers, too.
    customer text    not null,
    type     text    not null,
    body     text    not null,
    noted_at integer not null,
    -- Since when it is tried: since it was noted, or since somebody asked for it again.
    asked_at integer not null,
    tries    integer not null default 0,
    due_at   integer not null,
    ended    text    check (ended in ('delivered', 'given-up')),
    ended_at integer
);
create index partner_delivery_open on partner_delivery (partner, order_id, position) where ended is null;
create index partner_delivery_of_partner on partner_delivery (partner, seq);
create index partner_delivery_noted on partner_delivery (noted_at);

-- Each try, with the beginning of what was answered.
create table partner_attempt (
    id       integer primary key autoincrement,
    delivery integer not null references partner_delivery (seq) on delete cascade,
    at       integer not null,
    -- None where nobody answered; then the answer is why, in our words.
    status   integer,
    answer   text    not null
);
create index partner_attempt_of_delivery on partner_attempt (delivery, id);
