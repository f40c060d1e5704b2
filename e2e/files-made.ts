import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import exceljs from 'exceljs';
import { orderColumns, orderRows, writeOrdersCsv } from '@/bench/write-csv';

const folder = () => process.env.SLUICE_E2E_FOLDER ?? '/tmp';

/** A CSV of that many orders. @returns its path */
export async function madeCsv(name: string, rows: number): Promise<string> {
  const path = join(folder(), name);
  await writeOrdersCsv(path, rows);
  return path;
}

/** A workbook of that many orders, with a cover sheet before them. @returns its path */
export async function madeXlsx(name: string, rows: number): Promise<string> {
  const path = join(folder(), name);
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream: createWriteStream(path) });
  const orders = workbook.addWorksheet('Orders');
  orders.addRow(orderColumns).commit();
  for (const [id, customer, email, day, amount, paid, note] of orderRows(rows)) {
    orders.addRow([
      Number(id),
      customer,
      email,
      new Date(`${day}T00:00:00Z`),
      Number(amount),
      paid === 'true',
      note,
    ]);
    const row = orders.lastRow;
    if (row) {
      row.getCell(4).numFmt = 'yyyy-mm-dd';
      row.commit();
    }
  }
  orders.commit();
  const notes = workbook.addWorksheet('Notes');
  notes.addRow(['key', 'value']).commit();
  notes.addRow(['made by', 'the tests']).commit();
  notes.commit();
  await workbook.commit();
  return path;
}
