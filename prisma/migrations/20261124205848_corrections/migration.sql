-- AlterEnum
ALTER TYPE "FailureReason" ADD VALUE 'NOT_A_CORRECTION';

-- AlterTable
ALTER TABLE "Import" ADD COLUMN     "corrects" UUID;

-- CreateIndex
CREATE INDEX "Import_corrects_idx" ON "Import"("corrects");
