import { expect, it } from 'vitest';
import { type ColumnType, columnTypes, dateOrders } from '@/lib/imports/contract';
import type { MappedColumn } from '@/lib/imports/stored';
import { randomFrom } from '../../read/csv/random-from';
import { memorySource } from '../../read/memory-source';
import type { CsvLayout } from '../../read/types';
import { classicWay, laneWay, type Outcome, planOf } from './both-ways';
import { takesPlainLane } from './takes-plain-lane';

const cases = 4_000;
const seed = 20_261_123;

type Random = () => number;
const below = (random: Random, n: number) => Math.floor(random() * n);

function pick<T>(random: Random, items: readonly [T, ...T[]]): T {
  return items[below(random, items.length)] ?? items[0];
}

/** Cells that one type or another takes, nearly takes, or takes in another spelling. */
const values: Record<ColumnType, readonly [string, ...string[]]> = {
  TEXT: [
    'a',
    'Žofie',
    '漢字',
    '😀 e\u0301',
    '\ufeffx',
    '\u2028',
    '\x7f',
    '\x01\x1f',
    'tab\there',
    'back\\slash',
    '\\N',
    '\\.',
    "it's",
    '#1',
    'x'.repeat(63),
    'y'.repeat(64),
    'é'.repeat(200),
    '\b\f\v',
    ' lead',
    'trail ',
    '\u00a0',
  ],
  INTEGER: [
    '0',
    '-0',
    '+7',
    '007',
    '-',
    '1',
    '123456789012345678',
    '-123456789012345678',
    '1234567890123456789',
    ' 12',
    '12 ',
    '1.0',
    '1e3',
    '٣',
    '1_000',
    '\t5',
    '--1',
    '12a',
    '0x10',
  ],
  DECIMAL: [
    '1.5',
    '-1.5',
    '1,5',
    '-0,25',
    '1.',
    '.5',
    '-.5',
    '.',
    '1.2.3',
    '1,2,3',
    '+1.5',
    '00.10',
    '1E5',
    '1.25e-3',
    '1E400',
    '1E-400',
    '1e401',
    ' 1.5',
    '1.234,5',
    '9'.repeat(999),
    '9'.repeat(1000),
    '9'.repeat(1001),
    `0.${'1'.repeat(1000)}`,
    `0.${'1'.repeat(1001)}`,
    '1.5-',
    '-+1',
  ],
  BOOLEAN: [
    'true',
    'TRUE',
    'True',
    'tRuE',
    'false',
    'FALSE',
    't',
    'F',
    'yes',
    'Yes',
    'NO',
    'n',
    'Y',
    '1',
    '0',
    '2',
    'ye',
    'truee',
    ' true',
    '\x11',
    'no ',
    'ja',
    'ſ',
    'falſe',
  ],
  DATE: [
    '2024-02-29',
    '2023-02-29',
    '1900-02-29',
    '2000-02-29',
    '0000-01-01',
    '0001-01-01',
    '9999-12-31',
    '2024-13-01',
    '2024-00-10',
    '2024-04-31',
    '2024-1-1',
    '2024/01/02',
    '31/12/2024',
    '12/31/2024',
    '03.04.2024',
    '3.4.2024',
    '03-04-2024',
    '03/04-2024',
    '03/04/24',
    '2024-01-02T00:00:00',
    '2024-01-02 10:00',
    ' 2024-01-02',
    '2024-01-0a',
    '20240102',
    '29/02/2023',
    '10-1-2024',
  ],
  DATETIME: [
    '2024-01-02 03:04',
    '2024-01-02T03:04:05',
    '2024-01-02 03:04:05.123',
    '2024-01-02T03:04:05.123456789Z',
    '2024-01-02T03:04:05.1234567890',
    '2024-01-02T03:04Z',
    '2024-01-02 03:04:05 Z',
    '2024-01-02T03:04:05+0200',
    '2024-01-02T03:04:05+02:00',
    '2024-01-02 24:00',
    '2024-01-02 23:59:60',
    '2024-01-02',
    '2023-02-29 10:00',
    '31/12/2024 10:20',
    '12/31/2024 10:20:30',
    '03.04.2024 10:20Z',
    '31/12/2024T10:20:30.5',
    '2024-01-02 3:04',
    '2024-01-02  03:04',
    '2024-01-02 03:04:05,5',
    '2024-01-02 03:04:05.',
    '2024-01-02 10:20 PM',
    '2024-01-02 ',
  ],
  TIME: [
    '10:20',
    '10:20:30',
    '10:20:30.5',
    '10:20:30.123456789',
    '10:20:30.1234567890',
    '10:20:30.',
    '9:05',
    '24:00',
    '23:59:59',
    '23:60',
    '10:20 pm',
    '12:00 AM',
    '13:00 pm',
    '10:20:60',
    '10:20:30,5',
    ' 10:20',
    '10-20',
    '1a:20',
  ],
};

