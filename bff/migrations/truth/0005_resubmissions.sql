-- A parked fact that a service failed on is a fault that an operator may have tried again; what lies behind it in its key
-- has not been tried.
alter table parked add column tries integer not null default 0;
-- Why it failed, without content: faults are grouped by it.
alter table parked add column cause text not null default '';
alter table parked add column parked_at integer not null default 0;
alter table parked add column tried_at integer not null default 0;
-- What an earlier release parked had been tried as often as that release tried.
update parked set tries = 5, cause = 'parked by an earlier release'
    where position = (select min(position) from parked as head where head.service = parked.service and head.key = parked.key);

-- The parked fact that a fault is about, as `service/position`.
alter table fault add column unit text;
create index fault_of_unit on fault (unit);

-- What an operator asked to be tried again, and exactly what that was at that moment.
create table resubmission (
    id       integer primary key,
    asked_by text    not null,
    asked_at integer not null
);
create table resubmitted (
    resubmission integer not null references resubmission (id),
    service      text    not null,
    position     integer not null,
    -- How it ended: the service followed it; it failed again; it was no longer parked.
    ended        text check (ended in ('followed', 'failed', 'gone')),
    ended_at     integer,
    primary key (resubmission, service, position)
) without rowid;
create index resubmitted_open on resubmitted (resubmission, position) where ended is null;
