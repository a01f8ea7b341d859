-- Views: the feed, computed from the hub. The file may be deleted; it is built again.

-- The row as the last fact left it; body null: removed.
create table feed_row (
    key      text    primary key,
    version  integer not null,
    position integer not null,
    scopes   text    not null,
    body     text
) without rowid;

-- For each scope the last thing that happened to each row in it. A row that left stays as a removal, so that a client
-- that was away learns of it.
create table feed_scope (
    scope    text    not null,
    key      text    not null,
    version  integer not null,
    position integer not null,
    fact     text    not null,
    removed  integer not null,
    primary key (scope, key)
) without rowid;
create index feed_scope_by_position on feed_scope (scope, position);

-- Final words on acts.
create table feed_ack (
    position integer not null,
    command  text    not null,
    account  text    not null,
    device   text    not null,
    settled  text    not null,
    primary key (position, command)
) without rowid;
create index feed_ack_of_device on feed_ack (device, position);
create index feed_ack_of_command on feed_ack (command, position);

create table checkpoint (
    name     text    primary key,
    position integer not null,
    -- The fact there; null at position 0.
    fact     text,
    -- The history that the views were built from.
    epoch    text    not null
) without rowid;
