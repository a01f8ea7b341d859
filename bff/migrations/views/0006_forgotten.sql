-- What left a scope so long ago that no device is to hear of it any more is forgotten, up to this position. A client that stands
-- before it begins anew.
create table feed_horizon (
    position integer not null
);

-- Few rows have left, so what is to be forgotten is found without looking at those that are there.
create index feed_scope_left on feed_scope (position) where removed = 1;
create index feed_row_of_nobody on feed_row (position) where scopes = '[]';
