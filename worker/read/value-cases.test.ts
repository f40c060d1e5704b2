import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileCell } from '@/lib/server/datasets/validate/compile-cell';
import { inferColumns } from '@/lib/shared/columns/infer/infer-column';
import type { ColumnType, DateOrder } from '@/lib/shared/schema/dataset/column';
import { inspect, rowWidths } from './inspect';
import { readRows } from './read';
import { localSource } from './source/local-source';

/** Small inputs whose values are easily misread, through the real inspection, reader, proposals and checks. */
const folder = resolve(import.meta.dirname, '../../e2e/files/cases/reading');

/**
 * What is proposed for each column, and what is stored of it once a person took what is suggested, or decided what
 * was asked: null for empty, a code in brackets for a rejected cell.
 */
async function read(file: string, decided: { decimalSign?: '.' | ','; dateOrder?: DateOrder } = {}) {
  const source = await localSource(join(folder, file));
  const found = await inspect(source);
  const { columns, warnings } = inferColumns(found.columns, found.sample, rowWidths(found));
  const rows: string[][] = [];
  for await (const batch of readRows(source, found.layout)) rows.push(...batch.rows);
  const read = columns.map((proposal) => {
    const { suggestion, ...proposed } = proposal;
    const taken = suggestion ?? proposed;
    const open = suggestion ? suggestion.decimalSign === null : proposal.ambiguous;
    const check = compileCell({ ...taken, ...(open ? decided : {}), name: proposal.name, index: 0, slot: 0 });
    const stored = rows.map((cells) => {
      const value = check(cells[proposal.index] ?? '');
      return value === null || typeof value === 'string' ? value : `[${value.code}]`;
    });
    return { ...proposal, stored };
  });
  return { columns: read, warnings };
}

interface Expected {
  type: ColumnType;
  /** Asked, as two readings are as likely. */
  asked?: true;
  /** The type of another reading that is offered. */
  offered?: ColumnType;
  evidence?: RegExp;
  /** By the reading that is offered, where one is. */
  stored?: (string | null)[];
}

type Case = [file: string, columns: Record<string, Expected>];

function itReads(cases: Case[], decided: Parameters<typeof read>[1] = {}) {
  it.each(cases)('%s', async (file, expected) => {
    const { columns } = await read(file, decided);
    for (const [name, { type, asked, offered, evidence, stored }] of Object.entries(expected)) {
      const column = columns.find((column) => column.name === name);
      expect(column, name).toMatchObject({ type, ambiguous: asked ?? false });
      expect(column?.suggestion?.type, name).toBe(offered);
      if (evidence) expect(`${column?.evidence} ${column?.suggestion?.evidence ?? ''}`).toMatch(evidence);
      if (stored) expect(column?.stored, name).toEqual(stored);
    }
  });
}

const text = (offered: ColumnType, ...stored: (string | null)[]): Expected => ({
  type: 'TEXT',
  offered,
  stored,
});

describe('#71 #72 numbers of workbooks', () => {
  itReads([
    [
      '20-excel-17-digits.xlsx',
      {
        price: { type: 'DECIMAL', stored: ['8.2', '18374.15', '1.1'] },
        rate: { type: 'DECIMAL', stored: ['0.58', '0.075', '0.19'] },
      },
    ],
    ['21-zip-00000.xlsx', { zip: { type: 'TEXT', stored: ['02494', '12010', '00501'] } }],
    [
      '22-poi-numbers.xlsx',
      {
        article: { type: 'TEXT', stored: ['12345678', 'A-100', '4006381333931'] },
        qty: { type: 'INTEGER', stored: ['5', '12', '7'] },
      },
    ],
    [
      '168-poi-ints.xlsx',
      { code: { type: 'INTEGER', stored: ['1', '2'] }, qty: { type: 'INTEGER', stored: ['5', '7'] } },
    ],
    ['172-excel-17-int-col.xlsx', { amount: { type: 'DECIMAL', stored: ['0.1', '99.99'] } }],
    ['176-xlsx-space-rows.xlsx', { id: { type: 'INTEGER' }, qty: { type: 'INTEGER' } }],
  ]);
});

