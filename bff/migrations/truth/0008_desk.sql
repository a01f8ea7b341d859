-- Orders in trouble, and the lake by order, by kind and by time.

-- What the desk knows of each order.
create table ops_row (
    key     text    primary key,
    version integer not null,
    body    text    not null
) without rowid;

-- The desk begins with the orders of the last day: nobody calls about older ones, and their troubles are over.
insert into checkpoint (name, position)
    select 'ops', coalesce(max(position), 0) from hub where at < (strftime('%s', 'now') - 86400) * 1000;

-- Of which order a fact tells, where it tells of one: its whole story is found by it.
alter table hub add column order_id text;

-- Most rows of an order are named by it. A dish's portions, a zone's board and a guest say in the fact for whom, and a refused
-- act is about the order whose lane it was in.
update hub set order_id = case substr(key, 1, instr(key, '/') - 1)
    when 'menu' then coalesce(
        json_extract(fact, '$.event.menu."stock-taken".order'),
        json_extract(fact, '$.event.menu."stock-returned".order'),
        json_extract(fact, '$.event."stock-short".order'))
    when 'zone' then coalesce(
        json_extract(fact, '$.event.zone.sought.order'),
        json_extract(fact, '$.event.zone.asked.order'),
        json_extract(fact, '$.event.zone.passed.order'),
        json_extract(fact, '$.event.zone.taken.order'),
        json_extract(fact, '$.event.zone."nobody-found".order'),
        json_extract(fact, '$.event.zone.cleared.order'))
    when 'guest' then json_extract(fact, '$.event.guest.ordered.order')
    when 'inbox' then (
        select substr(lane, instr(lane, '/') + 1) from (select json_extract(fact, '$.entity.body.inbox.lane') as lane)
        where substr(lane, 1, instr(lane, '/') - 1) in ('order', 'ticket', 'offer', 'delivery'))
    when 'restaurant' then null
    when 'numbering' then null
    when 'driver' then null
    else substr(key, instr(key, '/') + 1)
end;

create index hub_order on hub (order_id, position) where order_id is not null;
create index hub_kind on hub (kind, position);
create index hub_at on hub (at);
