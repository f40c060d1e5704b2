import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import type { Batch, Position, XlsxLayout } from '../source/types';
import { readXlsx } from './read';
import { MemorySource } from './testing/memory-source';
import { inspectAndRead, workbookSource } from './testing/read-all';
import { workbookEntries } from './testing/workbook-writer';
import { zipBytes } from './testing/zip-writer';

const layout: XlsxLayout = {
  format: 'xlsx',
  sheet: 'Sheet1',
  sheets: [],
  date1904: false,
  headerRow: 1,
  firstRow: 2,
};

/** 20,000 rows with gaps, errors and two million characters of shared strings. */
function table() {
  const rows = function* () {
    yield '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>';
    for (let index = 1; index <= 20_000; index++) {
      const r = index + 1 + Math.floor(index / 100);
      const value = index % 777 === 0 ? ' t="e"><v>#N/A</v>' : `><v>${index}</v>`;
      yield `<row r="${r}"><c r="A${r}" t="s"><v>${index + 1}</v></c><c r="B${r}"${value}</c></row>`;
    }
  };
  const strings = function* () {
    yield '<t>name</t>';
    yield '<t>count</t>';
    for (let index = 1; index <= 20_000; index++) yield `<t>${'é'.repeat(100)}${index}</t>`;
  };
  return workbookSource({ sheets: [{ rows: rows() }], strings: strings() });
}

async function collect(batches: AsyncIterable<Batch>): Promise<Batch[]> {
  const all: Batch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}

describe('reading rows', () => {
  it('gives all rows in batches, with numbers, problems and growing progress', async () => {
    const source = await table();
    const batches = await collect(readXlsx(source, layout));
    const rows = batches.flatMap((batch) => batch.rows);
    expect(rows).toHaveLength(20_000);
    for (const [index, cells] of rows.entries()) {
      const count = index + 1;
      expect(cells).toEqual([`${'é'.repeat(100)}${count}`, count % 777 === 0 ? '#N/A' : String(count)]);
    }
    expect(batches.length).toBeGreaterThan(3);
    for (const batch of batches) {
      expect(batch.numbers).toHaveLength(batch.rows.length);
      const row = batch.numbers.at(-1);
      expect(batch.position).toEqual({ row, offset: null, line: row });
    }
    const problems = batches.flatMap((batch) => batch.problems);
    expect(problems).toHaveLength(25);
    expect(problems[0]).toMatchObject({ row: 785, column: 1, reason: 'Cell B785 holds the error #N/A.' });
    const progress = batches.map(({ bytes }) => bytes);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress[0]).toBeLessThan(source.size / 2);
    expect(progress.at(-1)).toBe(source.size);
    expect(batches.map(({ start }) => start)).toEqual([
      { row: 0, offset: null, line: 0 },
      ...batches.slice(0, -1).map(({ position }) => position),
    ]);
    expect(source.open).toBe(0);
  });

  it('goes on after any position with exactly the rows that are left', async () => {
    const source = await table();
    const whole = await collect(readXlsx(source, layout));
    const rowsAfter = (batches: Batch[], last: number) =>
      batches.flatMap((batch) => batch.rows.filter((_, index) => (batch.numbers[index] ?? 0) > last));
    const positions: Position[] = [
      ...whole.map(({ position }) => position),
      { row: 1, offset: null, line: 1 },
      { row: 5_001, offset: null, line: 5_001 },
    ];
    for (const position of positions) {
      const rest = await collect(readXlsx(source, layout, position));
      expect(rest.flatMap(({ rows }) => rows)).toEqual(rowsAfter(whole, position.row));
      expect(rest.every(({ numbers }) => numbers.every((number) => number > position.row))).toBe(true);
      expect(rest.flatMap(({ problems }) => problems).every(({ row }) => row > position.row)).toBe(true);
    }
  });

  it('releases the source and leaves no temporary file when it is left early', async () => {
    const source = await table();
    for await (const batch of readXlsx(source, layout)) {
      expect(batch.rows.length).toBeGreaterThan(0);
      break;
    }
    expect(source.open).toBe(0);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('sluice-strings-'))).toEqual([]);
  });

  it('passes an outage of the source on as it is, wherever it happens', async () => {
    const { bytes } = await tableBytes();
    // The first part is the list of content types, which is not looked at.
    const first = bytes.indexOf('_rels/.rels');
    for (let at = first; at < bytes.length; at += Math.ceil(bytes.length / 25)) {
      const source = new FailingSource(bytes, at);
      await expect(inspectAndRead(source)).rejects.toThrow('connection reset');
      expect(source.open).toBe(0);
    }
  });

  it('refuses a sheet that is not there', async () => {
    const reading = collect(readXlsx(await table(), { ...layout, sheet: 'Other' }));
    await expect(reading).rejects.toMatchObject({ reason: 'SHEET_NOT_FOUND' });
  });
});

async function tableBytes() {
  const rows = Array.from(
    { length: 3_000 },
    (_, index) => `<row><c t="s"><v>${index}</v></c><c><v>${Math.sin(index)}</v></c></row>`,
  );
  const strings = Array.from({ length: 3_000 }, (_, index) => `<t>${Math.cos(index)}</t>`);
  return { bytes: await zipBytes(workbookEntries({ sheets: [{ rows: rows.join('') }], strings })) };
}

/** A store that breaks when one byte is read. */
class FailingSource extends MemorySource {
  constructor(
    bytes: Uint8Array,
    private readonly broken: number,
  ) {
    super(bytes, 'failing.xlsx', 1024);
  }

  override async *stream(start = 0, end = this.size): AsyncGenerator<Uint8Array> {
    let at = start;
    for await (const chunk of super.stream(start, end)) {
      if (this.broken >= at && this.broken < at + chunk.length) throw new Error('connection reset');
      at += chunk.length;
      yield chunk;
    }
  }

  override async read(start: number, end: number): Promise<Uint8Array> {
    if (this.broken >= start && this.broken < end) throw new Error('connection reset');
    return super.read(start, end);
  }
}
