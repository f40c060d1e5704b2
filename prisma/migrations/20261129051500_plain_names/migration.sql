-- Tables and columns get the names that the rest of the code has for them. Nothing but names changes, apart from what
-- the release before kept for the one before it: the column that "nextTask" took the place of, and its trigger.
drop trigger "name_next_task" on "Import";
drop function "name_next_task"();
alter table "Import" drop column "task";
alter table "Import" rename column "nextTask" to "task";
alter table "Import" rename column "publication" to "publishedRevision";
alter table "Import" rename column "restingSince" to "inReviewSince";
alter table "Import" rename column "toDecide" to "needsResolving";
alter table "Import" rename column "secondsWaited" to "secondsInReview";

-- What an import did with a row: its origin is the row that had its key first, matched is what it found there.
alter type "EffectKind" rename to "RowChangeKind";
alter type "RowChangeKind" rename value 'RETURNED' to 'RESTORED';
alter table "Effect" rename to "RowChange";
alter table "RowChange" rename constraint "Effect_pkey" to "RowChange_pkey";
alter index "Effect_key" rename to "RowChange_key";
alter index "Effect_place" rename to "RowChange_origin";
alter table "RowChange" rename column "publication" to "publishedRevision";
alter table "RowChange" rename column "placeImportId" to "originImportId";
alter table "RowChange" rename column "placeRowNumber" to "originRowNumber";
alter table "RowChange" rename column "metImportId" to "matchedImportId";
alter table "RowChange" rename column "metRowNumber" to "matchedRowNumber";

alter table "Reach" rename to "RowChangeCount";
alter table "RowChangeCount" rename constraint "Reach_pkey" to "RowChangeCount_pkey";
alter table "RowChangeCount" rename column "placeImportId" to "originImportId";

alter table "KeptAnswer" rename to "IdempotentResponse";
alter table "IdempotentResponse" rename constraint "KeptAnswer_pkey" to "IdempotentResponse_pkey";
alter table "IdempotentResponse" rename constraint "KeptAnswer_userId_fkey" to "IdempotentResponse_userId_fkey";
alter index "KeptAnswer_createdAt_idx" rename to "IdempotentResponse_createdAt_idx";
alter index "KeptAnswer_userId_key_key" rename to "IdempotentResponse_userId_key_key";

alter table "Invitation" rename column "renewsId" to "resetsUserId";
alter table "Invitation" rename constraint "Invitation_renewsId_fkey" to "Invitation_resetsUserId_fkey";
alter index "Invitation_renewsId_idx" rename to "Invitation_resetsUserId_idx";

-- The query of a dataset's view, with these names.
CREATE OR REPLACE FUNCTION "datasetViewQuery"("dataset" uuid) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  "wanted" record;
  "cells" text;
  "seen" text;
BEGIN
  SELECT EXISTS (SELECT 1 FROM "Column" WHERE "datasetId" = d."id" AND "keyPart" IS NOT NULL) AS "keyed"
    INTO "wanted" FROM "Dataset" d WHERE d."id" = "dataset" AND d."deletedAt" IS NULL;
  IF NOT FOUND THEN RETURN NULL; END IF;
  SELECT string_agg("datasetCell"(c."type", c."slot") || format(' AS %I', n."name"), ', ' ORDER BY c."position", c."slot")
    INTO "cells" FROM "Column" c JOIN "datasetViewNames"("dataset") n ON n."slot" = c."slot" WHERE c."datasetId" = "dataset";
  IF "cells" IS NULL THEN RETURN NULL; END IF;
  "seen" := format(
    'i."datasetId" = %1$L AND i."status" = ''COMPLETED'' AND i."publishedRevision" >= coalesce((SELECT max("publishedRevision") FROM "Import" WHERE "datasetId" = %1$L AND "status" = ''COMPLETED'' AND "mode" = ''REPLACE''), 0)',
    "dataset");
  RETURN CASE WHEN "wanted"."keyed" THEN format(
    'SELECT %s FROM "Import" i JOIN "RowChange" e ON e."importId" = i."id" AND e."kind" IN (''INSERTED'', ''RESTORED'', ''UPDATED'') JOIN "Row" r ON r."importId" = e."importId" AND r."rowNumber" = e."rowNumber" WHERE %s AND NOT EXISTS (SELECT 1 FROM "RowChange" f JOIN "Import" j ON j."id" = f."importId" AND j."status" = ''COMPLETED'' WHERE f."originImportId" = e."originImportId" AND f."originRowNumber" = e."originRowNumber" AND f."kind" IN (''RESTORED'', ''UPDATED'') AND f."publishedRevision" > e."publishedRevision")',
    "cells", "seen")
  ELSE format(
    'SELECT %s FROM "Import" i JOIN "Row" r ON r."importId" = i."id" WHERE %s',
    "cells", "seen")
  END;
END
$$;

SELECT "refreshDatasetView"("id") FROM "Dataset" WHERE "deletedAt" IS NULL;