describe('#73 a thousand or a fraction is asked', () => {
  const asked: Expected = { type: 'DECIMAL', asked: true, evidence: /no row shows which/ };
  itReads(
    [
      ['05-thousands-comma.csv', { population: { ...asked, stored: ['1234', '12500', '250000'] } }],
      ['122-semicolon-thousand.csv', { revenue: { ...asked, stored: ['1234', '2500', '12750'] } }],
    ],
    { decimalSign: '.' },
  );
  itReads([['06-thousands-point-de.csv', { Einwohner: { ...asked, stored: ['1234', '12500', '250000'] } }]], {
    decimalSign: ',',
  });
  itReads([['92-sap-list.txt', { Qty: asked, Material: { type: 'TEXT' } }]]);
});

describe('#74 numbers in text', () => {
  itReads([
    ['11-accounting.csv', { amount: text('DECIMAL', '-1234.50', '2000.00', '-30.00') }],
    ['12-trailing-minus.csv', { amount: text('DECIMAL', '-1234.50', '20.00', '-30.00') }],
    ['125-padded-leading-zeros.csv', { sku: { type: 'TEXT', stored: ['00123 ', '04567 '] } }],
    [
      '143-key-version.csv',
      { section: { type: 'TEXT', offered: 'DECIMAL', evidence: /“1.1” and .* “1.10”/ } },
    ],
    [
      '130-numbers.csv',
      {
        nbsp: text('DECIMAL', '1234.50', '12000.00', '7.00'),
        thin: text('DECIMAL', '1234.50', '12000.00', '7.00'),
        thin2: text('DECIMAL', '1234.50', '12000.00', '7.00'),
        swiss: text('DECIMAL', '1234.50', '12000.00', '7.00'),
        swiss2: text('DECIMAL', '1234.50', '12000.00', '7.00'),
        eur: text('DECIMAL', '1234.50', '12000.00', '7.00'),
        usd: text('DECIMAL', '1234.50', '12000.00', '-7.00'),
        usdneg: text('DECIMAL', '1234.50', '-7.00', '1.00'),
        pct: text('DECIMAL', '12.5', '7', '100'),
        pctc: text('DECIMAL', '12.5', '7', '100'),
        full: text('INTEGER', '123', '45', '6'),
        arab: text('INTEGER', '123', '45', '6'),
        inf: { type: 'TEXT' },
        plus: { type: 'DECIMAL', stored: ['1.5', '-2', '3'] },
        indian: text('INTEGER', '123456', '1234567', '1000'),
        rupee: text('DECIMAL', '123456.00', '1000.00', '5.00'),
        chf: text('DECIMAL', '1234.50', '7.00', '1.00'),
        rs: text('INTEGER', '500', '1000', '20'),
        dashneg: text('INTEGER', '-100', '20', '-5'),
        crdr: text('DECIMAL', '100.00', '-20.00', '-5.00'),
        id16: { type: 'TEXT', stored: ['1234567890123456', '2234567890123456', '3234567890123456'] },
        ean: { type: 'INTEGER' },
        hexa: { type: 'TEXT' },
        under: { type: 'TEXT' },
        kilo: text('DECIMAL', '1234', '12500', '1000.50'),
        frac: { type: 'TEXT' },
        expo: { type: 'TEXT', stored: ['1.5E+03', '2E-2', '7'] },
      },
    ],
  ]);
});

