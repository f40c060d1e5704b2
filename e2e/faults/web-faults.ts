import { buildIfStale } from '@/lib/local/build/build';
import { getImport } from '@/lib/server/imports/get-import';
import { owner } from '@/testing/people';
import { openStreams } from '@/testing/streams';
import type { Fault } from './faults';
import { start, untilStatus, uploadAndInspect } from './laboratory';
import { completedFaults } from './verdict';
import { startWeb, type WebProcess } from './web-process';

/** Heroku kills after 30 s, Docker after 10. */
const secondsToGo = 10;

/** An export of which the first piece was read; the rest is read when it is asked for. */
async function beginExport(web: WebProcess, slug: string): Promise<() => Promise<string>> {
  const answer = await fetch(`${web.url}/api/v1/datasets/${slug}/export?format=csv`, {
    headers: web.headers(),
  });
  if (!answer.ok || !answer.body) throw new Error(`The export was answered with ${answer.status}.`);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = (await reader.read()).value ?? '';
  return async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text;
      text += value;
    }
  };
}

/**
 * SIGTERM to the web server while ten pages hold progress streams, an export runs and an import is followed: streams
 * end with word of when to come back, the export comes whole, the server is gone in time, and on the next one the
 * streams tell how the import ends.
 */
export const webTerminated: Fault = async (lab, file, share) => {
  await buildIfStale();
  const worker = await lab.work();
  const before = await uploadAndInspect(file);
  await start(before);
  await untilStatus(before, ['COMPLETED', 'FAILED'], 60);
  const { dataset } = await getImport(before.id, await owner());
  const first = await startWeb(lab.services.environment);
  let second: WebProcess | undefined;
  try {
    const whole = await (await beginExport(first, dataset?.slug ?? ''))();
    const streams = await openStreams(first.url, first.headers(), 10);
    const run = await uploadAndInspect(file);
    const passed = lab.store.after(Math.floor(share * file.content.byteLength));
    await start(run);
    await Promise.race([passed, untilStatus(run, ['COMPLETED', 'FAILED'], 60)]);
    const readOn = await beginExport(first, dataset?.slug ?? '');
    const { status, rows } = await getImport(run.id, await owner());

    const began = Date.now();
    first.kill('SIGTERM');
    const [told, exported, { code }] = await Promise.all([
      Promise.all(streams.map(({ ended }) => ended.catch(() => 'cut'))),
      readOn().catch(() => 'cut'),
      first.exited,
    ]);
    const seconds = (Date.now() - began) / 1000;
    second = await startWeb(lab.services.environment, first.port);
    const [again] = await openStreams(second.url, second.headers(), 1, [run.id]);
    const last = await again?.until((text) => text.includes('"status":"COMPLETED"'));
    await untilStatus(run, ['COMPLETED', 'FAILED'], 60);

    const wrong = await completedFaults(run);
    const untold = told.filter((text) => !/retry: \d+\n\n$/.test(text)).length;
    if (untold > 0) wrong.push(`${untold} of 10 streams ended without word of when to come back`);
    if (exported !== whole) wrong.push(`the export has ${exported.length} characters of ${whole.length}`);
    if (code !== 0) wrong.push(`the web server ended with ${code}:\n${first.log()}`);
    if (seconds > secondsToGo) wrong.push(`the web server took ${seconds} s to go`);
    if (!last) wrong.push('the next stream did not tell of the end');
    const moment = `at ${Math.round(share * 100)} % (${status}, ${rows.read} rows), gone after ${seconds.toFixed(1)} s`;
    return { moment, wrong, peakMb: worker.memory().peak };
  } finally {
    first.kill('SIGKILL');
    second?.kill('SIGKILL');
  }
};
