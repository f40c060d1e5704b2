import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { workbookSource } from '../testing/read-all';
import { openWorkbook } from '../workbook';
import { SharedStrings } from './shared-strings';

const texts = Array.from({ length: 5_000 }, (_, index) =>
  [
    `plain ${index}`,
    `né漢字🍣 ${index}`,
    `a & b < ${index}`,
    '',
    `${'long '.repeat(4_000)}${index}`,
    `_x${index}`,
  ].at(index % 6),
);
const items = texts.map((text = '', index) => {
  const escaped = text.replace('&', '&amp;').replace('<', '&lt;');
  return index % 7 === 0 ? `<r><t>${escaped}</t></r><rPh sb="0" eb="1"><t>no</t></rPh>` : `<t>${escaped}</t>`;
});

async function load(options: { memory?: number; until?: number; xml?: (xml: string) => string } = {}) {
  const xml = `<sst xmlns="x" count="1">${items.map((item) => `<si>${item}</si>`).join('\n')}</sst>`;
  const source = await workbookSource({ stringsXml: options.xml?.(xml) ?? xml });
  return SharedStrings.load(await openWorkbook(source), options.until, options.memory);
}

function temporaryFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('sluice-strings-'));
}

describe('shared strings', () => {
  it.each([
    ['in memory', {}],
    ['in a temporary file', { memory: 100_000 }],
    [
      'by the strict parser, in a temporary file',
      { memory: 100_000, xml: (xml: string) => xml.replace('<si>', '<!-- x --><si>') },
    ],
    [
      'with prefixes',
      { xml: (xml: string) => xml.replace(/<(\/?)(?=\w)/g, '<$1x:').replace('xmlns=', 'xmlns:x=') },
    ],
  ])('are the same %s, in any order', async (_, options) => {
    const strings = await load(options);
    try {
      expect(strings.count).toBe(texts.length);
      for (const [index, text] of texts.entries()) expect(strings.get(index)).toBe(text);
      for (let step = 0; step < texts.length; step++) {
        const index = (step * 1_999) % texts.length;
        expect(strings.get(index)).toBe(texts[index]);
      }
      // The temporary file has no name while it is used, so nothing can leave it behind.
      expect(temporaryFolders()).toEqual([]);
    } finally {
      strings.dispose();
    }
  });

  it('load no more than a preview needs', async () => {
    const strings = await load({ until: 10 });
    expect(strings.count).toBeGreaterThanOrEqual(10);
    expect(strings.count).toBeLessThan(1_000);
    expect(Array.from({ length: 10 }, (_, index) => strings.get(index))).toEqual(texts.slice(0, 10));
    strings.dispose();
  });

  it('of a list that ends early are refused', async () => {
    await expect(load({ xml: (xml) => xml.slice(0, -20) })).rejects.toMatchObject({
      reason: 'MALFORMED_FILE',
    });
  });
});
