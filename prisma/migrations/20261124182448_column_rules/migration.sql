-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "ColumnType" ADD VALUE 'EMAIL';
ALTER TYPE "ColumnType" ADD VALUE 'URL';
ALTER TYPE "ColumnType" ADD VALUE 'CHOICE';
ALTER TYPE "ColumnType" ADD VALUE 'JSON';

-- AlterTable
ALTER TABLE "Column" ADD COLUMN     "rules" JSONB,
ADD COLUMN     "synonyms" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "Import" ADD COLUMN     "headersHash" TEXT;

-- CreateIndex
CREATE INDEX "Import_datasetId_headersHash_idx" ON "Import"("datasetId", "headersHash");
