-- A view that could not follow its columns, because somebody built on it or read it for minutes, is found later and tried
-- again: each view carries a mark of the query that it was made from.

-- The query of a dataset's view as its columns are now; null where it has none.
CREATE FUNCTION "datasetViewQuery"("dataset" uuid) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  "wanted" record;
  "column" record;
  "names" text[] := '{}';
  "cells" text[] := '{}';
  "name" text;
  "number" int;
  "seen" text;
BEGIN
  SELECT EXISTS (SELECT 1 FROM "Column" WHERE "datasetId" = d."id" AND "keyPart" IS NOT NULL) AS "keyed"
    INTO "wanted" FROM "Dataset" d WHERE d."id" = "dataset" AND d."deletedAt" IS NULL;
  IF NOT FOUND THEN RETURN NULL; END IF;
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
  IF cardinality("names") = 0 THEN RETURN NULL; END IF;
  "seen" := format(
    'i."datasetId" = %1$L AND i."status" = ''COMPLETED'' AND i."publication" >= coalesce((SELECT max("publication") FROM "Import" WHERE "datasetId" = %1$L AND "status" = ''COMPLETED'' AND "mode" = ''REPLACE''), 0)',
    "dataset");
  RETURN CASE WHEN "wanted"."keyed" THEN format(
    'SELECT %s FROM "Import" i JOIN "Effect" e ON e."importId" = i."id" AND e."kind" IN (''INSERTED'', ''RETURNED'', ''UPDATED'') JOIN "Row" r ON r."importId" = e."importId" AND r."rowNumber" = e."rowNumber" WHERE %s AND NOT EXISTS (SELECT 1 FROM "Effect" f JOIN "Import" j ON j."id" = f."importId" AND j."status" = ''COMPLETED'' WHERE f."placeImportId" = e."placeImportId" AND f."placeRowNumber" = e."placeRowNumber" AND f."kind" IN (''RETURNED'', ''UPDATED'') AND f."publication" > e."publication")',
    array_to_string("cells", ', '), "seen")
  ELSE format(
    'SELECT %s FROM "Import" i JOIN "Row" r ON r."importId" = i."id" WHERE %s',
    array_to_string("cells", ', '), "seen")
  END;
END
$$;

-- Makes the view of a dataset anew. One that cannot be replaced now stays as it is with a warning, and without the mark:
-- an import never fails for its view.
CREATE OR REPLACE FUNCTION "refreshDatasetView"("dataset" uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  "view" text;
  "query" text;
BEGIN
  SELECT "slug" INTO "view" FROM "Dataset" WHERE "id" = "dataset" AND "deletedAt" IS NULL;
  IF NOT FOUND THEN RETURN; END IF;
  "query" := "datasetViewQuery"("dataset");
  IF "query" IS NULL THEN
    EXECUTE format('DROP VIEW IF EXISTS "datasets".%I', "view");
    RETURN;
  END IF;
  PERFORM set_config('lock_timeout', '2s', true);
  BEGIN
    BEGIN
      EXECUTE format('CREATE OR REPLACE VIEW "datasets".%I AS %s', "view", "query");
    EXCEPTION WHEN invalid_table_definition THEN
      -- A column was renamed, moved or taken away.
      EXECUTE format('DROP VIEW "datasets".%I', "view");
      EXECUTE format('CREATE VIEW "datasets".%I AS %s', "view", "query");
    END;
    EXECUTE format('COMMENT ON VIEW "datasets".%I IS %L', "view", 'Rows that readers see now. Sluice ' || md5("query"));
  EXCEPTION WHEN dependent_objects_still_exist OR lock_not_available THEN
    RAISE WARNING 'The view "datasets".% keeps its earlier columns: %', "view", SQLERRM;
  END;
  PERFORM set_config('lock_timeout', '0', true);
END
$$;

-- Datasets whose view is not as their columns are, with the views of others that build on it.
CREATE FUNCTION "staleDatasetViews"() RETURNS TABLE ("dataset" uuid, "view" text, "builders" text[]) LANGUAGE sql STABLE AS $$
  SELECT d."id", d."slug", ARRAY(
    SELECT DISTINCT w.ev_class::regclass::text FROM pg_depend p JOIN pg_rewrite w ON w.oid = p.objid
    WHERE p.classid = 'pg_rewrite'::regclass AND p.refclassid = 'pg_class'::regclass
      AND p.refobjid = to_regclass(format('"datasets".%I', d."slug")) AND w.ev_class <> p.refobjid
    ORDER BY 1)
  FROM "Dataset" d
  WHERE d."deletedAt" IS NULL AND EXISTS (SELECT 1 FROM "Column" WHERE "datasetId" = d."id")
    AND obj_description(to_regclass(format('"datasets".%I', d."slug")), 'pg_class')
      IS DISTINCT FROM 'Rows that readers see now. Sluice ' || md5("datasetViewQuery"(d."id"))
  ORDER BY 2
$$;

SELECT "refreshDatasetView"("id") FROM "Dataset" WHERE "deletedAt" IS NULL;
