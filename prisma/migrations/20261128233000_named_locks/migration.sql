-- CreateTable
CREATE TABLE "NamedLock" (
    "name" TEXT NOT NULL,

    CONSTRAINT "NamedLock_pkey" PRIMARY KEY ("name")
);

-- The sweep's lock is skipped by those who do not get it, so its row has to be there.
INSERT INTO "NamedLock" ("name") VALUES ('sweep');
