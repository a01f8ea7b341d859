-- The release of the app that a device said it runs; empty where it never said.
alter table device_holds add column release text not null default '';
