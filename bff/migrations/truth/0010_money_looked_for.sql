-- Orders whose money is looked for at the provider, since a backup was restored: here it is let go, and there it may not be.
create table payment_look (
    payment text    primary key,
    -- How often the provider could not say.
    tries   integer not null default 0
) without rowid;

-- A provider's words are kept as they were understood: what else they say is of a card, and whose it is.
update payment_word set body = '';
