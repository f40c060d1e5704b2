-- CreateTable
CREATE TABLE "RejectionEdit" (
    "importId" INTEGER NOT NULL,
    "rowNumber" INTEGER NOT NULL,
    "cells" JSONB NOT NULL,
    "reasons" JSONB NOT NULL,
    "edited" JSONB NOT NULL,
    "valid" BOOLEAN NOT NULL,

    CONSTRAINT "RejectionEdit_pkey" PRIMARY KEY ("importId","rowNumber")
);
