-- Which rows of a dataset with a key are current, worked out once for each revision in the background. A view then reads a bit
-- for each row instead of asking what became of its key; until it is worked out, it asks.

-- No foreign keys: working it out takes minutes in a large dataset, and would keep the dataset and its imports locked.
CREATE TABLE "SupersededBlock" (
  "importId" INTEGER NOT NULL,
  "block" INTEGER NOT NULL,
  "bits" BIT(2048) NOT NULL,
  CONSTRAINT "SupersededBlock_pkey" PRIMARY KEY ("importId", "block")
);

CREATE TABLE "CurrentRows" (
  "datasetId" UUID NOT NULL,
  "revision" INTEGER NOT NULL,
  "tooLarge" BOOLEAN NOT NULL DEFAULT false,
  "seen" INTEGER[] NOT NULL DEFAULT '{}',
  "whole" INTEGER[] NOT NULL DEFAULT '{}',
  "partly" INTEGER[] NOT NULL DEFAULT '{}',
  "offsets" INTEGER[] NOT NULL DEFAULT '{}',
  "superseded" VARBIT NOT NULL DEFAULT '',
  CONSTRAINT "CurrentRows_pkey" PRIMARY KEY ("datasetId")
);
-- Read with each query of the view, and compressed it took longer.
ALTER TABLE "CurrentRows" ALTER COLUMN "superseded" SET STORAGE EXTERNAL;

-- A block of rows none of which is superseded.
CREATE FUNCTION "emptyBlock"() RETURNS bit LANGUAGE sql IMMUTABLE AS $$ SELECT repeat('0', 2048)::bit(2048) $$;

-- The most bits that a view reads for a query, 16 MB. In a dataset with more rows that are partly superseded it asks for each.
CREATE FUNCTION "mostSupersededBits"() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 134217728';

-- Marks as superseded what a query returns as "import" and "row". Returns the imports that have them.
CREATE FUNCTION "markSuperseded"("query" text, "imports" int[]) RETURNS int[] LANGUAGE plpgsql AS $$
DECLARE
  "marked" int[];
BEGIN
  EXECUTE format(
    'WITH marked AS (
       INSERT INTO "SupersededBlock" AS b SELECT s."import", s."row" >> 11, bit_or(set_bit("emptyBlock"(), s."row" & 2047, 1)) FROM (%s) s GROUP BY 1, 2
       ON CONFLICT ("importId", "block") DO UPDATE SET "bits" = b."bits" | EXCLUDED."bits" RETURNING "importId")
     SELECT coalesce(array_agg(DISTINCT "importId"), ''{}'') FROM marked', "query") INTO "marked" USING "imports";
  RETURN "marked";
END
$$;

-- Works out which rows of a dataset with a key are current at its revision, unless that is known or somebody does it: from what
-- changed since then, or from all of it. Returns whether there was anything to do. To be called in a transaction that sees one state of the database (REPEATABLE READ),
-- when the dataset has a record in "CurrentRows".
CREATE FUNCTION "refreshCurrentRows"("dataset" uuid) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  "wanted" record;
  "known" "CurrentRows";
  -- The imports that readers see; of those, the ones that were published since; those that were undone or redone since; and
  -- those whose bits changed.
  "now" int[];
  "fresh" int[];
  "turned" int[];
  "touched" int[] := '{}';
  "anew" boolean;
  "of" int;
  "one" varbit;
  "isCurrent" boolean;
  "wholly" int[] := '{}';
  "inPart" int[] := '{}';
  "starts" int[] := '{}';
  "together" varbit := '';
  "isTooLarge" boolean := false;
  "last" int;
