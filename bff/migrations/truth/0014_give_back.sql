-- The provider is asked to give back, too. A table's check cannot be changed, so the table is made anew.
create table payment_call_now (
    fact_id  text    primary key,
    position integer not null,
    -- The order whose money it is about.
    payment  text    not null,
    request  text    not null check (request in ('reserve', 'release', 'charge', 'give-back')),
    asked_at integer not null,
    -- How often it was tried in vain.
    tries    integer not null default 0,
    due_at   integer not null,
    -- When the provider took it; what became of it is told later.
    taken_at integer,
    ended_at integer
) without rowid;
insert into payment_call_now select * from payment_call;
drop table payment_call;
alter table payment_call_now rename to payment_call;
create index payment_call_open on payment_call (due_at) where ended_at is null;
