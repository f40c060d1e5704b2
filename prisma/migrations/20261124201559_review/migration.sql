-- CreateEnum
CREATE TYPE "OnRejection" AS ENUM ('IMPORT_VALID', 'STOP', 'REVIEW');

-- AlterEnum
ALTER TYPE "FailureReason" ADD VALUE 'REVIEW_ABANDONED';

-- AlterTable
ALTER TABLE "Import" ADD COLUMN     "onRejection" "OnRejection" NOT NULL DEFAULT 'IMPORT_VALID',
ADD COLUMN     "restingSince" TIMESTAMPTZ(3),
ADD COLUMN     "reviewedAt" TIMESTAMPTZ(3),
ADD COLUMN     "secondsWaited" INTEGER NOT NULL DEFAULT 0;
