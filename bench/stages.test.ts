import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '@/testing/environment';
import { openTemporaryFolder } from '@/testing/temporary-folder';
import { measureStages } from './stages';
import { Waiting } from './waiting';
import { writeOrdersCsv } from './write-csv';
import { writeOrdersXlsx } from './write-xlsx';

openDatabase();

let folder = '';
beforeAll(async () => {
  folder = await openTemporaryFolder('sluice-stages-');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('time that is waited for twice at once counts once', async () => {
  const waiting = new Waiting();
  const began = performance.now();
  await Promise.all([1, 2, 3].map(() => waiting.on(sleep(50))));
  expect(waiting.seconds).toBeGreaterThan(0);
  expect(waiting.seconds).toBeLessThanOrEqual((performance.now() - began) / 1000);
});

describe('no stage takes less than nothing', () => {
  it.each([
    ['orders.csv', writeOrdersCsv],
    ['orders.xlsx', writeOrdersXlsx],
  ])('%s', async (name, write) => {
    const path = join(folder, name);
    await write(path, 3_000);
    const stages = await measureStages(path, 3);
    expect(Object.keys(stages)).toEqual(['read', 'digest', 'parse', 'check', 'encode', 'rows', 'COPY wait']);
    for (const [stage, seconds] of Object.entries(stages)) expect(seconds, stage).toBeGreaterThanOrEqual(0);
  });
});
