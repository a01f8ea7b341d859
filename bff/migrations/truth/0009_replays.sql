-- Facts that an operator has a service hear again, and how far that has come.
create table replay (
    id       integer primary key,
    service  text    not null,
    -- Which facts, as JSON; of those up to `until`, which the service had heard when it was asked.
    wanted   text    not null,
    until    integer not null,
    -- Nothing that follows is kept.
    dry      integer not null,
    asked_by text    not null,
    asked_at integer not null,
    -- The last fact that is done with.
    position integer not null default 0,
    heard    integer not null default 0,
    -- The service has followed later ones of their order.
    overtaken integer not null default 0,
    -- Their key is parked, so they wait there.
    parked   integer not null default 0,
    failed   integer not null default 0,
    -- What followed, as JSON: how many facts of each kind.
    followed text    not null default '{}',
    ended_at integer
);
create index replay_open on replay (id) where ended_at is null;
