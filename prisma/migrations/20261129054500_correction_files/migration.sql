-- A file in the store, with the parts that it came in: of an import, or of corrected rows.
create table "Upload" (
  "objectKey" text not null,
  "uploadId" text,
  "partSize" integer,
  "etag" text,
  "uploadedAt" timestamptz(3),
  constraint "Upload_pkey" primary key ("objectKey")
);
insert into "Upload" ("objectKey", "uploadId", "partSize", "etag", "uploadedAt")
select "objectKey", "uploadId", "partSize", "etag", "uploadedAt" from "Import";

alter table "UploadedPart" add column "objectKey" text;
update "UploadedPart" p set "objectKey" = i."objectKey" from "Import" i where i."id" = p."importId";
alter table "UploadedPart" drop column "importId", alter column "objectKey" set not null;
alter table "UploadedPart" add constraint "UploadedPart_pkey" primary key ("objectKey", "partNumber");
alter table "UploadedPart" add constraint "UploadedPart_objectKey_fkey"
  foreign key ("objectKey") references "Upload" ("objectKey") on delete cascade on update cascade;

alter table "Import" drop column "uploadId", drop column "partSize", drop column "etag", drop column "uploadedAt";
alter table "Import" add constraint "Import_objectKey_fkey"
  foreign key ("objectKey") references "Upload" ("objectKey") on delete restrict on update cascade;

-- A file of corrected rows was an import without a dataset.
create type "CorrectionStatus" as enum ('UPLOADING', 'INSPECTING', 'RECEIVED', 'FAILED', 'CANCELLED');
create table "CorrectionFile" (
  "id" serial not null,
  "publicId" uuid not null,
  "importId" integer not null,
  "userId" uuid,
  "status" "CorrectionStatus" not null default 'UPLOADING',
  "failureReason" "FailureReason",
  "failureMessage" text,
  "fileName" text not null,
  "fileSize" bigint not null,
  "objectKey" text not null,
  "sha256" text,
  "inspection" jsonb,
  "rowsRead" integer not null default 0,
  "sequence" bigint not null default 0,
  "changedIn" bigint not null default 0,
  "createdAt" timestamptz(3) not null default current_timestamp,
  "finishedAt" timestamptz(3),
  "fileDeletedAt" timestamptz(3),
  constraint "CorrectionFile_pkey" primary key ("id")
);
create unique index "CorrectionFile_publicId_key" on "CorrectionFile" ("publicId");
create unique index "CorrectionFile_objectKey_key" on "CorrectionFile" ("objectKey");
create index "CorrectionFile_importId_idx" on "CorrectionFile" ("importId");
create index "CorrectionFile_userId_idx" on "CorrectionFile" ("userId");
create index "CorrectionFile_changedIn_idx" on "CorrectionFile" ("changedIn");
alter table "CorrectionFile"
  add constraint "CorrectionFile_importId_fkey" foreign key ("importId") references "Import" ("id")
    on delete cascade on update cascade,
  add constraint "CorrectionFile_userId_fkey" foreign key ("userId") references "User" ("id")
    on delete set null on update cascade,
  add constraint "CorrectionFile_objectKey_fkey" foreign key ("objectKey") references "Upload" ("objectKey")
    on delete restrict on update cascade;

-- With the ids that they had: an import's next task may name one.
insert into "CorrectionFile" ("id", "publicId", "importId", "userId", "status", "failureReason", "failureMessage",
  "fileName", "fileSize", "objectKey", "sha256", "inspection", "rowsRead", "sequence", "createdAt", "finishedAt",
  "fileDeletedAt")
select f."id", f."publicId", i."id", f."userId",
  case f."status"
    when 'UPLOADING' then 'UPLOADING' when 'INSPECTING' then 'INSPECTING' when 'COMPLETED' then 'RECEIVED'
    when 'CANCELLED' then 'CANCELLED' else 'FAILED'
  end::"CorrectionStatus",
  f."failureReason", f."failureMessage", f."fileName", f."fileSize", f."objectKey", f."sha256", f."inspection",
  f."rowsRead", f."sequence", f."createdAt", f."finishedAt", f."fileDeletedAt"
from "Import" f join "Import" i on i."publicId" = f."corrects"
where f."deletedAt" is null;
select setval(pg_get_serial_sequence('"CorrectionFile"', 'id'), (select coalesce(max("id"), 0) + 1 from "CorrectionFile"), false);
delete from "Import" f using "CorrectionFile" c where c."id" = f."id";
-- Those of imports that are gone are deleted as every deleted import: with their files.
update "Import" set "deletedAt" = coalesce("deletedAt", now()),
  "status" = case when "status" in ('UPLOADING', 'INSPECTING', 'MAPPING') then 'CANCELLED' else "status" end
where "corrects" is not null;
alter table "Import" drop column "corrects";

-- What changes of such a file is told as a change of its import.
create function "tell_correction"() returns trigger language plpgsql as $$
begin
  new."sequence" := nextval('import_sequence');
  new."changedIn" := pg_current_xact_id()::text::bigint;
  perform pg_notify('sluice_import', (select "publicId"::text from "Import" where "id" = new."importId"));
  return new;
end $$;
create trigger "tell_correction" before insert or update on "CorrectionFile"
  for each row execute function "tell_correction"();
