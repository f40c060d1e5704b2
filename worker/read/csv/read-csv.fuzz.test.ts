import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { parseExactly } from '@/lib/shared/csv/parse-exactly';
import { randomFrom } from '@/testing/random-from';
import { headlessLayout } from '@/worker/read/testing/usual-layout';
import type { Batch, CsvLayout, Position } from '../source/types';
import { memorySource } from '../testing/memory-source';
import { parseFast } from './parse-fast';
import { readCsv } from './read-csv';

const cases = 1_500;
const seed = 20_261_122;

type Random = () => number;

function pick<T>(random: Random, items: readonly [T, ...T[]]): T {
  return items[Math.floor(random() * items.length)] ?? items[0];
}

const western = [
  'a',
  'b',
  ' ',
  '0',
  '12',
  'é',
  'ß',
  '"',
  "'",
  ',',
  ';',
  '|',
  '\t',
  '\\',
  '#',
  '\n',
  '\r',
  '\r\n',
] as const;
const wide = [...western, '😀', 'e\u0301', '漢字', '\u200f', '\ufeff', '\u2028'] as const;

/** A table, its text, and how it was written. */
function generate(random: Random) {
  const encoding = pick(random, ['utf-8', 'utf-8', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252']);
  const alphabet = encoding === 'windows-1252' ? western : wide;
  const delimiter = pick(random, [',', ';', '\t', '|']);
  const quote = pick(random, ['"', '"', '"', "'"] as const);
  const newline = pick(random, ['\n', '\n', '\r\n', '\r\n', '\r', 'mixed'] as const);
  const quoting = pick(random, [0, 0.1, 1]);
  const width = pick(random, [1, 2, 3, 7]);
  const numbers: number[] = [];
  const rows: string[][] = [];
  let text = random() < 0.2 ? '\ufeff' : '';
  const count = Math.floor(random() * 25);
  for (let row = 1; row <= count; row++) {
    // Never CR and then LF by chance: that would be one CRLF, and not what is meant.
    const end =
      newline !== 'mixed' ? newline : pick(random, text.endsWith('\r') ? ['\r'] : ['\n', '\r\n', '\r']);
    if (random() < 0.07) {
      text += end;
      continue;
    }
    const cells = Array.from({ length: random() < 0.1 ? width + 1 : width }, () =>
      cell(random, alphabet, quoting === 0),
    );
    const written = cells.map((value) => write(value, delimiter, quote, random() < quoting, cells.length));
    text += written.join(delimiter) + end;
    rows.push(cells);
    numbers.push(row);
  }
  if (random() < 0.3) text = text.replace(/(?:\r\n|\r|\n)$/, '');
  return { text, rows, numbers, encoding, delimiter, quote, newline };
}

function cell(random: Random, alphabet: readonly string[], plain: boolean): string {
  const length = Math.floor(random() * (random() < 0.05 ? 60 : 6));
  const value = Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)] ?? '').join('');
  return plain ? value.replace(/["',;|\t\r\n]/g, 'x') : value;
}

function write(value: string, delimiter: string, quote: string, always: boolean, width: number): string {
  const needs =
    always || (width === 1 && value === '') || /[\r\n\ufeff]/.test(value) || value.includes(delimiter);
  return needs || value.includes(quote) ? quote + value.replaceAll(quote, quote + quote) + quote : value;
}

function encode(text: string, encoding: string): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'windows-1252') return Buffer.from(text.replace('\ufeff', ''), 'latin1');
  const bytes = Buffer.from(text, 'utf16le');
  return encoding === 'utf-16be' ? bytes.swap16() : bytes;
}

async function collect(batches: AsyncIterable<Batch>) {
  const rows: string[][] = [];
  const numbers: number[] = [];
  const positions: Position[] = [];
  const problems: Batch['problems'] = [];
  for await (const batch of batches) {
    rows.push(...batch.rows);
    numbers.push(...batch.numbers);
    problems.push(...batch.problems);
    positions.push(batch.position);
  }
  return { rows, numbers, positions, problems };
}

it(`reads what csv-parse reads, however the file is cut (seed ${seed})`, async () => {
  const random = randomFrom(seed);
  let fastOnes = 0;
  for (let i = 0; i < cases; i++) {
    const made = generate(random);
    const { text, delimiter, quote, encoding } = made;
    const layout: CsvLayout = { ...headlessLayout, encoding, delimiter, quote, escape: quote };
    const oracle: string[][] = parse(text, {
      delimiter,
      quote,
      escape: quote,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      relax_quotes: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    });
    const longest = 1 + Math.floor(random() * 40);
    const source = memorySource('fuzz.csv', encode(text, encoding), () => 1 + Math.floor(random() * longest));
    const batch = 1 + Math.floor(random() * 200);
    const read = await collect(readCsv(source, layout, null, batch));
    const about = `case ${i} of seed ${seed}: ${JSON.stringify({ text, delimiter, quote, encoding, batch })}`;
    expect(read.rows, about).toEqual(made.rows);
    expect(read.rows, about).toEqual(oracle);
    expect(read.numbers, about).toEqual(made.numbers);
    expect(read.problems, about).toEqual([]);

    // Going on from any batch gives the rest, and nothing twice.
    const position = read.positions[Math.floor(random() * read.positions.length)];
    if (position !== undefined) {
      const rest = await collect(readCsv(source, layout, position, batch));
      const given = read.numbers.filter((number) => number <= position.row).length;
      expect(rest.rows, about).toEqual(read.rows.slice(given));
      expect(rest.numbers, about).toEqual(read.numbers.slice(given));
    }

    // Where the fast parser dares, it agrees with the exact one.
    const body = text.replace(/^\ufeff/, '');
    const fast = parseFast(body, layout, true);
    if (fast !== null) {
      fastOnes++;
      expect(fast.rows, about).toEqual(parseExactly(body, layout, true, 1).rows);
    }
  }
  expect(fastOnes).toBeGreaterThan(cases / 4);
});
