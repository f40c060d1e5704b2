-- AlterTable
ALTER TABLE "DatasetChange" ALTER COLUMN "at" SET DEFAULT statement_timestamp();
