import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { exportRows } from '@/lib/server/datasets/rows/export/export-rows';
import { readRowPage } from '@/lib/server/datasets/rows/read-rows';
import { datasetTable } from '@/lib/server/datasets/storage/dataset-table';
import { readRowHistory } from '@/lib/server/imports/outcomes/read-row-history';
import { db } from '@/lib/server/platform/db/client';
import { env } from '@/lib/server/platform/env';
import type { RowPage } from '@/lib/shared/schema/dataset/row';
import { migratedDatabase } from '@/testing/migrated-database';
import { moveDataset } from './move-dataset';
import { moveStep } from './move-step';
import { manyRows, writeEarlierData } from './testing/earlier-data';

const database = migratedDatabase('20261129090000_dataset_tables', writeEarlierData, true);
beforeAll(() => {
  const url = new URL(env().DATABASE_URL);
  url.pathname = `/${database.database}`;
  Object.assign(env(), { DATABASE_URL: url.href });
});

const never = new AbortController().signal;
const datasetOf = (slug: string) => db().dataset.findFirstOrThrow({ where: { slug } });

/** Everything that is stored of a dataset's rows, in the form that they have now. */
async function stored(slug: string) {
  const { canonical, changes, isOwn } = datasetTable(await datasetOf(slug));
  const rows = await database.query(
    `select "importId", "rowNumber", array(select json_array_elements_text("values")) as texts from ${canonical} r
     where "importId" in (select i."id" from "Import" i join "Dataset" d on d."id" = i."datasetId" where d."slug" = $1 and i."status" <> 'FAILED')
     order by 1, 2`,
    [slug],
  );
  const has = await database.query('select to_regclass($1) is not null as is', [
    isOwn ? changes : '"RowChange"',
  ]);
  const kept = has.rows[0].is
    ? await database.query(
        `select "importId", "rowNumber", "kind", "key", "publishedRevision", "originImportId", "originRowNumber",
           "matchedImportId", "matchedRowNumber" from ${changes} c order by 1, 3, 2`,
      )
    : { rows: [] };
  const trimmed = rows.rows.map(({ texts, ...row }) => {
    const cells: (string | null)[] = texts;
    return { ...row, texts: cells.slice(0, cells.findLastIndex((text) => text !== null) + 1) };
  });
  return { rows: trimmed, changes: kept.rows };
}

/** What SQL shows of it. Of 1,600 columns some: taking each out of JSON takes seconds. */
async function view(slug: string) {
  const columns = slug === 'wide' ? [1, 2, 250, 251, 1_600].map((n) => `"column ${n}"`).join() : '*';
  const text = `select v::text from (select ${columns} from datasets."${slug}") v order by 1`;
  return (await database.query({ text, rowMode: 'array' })).rows;
}

/** What readers get of it: as a file, now and as of every change, page by page, and the history of each row. */
async function readAll(slug: string) {
  const user = await db().user.findFirstOrThrow();
  const dataset = await findDataset(slug, user);
  const moments = await db().datasetChange.findMany({
    where: { datasetId: dataset.id },
    orderBy: { at: 'asc' },
  });
  const files: string[] = [];
  for (const at of [undefined, ...moments.map(({ at: moment }) => moment)])
    for (const format of ['csv', 'json'] as const)
      files.push(await exported(exportRows(dataset, { format, at })));
  const pages: RowPage[] = [];
  for (let after: string | undefined; pages.length === 0 || after; after = pages.at(-1)?.next ?? undefined)
    pages.push(await readRowPage(dataset, { limit: 7, after }));
  const histories = await Promise.all(
    pages
      .flatMap(({ rows }) => rows)
      .map(({ importId, row }) => readRowHistory(slug, { importId, row: String(row) }, user)),
  );
  return { files, pages, histories };
}

async function exported(file: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of file) parts.push(part);
  return Buffer.concat(parts).toString();
}

