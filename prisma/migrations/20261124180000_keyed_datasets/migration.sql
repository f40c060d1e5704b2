-- CreateEnum
CREATE TYPE "ImportMode" AS ENUM ('APPEND', 'UPSERT', 'INSERT', 'UPDATE', 'REPLACE');

-- CreateEnum
CREATE TYPE "DuplicateRule" AS ENUM ('LAST', 'FIRST', 'REJECT');

-- CreateEnum
CREATE TYPE "EffectKind" AS ENUM ('INSERTED', 'RETURNED', 'UPDATED', 'UNCHANGED', 'DUPLICATE', 'EXISTING', 'MISSING', 'REJECTED');

-- CreateEnum
CREATE TYPE "ChangeKind" AS ENUM ('PUBLISHED', 'UNDONE', 'REDONE');

-- AlterTable
ALTER TABLE "Dataset" ADD COLUMN     "number" SERIAL NOT NULL,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "rows" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Column" ADD COLUMN     "keyPart" INTEGER;

-- AlterTable
ALTER TABLE "Import" ADD COLUMN     "duplicates" "DuplicateRule" NOT NULL DEFAULT 'LAST',
ADD COLUMN     "mode" "ImportMode" NOT NULL DEFAULT 'APPEND',
ADD COLUMN     "publication" INTEGER,
ADD COLUMN     "rowsRemoved" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "Effect" (
    "importId" INTEGER NOT NULL,
    "rowNumber" INTEGER NOT NULL,
    "kind" "EffectKind" NOT NULL,
    "datasetNumber" INTEGER NOT NULL,
    "key" TEXT,
    "publication" INTEGER NOT NULL,
    "placeImportId" INTEGER,
    "placeRowNumber" INTEGER,
    "metImportId" INTEGER,
    "metRowNumber" INTEGER,

    CONSTRAINT "Effect_pkey" PRIMARY KEY ("importId","kind","rowNumber")
);

-- CreateTable
CREATE TABLE "Reach" (
    "importId" INTEGER NOT NULL,
    "placeImportId" INTEGER NOT NULL,
    "rows" INTEGER NOT NULL,

    CONSTRAINT "Reach_pkey" PRIMARY KEY ("importId","placeImportId")
);

-- CreateTable
CREATE TABLE "DatasetChange" (
    "datasetId" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "importId" INTEGER NOT NULL,
    "kind" "ChangeKind" NOT NULL,
    "userId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "DatasetChange_pkey" PRIMARY KEY ("datasetId","revision","importId")
);

-- CreateIndex
CREATE INDEX "DatasetChange_importId_idx" ON "DatasetChange"("importId");

-- CreateIndex
CREATE UNIQUE INDEX "Dataset_number_key" ON "Dataset"("number");

-- AddForeignKey
ALTER TABLE "DatasetChange" ADD CONSTRAINT "DatasetChange_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetChange" ADD CONSTRAINT "DatasetChange_importId_fkey" FOREIGN KEY ("importId") REFERENCES "Import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Keys are compared byte by byte, whatever the database's language.
ALTER TABLE "Effect" ALTER COLUMN "key" TYPE TEXT COLLATE "C";

-- The versions of a key, the latest first: what a keyed import asks for every row of its file.
CREATE INDEX "Effect_key" ON "Effect" ("datasetNumber", "key", "publication" DESC) WHERE "key" IS NOT NULL;

-- What was written over a place: what a reader asks for every row of a page. The first rows of their places are left
-- out, since the primary key has them in the order of their file.
CREATE INDEX "Effect_place" ON "Effect" ("placeImportId", "placeRowNumber", "publication" DESC)
  WHERE "kind" IN ('RETURNED', 'UPDATED');

ALTER TABLE "Effect" SET (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

-- Imports that are there were published in the order in which they ended.
UPDATE "Import" i SET "publication" = o.n
FROM (
  SELECT "id", row_number() OVER (PARTITION BY "datasetId" ORDER BY "finishedAt", "id") AS n
  FROM "Import" WHERE "datasetId" IS NOT NULL AND "status" IN ('COMPLETED', 'UNDONE')
) o WHERE o."id" = i."id";

INSERT INTO "DatasetChange" ("datasetId", "revision", "importId", "kind", "userId", "at")
SELECT "datasetId", "publication", "id", 'PUBLISHED', "userId", coalesce("finishedAt", "createdAt")
FROM "Import" WHERE "publication" IS NOT NULL;

-- Nobody noted when an import was undone: from now on it is.
INSERT INTO "DatasetChange" ("datasetId", "revision", "importId", "kind", "userId")
SELECT "datasetId", (SELECT max("publication") FROM "Import" WHERE "datasetId" = i."datasetId") + 1, "id", 'UNDONE', "userId"
FROM "Import" i WHERE "publication" IS NOT NULL AND "status" = 'UNDONE';

UPDATE "Dataset" d SET
  "revision" = coalesce((SELECT max("revision") FROM "DatasetChange" WHERE "datasetId" = d."id"), 0),
  "rows" = coalesce((SELECT sum("rowsInserted") FROM "Import" WHERE "datasetId" = d."id" AND "status" = 'COMPLETED'), 0);
