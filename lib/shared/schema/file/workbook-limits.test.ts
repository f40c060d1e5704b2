import exceljs from 'exceljs';
import { expect, it } from 'vitest';
import type { RejectionRecord } from '@/lib/server/imports/rejections/write-rejection-workbook';
import { writeRejectionWorkbook } from '@/lib/server/imports/rejections/write-rejection-workbook';
import { fitsWorkbook, mostComments, mostInWorkbook, workbookNote } from './workbook-limits';

it('says of too many rows why there is no workbook, of many which have comments, of few nothing', () => {
  expect([fitsWorkbook(mostInWorkbook), fitsWorkbook(mostInWorkbook + 1)]).toEqual([true, false]);
  expect(workbookNote(100_001)).toContain('too many for an Excel file, which takes 100,000');
  expect(workbookNote(100_000)).toContain('the first 5,000 bad cells have the reason as a comment');
  expect(workbookNote(5_001)).toContain('Its last column has every reason');
  expect(workbookNote(5_000)).toBeNull();
});

it('after the last comment the cells are coloured still, and the last column has every reason', async () => {
  const rows = mostComments + 2;
  async function* records(): AsyncGenerator<RejectionRecord> {
    for (let i = 1; i <= rows; i++)
      yield { cells: [`bad ${i}`, `reason ${i}`], faults: new Map([[0, `reason ${i}`]]) };
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of writeRejectionWorkbook(['value', 'reason'], records())) pieces.push(piece);
  const workbook = new exceljs.Workbook();
  const bytes = Buffer.concat(pieces);
  await workbook.xlsx.load(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
  );
  const sheet = workbook.getWorksheet('Rejected rows');
  expect(sheet?.rowCount).toBe(rows + 1);
  const cell = (row: number) => sheet?.getRow(row + 1).getCell(1);
  expect([cell(mostComments)?.note !== undefined, cell(mostComments + 1)?.note]).toEqual([true, undefined]);
  expect(cell(rows)?.fill).toMatchObject({ pattern: 'solid' });
  expect(sheet?.getRow(rows + 1).getCell(2).value).toBe(`reason ${rows}`);
});
