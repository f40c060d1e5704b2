import { cellName } from '@/worker/read/xlsx/sheet/cell-name';
import { below, pick, type Random } from '@/worker/stage/fast-csv/testing/random-values';

const texts = [
  'plain',
  ' padded ',
  'first_name',
  'a &lt; b &amp; c',
  'é漢字😀',
  '_x0041_',
  'a\nb',
  'q"\'>/>',
  '',
] as const;
const numbers = [
  '1',
  '-2.5',
  '0.5',
  '007',
  '1.0E-3',
  '0.30000000000000004',
  '45352',
  '123456789012345678',
] as const;
const days = ['45352', '45352.75', '1', '0', '60', '65536', '-1', '2958466'] as const;

/** A sheet as programs write them, up to 40 rows of it: now and then with a value or an element that is rarer. */
export function usualSheet(random: Random, width: number): string {
  const rows: string[] = [];
  let number = 0;
  for (let count = below(random, 40); count > 0; count--) {
    number += random() < 0.1 ? 1 + below(random, 5) : 1;
    rows.push(row(random, random() < 0.01 ? below(random, 40) : number, width));
  }
  return `<?xml version="1.0"?>\n<worksheet xmlns="x"><sheetData>${rows.join(pick(random, ['', '\n']))}</sheetData></worksheet>`;
}

function row(random: Random, number: number, width: number): string {
  const cells: string[] = [];
  for (let column = 0; column < width; column++)
    if (random() < 0.95) cells.push(cell(random, column, number));
  const named = random() < 0.9 ? ` r="${number}"` : '';
  if (random() < 0.02) return `<row${named}/>`;
  return `<row${named} spans="1:${width}" x14ac:dyDescent="0.25">${cells.join('')}</row>`;
}

function cell(random: Random, column: number, number: number): string {
  const place = ` r="${cellName(column, number)}"`;
  const text = pick(random, texts);
  switch (below(random, 9)) {
    case 0:
    case 1:
      return `<c${place} t="s"><v>${below(random, 50)}</v></c>`;
    case 2:
      return `<c${place} s="1"><v>${pick(random, days)}</v></c>`;
    case 3:
      return `<c${place} t="b"><v>${below(random, 2)}</v></c>`;
    case 4:
      return `<c${place} t="inlineStr"><is><t>${text}</t></is></c>`;
    case 5:
      return `<c${place} t="str"><f>A1&amp;B1</f><v>${text}</v></c>`;
    case 6:
      return pick(random, [
        `<c${place} s="2"/>`,
        `<c${place}></c>`,
        `<c${place} t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`,
        `<c${place} s="${below(random, 9)}"><v>${pick(random, numbers)}</v></c>`,
      ]);
    case 7:
      if (random() < 0.9) return `<c${place}><v>${below(random, 1_000)}</v></c>`;
      return pick(random, [
        `<c${place} t="e"><v>#N/A</v></c>`,
        `<c${place} t="inlineStr"><is><r><t>${text}</t></r><r><t>rich</t></r></is></c>`,
        `<c${place} t="d"><v>2024-03-01</v></c>`,
        `<c${place}> <v>7</v> </c>`,
        `<c${place}><v>7</v></c><c${place}><v>8</v></c>`,
        `<c${place} t="s"><v>99</v></c>`,
      ]);
    default:
      return `<c${place}><v>${pick(random, numbers)}</v></c>`;
  }
}
