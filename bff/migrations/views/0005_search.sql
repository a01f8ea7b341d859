-- Where an order is found again, computed from the hub.

-- What is found: an order, or a table that was paid. The version is its row's, so an older one changes nothing.
create table search_paper (
    id          integer primary key,
    row_key     text    not null unique,
    version     integer not null,
    restaurant  text    not null,
    -- Who ordered it; none of a table, and none who was erased.
    customer    text,
    -- Who brought it.
    driver      text,
    -- Its customer was erased: nobody is its customer again.
    is_erased   integer not null default 0,
    placed_at   integer not null,
    paper       text    not null
);

-- The words of it, and a word for each party, so that both are looked up together. The texts themselves are in search_paper.
create virtual table search_words using fts5 (
    words, parties,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
