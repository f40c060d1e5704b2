-- AlterTable
ALTER TABLE "Import" ADD COLUMN     "toDecide" BOOLEAN NOT NULL DEFAULT false;
