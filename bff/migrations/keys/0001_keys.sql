-- The keys under which texts about people are sealed.

-- One a person, 256 random bits. Of an erased one nothing is left but that there was one.
create table subject_key (
    subject      text    primary key,
    -- Whose erasure destroys it: the person, or who took them over as a guest.
    owner        text    not null,
    key          blob,
    made_at      integer not null,
    destroyed_at integer,
    check ((key is null) = (destroyed_at is not null))
) without rowid;

create index subject_key_owner on subject_key (owner);
