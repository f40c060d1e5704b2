import { describe, expect, it } from 'vitest';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { isLong } from '@/testing/long';
import { randomFrom } from '@/testing/random-from';
import { damage, SheetMaker } from '../testing/sheet-maker';
import type { StringTable } from '../values/shared-strings';
import { RowBuilder } from './row-builder';
import { SaxSheet } from './sax-sheet';
import { SheetScanner } from './scan-sheet';
import { SheetParser } from './sheet-parser';
import { SheetSurvey } from './sheet-survey';

const strings: StringTable = {
  count: 50,
  unstorable: new Set(),
  get: (index) => (index === 7 ? '' : `text ${index}`),
};

function builder() {
  return new RowBuilder({ sheet: 'S', strings, styles: [0, 1, 2, 3, 4], date1904: false, firstRow: 1 });
}

/** What is told of a sheet, for each of those who listen. */
const listeners = [
  () => {
    const sink = builder();
    return {
      sink,
      outcome() {
        const { rows, numbers, problems } = sink.take();
        const { uncalculated, misnumbered, repeated } = sink;
        return { rows, numbers, problems, uncalculated, misnumbered, repeated };
      },
    };
  },
  () => {
    const sink = new SheetSurvey(false);
    return {
      sink,
      outcome: () => ({
        rows: sink.rows,
        columns: sink.columns,
        cells: sink.cells,
        hiddenRows: sink.hiddenRows,
        hiddenRowCount: sink.hiddenRowCount,
        hiddenColumns: sink.hiddenColumns,
      }),
    };
  },
];

/** All rows by the strict parser alone, or its refusal. */
function bySax(xml: Buffer) {
  return listeners.map((listener) => {
    const { sink, outcome } = listener();
    const sax = new SaxSheet(sink, 'S');
    return attempt(() => {
      sax.write(xml);
      sax.end();
      sink.endRows();
      return outcome();
    });
  });
}

/** All rows by the scanner and its successor, from pieces. */
function byParser(pieces: Buffer[]) {
  return listeners.map((listener) => {
    const { sink, outcome } = listener();
    const parser = new SheetParser(sink, 'S');
    return attempt(() => {
      for (const piece of pieces) {
        parser.feed(piece);
        while (parser.advance()) expect(sink.full).toBe(true);
      }
      parser.end();
      sink.endRows();
      return outcome();
    });
  });
}

function attempt<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof ImportFailure) return error.reason;
    throw error;
  }
}

function cut(xml: Buffer, random: () => number): Buffer[] {
  const pieces: Buffer[] = [];
  const size = random() < 0.3 ? 4 : 200;
  for (let at = 0; at < xml.length; ) {
    const end = at + 1 + Math.floor(random() * size);
    pieces.push(xml.subarray(at, end));
    at = end;
  }
  return pieces;
}

const sheets = isLong ? 1_500 : 500;
const seed = Date.now() % 1_000_000;

describe(`scanner and strict parser (seed ${seed})`, () => {
  it(`read ${sheets} ordinary sheets alike at any cut, the scanner alone`, () => {
    const random = randomFrom(seed);
    let scanned = 0;
    for (let index = 0; index < sheets; index++) {
      const xml = Buffer.from(new SheetMaker(random, 0).sheet());
      expect(byParser(cut(xml, random)), xml.toString()).toEqual(bySax(xml));
      const scanner = new SheetScanner(builder());
      scanner.feed(xml.toString('latin1'));
      if (scanner.run() === 'done') scanned++;
    }
    expect(scanned).toBe(sheets);
  });

  it(`read ${sheets} unusual sheets alike at any cut`, () => {
    const random = randomFrom(seed + 1);
    for (let index = 0; index < sheets; index++) {
      const xml = Buffer.from(new SheetMaker(random, 0.04).sheet());
      expect(byParser(cut(xml, random)), xml.toString()).toEqual(bySax(xml));
    }
  });

  it(`give rows or a named error for ${sheets} damaged sheets, and the same rows where the XML is still sound`, () => {
    const random = randomFrom(seed + 2);
    let refused = 0;
    for (let index = 0; index < sheets; index++) {
      const xml = damage(Buffer.from(new SheetMaker(random, 0.01).sheet()), random);
      const expected = bySax(xml);
      const actual = byParser(cut(xml, random));
      if (expected.some((each) => typeof each === 'string')) refused++;
      else expect(actual, xml.toString()).toEqual(expected);
    }
    expect(refused).toBeGreaterThan(sheets / 8);
  });
});
