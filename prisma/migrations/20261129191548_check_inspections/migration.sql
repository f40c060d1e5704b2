-- AlterTable
ALTER TABLE "Check" ADD COLUMN     "inspections" INTEGER NOT NULL DEFAULT 0;
