import { createCorrection } from '@/lib/server/imports/corrections/create-correction';
import { getImport } from '@/lib/server/imports/get-import';
import { publishImport } from '@/lib/server/imports/publish-import';
import { countRejections } from '@/lib/server/imports/rejections/chunks';
import { exportRejections } from '@/lib/server/imports/rejections/export-rejections';
import { fixImport } from '@/lib/server/imports/review/fixes/fix-import';
import { db } from '@/lib/server/platform/db/client';
import { countRows } from '@/testing/count-rows';
import { owner } from '@/testing/people';
import { confirm, sendCorrection } from '@/worker/testing/run-import';
import type { Fault, Outcome } from './faults';
import { type Laboratory, passAnHour, type Run, untilStatus, uploadAndInspect } from './laboratory';
import { contentHash, type MadeFile } from './make-file';
import { completedFaults } from './verdict';

const patience = 60;
/** Rows enough for two objects of rejections, and for one segment. */
const fewRows = 80_000;
/** Rows enough for half a dozen segments, each with a commit of its own. */
const manyRows = 400_000;
const hopeless = (i: number) => i % 20 === 1;
const bad = (i: number) => i > 1_000 && i % 2 === 1;

/** A file of which about every second row is rejected, most of them beyond what the database keeps. */
function reviewFile(rows: number): {
  content: Buffer;
  corrected: (amount: string | null, all: boolean) => MadeFile;
} {
  const cellsOf = (i: number) => [
    String(i),
    `word ${i}`,
    bad(i) ? (hopeless(i) ? 'twelve' : 'n/k') : `${i}.5`,
  ];
  const numbers = Array.from({ length: rows }, (_, i) => i + 1);
  const lines = numbers.map((i) => cellsOf(i).join(','));
  const content = Buffer.from(`id,word,amount\n${lines.join('\n')}\n`);
  return {
    content,
    corrected: (amount, all) => {
      const good = numbers.filter((i) => all || !bad(i) || !hopeless(i));
      const values = (i: number) => {
        const [id = '', word = '', was = ''] = cellsOf(i);
        return [id, word, all || !bad(i) ? was : amount];
      };
      const hash = contentHash(good.map((i) => ({ number: i + 1, values: values(i) })));
      return { name: 'review.csv', content, rows, rejected: rows - good.length, hash };
    },
  };
}

/** Brings an import to its review, has something done there, and kills the worker when that is done up to a share. */
function killedIn(
  what: (run: Run, lab: Laboratory, share: number) => Promise<void>,
  wanted: { amount: string | null; all: boolean },
  isThere: (run: Run, share: number, before: number) => Promise<boolean>,
  rows = fewRows,
): Fault {
  return async (lab: Laboratory, _file, share): Promise<Outcome> => {
    const user = await owner();
    const { content, corrected } = reviewFile(rows);
    const file = corrected(wanted.amount, wanted.all);
    const first = await lab.work();
    const run = await uploadAndInspect({ ...file, content });
    await confirm(await getImport(run.id, user), user, {
      dataset: { name: `Review ${run.importId}` },
      onRejection: 'REVIEW',
    });
    await untilStatus(run, ['REVIEW'], patience);
    const before = await countRejections(run.importId);
    await what(run, lab, share);
    const until = Date.now() + patience * 1000;
    while (!(await isThere(run, share, before)) && Date.now() < until);
    first.kill('SIGKILL');
    await first.exited;
    const left = await countRejections(run.importId);
    const { status } = await db().import.findUniqueOrThrow({ where: { id: run.importId } });
    const staged = await countRows(run.importId);
    const moment = `at ${Math.round(share * 100)} % (${status}, ${left} of ${before} rejections left, ${staged} rows staged)`;
    const second = await lab.work();
    // One that had just come to its rest has nothing left to be taken over.
    if (status !== 'REVIEW') await passAnHour();
    await untilStatus(run, ['REVIEW'], patience).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${second.log()}`);
    });
    const wrong: string[] = [];
    const { rows: account } = await getImport(run.id, user);
    if (account.read !== account.inserted + account.rejected)
      wrong.push(`the review’s account does not balance: ${JSON.stringify(account)}`);
    await publishImport(run.id, user);
    await untilStatus(run, ['COMPLETED', 'FAILED'], patience);
    wrong.push(...(await completedFaults(run)));
    const gone = await db().rejectionChunk.count({ where: { importId: run.importId, counts: false } });
    if (gone > 0) wrong.push(`${gone} objects were left behind`);
    return { moment, wrong, peakMb: second.memory().peak };
  };
}

/** True once the share of the rejections is no more, or all that is to be done is done. */
async function fewerRejections({ importId }: Run, share: number, before: number): Promise<boolean> {
  if ((await countRejections(importId)) <= before * (1 - 0.9 * share)) return true;
  return (await db().import.count({ where: { id: importId, status: 'REVIEW' } })) > 0;
}

/** `kill -9` while rejected rows are looked at again after a fix. */
export const killedCheckingAgain = killedIn(
  async ({ id }) => {
    await fixImport(id, [{ kind: 'EMPTY', column: 'amount', words: ['n/k'] }], await owner());
  },
  { amount: null, all: false },
  fewerRejections,
);

/** `kill -9` while the file is read once more after a fix, before the first commit of it and between later ones. */
export const killedReadingAgain = killedIn(
  async ({ id }) => {
    await fixImport(id, [{ kind: 'TEXT', column: 'amount' }], await owner());
  },
  { amount: null, all: true },
  async ({ importId }, share) => {
    const { status, rowsRead } = await db().import.findUniqueOrThrow({ where: { id: importId } });
    // What was staged before is gone by then, and the count begins anew.
    const again = status === 'STAGING' && (await countRejections(importId)) === 0;
    return status === 'REVIEW'
      ? rowsRead === manyRows && (await countRejections(importId)) === 0
      : again && rowsRead >= share * manyRows * 0.9;
  },
  manyRows,
);

/** `kill -9` while a corrected file is taken in. */
export const killedCorrecting = killedIn(
  async ({ id }) => {
    const user = await owner();
    let given = '';
    for await (const piece of (await exportRejections(id, 'csv', user)).pieces) given += piece;
    const file = Buffer.from(given.replaceAll(',n/k,', ',7.5,'));
    const made = await createCorrection(id, { fileName: 'a.csv', fileSize: file.length }, user);
    await sendCorrection(id, made, file, user);
  },
  { amount: '7.5', all: false },
  // Until it is handed over, the import waits in REVIEW.
  async ({ importId }, share, before) => (await countRejections(importId)) <= before * (1 - 0.9 * share),
);
