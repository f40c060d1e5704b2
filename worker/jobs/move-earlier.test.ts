import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { exportRows } from '@/lib/server/datasets/rows/export/export-rows';
import { publishImport } from '@/lib/server/imports/publish-import';
import { redoImport, undoImport } from '@/lib/server/imports/undo/undo-import';
import { closeDb, db } from '@/lib/server/platform/db/client';
import { env } from '@/lib/server/platform/env';
import { closeQueue } from '@/lib/server/platform/queue/boss';
import { datasetFaults } from '@/testing/invariants';
import { owner } from '@/testing/people';
import { type RunOptions, runImport, runStage } from '@/worker/testing/run-import';
import { type Answer, earlierAnswers, openEarlierDatabase, type Step } from './testing/earlier-version';
import { type Moment, openMovers } from './testing/killed-mover';

const { answers, steps } = earlierAnswers();
let earlier: Awaited<ReturnType<typeof openEarlierDatabase>>;

beforeAll(async () => {
  earlier = await openEarlierDatabase(inject('servers'));
  Object.assign(env(), { DATABASE_URL: earlier.url });
});
afterAll(async () => {
  await closeQueue();
  await closeDb();
  await earlier.drop();
});

const noted = '"RowMove" SET "movedTo"';
const switched = 'SET "rowStorage"';

/** Where a process is killed while it moves rows. Each process begins with the datasets that are left. */
const moments: Moment[] = [
  { statements: ['"ensureDatasetTable"'], isHeldBack: true },
  { statements: ['insert into "ds_'] },
  { statements: [['hashtextextended', 5]] },
  { statements: [[noted, 4]] },
  { statements: [[noted, 3], 'COMMIT'], isHeldBack: true },
  { statements: [[noted, 3], 'COMMIT'] },
  { statements: [['analyze "ds_', 3]] },
  { statements: [[switched, 3], 'COMMIT'], isHeldBack: true },
  { statements: [[switched, 3], 'COMMIT'] },
];

async function exported(slug: string, format: 'csv' | 'json', at?: Date): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of exportRows(await findDataset(slug, await owner()), { format, at }))
    parts.push(part);
  return Buffer.concat(parts).toString();
}

async function answered({ slug, asOf }: Answer): Promise<Answer> {
  const rows = await db().$queryRawUnsafe<{ row: string }[]>(
    `select v::text as row from datasets."${slug}" v order by v::text collate "C"`,
  );
  const columns = await db().$queryRaw<{ column: string }[]>`
    select attname || ': ' || format_type(atttypid, atttypmod) as column from pg_attribute
    where attrelid = to_regclass(format('datasets.%I', ${slug}::text)) and attnum > 0 order by attnum`;
  return {
    slug,
    csv: await exported(slug, 'csv'),
    json: await exported(slug, 'json'),
    asOf: await Promise.all(asOf.map(async ({ at }) => ({ at, csv: await exported(slug, 'csv', at) }))),
    view: { columns: columns.map(({ column }) => column), rows: rows.map(({ row }) => row) },
  };
}

/** Reads every dataset again and again. @returns what ends it and says how often all were read */
function readOnAndOn(): () => Promise<number> {
  let goesOn = true;
  const read = async () => {
    let rounds = 0;
    for (; goesOn; rounds++) for (const answer of answers) expect(await answered(answer)).toEqual(answer);
    return rounds;
  };
  const rounds = read();
  rounds.catch(() => undefined);
  return () => {
    goesOn = false;
    return rounds;
  };
}

async function doNext(step: Step): Promise<void> {
  const user = await owner();
  switch (step.do) {
    case 'undo':
      await undoImport(step.import, user, { extent: step.extent });
      return;
    case 'redo':
      await redoImport(step.import, user, { extent: step.extent });
      return;
    case 'publish':
      await publishImport(step.import, user);
      expect((await runStage(step.import, user)).status).toBe('COMPLETED');
      return;
    case 'import': {
      const done = await runImport(new TextEncoder().encode(step.file), step.options as RunOptions);
      expect(done).toMatchObject({ status: 'COMPLETED', rows: step.rows });
      return;
    }
    default:
      throw new Error(`Nobody knows ${step satisfies never}.`);
  }
}

const left = () => db().dataset.count({ where: { rowStorage: 'SHARED', deletedAt: null } });

it('datasets of the version before are moved by processes that are killed at ten moments, and nobody notices', async () => {
  expect(earlier.applied).toContain('20261129090000_dataset_tables');
  expect(await left()).toBe(answers.length);
  const stopReading = readOnAndOn();
  const movers = await openMovers(earlier.url);
  const leftThen: number[] = [];
  for (const moment of moments) {
    expect(await movers.killAt(moment)).toBe(true);
    leftThen.push(await left());
  }
  expect(leftThen).toEqual(leftThen.toSorted((a, b) => b - a));
  expect(new Set(leftThen).size).toBeGreaterThan(4);
  expect(leftThen.at(-1)).toBeGreaterThan(0);
  await movers.finish();
  expect(await left()).toBe(0);
  expect(await db().rowMove.count()).toBe(0);

  // An hour later, the space is to be had back.
  await db().$executeRaw`update "Dataset" set "movedAt" = "movedAt" - interval '61 minutes'`;
  expect(await movers.killAt({ statements: ['truncate "Row"'] })).toBe(true);
  expect(await db().row.count()).toBeGreaterThan(0);
  await movers.finish();
  await movers.close();
  const [space] = await db().$queryRaw<{ bytes: number }[]>`
    select (pg_relation_size('"Row"') + pg_relation_size('"RowChange"'))::int as bytes`;
  expect(space).toEqual({ bytes: 0 });

  expect(await stopReading()).toBeGreaterThan(0);
  for (const answer of answers) expect(await answered(answer)).toEqual(answer);
  expect(await datasetFaults()).toEqual([]);
}, 600_000);

it('what is done with them next comes out as it did in the version before', async () => {
  for (const step of steps) {
    await doNext(step);
    expect(await exported(step.slug, 'csv')).toBe(step.csv);
  }
  expect(await datasetFaults()).toEqual([]);
}, 600_000);
