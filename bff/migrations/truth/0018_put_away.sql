-- What is over is put away after a while: whatever was written before is looked at once, to say when that is.
insert or ignore into timer (key, service, due_at) select key, 'ordering', 0 from ordering_row where key like 'order/%';
insert or ignore into timer (key, service, due_at) select key, 'kitchen', 0 from kitchen_row where key like 'ticket/%';
insert or ignore into timer (key, service, due_at) select key, 'dining', 0 from dining_row where key like 'tab/%';
