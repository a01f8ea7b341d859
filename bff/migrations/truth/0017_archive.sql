-- What was ordered and eaten, on paper, kept for ever; nothing in it is about a person but who ordered, who brought it, and where it was
-- eaten. It is computed from the hub: emptied with the checkpoint 'archive' it is written again.

-- An order, or a table from the moment in which it was paid. The version is its row's, so an older one changes nothing.
create table archive_paper (
    -- The name of its row: the id of a table is minted by its house, and may be another order's.
    row_key    text    primary key,
    version    integer not null,
    restaurant text    not null,
    -- Who ordered it; none of a table, and none who was erased.
    customer   text,
    placed_at  integer not null,
    paper      text    not null
) without rowid;
create index archive_paper_of_restaurant on archive_paper (restaurant, placed_at, row_key);
create index archive_paper_of_customer on archive_paper (customer, placed_at, row_key) where customer is not null;
create index archive_paper_of_all on archive_paper (placed_at, row_key);

-- Who brought it, and when they took it.
create table archive_brought (
    row_key text    primary key,
    version integer not null,
    driver  text    not null,
    at      integer not null
) without rowid;
create index archive_brought_by on archive_brought (driver, at, row_key);

-- Orders whose customer was erased: they are nobody's again, whatever is heard of them later.
create table archive_erased (
    row_key text primary key
) without rowid;
