-- What is eaten in the house.

-- Tables, and orders at the counter.
create table dining_row (
    key     text    primary key,
    version integer not null,
    body    text    not null
) without rowid;

-- What dining's rules read of the catalog. An older version never overwrites a newer one.
create table dining_copy (
    key      text    primary key,
    version  integer not null,
    position integer not null,
    body     text    not null
) without rowid;
