-- AlterTable
ALTER TABLE "Import" ADD COLUMN     "attemptNotes" JSONB;
