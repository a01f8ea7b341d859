-- What each scope adds up to, so that a client finds out whether it has what it should have.
create table feed_digest (
    scope text    primary key,
    rows  integer not null,
    -- 64 bits, wrapping; SQLite has the sign, we do not.
    sum   integer not null
) without rowid;

-- Rows that are here already were not counted: everything is built again.
delete from feed_row;
delete from feed_scope;
delete from feed_ack;
delete from checkpoint;
