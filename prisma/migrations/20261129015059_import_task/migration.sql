-- What a worker does with an import next was to be drawn from its status, its task, its checkpoint and whether it was
-- reviewed. Now it is said.
create type "ImportTask" as enum ('READ', 'REREAD', 'RECHECK', 'CORRECT', 'RESOLVE', 'PUBLISH');

alter table "Import"
  rename column "task" to "oldTask";
alter table "Import"
  add column "task" "ImportTask" not null default 'READ',
  add column "correctionId" integer;

update "Import" set
  "task" = case
    when "status" = 'PUBLISHING' then 'PUBLISH'
    when "oldTask" ->> 'kind' = 'CORRECTION' then 'CORRECT'
    when "oldTask" ->> 'kind' = 'CHECK_AGAIN' then 'RECHECK'
    else 'REREAD'
  end::"ImportTask",
  "correctionId" = ("oldTask" ->> 'correctionId')::integer
where "status" in ('QUEUED', 'STAGING', 'PUBLISHING')
  and ("status" = 'PUBLISHING' or "oldTask" is not null or "reviewedAt" is not null);

alter table "Import" drop column "oldTask";
