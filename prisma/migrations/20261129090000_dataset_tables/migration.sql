-- Each dataset gets a schema of its own with a table of typed columns. Datasets that are there keep their rows in the
-- shared table until a job has brought them over; readers see them all the time.
CREATE TYPE "RowStorage" AS ENUM ('SHARED', 'TABLE');
ALTER TABLE "Dataset" ADD COLUMN "rowStorage" "RowStorage" NOT NULL DEFAULT 'SHARED';
ALTER TABLE "Dataset" ALTER COLUMN "rowStorage" SET DEFAULT 'TABLE', ADD COLUMN "movedAt" TIMESTAMPTZ(3);
-- One without any row in the shared table has nothing to bring over.
UPDATE "Dataset" SET "rowStorage" = 'TABLE' WHERE NOT EXISTS (SELECT 1 FROM "Import" WHERE "datasetId" = "Dataset"."id");

-- Whether rows of an import may be in its dataset's table: true before the first is written, and false once the last is
-- deleted. What is not seen of a dataset is among these.
ALTER TABLE "Import" ADD COLUMN "hasRows" BOOLEAN NOT NULL DEFAULT false;
UPDATE "Import" i SET "hasRows" = true WHERE "status" IN ('STAGING', 'REVIEW', 'PUBLISHING', 'COMPLETED')
  OR EXISTS (SELECT 1 FROM "Row" WHERE "importId" = i."id") OR EXISTS (SELECT 1 FROM "RowChange" WHERE "importId" = i."id");
CREATE INDEX "Import_unseen" ON "Import" ("datasetId") WHERE "hasRows" AND "status" <> 'COMPLETED';
CREATE INDEX "Import_published" ON "Import" ("datasetId", "publishedRevision") WHERE "status" = 'COMPLETED';
CREATE INDEX "Import_replacing" ON "Import" ("datasetId", "publishedRevision") WHERE "status" = 'COMPLETED' AND "mode" = 'REPLACE';

