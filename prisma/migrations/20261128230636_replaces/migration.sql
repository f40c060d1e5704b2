-- AlterTable
ALTER TABLE "Import" ADD COLUMN     "replaces" JSONB;
