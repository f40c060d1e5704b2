import { createWriteStream } from 'node:fs';
import exceljs from 'exceljs';
import { orderColumns, orderRows } from './write-csv';

/**
 * Writes a workbook of that many orders: numbers as numbers, days as dates, flags as booleans, the rest as text.
 * @param uniqueStrings with shared strings, and two of them in every row that no other row has
 */
export async function writeOrdersXlsx(path: string, rows: number, uniqueStrings = false): Promise<void> {
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({
    stream: createWriteStream(path),
    useSharedStrings: uniqueStrings,
    useStyles: true,
  });
  const orders = workbook.addWorksheet('Orders');
  orders.getColumn(4).numFmt = 'yyyy-mm-dd';
  orders.addRow(orderColumns).commit();
  for (const [id, customer, email, day, amount, paid, note] of orderRows(rows)) {
    orders
      .addRow([
        Number(id),
        uniqueStrings ? `${customer} of order ${id}` : customer,
        uniqueStrings ? `${id}.${email}` : email,
        new Date(`${day}T00:00:00Z`),
        Number(amount),
        paid === 'true',
        note,
      ])
      .commit();
  }
  orders.commit();
  const notes = workbook.addWorksheet('Notes');
  notes.addRow(['key', 'value']).commit();
  notes.addRow(['made by', 'Sluice']).commit();
  notes.commit();
  await workbook.commit();
}
