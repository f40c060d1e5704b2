-- AlterTable
ALTER TABLE "Import" ADD COLUMN     "draft" JSONB;

-- CreateIndex
CREATE INDEX "Import_fileSize_idx" ON "Import"("fileSize");