BEGIN
  SELECT format('"ds_%s"', d."number") AS "schema", d."revision" INTO "wanted" FROM "Dataset" d
    WHERE d."id" = "dataset" AND d."deletedAt" IS NULL AND d."rowStorage" = 'TABLE'
      AND EXISTS (SELECT 1 FROM "Column" WHERE "datasetId" = d."id" AND "keyPart" IS NOT NULL);
  IF NOT FOUND OR to_regclass("wanted"."schema" || '."row_changes"') IS NULL THEN RETURN false; END IF;
  SELECT * INTO "known" FROM "CurrentRows" WHERE "datasetId" = "dataset" FOR UPDATE SKIP LOCKED;
  IF NOT FOUND OR "known"."revision" = "wanted"."revision" THEN RETURN false; END IF;

  "now" := ARRAY(SELECT "id" FROM "Import" WHERE "datasetId" = "dataset" AND "status" = 'COMPLETED' AND "publishedRevision" >= coalesce((
    SELECT max("publishedRevision") FROM "Import" WHERE "datasetId" = "dataset" AND "status" = 'COMPLETED' AND "mode" = 'REPLACE'), 0) ORDER BY 1);
  "fresh" := ARRAY(SELECT "id" FROM "Import" WHERE "id" = ANY("now") AND "publishedRevision" > "known"."revision");
  "turned" := ARRAY(SELECT DISTINCT "importId" FROM "DatasetChange" WHERE "datasetId" = "dataset" AND "revision" > "known"."revision" AND "kind" <> 'PUBLISHED');
  -- A replacement that is undone shows what later imports were not compared with. And of an import that was undone and whose
  -- rows are gone, or that is gone itself, nobody knows any more what it wrote.
  "anew" := "known"."revision" = -1
    OR EXISTS (SELECT 1 FROM "Import" WHERE "id" = ANY("turned") AND ("mode" = 'REPLACE' OR "rowsDeletedAt" IS NOT NULL OR "deletedAt" IS NOT NULL))
    OR EXISTS (SELECT 1 FROM unnest("known"."seen") i WHERE NOT EXISTS (SELECT 1 FROM "Import" WHERE "id" = i));
  IF NOT "anew" THEN
    EXECUTE format(
      'SELECT EXISTS (SELECT 1 FROM (SELECT DISTINCT "matchedImportId" AS "id" FROM %s."row_changes" WHERE "importId" = ANY($1) AND "kind" = ''UPDATED'') m
       WHERE m."id" <> ALL ($2))', "wanted"."schema") INTO "anew" USING "fresh", "known"."seen" || "fresh" || "turned";
  END IF;
  IF "anew" THEN
    DELETE FROM "SupersededBlock" b USING "Import" i WHERE i."id" = b."importId" AND i."datasetId" = "dataset";
    "fresh" := "now";
    "turned" := '{}';
    "touched" := "now";
    IF cardinality("now") > 1 THEN PERFORM "markSuperseded"(format(
      'SELECT v."importId" AS "import", v."rowNumber" AS "row" FROM (
         SELECT "importId", "rowNumber", lead(true) OVER (PARTITION BY "originImportId", "originRowNumber" ORDER BY "publishedRevision") AS "superseded"
         FROM %s."row_changes" WHERE "importId" = ANY($1) AND "kind" IN (''INSERTED'', ''RESTORED'', ''UPDATED'')) v WHERE v."superseded"', "wanted"."schema"), "now");
    END IF;
  ELSE
    -- An import updates the versions that are current when it is published.
    "touched" := "fresh" || "turned" || "markSuperseded"(format(
      'SELECT "matchedImportId" AS "import", "matchedRowNumber" AS "row" FROM %s."row_changes" WHERE "importId" = ANY($1) AND "kind" = ''UPDATED''',
      "wanted"."schema"), "fresh");
  END IF;
  -- Rows of a file that wrote nothing are never current.
  PERFORM "markSuperseded"(format(
    'SELECT r."_import" AS "import", r."_row" AS "row" FROM %1$s."rows" r LEFT JOIN %1$s."row_changes" e
       ON e."importId" = r."_import" AND e."rowNumber" = r."_row" AND e."kind" IN (''INSERTED'', ''RESTORED'', ''UPDATED'')
     WHERE r."_import" = ANY($1) AND e."rowNumber" IS NULL', "wanted"."schema"), "fresh" || ARRAY(SELECT unnest("turned") INTERSECT SELECT unnest("now")));
  -- Of each key that an undone or redone import wrote, the latest version that is seen is current.
  IF "turned" <> '{}' THEN
    EXECUTE format(
      'WITH marked AS (
         INSERT INTO "SupersededBlock"
         SELECT m."import", m."block", coalesce(b."bits", "emptyBlock"()) & ~m."versions" | coalesce(m."superseded", "emptyBlock"()) FROM (
           SELECT v."import", v."row" >> 11 AS "block", bit_or(set_bit("emptyBlock"(), v."row" & 2047, 1)) AS "versions",
             bit_or(set_bit("emptyBlock"(), v."row" & 2047, 1)) FILTER (WHERE v."latest" > 1) AS "superseded"
           FROM (SELECT DISTINCT "originImportId", "originRowNumber" FROM %1$s."row_changes" WHERE "importId" = ANY($1) AND "kind" IN (''INSERTED'', ''RESTORED'', ''UPDATED'')) o
           CROSS JOIN LATERAL (
             SELECT w."import", w."row", row_number() OVER (ORDER BY w."revision" DESC) AS "latest" FROM (
               SELECT e."importId" AS "import", e."rowNumber" AS "row", e."publishedRevision" AS "revision" FROM %1$s."row_changes" e
               WHERE e."originImportId" = o."originImportId" AND e."originRowNumber" = o."originRowNumber" AND e."kind" IN (''RESTORED'', ''UPDATED'')
               UNION ALL SELECT o."originImportId", o."originRowNumber", 0) w
             WHERE w."import" = ANY($2)) v
           GROUP BY 1, 2) m
         LEFT JOIN "SupersededBlock" b ON b."importId" = m."import" AND b."block" = m."block"
         ON CONFLICT ("importId", "block") DO UPDATE SET "bits" = EXCLUDED."bits" RETURNING "importId")
       SELECT $3 || coalesce(array_agg(DISTINCT "importId"), ''{}'') FROM marked', "wanted"."schema") INTO "touched"
      USING "turned", "now", "touched";
  END IF;

  FOREACH "of" IN ARRAY "now" LOOP
    IF NOT EXISTS (SELECT 1 FROM "SupersededBlock" WHERE "importId" = "of" AND "bits" <> "emptyBlock"()) THEN
      "wholly" := "wholly" || "of";
      CONTINUE;
    END IF;
    -- All of an import that nothing happened to is superseded as before.
    CONTINUE WHEN "of" = ANY("known"."seen") AND "of" <> ALL("touched") AND "of" <> ALL("known"."partly");
    EXECUTE format('SELECT max("_row") FROM %s."rows" WHERE "_import" = $1', "wanted"."schema") INTO "last" USING "of";
    "isTooLarge" := length("together")::bigint + "last" > "mostSupersededBits"();
    EXIT WHEN "isTooLarge";
    SELECT string_agg(coalesce(b."bits", "emptyBlock"())::text, '' ORDER BY n)::varbit INTO "one"
      FROM generate_series(0, "last" >> 11) n LEFT JOIN "SupersededBlock" b ON b."importId" = "of" AND b."block" = n;
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s."rows" r WHERE r."_import" = $1 AND get_bit($2, r."_row") = 0)', "wanted"."schema")
      INTO "isCurrent" USING "of", "one";
    CONTINUE WHEN NOT "isCurrent";
    "inPart" := "inPart" || "of";
    "starts" := "starts" || length("together");
    "together" := "together" || "one";
  END LOOP;
  IF "isTooLarge" THEN
    "wholly" := '{}';
    "inPart" := '{}';
    "starts" := '{}';
    "together" := '';
  END IF;
  UPDATE "CurrentRows" SET "revision" = "wanted"."revision", "tooLarge" = "isTooLarge", "seen" = CASE WHEN "isTooLarge" THEN '{}' ELSE "now" END,
    "whole" = "wholly", "partly" = "inPart", "offsets" = "starts", "superseded" = "together" WHERE "datasetId" = "dataset";
  RETURN true;
END
$$;

-- Whether an ascending list of numbers has this one, as SQL. "= ANY" goes through the list for each row, which is the faster way
-- as long as the list is short.
CREATE FUNCTION "isListed"("number" text, "list" text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('CASE WHEN (SELECT cardinality(%2$s) <= 16) THEN %1$s = ANY (%2$s) ELSE (%2$s)[width_bucket(%1$s, %2$s)] = %1$s END', "number", "list")
$$;

-- The query of such cells of the rows that readers see, wherever they are; null where there are none.
CREATE OR REPLACE FUNCTION "datasetRowsQuery"("dataset" uuid, "cells" text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  "wanted" record;
  "seen" text;
  "imports" text;
  "unseen" text;
  "known" text := 'ARRAY(SELECT u.v FROM "CurrentRows", unnest(%I) WITH ORDINALITY u(v, n) WHERE "datasetId" = %L ORDER BY u.n)';
BEGIN
  IF "cells" IS NULL THEN RETURN NULL; END IF;
  SELECT format('"ds_%s"."rows"', d."number") AS "rows", format('"ds_%s"."row_changes"', d."number") AS "changes", d."rowStorage" = 'TABLE' AS "own",
      EXISTS (SELECT 1 FROM "Column" WHERE "datasetId" = d."id" AND "keyPart" IS NOT NULL) AS "keyed"
    INTO "wanted" FROM "Dataset" d WHERE d."id" = "dataset";
  "seen" := format(
    'i."datasetId" = %1$L AND i."status" = ''COMPLETED'' AND i."publishedRevision" >= coalesce((SELECT max("publishedRevision") FROM "Import" WHERE "datasetId" = %1$L AND "status" = ''COMPLETED'' AND "mode" = ''REPLACE''), 0)',
    "dataset");
  "imports" := format('ARRAY(SELECT i."id" FROM "Import" i WHERE %s ORDER BY 1)', "seen");
  IF "wanted"."own" AND "wanted"."keyed" THEN
    -- A single scan of the table, so that conditions and orders reach its indexes. What is the same for all rows is read once.
    -- Looking for the imports in the list rather than joining them keeps PostgreSQL from making a table of all rows in memory,
    -- which it takes for small.
    RETURN format(
      'SELECT %1$s FROM %2$s r WHERE r."_import" >= (SELECT min(i."id") FROM "Import" i WHERE %5$s) AND CASE
       WHEN (SELECT c."revision" = d."revision" AND NOT c."tooLarge" FROM "CurrentRows" c JOIN "Dataset" d ON d."id" = c."datasetId" WHERE c."datasetId" = %3$L)
       THEN %6$s OR (%7$s AND get_bit((SELECT "superseded" || B'''' FROM "CurrentRows" WHERE "datasetId" = %3$L),
         (%9$s)[width_bucket(r."_import", %8$s)] + r."_row") = 0)
       ELSE EXISTS (SELECT 1 FROM %4$s e WHERE e."importId" = r."_import" AND e."rowNumber" = r."_row" AND e."kind" IN (''INSERTED'', ''RESTORED'', ''UPDATED'') AND %10$s
         AND NOT EXISTS (SELECT 1 FROM %4$s f WHERE f."originImportId" = e."originImportId" AND f."originRowNumber" = e."originRowNumber" AND f."kind" IN (''RESTORED'', ''UPDATED'')
           AND f."publishedRevision" > e."publishedRevision" AND %11$s)) END',
      "cells", "wanted"."rows", "dataset", "wanted"."changes", "seen", "isListed"('r."_import"', format("known", 'whole', "dataset")),
      "isListed"('r."_import"', format("known", 'partly', "dataset")), format("known", 'partly', "dataset"), format("known", 'offsets', "dataset"),
      "isListed"('e."importId"', "imports"), "isListed"('f."importId"', "imports"));
  ELSIF "wanted"."own" AND NOT EXISTS (SELECT 1 FROM "Import" WHERE "datasetId" = "dataset" AND "mode" = 'REPLACE' AND "publishedRevision" IS NOT NULL) THEN
    -- Few imports have rows that are not seen, unless later ones replaced them, and most datasets have none: looking each row's
    -- import up among those that are seen costs as much as reading the row.
    "unseen" := format(
      'SELECT i."id" FROM "Import" i WHERE i."datasetId" = %1$L AND i."hasRows" AND i."status" <> ''COMPLETED'' UNION ALL SELECT i."id" FROM "Import" i WHERE i."datasetId" = %1$L AND i."status" = ''COMPLETED'' AND i."publishedRevision" < (SELECT max("publishedRevision") FROM "Import" WHERE "datasetId" = %1$L AND "status" = ''COMPLETED'' AND "mode" = ''REPLACE'')',
      "dataset");
    RETURN format('SELECT %1$s FROM %2$s r WHERE (SELECT NOT EXISTS (%3$s)) OR r."_import" <> ALL (ARRAY(%3$s))', "cells", "wanted"."rows", "unseen");
  ELSIF "wanted"."own" THEN
    RETURN format('SELECT %s FROM %s r WHERE r."_import" >= (SELECT min(i."id") FROM "Import" i WHERE %s) AND %s', "cells", "wanted"."rows", "seen", "isListed"('r."_import"', "imports"));
  ELSIF "wanted"."keyed" THEN
    RETURN format(
      'SELECT %s FROM "Import" i JOIN "RowChange" e ON e."importId" = i."id" AND e."kind" IN (''INSERTED'', ''RESTORED'', ''UPDATED'') JOIN "Row" r ON r."importId" = e."importId" AND r."rowNumber" = e."rowNumber"
       WHERE %s AND NOT EXISTS (SELECT 1 FROM "RowChange" f JOIN "Import" j ON j."id" = f."importId" AND j."status" = ''COMPLETED'' WHERE f."originImportId" = e."originImportId" AND f."originRowNumber" = e."originRowNumber" AND f."kind" IN (''RESTORED'', ''UPDATED'') AND f."publishedRevision" > e."publishedRevision")',
      "cells", "seen");
  END IF;
  RETURN format('SELECT %s FROM "Import" i JOIN "Row" r ON r."importId" = i."id" WHERE %s', "cells", "seen");
END
$$;

-- What is known of a dataset goes with it.
CREATE FUNCTION "forgetCurrentRows"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'Dataset' THEN DELETE FROM "CurrentRows" WHERE "datasetId" = OLD."id";
  ELSE DELETE FROM "SupersededBlock" WHERE "importId" = OLD."id"; END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "Dataset_forgotten" AFTER DELETE ON "Dataset" FOR EACH ROW EXECUTE FUNCTION "forgetCurrentRows"();
CREATE TRIGGER "Import_forgotten" AFTER DELETE ON "Import" FOR EACH ROW EXECUTE FUNCTION "forgetCurrentRows"();

SELECT "refreshDatasetView"("id") FROM "Dataset" WHERE "deletedAt" IS NULL;
