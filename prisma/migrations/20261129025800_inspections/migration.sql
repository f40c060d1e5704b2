-- A page that heard of an import before and after its head was read again could not tell that it was.
alter table "Import" add column "inspections" integer not null default 0;
update "Import" set "inspections" = 1 where "inspection" is not null;
