-- A view of each dataset, for psql and whatever else speaks SQL: "datasets"."products" shows exactly the current rows,
-- each column with its own name and type. What it shows follows from the status of imports, so that an undo is seen at
-- once. Triggers keep names and types up to date, whoever changes a column and wherever.
CREATE SCHEMA IF NOT EXISTS "datasets";

-- A cell as its type. Moments with a zone are in UTC, since others have none; JSON stays json, which keeps it as it was
-- written.
CREATE FUNCTION "datasetCell"("type" "ColumnType", "slot" int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE "type"
    WHEN 'INTEGER' THEN format('(r."values" ->> %s)::bigint', "slot")
    WHEN 'DECIMAL' THEN format('(r."values" ->> %s)::numeric', "slot")
    WHEN 'BOOLEAN' THEN format('(r."values" ->> %s)::boolean', "slot")
    WHEN 'DATE' THEN format('(r."values" ->> %s)::date', "slot")
    WHEN 'TIME' THEN format('(r."values" ->> %s)::time', "slot")
    WHEN 'JSON' THEN format('(r."values" ->> %s)::json', "slot")
    WHEN 'DATETIME' THEN format(
      '(regexp_replace(r."values" ->> %1$s, ''(Z|[+-]\d\d:\d\d)$'', '''')::timestamp - coalesce(substring(r."values" ->> %1$s from ''[+-]\d\d:\d\d$''), ''0'')::interval)',
      "slot")
    ELSE format('r."values" ->> %s', "slot")
  END
$$;

-- Makes the view of a dataset anew. One that cannot be replaced now, because somebody built on it or reads it for
-- minutes, stays as it is with a warning: an import never fails for its view.
CREATE FUNCTION "refreshDatasetView"("dataset" uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  "wanted" record;
  "column" record;
  "names" text[] := '{}';
  "cells" text[] := '{}';
  "name" text;
  "number" int;
  "seen" text;
  "query" text;
BEGIN
  SELECT "slug", EXISTS (SELECT 1 FROM "Column" WHERE "datasetId" = d."id" AND "keyPart" IS NOT NULL) AS "keyed"
    INTO "wanted" FROM "Dataset" d WHERE d."id" = "dataset" AND d."deletedAt" IS NULL;
  IF NOT FOUND THEN RETURN; END IF;
  FOR "column" IN SELECT c."name", c."type", c."slot" FROM "Column" c WHERE c."datasetId" = "dataset" ORDER BY c."position", c."slot" LOOP
    -- Names are cut to the 63 bytes that PostgreSQL has for them, and numbered where that makes two alike.
    "name" := "column"."name";
    "number" := 1;
    LOOP
      WHILE octet_length("name") > 63 LOOP "name" := left("name", length("name") - 1); END LOOP;
      EXIT WHEN NOT "name" = ANY ("names");
      "number" := "number" + 1;
      "name" := "column"."name";
      WHILE octet_length("name") > 56 LOOP "name" := left("name", length("name") - 1); END LOOP;
      "name" := "name" || ' ' || "number";
    END LOOP;
    "names" := "names" || "name";
    "cells" := "cells" || ("datasetCell"("column"."type", "column"."slot") || format(' AS %I', "name"));
  END LOOP;
  IF cardinality("names") = 0 THEN
    EXECUTE format('DROP VIEW IF EXISTS "datasets".%I', "wanted"."slug");
    RETURN;
  END IF;
  "seen" := format(
    'i."datasetId" = %1$L AND i."status" = ''COMPLETED'' AND i."publication" >= coalesce((SELECT max("publication") FROM "Import" WHERE "datasetId" = %1$L AND "status" = ''COMPLETED'' AND "mode" = ''REPLACE''), 0)',
    "dataset");
  "query" := CASE WHEN "wanted"."keyed" THEN format(
    'SELECT %s FROM "Import" i JOIN "Effect" e ON e."importId" = i."id" AND e."kind" IN (''INSERTED'', ''RETURNED'', ''UPDATED'') JOIN "Row" r ON r."importId" = e."importId" AND r."rowNumber" = e."rowNumber" WHERE %s AND NOT EXISTS (SELECT 1 FROM "Effect" f JOIN "Import" j ON j."id" = f."importId" AND j."status" = ''COMPLETED'' WHERE f."placeImportId" = e."placeImportId" AND f."placeRowNumber" = e."placeRowNumber" AND f."kind" IN (''RETURNED'', ''UPDATED'') AND f."publication" > e."publication")',
    array_to_string("cells", ', '), "seen")
  ELSE format(
    'SELECT %s FROM "Import" i JOIN "Row" r ON r."importId" = i."id" WHERE %s',
    array_to_string("cells", ', '), "seen")
  END;
  PERFORM set_config('lock_timeout', '2s', true);
  BEGIN
    EXECUTE format('CREATE OR REPLACE VIEW "datasets".%I AS %s', "wanted"."slug", "query");
  EXCEPTION
    WHEN invalid_table_definition THEN
      -- A column was renamed, moved or taken away.
      BEGIN
        EXECUTE format('DROP VIEW "datasets".%I', "wanted"."slug");
        EXECUTE format('CREATE VIEW "datasets".%I AS %s', "wanted"."slug", "query");
      EXCEPTION WHEN dependent_objects_still_exist OR lock_not_available THEN
        RAISE WARNING 'The view "datasets".% keeps its earlier columns: %', "wanted"."slug", SQLERRM;
      END;
    WHEN lock_not_available THEN
      RAISE WARNING 'The view "datasets".% keeps its earlier columns: %', "wanted"."slug", SQLERRM;
  END;
  PERFORM set_config('lock_timeout', '0', true);
END
$$;

CREATE FUNCTION "followColumns"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "refreshDatasetView"("datasetId") FROM (SELECT DISTINCT "datasetId" FROM "changed") d;
  RETURN NULL;
END
$$;

CREATE FUNCTION "followChangedColumns"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "refreshDatasetView"("datasetId") FROM (
    SELECT DISTINCT n."datasetId" FROM "changed" n JOIN "before" o ON o."id" = n."id"
    WHERE (n."name", n."type", n."slot", n."position", n."keyPart")
      IS DISTINCT FROM (o."name", o."type", o."slot", o."position", o."keyPart")
  ) d;
  RETURN NULL;
END
$$;

CREATE FUNCTION "followDataset"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('DROP VIEW IF EXISTS "datasets".%I CASCADE', OLD."slug");
  IF TG_OP = 'UPDATE' THEN PERFORM "refreshDatasetView"(NEW."id"); END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER "Column_added" AFTER INSERT ON "Column" REFERENCING NEW TABLE AS "changed"
  FOR EACH STATEMENT EXECUTE FUNCTION "followColumns"();
CREATE TRIGGER "Column_changed" AFTER UPDATE ON "Column" REFERENCING NEW TABLE AS "changed" OLD TABLE AS "before"
  FOR EACH STATEMENT EXECUTE FUNCTION "followChangedColumns"();
CREATE TRIGGER "Column_removed" AFTER DELETE ON "Column" REFERENCING OLD TABLE AS "changed"
  FOR EACH STATEMENT EXECUTE FUNCTION "followColumns"();
CREATE TRIGGER "Dataset_renamed" AFTER UPDATE OF "slug", "deletedAt" ON "Dataset" FOR EACH ROW
  WHEN (OLD."slug" <> NEW."slug" OR OLD."deletedAt" IS DISTINCT FROM NEW."deletedAt")
  EXECUTE FUNCTION "followDataset"();
CREATE TRIGGER "Dataset_removed" AFTER DELETE ON "Dataset" FOR EACH ROW EXECUTE FUNCTION "followDataset"();

SELECT "refreshDatasetView"("id") FROM "Dataset" WHERE "deletedAt" IS NULL;
