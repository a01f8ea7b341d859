-- Orders in trouble, and the lake by order, by kind and by time.

-- What the desk knows of each order.
create table ops_row (
    key     text    primary key,
    version integer not null,
    body    text    not null
) without rowid;

-- Of which order a fact tells, where it tells of one: its whole story is found by it.
alter table hub add column order_id text;

-- Most rows of an order are named by it. A dish's portions and a zone's board say in the fact for whom.
update hub set order_id = coalesce(
    json_extract(fact, '$.event.menu."stock-taken".order'),
    json_extract(fact, '$.event.menu."stock-returned".order'),
    json_extract(fact, '$.event."stock-short".order'),
    json_extract(fact, '$.event.zone.sought.order'),
    json_extract(fact, '$.event.zone.asked.order'),
    json_extract(fact, '$.event.zone.passed.order'),
    json_extract(fact, '$.event.zone.taken.order'),
    json_extract(fact, '$.event.zone."nobody-found".order'),
    json_extract(fact, '$.event.zone.cleared.order'),
    json_extract(fact, '$.event.guest.ordered.order'),
    case when substr(key, 1, instr(key, '/') - 1) in
        ('order', 'ticket', 'payment', 'secure', 'settle', 'arrange', 'offer', 'delivery', 'case')
    then substr(key, instr(key, '/') + 1) end
);

create index hub_order on hub (order_id, position) where order_id is not null;
create index hub_kind on hub (kind, position);
create index hub_at on hub (at);
