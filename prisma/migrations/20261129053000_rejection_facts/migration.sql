-- What the cells of a rejected row are, whether it is staged as well, and whether they show what is wrong was to be told
-- from the codes of its reasons. Now it is said. And a value that is there twice has one code, whoever found it.
create type "CellsForm" as enum ('RAW', 'CANONICAL');

alter table "Rejection"
  add column "cellsForm" "CellsForm" not null default 'RAW',
  add column "staged" boolean not null default false;
alter table "RejectionEdit"
  add column "cellsForm" "CellsForm" not null default 'RAW',
  add column "staged" boolean not null default false;
alter table "RejectionChunk" rename column "ofTheKey" to "staged";

-- A trigger, for as long as this takes, so that the codes stand here once.
create function "name_rejection_facts"() returns trigger language plpgsql as $$
declare
  codes text[] := array(select x ->> 'code' from jsonb_array_elements(new."reasons") x);
begin
  new."staged" := codes && array['empty-key', 'duplicate-key', 'existing-key'];
  new."cellsForm" := case when new."staged" or 'not-unique' = any(codes) then 'CANONICAL' else 'RAW' end;
  new."reasons" := (
    select jsonb_agg(
      case
        when x ->> 'code' = 'repeated' then jsonb_set(x, '{code}', '"not-unique"')
        when x ->> 'code' in ('invalid-encoding', 'nul-byte', 'bad-character', 'bad-quotes', 'across-columns',
          'formula-error', 'cell-too-large', 'cell-twice') then x || '{"unseen": true}'
        else x
      end order by place)
    from jsonb_array_elements(new."reasons") with ordinality as r(x, place));
  return new;
end $$;
create trigger "name_rejection_facts" before update on "Rejection"
  for each row when (jsonb_array_length(new."reasons") > 0) execute function "name_rejection_facts"();
create trigger "name_rejection_facts" before update on "RejectionEdit"
  for each row when (jsonb_array_length(new."reasons") > 0) execute function "name_rejection_facts"();
update "Rejection" set "staged" = false;
update "RejectionEdit" set "staged" = false;
drop trigger "name_rejection_facts" on "Rejection";
drop trigger "name_rejection_facts" on "RejectionEdit";
drop function "name_rejection_facts"();

-- A row that was edited in a review and is still wrong has the reasons of its new cells: those do not tell what became of
-- it before. Whether it is staged stands in "Row" alone, and the form of its cells with those that it had first.
update "Rejection" r set "staged" = true, "cellsForm" = 'CANONICAL'
where not "staged"
  and exists (select 1 from "Row" s where s."importId" = r."importId" and s."rowNumber" = r."rowNumber");
update "Rejection" r set "cellsForm" = 'CANONICAL'
from "RejectionEdit" e
where e."importId" = r."importId" and e."rowNumber" = r."rowNumber" and e."cellsForm" = 'CANONICAL';

alter table "Rejection" alter column "cellsForm" drop default, alter column "staged" drop default;
alter table "RejectionEdit" alter column "cellsForm" drop default, alter column "staged" drop default;

update "RejectionChunk" set "causes" = (
  select jsonb_agg(
    case when x ->> 'code' = 'repeated' then jsonb_set(x, '{code}', '"not-unique"') else x end order by place)
  from jsonb_array_elements("causes") with ordinality as c(x, place))
where "causes" @> '[{"code": "repeated"}]';