describe('#75 dates in text', () => {
  const days = ['2024-01-05', '2024-03-12', '2024-12-31'];
  itReads([
    ['162-de-dates.csv', { Datum: { type: 'DATE', stored: ['2023-12-31', '2024-01-02', '2024-01-15'] } }],
    ['164-de-dates-dot-amb.csv', { Datum: { type: 'DATE', asked: true } }],
    [
      '116-two-digit-year.csv',
      { Buchungstag: { ...text('DATE', '2018-12-31', '2019-01-02'), evidence: /1950 to 2049/ } },
    ],
    [
      '15-mixed-zones.csv',
      { at: { type: 'TEXT', offered: 'DATETIME', evidence: /cannot be sorted together/ } },
    ],
    [
      '131-dates.csv',
      {
        y2: text('DATE', '2018-12-31', '2019-01-02', '2020-06-15'),
        y2us: text('DATE', '2018-12-31', '2019-01-02', '2020-06-15'),
        en: text('DATE', ...days),
        en2: text('DATE', ...days),
        en3: text('DATE', ...days),
        de: text('DATE', ...days),
        fr: text('DATE', '2024-01-05', '2024-02-12', '2024-12-31'),
        tz: { type: 'DATETIME' },
        h24: text('DATETIME', '2024-01-06T00:00:00', '2024-03-12T13:00:00', '2024-07-01T10:00:00'),
        feb: { type: 'TEXT' },
        old: { type: 'DATE' },
        usdt: text('DATETIME', '2024-01-05T15:04:00', '2024-03-12T11:00:00', '2024-12-31T09:15:00'),
        wd: text('DATE', '2024-01-08', '2024-01-09', '2024-01-10'),
        amb: { type: 'DATE', asked: true },
        dot: { type: 'DATE', asked: true },
        slashymd: { type: 'DATE', stored: days },
        rfc: text('DATETIME', ...days.map((day) => `${day}T10:00:00+00:00`)),
        utc: text('DATETIME', ...days.map((day) => `${day}T10:00:00Z`)),
        comma: text('DATETIME', '2024-01-05T10:00:00', '2024-03-12T11:00:00', '2024-12-31T12:00:00'),
        uhr: text('TIME', '10:00:00', '11:30:00', '09:15:00'),
        pghr: text('DATETIME', ...days.map((day) => `${day}T10:00:00+01:00`)),
      },
    ],
  ]);

  it('moments with and without a zone in one column are a warning', async () => {
    const { warnings } = await read('15-mixed-zones.csv');
    expect(warnings).toEqual([expect.stringMatching(/“at” has moments with a time zone and others without/)]);
  });
});

describe('yes and no, and nothing', () => {
  itReads([
    [
      '132-bools.csv',
      {
        ja: text('BOOLEAN', 'true', 'false', 'true'),
        oui: text('BOOLEAN', 'true', 'false', 'true'),
        tick: text('BOOLEAN', 'true', null, 'true'),
        yn: text('BOOLEAN', 'true', 'false', 'true'),
        yesno: text('BOOLEAN', 'true', 'false', 'true'),
        tf: { type: 'BOOLEAN', stored: ['true', 'false', 'true'] },
        tfblank: { type: 'BOOLEAN', stored: ['true', null, 'false'] },
        wahr: text('BOOLEAN', 'true', 'false', 'true'),
        vrai: text('BOOLEAN', 'true', 'false', 'true'),
        x: text('BOOLEAN', 'true', null, 'true'),
        onoff: text('BOOLEAN', 'true', 'false', 'true'),
        si: text('BOOLEAN', 'true', 'false', 'true'),
        tfna: text('BOOLEAN', 'true', null, 'false'),
      },
    ],
    ['14-blank-in-number.csv', { amount: { type: 'INTEGER', stored: ['10', null, '30', null] } }],
    ['159-blank-delim-rows.csv', { id: { type: 'INTEGER' }, qty: { type: 'INTEGER' } }],
    ['177-blank-after-sample.csv', { amount: { type: 'INTEGER' } }],
  ]);

  it('133-empties.csv', async () => {
    const { columns } = await read('133-empties.csv');
    expect(columns).toHaveLength(18);
    for (const { name, type, suggestion, stored } of columns) {
      const blank = ['sp', 'nbsp', 'empt'].includes(name);
      expect(type, name).toBe(blank ? 'INTEGER' : 'TEXT');
      expect(suggestion?.type, name).toBe(
        blank ? undefined : name === 'none' ? 'DATE' : name === 'nan' ? 'DECIMAL' : 'INTEGER',
      );
      expect(stored.indexOf(null), name).toBe(1);
      expect(
        stored.filter((value) => value === null),
        name,
      ).toHaveLength(1);
    }
  });

  it('177-blank-after-sample.csv: a blank cell far down is empty, and no fault', async () => {
    const { columns } = await read('177-blank-after-sample.csv');
    const { stored } = columns.find(({ name }) => name === 'amount') ?? { stored: [] };
    expect(stored.filter((value) => value === null)).toHaveLength(1);
    expect(stored.some((value) => value?.startsWith('['))).toBe(false);
  });
});

describe('rows that will not be stored take no part', () => {
  itReads([
    ['09-ctrl-z.csv', { id: { type: 'INTEGER' } }],
    ['110-nul-padding.csv', { id: { type: 'INTEGER' } }],
    ['16-footer.csv', { DATE: { type: 'DATE' }, AMOUNT: { type: 'DECIMAL' } }],
  ]);
});
