-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('MEMBER', 'ADMIN');

-- CreateEnum
CREATE TYPE "ImportStatus" AS ENUM ('UPLOADING', 'INSPECTING', 'MAPPING', 'QUEUED', 'STAGING', 'REVIEW', 'PUBLISHING', 'COMPLETED', 'UNDONE', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "FailureReason" AS ENUM ('EMPTY_FILE', 'UNSUPPORTED_FORMAT', 'LEGACY_XLS', 'PASSWORD_PROTECTED', 'INCOMPLETE_FILE', 'MALFORMED_FILE', 'UNKNOWN_ENCODING', 'INFLATED_TOO_LARGE', 'RECORD_TOO_LARGE', 'TOO_MANY_COLUMNS', 'UNCLOSED_QUOTE', 'NO_ROWS', 'SHEET_NOT_FOUND', 'FILE_CHANGED', 'UPLOAD_ABANDONED', 'RECEIPT_UNBALANCED', 'DATASET_GONE', 'DATASET_CHANGED', 'OUTAGE', 'INTERNAL');

-- CreateEnum
CREATE TYPE "ColumnType" AS ENUM ('TEXT', 'INTEGER', 'DECIMAL', 'BOOLEAN', 'DATE', 'DATETIME', 'TIME');

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "Role" NOT NULL DEFAULT 'MEMBER',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Dataset" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "ownerId" UUID NOT NULL,
    "nextSlot" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Dataset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Column" (
    "id" UUID NOT NULL,
    "datasetId" UUID NOT NULL,
    "slot" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "type" "ColumnType" NOT NULL,

    CONSTRAINT "Column_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Import" (
    "id" SERIAL NOT NULL,
    "publicId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "datasetId" UUID,
    "status" "ImportStatus" NOT NULL DEFAULT 'UPLOADING',
    "failureReason" "FailureReason",
    "failureMessage" TEXT,
    "fileName" TEXT NOT NULL,
    "fileSize" BIGINT NOT NULL,
    "objectKey" TEXT NOT NULL,
    "uploadId" TEXT,
    "partSize" INTEGER,
    "etag" TEXT,
    "sha256" TEXT,
    "choices" JSONB,
    "inspection" JSONB,
    "layout" JSONB,
    "mapping" JSONB,
    "options" JSONB,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "checkpoint" JSONB,
    "rowsRead" INTEGER NOT NULL DEFAULT 0,
    "rowsStored" INTEGER NOT NULL DEFAULT 0,
    "rowsRejected" INTEGER NOT NULL DEFAULT 0,
    "rowsInserted" INTEGER NOT NULL DEFAULT 0,
    "rowsUpdated" INTEGER NOT NULL DEFAULT 0,
    "rowsUnchanged" INTEGER NOT NULL DEFAULT 0,
    "rowsSkipped" INTEGER NOT NULL DEFAULT 0,
    "bytesRead" BIGINT NOT NULL DEFAULT 0,
    "peakRssMb" INTEGER,
    "sequence" BIGINT NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "uploadedAt" TIMESTAMPTZ(3),
    "queuedAt" TIMESTAMPTZ(3),
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UploadedPart" (
    "importId" INTEGER NOT NULL,
    "partNumber" INTEGER NOT NULL,
    "etag" TEXT NOT NULL,
    "size" INTEGER NOT NULL,

    CONSTRAINT "UploadedPart_pkey" PRIMARY KEY ("importId","partNumber")
);

-- CreateTable
CREATE TABLE "Row" (
    "importId" INTEGER NOT NULL,
    "rowNumber" INTEGER NOT NULL,
    "values" JSON NOT NULL,

    CONSTRAINT "Row_pkey" PRIMARY KEY ("importId","rowNumber")
);

-- CreateTable
CREATE TABLE "Rejection" (
    "importId" INTEGER NOT NULL,
    "rowNumber" INTEGER NOT NULL,
    "cells" JSONB NOT NULL,
    "reasons" JSONB NOT NULL,

    CONSTRAINT "Rejection_pkey" PRIMARY KEY ("importId","rowNumber")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE UNIQUE INDEX "Dataset_slug_key" ON "Dataset"("slug");

-- CreateIndex
CREATE INDEX "Dataset_ownerId_idx" ON "Dataset"("ownerId");

-- CreateIndex
CREATE UNIQUE INDEX "Column_datasetId_slot_key" ON "Column"("datasetId", "slot");

-- CreateIndex
CREATE UNIQUE INDEX "Column_datasetId_name_key" ON "Column"("datasetId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Import_publicId_key" ON "Import"("publicId");

-- CreateIndex
CREATE UNIQUE INDEX "Import_objectKey_key" ON "Import"("objectKey");

-- CreateIndex
CREATE INDEX "Import_userId_id_idx" ON "Import"("userId", "id" DESC);

-- CreateIndex
CREATE INDEX "Import_datasetId_status_idx" ON "Import"("datasetId", "status");

-- CreateIndex
CREATE INDEX "Import_sequence_idx" ON "Import"("sequence");

-- AddForeignKey
ALTER TABLE "Dataset" ADD CONSTRAINT "Dataset_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Column" ADD CONSTRAINT "Column_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Import" ADD CONSTRAINT "Import_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Import" ADD CONSTRAINT "Import_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UploadedPart" ADD CONSTRAINT "UploadedPart_importId_fkey" FOREIGN KEY ("importId") REFERENCES "Import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Every change of an import draws a new number and is told to whoever listens: progress needs no other signal,
-- whoever makes the change. The payload is the public id; the listener looks the rest up.
CREATE SEQUENCE "import_sequence" AS BIGINT;

CREATE FUNCTION "tell_import"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."sequence" := nextval('import_sequence');
  PERFORM pg_notify('sluice_import', NEW."publicId"::text);
  RETURN NEW;
END
$$;

CREATE TRIGGER "tell_import" BEFORE INSERT OR UPDATE ON "Import"
  FOR EACH ROW EXECUTE FUNCTION "tell_import"();

-- Counting an import's rows must not wait for autovacuum to visit half a million new rows of a large table.
ALTER TABLE "Row" SET (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
