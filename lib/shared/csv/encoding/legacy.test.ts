import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { inspect } from '@/worker/read/inspect';
import { readRows } from '@/worker/read/read';
import { memorySource } from '@/worker/read/testing/memory-source';
import { dosDecoder } from './dos';
import { likelyEncodings } from './legacy';

const texts: [what: string, encoding: string, cells: string[]][] = [
  ['signs of currency alone', 'windows-1252', ['5 €', '7,50 €', 'EUR']],
  ['apostrophes and quotation marks', 'windows-1252', ['don’t drop', '“blue” ones', 'customer’s own']],
  ['dashes', 'windows-1252', ['Nut – long', '2019–2020', 'Bolt — short']],
  ['signs of measure', 'windows-1252', ['½ inch', '5 µm', '20 °C', 'Brand® X', 'Foo™']],
  ['German with prices', 'windows-1252', ['Schöne Größe', '12 € – neu', 'Äpfel', 'Straße 5']],
  ['Portuguese', 'windows-1252', ['São Paulo', 'Informação', 'não há', 'Conceição']],
  ['Icelandic', 'windows-1252', ['Þórður', 'Reykjavík', 'Ísafjörður', 'Sauðárkrókur', 'Hafnarfjörður']],
  ['Turkish', 'windows-1254', ['İşık Yıldız', 'Diyarbakır', 'Çağrı Öztürk', 'Muğla', 'Güneş']],
  ['German of DOS', 'cp850', ['Müller', 'Köln', 'Weiß', 'Österreich', 'Jäger', 'Größe']],
  ['French of DOS', 'cp850', ['café', 'élève', 'garçon', 'forêt', 'où']],
  ['Russian of DOS', 'ibm866', ['Иван Петров', 'Омск', 'Ольга Сидорова', 'Казань', 'Москва']],
  ['Russian', 'windows-1251', ['Иван Петров', 'Омск', 'Ольга Сидорова', 'Казань', 'Москва']],
  ['Russian of Unix', 'koi8-r', ['Иван Петров', 'Омск', 'Ольга Сидорова', 'Казань', 'Москва']],
  ['Thai', 'windows-874', ['กรุงเทพมหานคร', 'เชียงใหม่', 'ราคาสินค้า', 'ภูเก็ต', 'ชื่อลูกค้า']],
  ['Czech', 'windows-1250', ['Plzeň', 'Žluťoučký kůň', 'České Budějovice', 'Přerov', 'Ústí']],
  ['Polish', 'windows-1250', ['Łódź', 'Święty', 'Kraków – Wawel', 'pięć książek', 'źródło']],
  ['Greek', 'iso-8859-7', ['Αθήνα', 'Θεσσαλονίκη', 'Πάτρα', 'καλημέρα κόσμε', 'Ηράκλειο']],
  ['Japanese in seven bits', 'iso-2022-jp', ['東京都', 'カタカナ', '日本語のテスト']],
  ['Spanish of a Mac', 'macintosh', ['Niño pequeño', 'Camión rápido', 'Año', 'Málaga']],
];

const files = texts.map(([what, encoding, cells]) => {
  const rows = Array.from({ length: 200 }, (_, i) => [String(i), cells[i % cells.length] ?? '']);
  const text = `no;name\r\n${rows.map((row) => row.join(';')).join('\r\n')}\r\n`;
  return { what, encoding, rows, bytes: encode(text, encoding) };
});

/** iconv-lite has no Japanese in seven bits: its signs are those of EUC without the highest bit. */
function encode(text: string, encoding: string): Uint8Array {
  if (encoding !== 'iso-2022-jp') return iconv.encode(text, encoding);
  return Buffer.concat(
    text.split(/(?<=[^\0-\x7f])(?=[\0-\x7f])|(?<=[\0-\x7f])(?=[^\0-\x7f])/).map((run) => {
      if (/^[\0-\x7f]/.test(run)) return Buffer.from(run);
      const wide = iconv.encode(run, 'euc-jp').map((byte) => byte & 0x7f);
      return Buffer.concat([Buffer.from('\x1b$B'), wide, Buffer.from('\x1b(B')]);
    }),
  );
}

describe('#81 a file of 200 rows is read as it was written', () => {
  it.each(files)('$what: $encoding', async ({ encoding, rows, bytes }) => {
    const source = memorySource('a.csv', bytes, () => 1000);
    const { layout } = await inspect(source);
    expect(layout).toMatchObject({ encoding });
    const read: string[][] = [];
    for await (const batch of readRows(source, layout)) read.push(...batch.rows);
    expect(read).toEqual(rows);
  });
});

it('a few characters leave several readings, the right one among the first three', () => {
  for (const { encoding, what, rows } of files) {
    if (encoding === 'iso-2022-jp') continue;
    const short = rows.slice(0, 3).map((row) => row.join(';'));
    const bytes = encode(`no;name\r\n${short.join('\r\n')}\r\n`, encoding);
    expect(likelyEncodings(bytes).slice(0, 3), what).toContain(encoding);
  }
});

describe('the code pages of DOS', () => {
  it.each(['cp437', 'cp850'])('%s is what iconv-lite has', (encoding) => {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    expect(dosDecoder(encoding)?.(all)).toBe(iconv.decode(Buffer.from(all), encoding));
    expect(dosDecoder('windows-1252')).toBeNull();
  });

  it('can be chosen', async () => {
    const source = memorySource('a.csv', iconv.encode('name,city\nÅsa,Malmö\n', 'cp437'));
    const { sample } = await inspect(source, { encoding: 'cp437' });
    expect(sample).toEqual([{ row: 2, cells: ['Åsa', 'Malmö'] }]);
  });
});
