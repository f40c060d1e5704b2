-- Whoever looks for changes by their numbers alone misses some: a number is drawn before its transaction commits, so a
-- higher one may be seen first. The transaction itself tells what a snapshot could not see yet.
ALTER TABLE "Import" ADD COLUMN "changedIn" BIGINT NOT NULL DEFAULT 0;

CREATE OR REPLACE FUNCTION "tell_import"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."sequence" := nextval('import_sequence');
  NEW."changedIn" := pg_current_xact_id()::text::bigint;
  PERFORM pg_notify('sluice_import', NEW."publicId"::text);
  RETURN NEW;
END
$$;

DROP INDEX "Import_sequence_idx";

CREATE INDEX "Import_changedIn_idx" ON "Import"("changedIn");
