import { expect, it } from 'vitest';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { randomFrom } from '@/testing/random-from';
import { headlessLayout } from '@/worker/read/testing/usual-layout';
import { inspect } from '../inspect';
import { readRows } from '../read';
import type { ByteSource, CsvLayout } from '../source/types';
import { memorySource } from '../testing/memory-source';
import { readCsv } from './read-csv';

const cases = 3_000;
const seed = 5;
const soup = [...'""""",,,,aab  \\\\#\'\'|\0漢\n\r\n', '||', '\r\n', '😀'];

const layouts: Partial<CsvLayout>[] = [
  {},
  { escape: '\\' },
  { escape: null },
  { quote: null, escape: null },
  { quote: "'", escape: "'" },
  { comment: '#' },
  { delimiter: ' ', collapse: true },
  { delimiter: '||' },
];

async function outcome(source: ByteSource, layout: CsvLayout, batch: number) {
  const rows: unknown[] = [];
  const problems: unknown[] = [];
  try {
    for await (const given of readCsv(source, layout, null, batch)) {
      given.rows.forEach((cells, i) => {
        rows.push([given.numbers[i], cells]);
      });
      problems.push(...given.problems);
    }
  } catch (error) {
    if (error instanceof ImportFailure)
      return { rows, problems, failure: `${error.reason} ${error.message}` };
    throw error;
  }
  return { rows, problems };
}

it(`any soup of quotes and line ends reads the same however it is cut (seed ${seed})`, {
  timeout: 20_000,
}, async () => {
  const random = randomFrom(seed);
  for (let i = 0; i < cases; i++) {
    const length = Math.floor(random() * 80);
    const text = Array.from({ length }, () => soup[Math.floor(random() * soup.length)]).join('');
    const bytes = Buffer.from(text);
    if (random() < 0.2 && bytes.length > 0) bytes[Math.floor(random() * bytes.length)] = 0xff;
    const layout: CsvLayout = { ...headlessLayout, ...layouts[i % layouts.length] };
    const whole = await outcome(memorySource('soup.csv', bytes), layout, 1_000);
    for (const batch of [1, 3, 20]) {
      const chunk = 1 + Math.floor(random() * 5);
      const cut = await outcome(
        memorySource('soup.csv', bytes, () => chunk),
        layout,
        batch,
      );
      const about = `case ${i}: ${JSON.stringify({ text, ...layouts[i % layouts.length], batch, chunk })}`;
      // What was given out before a failure depends on the cuts; that it fails, and of what, does not.
      if (whole.failure !== undefined) expect(cut.failure, about).toBe(whole.failure);
      else expect(cut, about).toEqual(whole);
    }
  }
});

it('whatever the bytes, a file is read or refused with a reason', async () => {
  const random = randomFrom(seed);
  for (let i = 0; i < 300; i++) {
    const bytes = Uint8Array.from({ length: Math.floor(random() * 300) }, () =>
      random() < 0.5 ? Math.floor(random() * 256) : ('",;\n\r\t'.charCodeAt(Math.floor(random() * 6)) ?? 0),
    );
    const source = memorySource('bytes.csv', bytes);
    try {
      const { layout, columns } = await inspect(source);
      expect(columns).toEqual([...new Set(columns)]);
      expect(columns).not.toContain('');
      for await (const { rows, numbers } of readRows(source, layout))
        expect(numbers).toHaveLength(rows.length);
    } catch (error) {
      expect(error, `case ${i}`).toBeInstanceOf(ImportFailure);
    }
  }
});
