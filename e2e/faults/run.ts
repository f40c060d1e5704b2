import { randomFrom } from '@/testing/random-from';
import * as faults from './faults';
import { diskFilled } from './full-disk';
import { openLaboratory } from './laboratory';
import { makeCsv } from './make-file';
import * as progressFaults from './progress-faults';
import * as reviewFaults from './review-faults';
import { openSmallDisk } from './small-disk';
import * as webFaults from './web-faults';

/**
 * `npm run test:faults -- [--seed N] [--moments 20] [--only killed,twice]`: every fault at random moments, a line
 * each. The same seed breaks at the same shares of the same files. `--small-disk`: the fault of a full disk, on a disk of
 * its own; with `--no-mount` as where nothing may be mounted.
 */
const { memoryMb, ...ofReading } = faults;
const all = { ...ofReading, ...reviewFaults, ...progressFaults, ...webFaults, diskFilled };
const option = (name: string, fallback: string) => {
  const at = process.argv.indexOf(`--${name}`);
  return (at > 0 ? process.argv[at + 1] : undefined) ?? fallback;
};
const seed = Number(option('seed', String(Date.now() % 100_000)));
const moments = Number(option('moments', '20'));
const onSmallDisk = process.argv.includes('--small-disk');
const ordinary = Object.keys(all).filter((name) => name !== 'diskFilled');
const only = onSmallDisk ? ['diskFilled'] : option('only', ordinary.join(',')).split(',');
const random = randomFrom(seed);
process.stdout.write(`seed ${seed}, ${moments} moments each\n`);
const lab = await openLaboratory(
  onSmallDisk ? await openSmallDisk(!process.argv.includes('--no-mount')) : null,
);
let bad = 0;
try {
  for (const name of only) {
    const fault = Object.entries(all).find(([key]) => key === name)?.[1];
    if (!fault) throw new Error(`There is no fault “${name}”.`);
    for (let i = 0; i < moments; i++) {
      const file = makeCsv(seed + (i % 4), 120_000 + 60_000 * (i % 4));
      const share = random();
      const began = Date.now();
      const { moment, wrong, peakMb } = await fault(lab, file, share).catch((error: unknown) => ({
        moment: percent(share),
        wrong: [error instanceof Error ? error.message : String(error)],
        peakMb: 0,
      }));
      if (peakMb >= memoryMb) wrong.push(`a worker held ${peakMb} MB`);
      if (wrong.length > 0) bad++;
      const seconds = ((Date.now() - began) / 1000).toFixed(1);
      process.stdout.write(
        `${wrong.length > 0 ? 'WRONG' : 'ok   '} ${name.padEnd(16)} ${seconds.padStart(5)} s ${peakMb} MB  ${moment}\n${wrong.map((line) => `      ${line}\n`).join('')}`,
      );
      await lab.reset();
    }
  }
} finally {
  await lab.close();
}
function percent(share: number): string {
  return `at ${Math.round(share * 100)}%`;
}
process.stdout.write(`${bad} wrong\n`);
process.exit(bad > 0 ? 1 : 0);
