-- The attempts of an import were a list in one of its fields, and the workers that were lost over it two more.
create table "ImportAttempt" (
  "importId" integer not null,
  "number" integer not null,
  "startedAt" timestamptz(3) not null,
  "version" text not null,
  "afterRow" integer,
  "rowsBefore" integer not null,
  "afterReview" boolean not null,
  constraint "ImportAttempt_pkey" primary key ("importId", "number"),
  constraint "ImportAttempt_importId_fkey" foreign key ("importId") references "Import" ("id")
    on delete cascade on update cascade
);
insert into "ImportAttempt" ("importId", "number", "startedAt", "version", "afterRow", "rowsBefore", "afterReview")
select i."id", (a ->> 'number')::integer, (a ->> 'at')::timestamptz, a ->> 'version', (a ->> 'afterRow')::integer,
  (a ->> 'rows')::integer, coalesce((a ->> 'afterReview')::boolean, false)
from "Import" i, jsonb_array_elements(i."attemptNotes") a
on conflict do nothing;

create table "LostWorkers" (
  "importId" integer not null,
  "count" integer not null,
  "afterRow" integer not null,
  constraint "LostWorkers_pkey" primary key ("importId"),
  constraint "LostWorkers_importId_fkey" foreign key ("importId") references "Import" ("id")
    on delete cascade on update cascade
);
insert into "LostWorkers" ("importId", "count", "afterRow")
select "id", "workersLost", "lostAfterRow" from "Import" where "workersLost" > 0;

alter table "Import" drop column "attemptNotes", drop column "workersLost", drop column "lostAfterRow";
