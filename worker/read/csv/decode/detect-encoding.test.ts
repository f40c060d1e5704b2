import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { inspect } from '@/worker/read/inspect';
import { readRows } from '@/worker/read/read';
import { memorySource } from '@/worker/read/testing/memory-source';
import { detectEncoding } from './detect-encoding';

const texts: Record<string, [encoding: string, lines: string[]]> = {
  French: [
    'windows-1252',
    ['Élève à l’école', 'Garçon très âgé', 'Où est la forêt ?', 'Prix : 12 €', 'Noël à Orléans'],
  ],
  German: ['windows-1252', ['Größe', 'Übergröße für Männer', 'Straße 5', 'schöne Grüße', 'Äpfel']],
  'French from a Mac': [
    'macintosh',
    ['Élève à l’école', 'Garçon très âgé', 'Où est la forêt', 'Noël à Orléans', 'naïve'],
  ],
  'German from a Mac': ['macintosh', ['Größe', 'Übergröße für Männer', 'Straße 5', 'schöne Grüße', 'Äpfel']],
  'Spanish from a Mac': ['macintosh', ['Niño pequeño', 'Camión rápido', 'Corazón', 'Año', 'Málaga']],
  Polish: [
    'windows-1250',
    ['Zażółć gęślą jaźń', 'Święty Mikołaj', 'Łódź i Kraków', 'pięć książek', 'Gdańsk nad Wisłą, źródło'],
  ],
  Russian: [
    'windows-1251',
    ['Москва столица', 'Привет, как дела', 'Большая таблица', 'Новосибирск и Омск', 'Сегодня хорошая погода'],
  ],
  'Russian of old': [
    'koi8-r',
    ['Москва столица', 'Привет, как дела', 'Большая таблица', 'Новосибирск и Омск', 'Сегодня хорошая погода'],
  ],
  Greek: ['iso-8859-7', ['Λεωνίδας', 'Αλέξανδρος', 'Μύρων', 'Ευστόργιος', 'καλημέρα κόσμε']],
  Japanese: [
    'shift_jis',
    ['東京都渋谷区', 'カタカナ表示', 'これは日本語のテストです', '株式会社ソニー', '商品名と価格'],
  ],
  'Japanese (EUC)': [
    'euc-jp',
    ['東京都渋谷区', 'カタカナ', 'これは日本語のテストです', '株式会社', '商品名と価格'],
  ],
  'simplified Chinese': [
    'gb18030',
    ['北京市朝阳区', '这是一个测试文件', '中国人民', '上海股票交易', '产品名称和价格'],
  ],
  'traditional Chinese': [
    'big5',
    ['台北市信義區', '這是一個測試檔案', '產品名稱與價格', '我們的公司', '資料表'],
  ],
  Korean: [
    'euc-kr',
    ['서울특별시', '안녕하세요 반갑습니다', '상품 이름과 가격', '대한민국 부산', '데이터베이스'],
  ],
};

describe('#5 tables in encodings of their own', () => {
  it.each(Object.entries(texts))('%s', async (_, [encoding, lines]) => {
    const table = (length: number) => {
      const rows = Array.from({ length }, (_, i) => [String(i), lines[i % lines.length] ?? '']);
      const text = `id;text\n${rows.map((cells) => cells.join(';')).join('\n')}\n`;
      return { rows, source: memorySource('a.csv', iconv.encode(text, encoding), () => 7) };
    };
    const long = await inspect(table(200).source);
    expect(long.layout).toMatchObject({ encoding });
    expect(long.warnings).toEqual([
      expect.stringMatching(/^Encoding was guessed as .*; check the accents in the preview\.$/),
    ]);
    const { rows, source } = table(20);
    const { layout, warnings, encodings } = await inspect(source);
    expect(layout).toMatchObject({ encoding });
    // Of a short text the readings are shown.
    expect(encodings?.[0]?.encoding).toBe(encoding);
    expect(warnings).toEqual([]);
    const read: string[][] = [];
    for await (const batch of readRows(source, layout)) read.push(...batch.rows);
    expect(read).toEqual(rows);
  });

  it('a person’s choice counts', async () => {
    const source = memorySource('a.csv', iconv.encode('id;text\n1;Łódź\n', 'windows-1250'));
    const { sample, warnings } = await inspect(source, { encoding: 'windows-1250' });
    expect(sample).toEqual([{ row: 2, cells: ['1', 'Łódź'] }]);
    expect(warnings).toEqual([]);
    await expect(inspect(source, { encoding: 'klingon' })).rejects.toMatchObject({
      reason: 'UNKNOWN_ENCODING',
    });
  });
});

it('looks further into a file than its start', async () => {
  const ascii = `id,name\n${'1,plain\n'.repeat(300_000)}`;
  const late = Buffer.concat([
    Buffer.from(ascii),
    iconv.encode('2,Müller à Zürich\n'.repeat(5_000), 'latin1'),
  ]);
  expect((await inspect(memorySource('a.csv', late))).layout).toMatchObject({ encoding: 'windows-1252' });
});

it.each([
  ['ASCII', Buffer.from('a,b\n1,2\n'), { encoding: 'utf-8', guessed: false }],
  ['UTF-8 cut within a character', Buffer.from('a,é').subarray(0, 3), { encoding: 'utf-8', guessed: false }],
  [
    'UTF-8 with a broken byte',
    Buffer.from([...Buffer.from('é,ü,漢\n'), 0xe9, 0x0a]),
    { encoding: 'utf-8', guessed: true },
  ],
  [
    'bytes that are no letter anywhere',
    Buffer.from([0x61, 0x2c, 0xff, 0x0a]),
    { encoding: 'utf-8', guessed: true },
  ],
  [
    'Cyrillic UTF-16',
    Buffer.from('имя;город\nИван;Омск\n', 'utf16le'),
    { encoding: 'utf-16le', guessed: true },
  ],
  ['ASCII with NULs', Buffer.from('a,b\n\0c,d\0\ne,f\n'), { encoding: 'utf-8', guessed: false }],
])('%s', (_, bytes, expected) => {
  expect(detectEncoding([bytes])).toEqual(expected);
});

it('UTF-32 is refused by name', () => {
  const mark = Uint8Array.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0);
  expect(() => detectEncoding([mark])).toThrow('UTF-32');
});

describe('going on where byte offsets mean nothing', () => {
  const rows = Array.from({ length: 200 }, (_, i) => [String(i), i % 3 === 0 ? '東京\n都' : 'カタカナ']);
  const text = `id,text\n\n${rows.map(([id, cell]) => `${id},"${cell}"`).join('\n')}\n`;
  it.each([
    ['Shift-JIS', iconv.encode(text, 'shift_jis')],
    ['gzip', gzipSync(text)],
  ])('%s', async (_, bytes) => {
    const source = memorySource('a.csv', bytes);
    const { layout } = await inspect(source);
    for await (const { position } of readRows(source, layout)) expect(position.offset).toBeNull();
    const rest: string[][] = [];
    const from = { row: 52, offset: null, line: 0 };
    for await (const batch of readRows(source, layout, from)) {
      rest.push(...batch.rows);
      expect(batch.numbers[0]).toBe(53);
    }
    expect(rest).toEqual(rows.slice(50));
  });
});