describe('a dataset whose rows are in the table that all shared', () => {
  it.each([
    ['typed', 68, 8],
    ['keyed', 68, 6],
    ['wide', 16_050, 3],
    ['empty', 68, 1],
  ])('%s: comes into a table of its own as it was', async (slug, cells, steps) => {
    const look = async () => ({
      ...(await stored(slug)),
      ...(await readAll(slug)),
      view: await view(slug),
    });
    const before = await look();
    if (slug !== 'empty') {
      expect(before.rows.length).toBeGreaterThan(5);
      expect(before.histories.length).toBeGreaterThan(3);
    }
    expect(before.changes.length > 0).toBe(slug === 'keyed');
    const { id } = await datasetOf(slug);
    for (let done = 0; done < steps; done++) {
      expect(await moveStep(id, { cells })).toMatchObject({ kind: 'rows' });
      expect(await look()).toEqual(before);
      expect((await datasetOf(slug)).rowStorage).toBe('SHARED');
    }
    expect((await moveStep(id, { cells })).kind).toBe('whole');
    expect(await datasetOf(slug)).toMatchObject({ rowStorage: 'TABLE', movedAt: expect.any(Date) });
    expect(await look()).toEqual(before);
    expect(await moveStep(id)).toEqual({ kind: 'nothing' });
    expect(await db().rowMove.count()).toBe(0);
  });

  it('keeps texts that are no values of their types, which no check should have let through', async () => {
    const before = { ...(await stored('odd')), ...(await readAll('odd')) };
    expect(before.files[0]).toContain(',25:61:00,2026-02-30T00:00:00,');
    await expect(view('odd')).rejects.toThrow();
    const { id: datasetId } = await datasetOf('odd');
    // As it is where a worker of the version before wrote the first rows.
    await db().import.updateMany({ where: { datasetId }, data: { hasRows: false } });
    expect(await moveDataset(datasetId, never)).toBe(true);
    expect(await db().import.findMany({ where: { datasetId }, select: { hasRows: true } })).toEqual([
      { hasRows: true },
    ]);
    expect({ ...(await stored('odd')), ...(await readAll('odd')) }).toEqual(before);
    expect(await view('odd')).toEqual([
      ['(,,,,,,)'],
      ['(1,00:00:00,,1,,,)'],
      ['(2.50,,"2026-02-03 00:00:00",,2026-02-03,t,"[ 1]")'],
    ]);
  });

  it('goes on where it was interrupted, whatever moment that was', async () => {
    const before = await stored('long');
    const { id, number } = await datasetOf('long');
    const anImport = `select 1 from "Import" where "datasetId" = '${id}' for update`;
    const notedAt = async () => (await db().rowMove.findFirst())?.movedTo ?? 0;
    let killed = 0;
    let moved = 0;
    for (const next of [50_000, 100_000, manyRows + 1]) {
      // Before it is claimed, while rows are written, and after they were compared.
      const moments = [
        anImport,
        `lock table "ds_${number}"."rows" in share mode`,
        'lock table "RowMove" in share mode',
      ];
      for (const lock of moved === 0 ? [anImport, 'lock table "Row" in access exclusive mode'] : moments) {
        await killedStep(id, lock);
        killed++;
        expect(await notedAt()).toBe(moved);
      }
      moved = next;
      expect(await moveStep(id)).toMatchObject({ kind: 'rows', movedTo: next, lastRow: manyRows + 1 });
    }
    const switching = [
      `select 1 from "Dataset" where "id" = '${id}' for update`,
      'lock table datasets.long in access share mode',
    ];
    for (const lock of switching) {
      await killedStep(id, lock);
      killed++;
      expect((await datasetOf('long')).rowStorage).toBe('SHARED');
    }
    expect(killed).toBe(10);
    expect(await stored('long')).toEqual(before);
    expect(await moveDataset(id, never)).toBe(true);
    expect((await datasetOf('long')).rowStorage).toBe('TABLE');
    expect(await stored('long')).toEqual(before);
  }, 60_000);
});

/** A step whose connection is lost while it waits for a lock. */
async function killedStep(id: string, lock: string): Promise<void> {
  const { rows: holders } = await database.query('select pg_backend_pid() as pid');
  await database.query('begin');
  await database.query(lock);
  const step = moveStep(id).then(
    () => 'done',
    () => 'lost',
  );
  for (let isKilled = false; !isKilled; await sleep(5)) {
    const { rows } = await database.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where $1::int = any(pg_blocking_pids(pid))',
      [holders[0].pid],
    );
    isKilled = rows.length > 0;
  }
  expect(await step).toBe('lost');
  await database.query('rollback');
}
