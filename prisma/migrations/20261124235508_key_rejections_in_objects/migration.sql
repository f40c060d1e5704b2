-- AlterTable
ALTER TABLE "RejectionChunk" ADD COLUMN     "lastRow" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "ofTheKey" BOOLEAN NOT NULL DEFAULT false;
-- Of objects that were written before it is not known: they are looked into for every row.
UPDATE "RejectionChunk" SET "lastRow" = 2147483647;
