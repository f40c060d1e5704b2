-- Space that deleted rows leave is given back for new ones when a hundredth of a table is free, and not a fifth of it: of
-- a hundred million rows, that would be twenty imports of a million.
ALTER TABLE "Row" SET (autovacuum_vacuum_scale_factor = 0.01);
ALTER TABLE "Effect" SET (autovacuum_vacuum_scale_factor = 0.01);
ALTER TABLE "Rejection" SET (autovacuum_vacuum_scale_factor = 0.01);