/** A cell as a file has it: mostly of its column's type, at times of another's or with something odd in it. */
function cell(random: Random, type: ColumnType, oddity: number): string {
  if (random() < 0.1) return '';
  if (random() < 0.1) return pick(random, values[pick(random, columnTypes)]);
  const value = random() < 0.5 ? pick(random, values[type]) : plainValue(random, type);
  if (random() >= oddity) return value;
  const odd = pick(random, [
    '"',
    '""',
    ',',
    ';',
    '\n',
    '\r\n',
    '\r',
    '\r\r\n',
    '\0',
    '\t',
    '\\',
    ' ',
    'é',
  ] as const);
  const at = below(random, value.length + 1);
  return value.slice(0, at) + odd + value.slice(at);
}

function plainValue(random: Random, type: ColumnType): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${1 + below(random, 9999)}`.padStart(4, '0');
  const date = `${day}-${two(1 + below(random, 12))}-${two(1 + below(random, 31))}`;
  const time = `${two(below(random, 25))}:${two(below(random, 61))}`;
  switch (type) {
    case 'INTEGER':
      return String(below(random, 10 ** below(random, 12)));
    case 'DECIMAL':
      return (random() * 10 ** below(random, 6)).toFixed(below(random, 5));
    case 'BOOLEAN':
      return random() < 0.5 ? 'true' : 'false';
    case 'DATE':
      return date;
    case 'DATETIME':
      return `${date} ${time}`;
    case 'TIME':
      return time;
    case 'TEXT':
      return Array.from({ length: below(random, 12) }, () =>
        pick(random, ['a', 'b', ' ', 'ü', '漢', '7']),
      ).join('');
  }
}

/** A file, how it is laid out, and what is made of it. */
function generate(random: Random) {
  const delimiter = pick(random, [',', ',', ';', '\t', '|', ' ', '\\']);
  const quote = random() < 0.85 ? '"' : null;
  const newline = pick(random, ['\n', '\n', '\n', '\r\n', '\r\n', 'mixed', 'soup'] as const);
  const oddity = pick(random, [0, 0, 0.02, 0.2]);
  const carelessness = pick(random, [0, 0, 0, 0.01, 0.1]);
  const quoting = pick(random, [0, 0.1, 1]);
  const width = pick(random, [1, 1, 2, 3, 7]);
  const types = Array.from({ length: width }, () => pick(random, columnTypes));
  let text = random() < 0.15 ? '\ufeff' : '';
  const count = below(random, 40);
  for (let row = 0; row < count; row++) {
    if (random() > 0.07) {
      const ragged = random() < 0.1 ? width + below(random, 5) - 2 : width;
      const cells = Array.from({ length: Math.max(1, ragged) }, (_, i) => {
        const value = i < width || random() < 0.5 ? cell(random, types[i] ?? 'TEXT', oddity) : '';
        if (random() < carelessness)
          return `${pick(random, ['"', ' "', ''])}${value}${pick(random, ['"', '" ', '"x', ''])}`;
        const needs = random() < quoting || /["\r\n]/.test(value) || value.includes(delimiter);
        return needs && quote !== null ? `"${value.replaceAll('"', '""')}"` : value;
      });
      text += cells.join(delimiter);
    }
    if (newline === 'mixed') text += pick(random, ['\n', '\r\n']);
    else text += newline === 'soup' ? pick(random, ['\n', '\n', '\r\n', '\r', '\r\r\n']) : newline;
  }
  if (random() < 0.3) text = text.replace(/(?:\r\n|\r|\n)$/, '');
  const bytes = Buffer.from(text);
  if (random() < 0.1) {
    for (let i = below(random, 4); i >= 0 && bytes.length > 0; i--)
      bytes[below(random, bytes.length)] = pick(random, [0xff, 0xc3, 0xe2, 0x80, 0xf0, 0, 0x22]);
  }
  const layout: CsvLayout = {
    format: 'csv',
    compression: null,
    encoding: 'utf-8',
    delimiter,
    quote,
    escape: quote,
    comment: null,
    newline: 'mixed',
    collapse: false,
    headerRow: null,
    firstRow: 1 + (random() < 0.5 ? 0 : below(random, 4)),
  };
  return { bytes, layout, width, types };
}

