import type { ByteSource, LayoutChoices, Problem, XlsxLayout } from '@/worker/read/source/types';
import { inspectXlsx } from '../inspect';
import { readXlsx } from '../read';
import { MemorySource } from './memory-source';
import { type WorkbookParts, workbookEntries } from './workbook-writer';
import { zipBytes } from './zip-writer';

export interface ReadSheet {
  rows: string[][];
  numbers: number[];
  problems: Problem[];
}

/** Every row of a sheet, the header included. */
export async function readSheet(source: ByteSource, sheet = 'Sheet1', date1904 = false): Promise<ReadSheet> {
  const layout: XlsxLayout = { format: 'xlsx', sheet, sheets: [], date1904, headerRow: null, firstRow: 1 };
  const all: ReadSheet = { rows: [], numbers: [], problems: [] };
  for await (const batch of readXlsx(source, layout)) {
    all.rows.push(...batch.rows);
    all.numbers.push(...batch.numbers);
    all.problems.push(...batch.problems);
  }
  return all;
}

/** What a person sees before the import, and all its rows. */
export async function inspectAndRead(source: ByteSource, choices?: LayoutChoices) {
  const inspection = await inspectXlsx(source, choices);
  const { layout } = inspection;
  if (layout.format !== 'xlsx') throw new Error('not a workbook');
  const { rows, numbers, problems } = await readSheet(source, layout.sheet, layout.date1904);
  const first = numbers.findIndex((number) => number >= layout.firstRow);
  const data = first < 0 ? [] : rows.slice(first);
  return { ...inspection, layout, data, problems };
}

export async function workbookSource(workbook: WorkbookParts): Promise<MemorySource> {
  return new MemorySource(await zipBytes(workbookEntries(workbook)));
}
