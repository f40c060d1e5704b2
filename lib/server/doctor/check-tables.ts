import { z } from 'zod';
import { db } from '../platform/db/client';
import { type Finding, fail, ok, warn } from './finding';

const found = z.array(
  z.object({
    name: z.string(),
    schema: z.string(),
    isMissing: z.boolean(),
    hasRows: z.boolean(),
    lacking: z.array(z.string()),
  }),
);

/** Whether every dataset has its table, and each column of it. */
export async function checkTables(): Promise<Finding> {
  const datasets = found.parse(
    await db().$queryRaw`
      select d."name", 'ds_' || d."number" as schema, d."rows" > 0 as "hasRows",
        to_regclass(format('"ds_%s"."rows"', d."number")) is null or to_regclass(format('"ds_%s"."canonical"', d."number")) is null
          or (to_regclass(format('"ds_%s"."row_changes"', d."number")) is null
            and exists (select 1 from "Column" c where c."datasetId" = d."id" and c."keyPart" is not null)) as "isMissing",
        array(select c."name" from "Column" c where c."datasetId" = d."id" and c."slot" < "firstSlotInMore"()
          and c."slot" not in (select t."slot" from "tableSlots"(d."id") t) order by c."slot") as lacking
      from "Dataset" d where d."deletedAt" is null and d."rowStorage" = 'TABLE'
        and exists (select 1 from "Column" c where c."datasetId" = d."id") order by d."number"`,
  );
  const missing = datasets.filter(({ isMissing }) => isMissing);
  if (missing.length > 0)
    return fail(
      'Tables',
      `${missing.map(({ name, schema }) => `“${name}” (schema ${schema})`).join(', ')}: not all of it is there.`,
      missing.some(({ hasRows }) => hasRows)
        ? 'Somebody dropped it, or a backup was restored without it: its rows are nowhere else. Restore a whole backup.'
        : 'Nothing is lost, since there are no rows in it: the next import makes it anew.',
    );
  const lacking = datasets.filter((dataset) => dataset.lacking.length > 0);
  if (lacking.length > 0)
    return warn(
      'Tables',
      `${lacking.map(({ name, schema, lacking: columns }) => `“${name}” (schema ${schema}) lacks ${columns.map((column) => `“${column}”`).join(', ')}`).join('; ')}.`,
      'It was being read for longer than 2 seconds when they were added. The next import adds them.',
    );
  return ok('Tables', 'each dataset has its own, with all of its columns.');
}

/** Whether rows of the version before wait to be moved to the tables of their datasets. */
export async function checkMoves(): Promise<Finding[]> {
  const shared = { rowStorage: 'SHARED', deletedAt: null } as const;
  const waiting = await db().dataset.count({ where: shared });
  if (waiting === 0) return [];
  const [imports] = await db().$queryRaw<{ all: number; moved: number }[]>`
    select count(*)::int as all, count(*) filter (where m."movedTo" = m."lastRow")::int as moved
    from "Import" i join "Dataset" d on d."id" = i."datasetId" left join "RowMove" m on m."importId" = i."id"
    where d."rowStorage" = 'SHARED' and d."deletedAt" is null and i."deletedAt" is null and i."rowsDeletedAt" is null
      and i."status" not in ('FAILED', 'CANCELLED')`;
  const datasets =
    waiting === 1 ? 'one dataset waits for its rows' : `${waiting} datasets wait for their rows`;
  const said = `${datasets} to be moved to a table of its own: those of ${imports?.moved ?? 0} of ${imports?.all ?? 0} imports are there.`;
  return [
    warn(
      'Moving rows',
      said,
      'A worker does it by itself, and everything can be read meanwhile. If it stands still, its log says why.',
    ),
  ];
}
