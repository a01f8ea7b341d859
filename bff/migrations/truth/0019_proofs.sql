-- Photos, signatures and words from the door. That there is one is a fact of its delivery; these are the bytes, which no fact carries,
-- because facts are kept for ever and these are not. They lie here and in no folder of their own, so that they are durable in the very
-- commit in which the delivery says that it has them, and a backup holds both or neither.
create table delivery_proof (
    id      text    not null primary key,
    -- The delivery's row.
    row_key text    not null,
    -- Who made it.
    driver  text    not null,
    -- Whose door it is: their key seals the bytes, so they are gone with it.
    subject text    not null,
    medium  text    not null,
    kept_at integer not null,
    sealed  blob    not null
);
create index delivery_proof_of_row on delivery_proof (row_key);
create index delivery_proof_by_age on delivery_proof (kept_at);
