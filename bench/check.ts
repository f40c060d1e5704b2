import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readCheck } from '@/lib/server/imports/checks/read-check';
import { requestCheck } from '@/lib/server/imports/checks/request-check';
import { getImport } from '@/lib/server/imports/get-import';
import { startImport } from '@/lib/server/imports/start-import';
import type { CheckView } from '@/lib/shared/schema/import/check';
import { startImportInput } from '@/lib/shared/schema/import/start';
import { owner } from '@/testing/people';
import { upload } from '@/worker/testing/run-import';
import type { Answers } from './queries';
import { peakOf, startWorker } from './run-import';

const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

/** A file that waits for its columns to be matched. */
async function matching(path: string) {
  const user = await owner();
  const id = await upload(await readFile(path), basename(path), user);
  for (;;) {
    const { inspection, status } = await getImport(id, user);
    if (status === 'MAPPING' && inspection) {
      const input = { dataset: { name: `check ${id}` }, columns: inspection.columns };
      return { id, user, input: startImportInput.parse(input) };
    }
    await sleep(20);
  }
}

type Matching = Awaited<ReturnType<typeof matching>>;

/** Changes something, and waits for figures. @returns seconds until there are some, and until the file was read */
async function change({ id, user, input }: Matching, note: string) {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const [first = input.columns[0], ...rest] = input.columns;
  if (!first) throw new Error('The file has no column.');
  const columns = [{ ...first, name: `${first.name} ${note}` }, ...rest];
  await requestCheck(id, { ...input, columns }, user);
  const until = async (done: (check: CheckView) => boolean) => {
    for (; ; await sleep(10)) {
      const { check } = await readCheck(id, user);
      if (check && done(check)) return seconds();
    }
  };
  const some = await until(({ figures }) => figures !== null);
  return { some, whole: await until(({ state }) => state === 'DONE') };
}

/** Imports a file. @returns seconds from the start of the job to the end */
async function importOf({ id, user, input }: Matching): Promise<number> {
  await startImport(id, input, user);
  for (;;) {
    const { status, seconds } = await getImport(id, user);
    if (status === 'COMPLETED') return seconds ?? 0;
    await sleep(20);
  }
}

/**
 * How long figures of a check take after a change; one alone, one that takes the place of another, and beside an import of
 * the same worker; and how long that import takes with and without.
 */
export async function measureChecks(
  path: string,
  environment: Record<string, string>,
  runs: number,
): Promise<Answers> {
  const worker = await startWorker({ ...environment, WORKER_CONCURRENCY: '1' });
  try {
    const checked = await matching(path);
    const alone = { some: [] as number[], whole: [] as number[] };
    const again: number[] = [];
    const beside = { figures: [] as number[], with: [] as number[], without: [] as number[] };
    for (let run = 0; run < runs; run++) {
      const { some, whole } = await change(checked, `alone ${run}`);
      alone.some.push(some);
      alone.whole.push(whole);
      const left = change(checked, `left ${run}`).catch(() => undefined);
      await sleep(100);
      again.push((await change(checked, `again ${run}`)).some);
      await left;
    }
    const memory = await peakOf(worker);
    for (let run = 0; run < runs; run++) {
      beside.without.push(await importOf(await matching(path)));
      const next = await matching(path);
      const importing = importOf(next);
      await sleep(100);
      const checking = change(checked, `beside ${run}`);
      beside.with.push(await importing);
      beside.figures.push((await checking).some);
    }
    return [
      ['check: first figures', median(alone.some), 's'],
      ['check: the whole file', median(alone.whole), 's'],
      ['check: first figures after another change', median(again), 's'],
      ['check: first figures beside an import', median(beside.figures), 's'],
      ['import beside a check', median(beside.with), 's'],
      ['import without a check', median(beside.without), 's'],
      ['worker after checks alone', memory, 'MB'],
      ['worker after checks beside imports', await peakOf(worker), 'MB'],
    ];
  } finally {
    worker.kill('SIGTERM');
    await once(worker, 'exit');
  }
}
