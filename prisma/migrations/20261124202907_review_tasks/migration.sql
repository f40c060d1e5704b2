-- AlterTable
ALTER TABLE "Import" ADD COLUMN     "amendments" JSONB,
ADD COLUMN     "task" JSONB;

-- CreateTable
CREATE TABLE "RejectionChunk" (
    "objectKey" TEXT NOT NULL,
    "importId" INTEGER NOT NULL,
    "counts" BOOLEAN NOT NULL DEFAULT false,
    "firstRow" INTEGER NOT NULL DEFAULT 0,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "causes" JSONB,

    CONSTRAINT "RejectionChunk_pkey" PRIMARY KEY ("objectKey")
);

-- CreateIndex
CREATE INDEX "RejectionChunk_importId_firstRow_idx" ON "RejectionChunk"("importId", "firstRow");
