-- Guests: people who order without an account of their own.

-- What each guest ordered, and who claimed them. A guest who was claimed is over: their sessions count no more.
create table account_row (
    key     text    primary key,
    version integer not null,
    body    text    not null
) without rowid;

-- A guest is a row of account_user like everybody, with an empty password_hash, which no password has. Their name is
-- the hash of their secret, so nothing else is kept of it.

-- When a guest is claimed, what waits for them in the inbox passes to the person.
create index inbox_of_account on inbox (account);
