-- Keys of the server itself, by what they are for.
create table server_key (
    name    text    primary key,
    key     blob    not null,
    made_at integer not null
) without rowid;