-- How far the rows of each import were brought over, while those of its dataset are.
CREATE TABLE "RowMove" (
  "importId" INTEGER NOT NULL, "lastRow" INTEGER NOT NULL, "movedTo" INTEGER NOT NULL,
  CONSTRAINT "RowMove_pkey" PRIMARY KEY ("importId"),
  CONSTRAINT "RowMove_importId_fkey" FOREIGN KEY ("importId") REFERENCES "Import"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- The type of a column in its dataset's table.
CREATE FUNCTION "sqlType"("type" "ColumnType") RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE "type"
    WHEN 'INTEGER' THEN 'bigint' WHEN 'DECIMAL' THEN 'numeric' WHEN 'BOOLEAN' THEN 'boolean' WHEN 'DATE' THEN 'date'
    WHEN 'TIME' THEN 'time' WHEN 'DATETIME' THEN 'timestamp' WHEN 'JSON' THEN 'json' ELSE 'text' END
$$;

-- Columns with a slot from this one on have no column of their own: a row of a PostgreSQL table has 8 kB, of which a long
-- value takes up to 24 bytes. Their values are in "_more", an array of canonical texts.
CREATE FUNCTION "firstSlotInMore"() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 250';

-- The canonical text of a cell, as it was imported and is exported: "_exact" has it, by slot, where the typed value would
-- be spelled otherwise (007.50, a moment with its zone, a fraction of nine digits).
CREATE FUNCTION "canonicalCell"("type" "ColumnType", "slot" int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN "slot" >= "firstSlotInMore"() THEN format('(r."_more" ->> %s)', "slot" - "firstSlotInMore"())
    WHEN "type" IN ('INTEGER', 'DECIMAL', 'TIME', 'BOOLEAN', 'JSON') THEN format('coalesce(r."_exact" ->> ''%1$s'', r."c%1$s"::text)', "slot")
    WHEN "type" = 'DATETIME' THEN format('coalesce(r."_exact" ->> ''%1$s'', to_json(r."c%1$s") #>> ''{}'')', "slot")
    WHEN "type" = 'DATE' THEN format('coalesce(r."_exact" ->> ''%1$s'', to_char(r."c%1$s"::timestamp, ''YYYY-MM-DD''))', "slot")
    ELSE format('r."c%s"', "slot") END
$$;

-- As before, but worked out once and for all columns, whatever figures PostgreSQL has of them: a function that is volatile
-- is never planned into the query that calls it. With 1,600 columns that took two minutes at times, once for each of them.
CREATE OR REPLACE FUNCTION "datasetViewNames"("dataset" uuid) RETURNS TABLE ("slot" int, "name" text) LANGUAGE sql VOLATILE AS $$
  WITH "whole" AS MATERIALIZED (
    -- A cast to PostgreSQL's own type for names cuts between characters.
    SELECT c."slot", row_number() OVER (ORDER BY c."position", c."slot") AS "nth", c."name"::name::text AS "cut"
    FROM "Column" c WHERE c."datasetId" = "dataset"
  ),
  "ranked" AS MATERIALIZED (
    SELECT w.*, row_number() OVER (PARTITION BY w."cut" ORDER BY w."nth") AS "rank" FROM "whole" w
  ),
  -- Room for a space and a number; no character has more than four bytes.
  "alike" AS MATERIALIZED (
    SELECT r."slot", r."nth", (
      SELECT left(r."cut", length(r."cut") - k) FROM generate_series(0, 7) k
      WHERE octet_length(left(r."cut", length(r."cut") - k)) <= 56 ORDER BY k LIMIT 1
    ) AS "stem"
    FROM "ranked" r WHERE r."rank" > 1
  ),
  "counted" AS MATERIALIZED (
    SELECT a.*, row_number() OVER (PARTITION BY a."stem" ORDER BY a."nth") AS "rank" FROM "alike" a
  ),
  -- A number that some column has by its own name is left out.
  "numbered" AS MATERIALIZED (
    SELECT n."stem", n."text", row_number() OVER (PARTITION BY n."stem" ORDER BY n."k") AS "rank"
    FROM (
      SELECT s."stem", k, s."stem" || ' ' || k AS "text"
      FROM (SELECT "stem", count(*) AS "columns" FROM "alike" GROUP BY 1) s,
        generate_series(2, s."columns" + 1 + (SELECT count(*) FROM "whole" w WHERE starts_with(w."cut", s."stem" || ' '))) k
    ) n
    WHERE n."text" NOT IN (SELECT "cut" FROM "whole")
  )
  SELECT "slot", "cut" FROM "ranked" WHERE "rank" = 1
  UNION ALL
  SELECT c."slot", n."text" FROM "counted" c JOIN "numbered" n USING ("stem", "rank")
$$;

-- A canonical text as its type. Moments with a zone are in UTC, since others have none; one whose zone is no zone is empty.
CREATE FUNCTION "castCell"("type" "ColumnType", "text" text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE "type"
    WHEN 'DATETIME' THEN format(
      '(regexp_replace(%1$s, ''(Z|[+-]\d\d:\d\d)$'', '''')::timestamp - (CASE WHEN %1$s ~ ''[+-]\d\d:\d\d$'' THEN substring(%1$s from ''[+-](?:0\d|1[0-5]):[0-5]\d$'') ELSE ''0'' END)::interval)',
      "text")
    WHEN 'TEXT' THEN "text" WHEN 'EMAIL' THEN "text" WHEN 'URL' THEN "text" WHEN 'CHOICE' THEN "text"
    ELSE format('(%s)::%s', "text", "sqlType"("type")) END
$$;

-- Whether a text can be cast to its type. Every check that there ever was lets only such texts through, or was meant to.
CREATE FUNCTION "isCastable"("type" "ColumnType", "text" text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  EXECUTE format('SELECT %s', "castCell"("type", '$1')) USING "text";
  RETURN true;
EXCEPTION WHEN data_exception OR statement_too_complex THEN
  RETURN false;
END
$$;

-- A cell of the shared table as its type.
CREATE OR REPLACE FUNCTION "datasetCell"("type" "ColumnType", "slot" int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT "castCell"("type", format('r."values" ->> %s', "slot"))
$$;

-- Rows on their way into a dataset's table, a batch each, where the database cannot COPY. No transaction leaves any behind,
-- so nothing is lost that is not in the log; and compressing them took longer than writing them.
CREATE UNLOGGED TABLE "RowBatch" (
  "id" UUID NOT NULL,
  "importId" INTEGER NOT NULL,
  "rows" TEXT NOT NULL,
  CONSTRAINT "RowBatch_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "RowBatch" ALTER COLUMN "rows" SET STORAGE EXTERNAL;

-- The columns of a dataset that have a column of their own in its table, as far as it has them already. One whose type was
-- changed in the review of its first import has none of its type before the table is made to fit.
CREATE FUNCTION "tableSlots"("dataset" uuid) RETURNS TABLE ("slot" int, "type" "ColumnType") LANGUAGE plpgsql STABLE ROWS 250 AS $$
BEGIN
  -- Not in SQL, which would be looked up anew for each of 1,600 columns that it is joined with.
  RETURN QUERY SELECT c."slot", c."type" FROM "Dataset" d JOIN "Column" c ON c."datasetId" = d."id"
    JOIN pg_attribute a ON a.attrelid = to_regclass(format('"ds_%s"."rows"', d."number")) AND a.attname = 'c' || c."slot" AND NOT a.attisdropped
      AND a.atttypid = "sqlType"(c."type")::regtype
    WHERE d."id" = "dataset" AND c."slot" < "firstSlotInMore"();
END
$$;

-- Makes a dataset's table, or what it lacks of it: columns, and what a key needs. And the view "canonical" of it, in which a
-- row's values are an array of canonical texts by slot, for whatever reads rows as files spell them. A table that somebody
-- reads for minutes is left as it is with a warning; whoever writes rows tries again. One whose rows are still in the shared
-- table gets it only if it is "moving".
CREATE FUNCTION "ensureDatasetTable"("dataset" uuid, "moving" boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  "wanted" record;
  "outdated" record;
  "index" record;
  "schema" text;
  "missing" text;
  "cells" text;
  "query" text;
BEGIN
  SELECT "number", EXISTS (SELECT 1 FROM "Column" WHERE "datasetId" = d."id" AND "keyPart" IS NOT NULL) AS "keyed"
    INTO "wanted" FROM "Dataset" d WHERE d."id" = "dataset" AND d."deletedAt" IS NULL AND (d."rowStorage" = 'TABLE' OR "moving");
  IF NOT FOUND THEN RETURN; END IF;
  "schema" := 'ds_' || "wanted"."number";
  IF to_regclass(format('%I."rows"', "schema")) IS NULL THEN
    BEGIN
      EXECUTE format('CREATE SCHEMA %I', "schema");
    EXCEPTION WHEN duplicate_schema OR unique_violation THEN
      NULL;
    END;
    BEGIN
    EXECUTE format(
      'CREATE TABLE %I."rows" ("_import" int NOT NULL, "_row" int NOT NULL, "_more" jsonb, "_exact" jsonb)
       WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05)',
      "schema");
    EXECUTE format('CREATE INDEX "rows_place" ON %I."rows" USING brin ("_import", "_row") WITH (pages_per_range = 16)', "schema");
    -- Somebody else makes it at the same time.
    EXCEPTION WHEN duplicate_table OR unique_violation THEN
      NULL;
    END;
  END IF;
  -- Web servers wait here and for the view, in transactions that have 5 s.
  PERFORM set_config('lock_timeout', '500ms', true);
  BEGIN
    -- Of two that find something missing, one makes it, and the other looks again.
    IF ("wanted"."keyed" AND to_regclass(format('%I."row_changes"', "schema")) IS NULL) OR EXISTS (
      SELECT 1 FROM "Column" c WHERE c."datasetId" = "dataset" AND c."slot" < "firstSlotInMore"()
        AND c."slot" NOT IN (SELECT t."slot" FROM "tableSlots"("dataset") t))
    THEN
      EXECUTE format('LOCK TABLE %I."rows" IN ACCESS EXCLUSIVE MODE', "schema");
    END IF;
    IF "wanted"."keyed" AND to_regclass(format('%I."row_changes"', "schema")) IS NULL THEN
      -- Versions are looked up one by one.
      EXECUTE format('DROP INDEX %I."rows_place"', "schema");
      EXECUTE format('ALTER TABLE %I."rows" ADD CONSTRAINT "rows_pkey" PRIMARY KEY ("_import", "_row")', "schema");
      EXECUTE format(
        'CREATE TABLE %I."row_changes" (
           "importId" int NOT NULL, "rowNumber" int NOT NULL, "kind" "RowChangeKind" NOT NULL, "key" text COLLATE "C",
           "publishedRevision" int NOT NULL, "originImportId" int, "originRowNumber" int, "matchedImportId" int, "matchedRowNumber" int,
           CONSTRAINT "row_changes_pkey" PRIMARY KEY ("importId", "kind", "rowNumber"))
         WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05)',
        "schema");
      -- The versions of a key, the latest first: what a keyed import asks for every row of its file.
      EXECUTE format('CREATE INDEX "row_changes_key" ON %I."row_changes" ("key", "publishedRevision" DESC) WHERE "key" IS NOT NULL', "schema");
      EXECUTE format(
        'CREATE INDEX "row_changes_origin" ON %I."row_changes" ("originImportId", "originRowNumber", "publishedRevision" DESC) WHERE "kind" IN (''RESTORED'', ''UPDATED'')',
        "schema");
    END IF;
    -- Views hold on to a column of an earlier type. Its rows are read from their file again.
    FOR "outdated" IN SELECT a.attrelid, a.attname, a.attnum, c."id" FROM pg_attribute a JOIN "Column" c ON c."datasetId" = "dataset" AND a.attname = 'c' || c."slot"
      WHERE a.attrelid = to_regclass(format('%I."rows"', "schema")) AND a.attnum > 0 AND c."slot" < "firstSlotInMore"() AND c."slot" NOT IN (SELECT t."slot" FROM "tableSlots"("dataset") t)
    LOOP
      EXECUTE format('ALTER TABLE %I."rows" RENAME COLUMN %I TO %I', "schema", "outdated".attname, format('_%s_%s', "outdated".attname, "outdated".attnum));
      FOR "index" IN SELECT DISTINCT p.objid::regclass AS "name" FROM pg_depend p JOIN pg_index x ON x.indexrelid = p.objid
        WHERE p.classid = 'pg_class'::regclass AND p.refobjid = "outdated".attrelid AND p.refobjsubid = "outdated".attnum
      LOOP
        EXECUTE format('DROP INDEX %s', "index"."name");
      END LOOP;
      DELETE FROM "ColumnIndex" WHERE "columnId" = "outdated"."id";
    END LOOP;
    SELECT string_agg(format('ADD COLUMN "c%s" %s', c."slot", "sqlType"(c."type")), ', ' ORDER BY c."slot") INTO "missing"
      FROM "Column" c WHERE c."datasetId" = "dataset" AND c."slot" < "firstSlotInMore"()
        AND c."slot" NOT IN (SELECT t."slot" FROM "tableSlots"("dataset") t);
    IF "missing" IS NOT NULL THEN EXECUTE format('ALTER TABLE %I."rows" %s', "schema", "missing"); END IF;
    SELECT string_agg(CASE WHEN t."slot" IS NULL THEN 'NULL' ELSE "canonicalCell"(t."type", t."slot") END, ', ' ORDER BY n) INTO "cells"
      FROM generate_series(0, (
        SELECT max(least(m."slot", "firstSlotInMore"() - 1)) FROM "Column" m WHERE m."datasetId" = "dataset")) n
      LEFT JOIN "tableSlots"("dataset") t ON t."slot" = n;
    "query" := format('array_to_json(ARRAY[%s]::text[])', "cells");
    IF EXISTS (SELECT 1 FROM "Column" WHERE "datasetId" = "dataset" AND "slot" >= "firstSlotInMore"()) THEN
      "query" := format(
        'CASE WHEN r."_more" IS NULL THEN %1$s ELSE (left((%1$s)::text, -1) || '','' || substr(r."_more"::text, 2))::json END',
        "query");
    END IF;
    "query" := format(
      'SELECT r."_import" AS "importId", r."_row" AS "rowNumber", %s AS "values" FROM %I."rows" r', "query", "schema");
    IF obj_description(to_regclass(format('%I."canonical"', "schema")), 'pg_class') IS DISTINCT FROM 'Sluice ' || md5("query") THEN
      EXECUTE format('CREATE OR REPLACE VIEW %I."canonical" AS %s', "schema", "query");
      EXECUTE format('COMMENT ON VIEW %I."canonical" IS %L', "schema", 'Sluice ' || md5("query"));
    END IF;
  EXCEPTION WHEN lock_not_available THEN
    RAISE WARNING 'The table of dataset % lacks columns, since it is being read: %', "wanted"."number", SQLERRM;
  END;
  PERFORM set_config('lock_timeout', '0', true);
END
$$;

-- The query of a dataset's view as its columns are now; null where it has none.
CREATE OR REPLACE FUNCTION "datasetViewQuery"("dataset" uuid) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  "own" boolean;
  "cells" text;
BEGIN
  SELECT d."rowStorage" = 'TABLE' INTO "own" FROM "Dataset" d WHERE d."id" = "dataset" AND d."deletedAt" IS NULL;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF "own" THEN
    -- A column that its table lacks is empty for now, and the view is one of those that are made anew later.
    SELECT string_agg(
        CASE WHEN c."slot" >= "firstSlotInMore"() THEN "castCell"(c."type", format('r."_more" ->> %s', c."slot" - "firstSlotInMore"()))
          WHEN t."slot" IS NULL THEN format('NULL::%s', "sqlType"(c."type"))
          ELSE format('r."c%s"', c."slot") END || format(' AS %I', n."name"), ', ' ORDER BY c."position", c."slot")
      INTO "cells" FROM "Column" c JOIN "datasetViewNames"("dataset") n ON n."slot" = c."slot"
      LEFT JOIN "tableSlots"("dataset") t ON t."slot" = c."slot" WHERE c."datasetId" = "dataset";
  ELSE
    SELECT string_agg("datasetCell"(c."type", c."slot") || format(' AS %I', n."name"), ', ' ORDER BY c."position", c."slot")
      INTO "cells" FROM "Column" c JOIN "datasetViewNames"("dataset") n ON n."slot" = c."slot" WHERE c."datasetId" = "dataset";
  END IF;
  RETURN "datasetRowsQuery"("dataset", "cells");
END
$$;

-- The query of such cells of the rows that readers see, wherever they are; null where there are none.
CREATE FUNCTION "datasetRowsQuery"("dataset" uuid, "cells" text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  "wanted" record;
  "seen" text;
  "rows" text := '"Row"';
  "changes" text := '"RowChange"';
  "ofRow" text := 'r."importId" = %1$s."%2$s" AND r."rowNumber" = %1$s."rowNumber"';
BEGIN
  IF "cells" IS NULL THEN RETURN NULL; END IF;
  SELECT d."number", d."rowStorage" = 'TABLE' AS "own", EXISTS (SELECT 1 FROM "Column" WHERE "datasetId" = d."id" AND "keyPart" IS NOT NULL) AS "keyed"
    INTO "wanted" FROM "Dataset" d WHERE d."id" = "dataset";
  IF "wanted"."own" THEN
    "rows" := format('"ds_%s"."rows"', "wanted"."number");
    "changes" := format('"ds_%s"."row_changes"', "wanted"."number");
    "ofRow" := 'r."_import" = %1$s."%2$s" AND r."_row" = %1$s."rowNumber"';
  END IF;
  "seen" := format(
    'i."datasetId" = %1$L AND i."status" = ''COMPLETED'' AND i."publishedRevision" >= coalesce((SELECT max("publishedRevision") FROM "Import" WHERE "datasetId" = %1$L AND "status" = ''COMPLETED'' AND "mode" = ''REPLACE''), 0)',
    "dataset");
  RETURN CASE WHEN "wanted"."keyed" THEN format(
    'SELECT %s FROM "Import" i JOIN %3$s e ON e."importId" = i."id" AND e."kind" IN (''INSERTED'', ''RESTORED'', ''UPDATED'') JOIN %4$s r ON %5$s WHERE %2$s AND NOT EXISTS (SELECT 1 FROM %3$s f JOIN "Import" j ON j."id" = f."importId" AND j."status" = ''COMPLETED'' WHERE f."originImportId" = e."originImportId" AND f."originRowNumber" = e."originRowNumber" AND f."kind" IN (''RESTORED'', ''UPDATED'') AND f."publishedRevision" > e."publishedRevision")',
    "cells", "seen", "changes", "rows", format("ofRow", 'e', 'importId'))
  -- Few imports have rows that are not seen, unless later ones replaced them: what few there are is left out, which costs
  -- half of looking each row's import up among those that are seen.
  WHEN "wanted"."own" AND NOT EXISTS (SELECT 1 FROM "Import" WHERE "datasetId" = "dataset" AND "mode" = 'REPLACE' AND "publishedRevision" IS NOT NULL) THEN format(
    'SELECT %s FROM %s r WHERE r."_import" <> ALL (ARRAY(SELECT i."id" FROM "Import" i WHERE i."datasetId" = %3$L AND i."hasRows" AND i."status" <> ''COMPLETED'' UNION ALL SELECT i."id" FROM "Import" i WHERE i."datasetId" = %3$L AND i."status" = ''COMPLETED'' AND i."publishedRevision" < (SELECT max("publishedRevision") FROM "Import" WHERE "datasetId" = %3$L AND "status" = ''COMPLETED'' AND "mode" = ''REPLACE'')))',
    "cells", "rows", "dataset")
  WHEN "wanted"."own" THEN format('SELECT %s FROM %s r WHERE r."_import" IN (SELECT i."id" FROM "Import" i WHERE %s)', "cells", "rows", "seen")
  ELSE format('SELECT %s FROM "Import" i JOIN "Row" r ON r."importId" = i."id" WHERE %s', "cells", "seen")
  END;
END
$$;

-- The columns that a dataset's view has now, and the slots that they show. Its comment says which; that of an earlier version
-- says nothing, but its query has each slot in its place.
CREATE FUNCTION "shownColumns"("dataset" uuid) RETURNS TABLE ("nth" int, "name" text, "type" regtype, "slot" int) LANGUAGE sql STABLE AS $$
  WITH "view" AS MATERIALIZED (
    SELECT v."oid", coalesce(
      string_to_array(substring(obj_description(v."oid", 'pg_class') from ' slots ([0-9,]+)$'), ',')::int[],
      ARRAY(SELECT m[1]::int FROM regexp_matches(pg_get_viewdef(v."oid"), 'r\."values" ->> (\d+)', 'g') WITH ORDINALITY f(m, n) GROUP BY 1 ORDER BY min(n))) AS "slots"
    FROM (SELECT to_regclass(format('"datasets".%I', d."slug")) AS "oid" FROM "Dataset" d WHERE d."id" = "dataset") v
  )
  SELECT a.attnum::int, a.attname::text, a.atttypid::regtype, v."slots"[a.attnum]
  FROM "view" v JOIN pg_attribute a ON a.attrelid = v."oid" AND a.attnum > 0
$$;

-- The query of a dataset's view as its rows are stored now, with the columns that the view has: their names, order and types.
-- What is stored as another type now is cast from its canonical text, and a value that cannot be is an error. Null where a
-- column of the view is not known.
CREATE FUNCTION "shownViewQuery"("dataset" uuid) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  "own" boolean;
  "table" regclass;
  "cells" text;
BEGIN
  SELECT d."rowStorage" = 'TABLE', to_regclass(format('"ds_%s"."rows"', d."number")) INTO "own", "table" FROM "Dataset" d WHERE d."id" = "dataset";
  IF EXISTS (SELECT 1 FROM "shownColumns"("dataset") s WHERE s."slot" IS NULL) THEN RETURN NULL; END IF;
  WITH "types" AS MATERIALIZED (
    SELECT DISTINCT ON (2) t AS "type", "sqlType"(t)::regtype AS "sql" FROM unnest(enum_range(NULL::"ColumnType")) t ORDER BY 2, 1
  )
  SELECT string_agg(
      CASE WHEN NOT "own" THEN "datasetCell"(t."type", s."slot")
        WHEN s."slot" >= "firstSlotInMore"() THEN "castCell"(t."type", "canonicalCell"(t."type", s."slot"))
        WHEN a.attname IS NULL THEN format('NULL::%s', s."type")
        WHEN a.atttypid = s."type" THEN format('r.%I', a.attname)
        ELSE "castCell"(t."type", "canonicalCell"(n."type", s."slot")) END || format(' AS %I', s."name"), ', ' ORDER BY s."nth")
    INTO "cells" FROM "shownColumns"("dataset") s LEFT JOIN "types" t ON t."sql" = s."type"
    LEFT JOIN pg_attribute a ON a.attrelid = "table" AND a.attname = 'c' || s."slot" AND NOT a.attisdropped
    LEFT JOIN "types" n ON n."sql" = a.atttypid;
  RETURN "datasetRowsQuery"("dataset", "cells");
END
$$;

-- Says of a dataset's view what it was made from, and which columns it shows.
CREATE FUNCTION "markDatasetView"("view" text, "mark" text, "slots" text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('COMMENT ON VIEW "datasets".%I IS %L', "view", 'Rows that readers see now. Sluice ' || "mark" || ' slots ' || "slots");
END
$$;

-- Marks a view that cannot have its dataset's columns now as one that is to follow. One that others build on is made anew
-- with the columns that it has: its rows are those that readers see, wherever they are stored.
CREATE FUNCTION "keepDatasetView"("dataset" uuid, "view" text, "anew" boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  "query" text := "shownViewQuery"("dataset");
BEGIN
  IF "query" IS NULL THEN RETURN; END IF;
  PERFORM "markDatasetView"("view", 'earlier', (SELECT string_agg(s."slot"::text, ',' ORDER BY s."nth") FROM "shownColumns"("dataset") s));
  IF "anew" THEN EXECUTE format('CREATE OR REPLACE VIEW "datasets".%I AS %s', "view", "query"); END IF;
EXCEPTION WHEN invalid_table_definition OR lock_not_available THEN
  RAISE WARNING 'The view "datasets".% stays as it is: %', "view", SQLERRM;
END
$$;

-- Makes the view of a dataset anew, and what its table lacks. One that others build on keeps its columns with a warning, and
-- one that is being read for seconds stays as it is; both are tried again: an import never fails for its view.
CREATE OR REPLACE FUNCTION "refreshDatasetView"("dataset" uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  "view" text;
  "query" text;
BEGIN
  SELECT "slug" INTO "view" FROM "Dataset" WHERE "id" = "dataset" AND "deletedAt" IS NULL;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM "ensureDatasetTable"("dataset");
  "query" := "datasetViewQuery"("dataset");
  IF "query" IS NULL THEN
    EXECUTE format('DROP VIEW IF EXISTS "datasets".%I', "view");
    RETURN;
  END IF;
  PERFORM set_config('lock_timeout', '500ms', true);
  BEGIN
    BEGIN
      EXECUTE format('CREATE OR REPLACE VIEW "datasets".%I AS %s', "view", "query");
    EXCEPTION WHEN invalid_table_definition THEN
      -- A column was renamed, moved or taken away.
      EXECUTE format('DROP VIEW "datasets".%I', "view");
      EXECUTE format('CREATE VIEW "datasets".%I AS %s', "view", "query");
    END;
    PERFORM "markDatasetView"("view", md5("query"), (
      SELECT string_agg(c."slot"::text, ',' ORDER BY c."position", c."slot") FROM "Column" c WHERE c."datasetId" = "dataset"));
  EXCEPTION WHEN dependent_objects_still_exist OR lock_not_available THEN
    RAISE WARNING 'The view "datasets".% keeps its earlier columns: %', "view", SQLERRM;
    PERFORM "keepDatasetView"("dataset", "view", SQLSTATE = '2BP01');
  END;
  PERFORM set_config('lock_timeout', '0', true);
END
$$;

-- The views of others that build on a dataset's.
CREATE FUNCTION "viewBuilders"("slug" text) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT ARRAY(
    SELECT DISTINCT w.ev_class::regclass::text FROM pg_depend p JOIN pg_rewrite w ON w.oid = p.objid
    WHERE p.classid = 'pg_rewrite'::regclass AND p.refclassid = 'pg_class'::regclass
      AND p.refobjid = to_regclass(format('"datasets".%I', "slug")) AND w.ev_class <> p.refobjid
    ORDER BY 1)
$$;

-- Datasets whose view is not as their columns are, with the views of others that build on it.
CREATE OR REPLACE FUNCTION "staleDatasetViews"() RETURNS TABLE ("dataset" uuid, "view" text, "builders" text[]) LANGUAGE sql STABLE AS $$
  SELECT d."id", d."slug", "viewBuilders"(d."slug") FROM "Dataset" d
  WHERE d."deletedAt" IS NULL AND EXISTS (SELECT 1 FROM "Column" WHERE "datasetId" = d."id")
    AND starts_with(
      obj_description(to_regclass(format('"datasets".%I', d."slug")), 'pg_class'),
      'Rows that readers see now. Sluice ' || md5("datasetViewQuery"(d."id")) || ' ') IS NOT TRUE
  ORDER BY 2
$$;

-- Removes a dataset's table with everything in it: its space is back at once.
CREATE FUNCTION "dropDatasetTable"("number" int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF to_regnamespace(format('"ds_%s"', "number")) IS NOT NULL THEN
    EXECUTE format('DROP SCHEMA "ds_%s" CASCADE', "number");
  END IF;
END
$$;

CREATE OR REPLACE FUNCTION "followDataset"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('DROP VIEW IF EXISTS "datasets".%I CASCADE', OLD."slug");
  IF TG_OP = 'UPDATE' THEN PERFORM "refreshDatasetView"(NEW."id");
  ELSE PERFORM "dropDatasetTable"(OLD."number"); END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION "followRowStorage"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "refreshDatasetView"(NEW."id");
  RETURN NULL;
END
$$;

CREATE TRIGGER "Dataset_moved" AFTER UPDATE OF "rowStorage" ON "Dataset" FOR EACH ROW
  WHEN (OLD."rowStorage" <> NEW."rowStorage") EXECUTE FUNCTION "followRowStorage"();

SELECT "refreshDatasetView"("id") FROM "Dataset" WHERE "deletedAt" IS NULL;
