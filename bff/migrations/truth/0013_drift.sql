-- The orders of which a saga goes on, found without reading those of the years before.
create index fulfilment_open on fulfilment_row (json_extract(body, '$.process.order'))
    where json_extract(body, '$.process.state.ended_well') is null;
