-- AlterTable
ALTER TABLE "Column" ADD COLUMN     "format" JSONB;
