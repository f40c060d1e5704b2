-- AlterTable
ALTER TABLE "User" ADD COLUMN     "purgedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Dataset" ADD COLUMN     "deletedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Import" ADD COLUMN     "deletedAt" TIMESTAMPTZ(3),
ADD COLUMN     "fileDeletedAt" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "Import_deletedAt_idx" ON "Import"("deletedAt");
