import { afterAll, describe, expect, it, vi } from 'vitest';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { readPageOf } from '@/lib/server/datasets/rows/read-rows';
import { refreshCurrentRows } from '@/lib/server/datasets/versions/refresh-current-rows';
import { currentSnapshot, snapshotAsOf } from '@/lib/server/datasets/versions/snapshot';
import { cancelImport } from '@/lib/server/imports/cancel-import';
import { previewUndo } from '@/lib/server/imports/undo/preview-undo';
import { redoImport, undoImport } from '@/lib/server/imports/undo/undo-import';
import { db } from '@/lib/server/platform/db/client';
import type { MappedColumnInput } from '@/lib/shared/schema/import/mapping';
import { duplicateRules, importModes } from '@/lib/shared/schema/import/start';
import { countRows } from '@/testing/count-rows';
import { openDatabase } from '@/testing/environment';
import { isLong } from '@/testing/long';
import { owner } from '@/testing/people';
import { randomFrom } from '@/testing/random-from';
import { runImport } from '@/worker/testing/run-import';
import { purgeImport } from '../jobs/purge';
import { expireRows } from '../sweep/expire-rows';
import { openKilledWorker } from './testing/killed-worker';
import { Model, type ModelFile, type ModelRow } from './testing/model';

openDatabase();

/** `npm run test:keyed`: imports go through worker processes, which are killed at random moments of the same seed. */
const kills = process.env.KILLS === '1';

/**
 * Steps are imports, undos, redos, and undone imports whose time is up; `SEED` runs one again. Small files beside a long history look up version by
 * version, larger ones go through all versions.
 */
const runs =
  isLong || kills
    ? [
        { imports: 200, rows: 24 },
        { imports: 25, rows: 300 },
      ]
    : [
        { imports: 60, rows: 24 },
        { imports: 10, rows: 300 },
      ];

/** Whole random numbers below a limit. */
function randomBelow(seed: number): (below: number) => number {
  const next = randomFrom(seed);
  return (below) => Math.floor(next() * below);
}

const types: Record<string, MappedColumnInput['type']> = {
  code: 'TEXT',
  size: 'DECIMAL',
  name: 'TEXT',
  price: 'INTEGER',
  note: 'TEXT',
};
const columns = Object.keys(types);

/** Ways of writing one key: with spaces around it, with marks apart from their letters, with zeros at its end. */
const keyOf = ({ code, size }: ModelRow) => {
  const text = code?.trim().normalize('NFC') ?? '';
  return text === '' || size === null || size === undefined ? null : `${text}/${Number(size)}`;
};

