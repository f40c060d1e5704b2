import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { inspect } from '@/worker/read/inspect';
import { memorySource } from '@/worker/read/testing/memory-source';
import { encodingReadings } from './readings';
import { readingNotes } from './warnings';

const marked = (lines: { text: string; differs: boolean }[][]) =>
  lines.map((parts) => parts.map(({ text, differs }) => (differs ? `[${text}]` : text)).join(''));

const short = iconv.encode('name;city\nMüller;Köln\nOtto;Bonn\nGroß;Fürth am Main\n', 'windows-1252');

describe('a short file that may be in several encodings', () => {
  it('shows its lines in each, the likeliest first, with the words that differ', () => {
    const readings = encodingReadings(short, 'windows-1252');
    expect(readings.length).toBeGreaterThanOrEqual(2);
    expect(readings.length).toBeLessThanOrEqual(3);
    expect(readings[0]?.encoding).toBe('windows-1252');
    expect(marked(readings[0]?.lines ?? [])).toEqual(['[Müller];[Köln]', '[Groß];[Fürth] am Main']);
    const texts = readings.map(({ lines }) => marked(lines).join());
    expect(new Set(texts).size).toBe(readings.length);
    for (const text of texts) expect(text).not.toMatch(/[\u0080-\u009f\ufffd]/);
  });

  it('is asked about, and may be chosen among them again', async () => {
    const source = memorySource('a.csv', short);
    const first = await inspect(source);
    expect(first.layout).toMatchObject({ encoding: 'windows-1252' });
    expect(first.warnings).toEqual([]);
    const other = first.encodings?.[1]?.encoding ?? '';
    const chosen = await inspect(source, { encoding: other });
    expect(chosen.layout).toMatchObject({ encoding: other });
    expect(chosen.encodings).toEqual(first.encodings);
    expect((await inspect(source, { encoding: 'utf-8' })).encodings).toEqual([]);
    // One that is not among them is the person's own.
    expect((await inspect(source, { encoding: 'koi8-r' })).encodings).toEqual([]);
  });

  it('is told on a command line with the words and what to say', async () => {
    const { encodings = [] } = await inspect(memorySource('a.csv', short));
    const [note] = readingNotes(encodings, null);
    expect(note).toMatch(
      /Windows Western \(1252\), it reads “Müller Köln Groß” \(--encoding windows-1252\)\. It would read “.*”.*--encoding/,
    );
    for (const { encoding } of encodings) expect(note).toContain(`--encoding ${encoding}`);
    expect(readingNotes(encodings, 'macintosh')).toEqual([]);
  });

  it('shows a long line around the first word that differs', () => {
    const line = `${'plain words '.repeat(20)};Köln;${'more words '.repeat(20)}`;
    const [reading] = encodingReadings(iconv.encode(`${line}\n`, 'windows-1252'), 'windows-1252');
    const [text = ''] = marked(reading?.lines ?? []);
    expect(text).toMatch(/^….*\[Köln\].*…$/);
    expect(text.length).toBeLessThan(110);
  });
});

describe('nothing is asked', () => {
  it.each([
    ['of plain ASCII', 'a;b\n1;2\n'],
    ['of UTF-8', Buffer.from('name\nMüller\n')],
    ['of UTF-16', iconv.encode('name;city\nMüller;Köln\n', 'utf-16le', { addBOM: true })],
    [
      'of a text long enough to be told',
      iconv.encode(`no;name\n${Array.from({ length: 200 }, (_, i) => `${i};Müller`).join('\n')}\n`, 'latin1'),
    ],
  ])('%s', async (_, content) => {
    expect((await inspect(memorySource('a.csv', content))).encodings).toEqual([]);
  });
});