/** Some columns are left out, and slots may be in any order and leave gaps. */
function mappingOf(random: Random, types: ColumnType[]): MappedColumn[] {
  const all = types.map((type, index) => ({ index, type }));
  const some = all.filter(() => random() < 0.8);
  const kept = some.length > 0 ? some : all.slice(0, 1);
  const ordered = random() < 0.3 ? kept.toReversed() : kept;
  const gap = random() < 0.3 ? 2 : 1;
  return ordered.map(({ index, type }, i) => ({
    index,
    slot: i * gap + (gap - 1),
    name: `column ${index}`,
    type: random() < 0.05 ? 'TEXT' : type,
    dateOrder: pick(random, [null, ...dateOrders]),
    decimalSign: pick(random, [null, '.', ','] as const),
  }));
}

/** What was given out before a failure depends on the cuts; that it fails, and of what, does not. */
function expectSame(lane: Outcome, classic: Outcome, about: string): void {
  expect(lane.failure, about).toBe(classic.failure);
  if (classic.failure === undefined) {
    expect(lane.lines, about).toBe(classic.lines);
    expect(lane.rejected, about).toEqual(classic.rejected);
    expect(lane.stored, about).toBe(classic.stored);
  } else {
    const shorter = Math.min(lane.lines.length, classic.lines.length);
    expect(lane.lines.slice(0, shorter), about).toBe(classic.lines.slice(0, shorter));
    const fewer = Math.min(lane.rejected.length, classic.rejected.length);
    expect(lane.rejected.slice(0, fewer), about).toEqual(classic.rejected.slice(0, fewer));
  }
  expect(lane.stored, about).toBe(lane.lines.split('\n').length - 1);
}

it(`by bytes as by strings, however the file is cut (seed ${seed})`, { timeout: 60_000 }, async () => {
  const random = randomFrom(seed);
  let stored = 0;
  let rejected = 0;
  for (let i = 0; i < cases; i++) {
    const { bytes, layout, width, types } = generate(random);
    const mapping = mappingOf(random, types);
    const plan = planOf(mapping, width, { shortRows: random() < 0.5 ? 'pad' : 'reject' });
    expect(takesPlainLane(layout, mapping)).toBe(true);
    const longest = pick(random, [1, 7, 40, 1_000]);
    const source = memorySource('fuzz.csv', bytes, () => 1 + below(random, longest));
    const size = 1 + below(random, pick(random, [4, 64, 2_000]));
    const about = `case ${i} of seed ${seed}: ${JSON.stringify({ text: bytes.toString('latin1'), layout, mapping, width, options: plan.options, size })}`;
    const classic = await classicWay(memorySource('fuzz.csv', bytes), layout, plan);
    const lane = await laneWay(source, layout, plan, null, size);
    expectSame(lane, classic, about);
    stored += lane.stored;
    rejected += lane.rejected.length;
    if (lane.failure !== undefined) continue;

    // Either way goes on from wherever the other stopped.
    const cut = await classicWay(source, layout, plan, null, size);
    for (const [given, goOn] of [
      [lane, laneWay],
      [lane, classicWay],
      [cut, laneWay],
    ] as const) {
      const stop = below(random, given.batches.length);
      const batch = given.batches[stop];
      if (batch === undefined) continue;
      const rest = await goOn(source, layout, plan, batch.position, size);
      const before = given.batches.slice(0, stop + 1);
      const lineBytes = before.reduce((sum, { lineBytes: more }) => sum + more, 0);
      const faults = before.reduce((sum, { rejected: more }) => sum + more, 0);
      const at = `${about} from ${JSON.stringify(batch.position)}`;
      expect(rest.failure, at).toBeUndefined();
      expect(rest.lines, at).toBe(Buffer.from(classic.lines).subarray(lineBytes).toString());
      expect(rest.rejected, at).toEqual(classic.rejected.slice(faults));
    }
  }
  expect(stored).toBeGreaterThan(cases * 4);
  expect(rejected).toBeGreaterThan(cases * 4);
});