function randomFile(
  random: (below: number) => number,
  first: boolean,
  most: number,
): ModelFile & { text: string } {
  const pick = <T>(list: readonly T[]): T => {
    const found = list[random(list.length)];
    if (found === undefined) throw new Error('Nothing to pick from.');
    return found;
  };
  const used = columns.filter((name) => first || name === 'code' || name === 'size' || random(6) > 0);
  if (!first && random(3) === 0) used.reverse();
  const mode = first ? 'UPSERT' : random(12) === 0 ? 'REPLACE' : pick(importModes.slice(0, 4));
  const duplicates = pick(duplicateRules);
  const rows: ModelFile['rows'] = [];
  const lines = [used.join(',')];
  for (let i = 0; i < 1 + random(most); i++) {
    const bad = random(15) === 0 && used.includes('price');
    const cells: ModelRow = {
      code:
        random(25) === 0 ? null : pick(['a', 'b', 'B', '007', '7', ' a', 'é', 'e\u0301', '1:x', 'c"', 'd ']),
      size: random(25) === 0 ? null : pick(['1', '1.0', '2', '10', '0', '-0']),
      name: random(4) === 0 ? null : pick(['x', 'y', 'a "quoted" one', 'null', '[1]', 'tab\there']),
      price: bad ? 'much' : random(5) === 0 ? null : String(random(4)),
      note: random(2) === 0 ? null : `n${random(3)}`,
    };
    // A row of nothing but blanks would be left out.
    if (!bad && used.every((name) => cells[name] === null)) cells.code = 'a';
    rows.push({ rowNumber: i + 2, cells, bad });
    const quoted = used.map((name) => {
      const cell = cells[name] ?? '';
      return /[",\s]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
    });
    lines.push(quoted.join(','));
  }
  return { columns: used, rows, mode, duplicates, text: `${lines.join('\n')}\n` };
}

async function contentOf(slug: string, at?: Date): Promise<(string | null)[][]> {
  const dataset = await findDataset(slug, await owner());
  const snapshot = at ? await snapshotAsOf(dataset.id, at) : await currentSnapshot(dataset.id);
  const rows: (string | null)[][] = [];
  let after: string | undefined;
  do {
    const page = await readPageOf(snapshot, dataset, { after, limit: 7 });
    rows.push(...page.rows.map(({ cells }) => cells));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return rows;
}

/** What the SQL view shows, in any order. Numbers are compared as such: a view has types. */
async function viewed(slug: string): Promise<string[]> {
  const names = columns.map((name) => `"${name}"::text`).join();
  const rows = await db().$queryRawUnsafe<{ cells: (string | null)[] }[]>(
    `select array[${names}] as cells from datasets."${slug}"`,
  );
  return rows.map(({ cells }) => asTyped(cells)).sort();
}

/** Whether the view reads which rows are current, rather than finding it out for each. */
async function isWorkedOut(datasetId: string): Promise<boolean> {
  const { revision } = await db().dataset.findUniqueOrThrow({ where: { id: datasetId } });
  return (await db().currentRows.findUnique({ where: { datasetId } }))?.revision === revision;
}

const asTyped = (cells: (string | null)[]) =>
  JSON.stringify(
    cells.map((cell, i) =>
      cell !== null && ['DECIMAL', 'INTEGER'].includes(types[columns[i] ?? ''] ?? '')
        ? Number(cell) + 0
        : cell,
    ),
  );

/** Takes the rows of an undone import away, as when the time is up for which they are kept. */
async function expire(publicId: string): Promise<void> {
  const { id } = await db().import.update({ where: { publicId }, data: { undoneAt: new Date(0) } });
  await expireRows(new Date(), 90);
  await purgeImport(id);
  expect(await countRows(id)).toBe(0);
}

describe('a dataset with a key', () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
  const killing = kills ? openKilledWorker(randomBelow(seed + 1)) : undefined;
  afterAll(() => killing?.close());

  it.each(runs)(
    `is what a plain model says, after each of $imports imports of up to $rows rows, undos and redos (seed ${seed})`,
    async ({ imports, rows: most }) => {
      const random = randomBelow(seed);
      const user = await owner();
      const model = new Model(columns, keyOf);
      const ids: string[] = [];
      const moments: { at: Date; seen: Model['imports']; rows: (string | null)[][] }[] = [];
      let dataset: { id: string; slug: string } | undefined;
      const idOf = (number: number) => ids[number - 1] ?? '';

      for (let step = 0; model.imports.length < imports; step++) {
        const what = `seed ${seed}, step ${step}`;
        const undone = model.imports.filter((record) => record.undone && !record.expired);
        const standing = model.imports.filter((record) => !record.undone);
        const action = random(10);
        if (action < 2 && standing.length > 0) {
          const recent = standing.slice(-6);
          const subject = recent[random(recent.length)];
          if (!subject) continue;
          const expected = model.preview(subject);
          const preview = await previewUndo(idOf(subject.number), user);
          expect(preview, what).toMatchObject(expected);
          const going = model.inOrder(subject);
          expect(
            preview.together.map(({ id }) => id),
            what,
          ).toEqual(going.map(({ number }) => idOf(number)));
          const order = random(2) === 0;
          await undoImport(idOf(subject.number), user, { extent: order ? 'IN_ORDER' : 'ALONE' });
          model.turn(order ? going : [subject], true);
        } else if (action < 4 && undone.length > 0) {
          const subject = undone[random(undone.length)];
          if (!subject) continue;
          await redoImport(idOf(subject.number), user);
          model.turn([subject], false);
        } else if (action === 4 && random(4) === 0 && undone.length > 0) {
          const subject = undone[random(undone.length)];
          if (!subject) continue;
          await expire(idOf(subject.number));
          await expect(redoImport(idOf(subject.number), user), what).rejects.toMatchObject({ code: 'gone' });
          model.expire(subject);
        } else {
          const file = randomFile(random, model.imports.length === 0, most);
          const done = await (killing?.runImport ?? runImport)(new TextEncoder().encode(file.text), {
            name: `file ${model.imports.length + 1}.csv`,
            dataset: dataset ? { id: dataset.id } : { name: `Property ${most}` },
            ...(dataset ? {} : { key: ['code', 'size'] }),
            columns: file.columns.map((name, index) => ({ index, name, type: types[name] ?? 'TEXT' })),
            mode: file.mode,
            duplicates: file.duplicates,
          });
          dataset ??= done.dataset ?? undefined;
          if (done.status === 'REVIEW') {
            // Without one valid row it waits for a person: nothing of it is seen, and nothing comes of it.
            expect(done.rows, what).toMatchObject({ read: done.rows.rejected, inserted: 0, updated: 0 });
            await cancelImport(done.id, user);
            continue;
          }
          ids.push(done.id);
          expect(done.failure, what).toBeNull();
          expect(done.rows, `${what}, ${file.mode} ${file.duplicates}\n${file.text}`).toEqual(
            model.import(file),
          );
        }
        const slug = dataset?.slug ?? '';
        const rows = model.rows();
        expect(await contentOf(slug), what).toEqual(rows);
        expect(await viewed(slug), what).toEqual(rows.map(asTyped).sort());
        const { rows: counted, id } = await findDataset(slug, user);
        expect(counted, what).toBe(rows.length);
        // Once it is worked out which rows are current, from one change or from several, the view says the same.
        if (random(3) > 0) {
          await refreshCurrentRows(id);
          // A worker that runs may be at it, and is left alone then.
          await vi.waitUntil(() => isWorkedOut(id), { interval: 20, timeout: 60_000 });
          expect(await viewed(slug), what).toEqual(rows.map(asTyped).sort());
        }

        const { at } = await db().datasetChange.findFirstOrThrow({
          where: { datasetId: id },
          orderBy: { revision: 'desc' },
        });
        moments.push({ at, seen: model.seen(), rows });
        const past = moments[random(moments.length)];
        if (past?.seen.some(({ expired }) => expired)) {
          await expect(contentOf(slug, past.at), what).rejects.toMatchObject({ code: 'gone' });
        } else if (past) {
          expect(await contentOf(slug, past.at), `${what}, as of ${past.at}`).toEqual(past.rows);
        }
      }
      if (killing) {
        process.stdout.write(`seed ${seed}: ${killing.killed()} workers died so far over an import\n`);
        expect(killing.killed(), 'workers that died over an import').toBeGreaterThan(5);
      }
    },
    kills ? 3_600_000 : 300_000,
  );
});
