-- AlterTable
ALTER TABLE "Import" ADD COLUMN     "rowsDeletedAt" TIMESTAMPTZ(3),
ADD COLUMN     "undoneAt" TIMESTAMPTZ(3);

-- Imports that are undone: since their last undo.
UPDATE "Import" i SET "undoneAt" = (
  SELECT max(c."at") FROM "DatasetChange" c WHERE c."importId" = i."id" AND c."kind" = 'UNDONE'
) WHERE i."status" = 'UNDONE';
