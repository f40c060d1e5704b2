-- Whoever shows progress as it happens asks who may see it when a page is opened. What changes that is told as it is
-- committed: the person whose rights, sessions or tokens changed, or * where it may be anybody.
CREATE FUNCTION "tell_rights"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'User' THEN
    PERFORM pg_notify('sluice_rights', NEW."id"::text);
  ELSIF TG_TABLE_NAME = 'Dataset' THEN
    PERFORM pg_notify('sluice_rights', '*');
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM pg_notify('sluice_rights', OLD."userId"::text);
  ELSE
    PERFORM pg_notify('sluice_rights', NEW."userId"::text);
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER "tell_rights" AFTER INSERT OR UPDATE OR DELETE ON "DatasetShare"
  FOR EACH ROW EXECUTE FUNCTION "tell_rights"();
CREATE TRIGGER "tell_rights" AFTER DELETE ON "Session"
  FOR EACH ROW EXECUTE FUNCTION "tell_rights"();
CREATE TRIGGER "tell_rights" AFTER DELETE OR UPDATE OF "scopes", "expiresAt" ON "ApiToken"
  FOR EACH ROW EXECUTE FUNCTION "tell_rights"();
CREATE TRIGGER "tell_rights" AFTER UPDATE OF "role", "disabledAt", "removedAt" ON "User"
  FOR EACH ROW EXECUTE FUNCTION "tell_rights"();
CREATE TRIGGER "tell_rights" AFTER UPDATE OF "ownerId", "deletedAt" ON "Dataset"
  FOR EACH ROW EXECUTE FUNCTION "tell_rights"();
