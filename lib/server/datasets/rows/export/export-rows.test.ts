import { describe, expect, it } from 'vitest';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { undoImport } from '@/lib/server/imports/undo/undo-import';
import { db } from '@/lib/server/platform/db/client';
import { env } from '@/lib/server/platform/env';
import { MiB } from '@/lib/shared/bytes';
import { csvRecord, escapeFormula } from '@/lib/shared/csv/csv-cells';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { runImport } from '@/worker/testing/run-import';
import { exportRows } from './export-rows';

openDatabase();

async function exported(slug: string, options: Parameters<typeof exportRows>[1]): Promise<string> {
  let text = '';
  for await (const piece of exportRows(await findDataset(slug, await owner()), options)) text += piece;
  return text;
}

describe('export', () => {
  it('#53 stores formulas as text, gives them back as they are, and escapes them on request', async () => {
    const content = 'a,b\r\n"=HYPERLINK(""http://x"",""y"")",+cmd\r\n@x,-5\r\n-1.5%,-2+3\r\n';
    const done = await runImport(new TextEncoder().encode(content), { name: 'formulas.csv', types: 'text' });
    const slug = done.dataset?.slug ?? '';
    expect(await exported(slug, { format: 'csv' })).toBe(content);
    expect(await exported(slug, { format: 'csv', escape: 'formulas' })).toBe(
      `a,b\r\n"'=HYPERLINK(""http://x"",""y"")",'+cmd\r\n'@x,-5\r\n-1.5%,'-2+3\r\n`,
    );
  });

  it('gives every row once and in order over many pages', async () => {
    const rows = Array.from({ length: 5_432 }, (_, i) => `${i},row ${i}`);
    const done = await runImport(new TextEncoder().encode(`n,t\n${rows.join('\n')}\n`), {
      name: 'pages.csv',
    });
    const text = await exported(done.dataset?.slug ?? '', { format: 'csv' });
    expect(text).toBe(`n,t\r\n${rows.join('\r\n')}\r\n`);
    const parsed: unknown[] = JSON.parse(await exported(done.dataset?.slug ?? '', { format: 'json' }));
    expect(parsed).toHaveLength(rows.length);
    expect(parsed.at(-1)).toEqual({ n: '5431', t: 'row 5431' });
  });

  it('quotes what CSV must quote, and nothing else', () => {
    expect(csvRecord(['a', null, '', 'b"c', 'd,e', 'f\ng', ' h', "i'j"])).toBe(
      'a,,,"b""c","d,e","f\ng"," h",i\'j\r\n',
    );
  });

  it('does not treat plain numbers as formulas', () => {
    const cells = ['-5', '+1.5', '-1,234.5', '-1E5', ' -5', '-2%', '=1', '-a', '+', '-5-5', '-5\n'];
    expect(cells.filter((cell) => escapeFormula(cell) !== cell)).toEqual(['=1', '-a', '+', '-5-5', '-5\n']);
  });

  it.each([
    '=1+1',
    '\t=1',
    '\r=1',
    '\n=1',
    '\nx',
    ' =1',
    '\u00a0=1',
    '\ufeff=1',
    '＝1+1',
    '＋a',
    '－a',
    '＠a',
    ' ＝1',
  ])('escapes %j, which a spreadsheet program may run', async (cell) => {
    expect(escapeFormula(cell)).toBe(`'${cell}`);
  });

  it('does not escape leading spaces before plain text', () => {
    for (const cell of [' a', '  ', ' 5', 'a=1', '', '\u3000x']) expect(escapeFormula(cell)).toBe(cell);
  });
});

describe('the rows of an export', () => {
  const wide = 'ü'.repeat(200_000);
  const cells = ['a', '', ' b', 'c"d', 'e,f', 'g\nh', 'ä', '漢字\u3000', '\t=x', "it's", wide];
  const rows = Array.from({ length: 3_000 }, (_, i) => [
    String(i),
    cells[i % 10] ?? '',
    i % 700 === 699 ? wide : 'x',
  ]);

  async function imported(name: string, key: string[]): Promise<{ slug: string; text: string }> {
    const text = (all: string[][]) => [['n', 'a', 'b'], ...all].map(csvRecord).join('');
    const columns = ['n', 'a', 'b'].map((column, index) => ({ index, name: column, type: 'TEXT' as const }));
    const done = await runImport(Buffer.from(text(rows)), { name, key, columns });
    if (key.length === 0) return { slug: done.dataset?.slug ?? '', text: text(rows) };
    const changed = rows.map((row, i) => (i % 4 === 0 ? [row[0] ?? '', 'changed', row[2] ?? ''] : row));
    const id = done.dataset?.id ?? '';
    await runImport(Buffer.from(text(changed)), { name, key, columns, dataset: { id }, mode: 'UPSERT' });
    return { slug: done.dataset?.slug ?? '', text: text(changed) };
  }

  it.each([
    ['rows that were added', []],
    ['rows with a key, some of them updated', ['n']],
  ])('of %s are the same by COPY, and where the database cannot be asked to', async (name, key) => {
    const { slug, text } = await imported(`${name}.csv`, key);
    const byCopy = await exported(slug, { format: 'csv' });
    expect(byCopy === text).toBe(true);
    const before = env().ROW_WRITER;
    Object.assign(env(), { ROW_WRITER: 'createMany' });
    try {
      expect((await exported(slug, { format: 'csv' })) === text).toBe(true);
    } finally {
      Object.assign(env(), { ROW_WRITER: before });
    }
    const objects: unknown[] = JSON.parse(await exported(slug, { format: 'json' }));
    const cellsOf = (row: unknown) => Object.values(row ?? {}).map((cell) => cell ?? '');
    expect([['n', 'a', 'b'], ...objects.map(cellsOf)].map(csvRecord).join('') === text).toBe(true);
  });

  it('holds at most two pages in memory', async () => {
    const { slug } = await imported('wide.csv', []);
    const sizes: number[] = [];
    for await (const piece of exportRows(await findDataset(slug, await owner()), { format: 'csv' })) {
      sizes.push(piece.length);
    }
    expect(sizes.length).toBeGreaterThan(1);
    // A page is given out once it is over four times its size, so by one row more at most.
    expect(Math.max(...sizes)).toBeLessThan(2 * MiB + 4 * wide.length + 262_144);
  });

  it('holds no connection while the reader pauses or after it disconnects', async () => {
    const { slug } = await imported('slow.csv', []);
    const dataset = await findDataset(slug, await owner());
    const open = Array.from({ length: 3 * env().DATABASE_POOL }, () =>
      exportRows(dataset, { format: 'csv' }),
    );
    for (const pieces of open) expect((await pieces.next()).done).toBe(false);
    expect(await db().dataset.count({ where: { id: dataset.id } })).toBe(1);
    for (const pieces of open) await pieces.return(undefined);
    for (const pieces of open) expect(await pieces.next()).toEqual({ value: undefined, done: true });
    expect(await exported(slug, { format: 'csv' })).toContain('2999,');
  });
});

it('exports a consistent snapshot during an undo', async () => {
  const user = await owner();
  const rows = Array.from({ length: 4_000 }, (_, i) => i);
  const done = await runImport(new TextEncoder().encode(`n\n${rows.join('\n')}\n`), {
    name: 'undone meanwhile.csv',
  });
  const dataset = await findDataset(done.dataset?.slug ?? '', user);
  let text = '';
  for await (const piece of exportRows(dataset, { format: 'csv' })) {
    if (text === '') await undoImport(done.id, user);
    text += piece;
  }
  expect(text).toBe(`n\r\n${rows.join('\r\n')}\r\n`);
});
