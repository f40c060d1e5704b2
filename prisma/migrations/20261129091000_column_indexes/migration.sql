-- Indexes of columns by which people sort or filter a large dataset.
CREATE TYPE "IndexState" AS ENUM ('WANTED', 'READY');
ALTER TABLE "Column" ADD COLUMN     "indexed" BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE "ColumnIndex" (
    "columnId" UUID NOT NULL,
    "state" "IndexState" NOT NULL DEFAULT 'WANTED',
    "wantedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ColumnIndex_pkey" PRIMARY KEY ("columnId")
);

CREATE INDEX "ColumnIndex_lastUsedAt_idx" ON "ColumnIndex"("lastUsedAt");

ALTER TABLE "ColumnIndex" ADD CONSTRAINT "ColumnIndex_columnId_fkey" FOREIGN KEY ("columnId") REFERENCES "Column"("id") ON DELETE CASCADE ON UPDATE CASCADE;
