-- The one change that the audit log lets through: once it says itself that somebody was deleted for good
-- (PERSON_PURGED), what names that person may go from the events, and nothing else of them: the name, the address that
-- they came from, and the names of their tokens and invitation. The event, its time, its kind and its ids stay.
CREATE FUNCTION "is_purged"("person" TEXT) RETURNS BOOLEAN LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM "AuditEvent" WHERE "kind" = 'PERSON_PURGED' AND "subjectId" = "person")
$$;

CREATE FUNCTION "refuse_change_but_erasure"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "actor_gone" BOOLEAN := OLD."actorId" IS NOT NULL AND "is_purged"(OLD."actorId"::TEXT);
  "subject_gone" BOOLEAN := OLD."subjectId" IS NOT NULL AND (
    "is_purged"(OLD."subjectId")
    OR ("actor_gone" AND OLD."kind" LIKE 'TOKEN\_%')
    OR (OLD."kind" LIKE 'INVIT%' AND EXISTS (
      SELECT 1 FROM "AuditEvent" a
      WHERE a."kind" = 'INVITATION_ACCEPTED' AND a."subjectId" = OLD."subjectId" AND "is_purged"(a."actorId"::TEXT)
    ))
  );
BEGIN
  IF (NEW."id", NEW."at", NEW."kind", NEW."actorId", NEW."subjectId", NEW."datasetId", NEW."datasetName", NEW."facts")
      IS NOT DISTINCT FROM
     (OLD."id", OLD."at", OLD."kind", OLD."actorId", OLD."subjectId", OLD."datasetId", OLD."datasetName", OLD."facts")
    AND (NEW."actorName" IS NOT DISTINCT FROM OLD."actorName" OR (NEW."actorName" IS NULL AND "actor_gone"))
    AND (NEW."via" IS NOT DISTINCT FROM OLD."via" OR (NEW."via" = split_part(OLD."via", ':', 1) AND "actor_gone"))
    AND (NEW."address" IS NOT DISTINCT FROM OLD."address"
      OR (NEW."address" IS NULL AND ("actor_gone" OR (OLD."actorId" IS NULL AND "subject_gone"))))
    AND (NEW."subjectName" IS NOT DISTINCT FROM OLD."subjectName" OR (NEW."subjectName" IS NULL AND "subject_gone"))
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'The audit log is append-only: % is refused.', TG_OP;
END
$$;

DROP TRIGGER "append_only" ON "AuditEvent";

CREATE TRIGGER "append_only" BEFORE DELETE OR TRUNCATE ON "AuditEvent"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
ALTER TABLE "AuditEvent" ENABLE ALWAYS TRIGGER "append_only";

CREATE TRIGGER "only_erased" BEFORE UPDATE ON "AuditEvent"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change_but_erasure"();
ALTER TABLE "AuditEvent" ENABLE ALWAYS TRIGGER "only_erased";
