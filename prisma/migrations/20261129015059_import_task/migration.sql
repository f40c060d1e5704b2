-- What a worker does with an import next was to be drawn from its status, its task, its checkpoint and whether it was
-- reviewed. Now it is said. The column of before stays, for processes of the version before that still run while this
-- one is released.
create type "ImportTask" as enum ('READ', 'REREAD', 'RECHECK', 'CORRECT', 'RESOLVE', 'PUBLISH');

alter table "Import"
  add column "nextTask" "ImportTask" not null default 'READ',
  add column "correctionId" integer;

update "Import" set
  "nextTask" = case
    when "status" in ('REVIEW', 'PUBLISHING') then 'PUBLISH'
    when "task" ->> 'kind' = 'CORRECTION' then 'CORRECT'
    when "task" ->> 'kind' = 'CHECK_AGAIN' then 'RECHECK'
    else 'REREAD'
  end::"ImportTask",
  "correctionId" = ("task" ->> 'correctionId')::integer
where "status" in ('REVIEW', 'PUBLISHING')
  or ("status" in ('QUEUED', 'STAGING') and ("task" is not null or "reviewedAt" is not null));

-- Such a process names no next task where it sends an import on. This version always names another one there.
create function "name_next_task"() returns trigger language plpgsql as $$
begin
  if new."nextTask" is distinct from old."nextTask" then return new; end if;
  if new."status" = 'PUBLISHING' then
    new."nextTask" := 'PUBLISH';
  elsif new."status" = 'REVIEW' then
    new."nextTask" := 'PUBLISH';
  elsif old."status" = 'REVIEW' and new."status" = 'QUEUED' then
    new."nextTask" := case
      when new."task" ->> 'kind' = 'CORRECTION' then 'CORRECT'
      when new."task" ->> 'kind' = 'CHECK_AGAIN' then 'RECHECK'
      else 'REREAD'
    end;
    new."correctionId" := (new."task" ->> 'correctionId')::integer;
  end if;
  return new;
end $$;
create trigger "name_next_task" before update on "Import"
  for each row when (new."status" is distinct from old."status") execute function "name_next_task"();
