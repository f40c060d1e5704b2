import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { MemorySource } from './memory-source';
import type { WorkbookParts } from './workbook-writer';
import { type ZipEntry, zipBytes } from './zip-writer';

export const text = (...values: string[]) =>
  values.map((value) => `<c t="inlineStr"><is><t>${value}</t></is></c>`).join('');
export const row = (cells: string) => `<row>${cells}</row>`;
export const simple: WorkbookParts = {
  sheets: [{ rows: row('<c t="s"><v>0</v></c>') + row('<c s="1"><v>45352</v></c>') }],
  strings: ['<t>day</t>'],
  formats: [14],
};

export async function zipped(entries: ZipEntry[]): Promise<MemorySource> {
  return new MemorySource(await zipBytes(entries));
}

export async function failure(work: Promise<unknown>): Promise<{ reason: string; message: string }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ImportFailure) return { reason: error.reason, message: error.message };
    throw error;
  }
  throw new Error('It was read.');
}
