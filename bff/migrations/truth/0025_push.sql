-- Web Push: devices that want to be told what becomes of orders while no page of theirs is open.

-- One a device, and what it wants to be told of.
create table push_subscription (
    -- A hash of the endpoint: who reads this table does not learn where the device is reached.
    id        text    primary key,
    account   text    not null,
    -- Under whose key the address is sealed: the account's, or the guest's who became it.
    subject   text    not null,
    -- Whose staff the account is, where it is anybody's.
    staff_of  text,
    -- The session in which it was chosen, by the hash of its token. Where that is over, or another account's, nothing is told.
    session   text    not null,
    -- The push service's origin, for its breaker.
    service   text    not null,
    -- Endpoint and keys.
    sealed    blob    not null,
    -- Names of topics, as JSON.
    topics    text    not null,
    -- It hears of what comes after this position of the hub.
    since     integer not null,
    chosen_at integer not null
) without rowid;
create index push_subscription_of_account on push_subscription (account, chosen_at);
create index push_subscription_of_staff on push_subscription (staff_of) where staff_of is not null;
create index push_subscription_of_session on push_subscription (session);
create index push_subscription_chosen on push_subscription (chosen_at);

-- What is to be told and was not yet, noted in one transaction with how far the hub was followed.
create table push_message (
    seq          integer primary key autoincrement,
    subscription text    not null references push_subscription (id) on delete cascade,
    -- Of the fact.
    position     integer not null,
    notice       text    not null,
    order_id     text    not null,
    noted_at     integer not null,
    due_at       integer not null,
    -- Past it, it is no news any more.
    until        integer not null,
    tries        integer not null default 0,
    unique (subscription, position)
);
create index push_message_due on push_message (due_at);
create index push_message_of_order on push_message (order_id, position);
