-- What each device last said that it holds, so that one whose browser threw its storage away can be told what never
-- arrived. A hint of the past and nothing else: no act is ever judged by it.
create table device_holds (
    account  text    not null,
    device   text    not null,
    -- The highest number that an act of the device had.
    seq      integer not null,
    -- The acts that had no answer then, as a JSON list of ids.
    open     text    not null,
    heard_at integer not null,
    primary key (account, device)
) without rowid;
create index device_holds_of_device on device_holds (device);
