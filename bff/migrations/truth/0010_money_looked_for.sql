-- Orders whose money is looked for at the provider, since a backup was restored: here it is let go, and there it may not be.
create table payment_look (
    payment text primary key
) without rowid;
