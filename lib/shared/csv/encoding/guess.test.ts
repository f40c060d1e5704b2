import { readdirSync, readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { KiB } from '@/lib/shared/bytes';
import { inspectSlice, isOtherFormat } from '@/lib/shared/inspect/inspect-slice';
import { inspect } from '@/worker/read/inspect';
import { memorySource } from '@/worker/read/testing/memory-source';
import { guessEncoding } from './guess';

const lines: Record<string, string[]> = {
  'windows-1252': ['Élève à l’école', 'Größe', 'Garçon très âgé', 'Prix : 12 €'],
  'windows-1250': ['Zażółć gęślą jaźń', 'Święty Mikołaj', 'Łódź i Kraków', 'pięć książek'],
  'windows-1251': ['Москва столица', 'Привет, как дела', 'Большая таблица', 'Новосибирск и Омск'],
  macintosh: ['Élève à l’école', 'Garçon très âgé', 'Où est la forêt', 'Noël à Orléans'],
  shift_jis: ['東京都渋谷区', 'カタカナ表示', 'これは日本語のテストです', '商品名と価格'],
  gb18030: ['北京市朝阳区', '这是一个测试文件', '中国人民', '产品名称和价格'],
  big5: ['台北市信義區', '這是一個測試檔案', '產品名稱與價格', '我們的公司'],
  'euc-kr': ['서울특별시', '안녕하세요 반갑습니다', '상품 이름과 가격', '대한민국 부산'],
};

describe('#5 the encoding that a browser guesses is the one that the worker guesses', () => {
  it.each(Object.entries(lines))('%s', async (encoding, texts) => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i};${texts[i % texts.length]}`);
    const content = iconv.encode(`id;text\n${rows.join('\n')}\n`, encoding);
    const read = await inspect(memorySource('a.csv', content));
    // Also where it is cut within a character.
    for (const end of [content.length, content.length - 10, content.length - 11]) {
      const slice = Uint8Array.from(content.subarray(0, end));
      expect(guessEncoding(slice)).toBe(encoding);
      const seen = inspectSlice(slice, end === content.length, { encoding });
      expect(seen?.layout).toMatchObject({ encoding, delimiter: ';', headerRow: 1 });
      expect(seen?.sample.slice(0, 30)).toEqual(read.sample.slice(0, 30));
    }
    expect(read.layout).toMatchObject({ encoding });
  });

  it.each([
    ['UTF-8', Buffer.from('a,é\n1,ü\n')],
    ['UTF-8 with a broken byte', Buffer.from([...Buffer.from('é,ü,漢\n'), 0xe9, 0x0a])],
    ['a byte that is no letter anywhere', Buffer.from([0x61, 0x2c, 0xff, 0x0a])],
    ['UTF-16 without a mark', Buffer.from('имя;город\nИван;Омск\n', 'utf16le')],
  ])('where it is unsure, the worker is waited for: %s', (_, content) => {
    expect(guessEncoding(content)).toBeNull();
  });

  const folder = 'e2e/files/csv';
  it('of the files here it guesses none otherwise', async () => {
    let guessed = 0;
    for (const name of readdirSync(folder)) {
      const content = readFileSync(`${folder}/${name}`);
      const slice = content.subarray(0, 128 * KiB);
      const encoding = isOtherFormat(slice) ? null : guessEncoding(slice);
      if (encoding === null) continue;
      guessed++;
      const { layout } = await inspect(memorySource(name, content));
      expect(layout, name).toMatchObject({ encoding });
    }
    expect(guessed).toBeGreaterThan(0);
  });
});
