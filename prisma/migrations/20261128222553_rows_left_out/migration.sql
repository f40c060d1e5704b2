-- AlterTable
ALTER TABLE "Import" ADD COLUMN     "rowsLeftOut" INTEGER NOT NULL DEFAULT 0;
