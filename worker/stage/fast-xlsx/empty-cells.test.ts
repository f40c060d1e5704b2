import { expect, it } from 'vitest';
import { planOf } from '@/worker/stage/fast-csv/testing/both-ways';
import { fastWay, generalWay, sheetLayout, workbookOf } from './testing/both-ways';

it('has nothing in a cell that is missing, also where the row begins with a negative number', async () => {
  const xml = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>-5</v></c><c r="C1"><v>7</v></c></row></sheetData></worksheet>`;
  const mapping = [0, 1, 2].map((index) => ({
    index,
    slot: index,
    name: `column ${index}`,
    type: 'INTEGER' as const,
  }));
  const plan = planOf(mapping, 3, { shortRows: 'pad' });
  const source = await workbookOf(Buffer.from(xml));
  const fast = await fastWay(source, sheetLayout(1), plan);
  expect(fast.lines).toBe('42\t1\t["-5",null,"7"]\n');
  expect(fast.lines).toBe((await generalWay(source, sheetLayout(1), plan)).lines);
});
