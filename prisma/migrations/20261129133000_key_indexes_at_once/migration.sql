-- The first large import into a dataset with a key fills tables without their indexes, which are made at once when it is
-- decided on. Index entries that are written one by one take half as much processor time again.

-- Takes away what a large first import would have to keep up: of tables that nobody ever wrote to. One that is being read
-- stays as it is, since the import only takes longer.
CREATE FUNCTION "dropKeyIndexes"("number" int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  "rows" text := format('"ds_%s"."rows"', "number");
  "changes" text := format('"ds_%s"."row_changes"', "number");
BEGIN
  IF to_regclass("changes") IS NULL THEN RETURN; END IF;
  IF pg_relation_size("rows"::regclass) + pg_relation_size("changes"::regclass) > 0 THEN RETURN; END IF;
  PERFORM set_config('lock_timeout', '500ms', true);
  BEGIN
    EXECUTE format('LOCK TABLE %s, %s IN ACCESS EXCLUSIVE MODE', "rows", "changes");
    -- Somebody may have written to them meanwhile.
    IF pg_relation_size("rows"::regclass) + pg_relation_size("changes"::regclass) = 0 THEN
      EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS "rows_pkey"', "rows");
      EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS "row_changes_pkey"', "changes");
      EXECUTE format('DROP INDEX IF EXISTS "ds_%1$s"."rows_pkey", "ds_%1$s"."row_changes_pkey", "ds_%1$s"."row_changes_key"', "number");
    END IF;
  EXCEPTION WHEN lock_not_available THEN
    NULL;
  END;
  PERFORM set_config('lock_timeout', '0', true);
END
$$;

-- Makes the indexes of one of the two tables that it lacks. Readers are not in the way, and whoever writes waits.
CREATE FUNCTION "makeKeyIndexes"("number" int, "table" text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  "wanted" record;
  "isLocked" boolean := false;
BEGIN
  FOR "wanted" IN SELECT * FROM (VALUES
    ('rows', 'rows_pkey', 'CREATE UNIQUE INDEX "rows_pkey" ON %s ("_import", "_row")'),
    ('row_changes', 'row_changes_pkey', 'CREATE UNIQUE INDEX "row_changes_pkey" ON %s ("importId", "kind", "rowNumber")'),
    ('row_changes', 'row_changes_key', 'CREATE INDEX "row_changes_key" ON %s ("key", "publishedRevision" DESC) WHERE "key" IS NOT NULL')
  ) w("of", "name", "sql") WHERE w."of" = "table"
  LOOP
    CONTINUE WHEN to_regclass(format('"ds_%s".%I', "number", "wanted"."name")) IS NOT NULL;
    -- Of two that find one missing, the second waits here and finds it made.
    IF NOT "isLocked" THEN
      EXECUTE format('LOCK TABLE "ds_%s".%I IN SHARE ROW EXCLUSIVE MODE', "number", "table");
      "isLocked" := true;
      CONTINUE WHEN to_regclass(format('"ds_%s".%I', "number", "wanted"."name")) IS NOT NULL;
    END IF;
    EXECUTE format("wanted"."sql", format('"ds_%s".%I', "number", "table"));
  END LOOP;
END
$$;
