-- Restaurants and boards are shown to operators now: who sees a row is worked out anew for all of them.
delete from feed_row;
delete from feed_scope;
delete from feed_ack;
delete from feed_digest;
delete from checkpoint;
