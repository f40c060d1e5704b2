import { describe, expect, it } from 'vitest';
import { openDatabase } from '@/e2e/setup/environment';
import { owner } from '@/e2e/setup/people';
import { runImport } from '@/e2e/setup/run-import';
import { findDataset } from '../datasets/find-dataset';
import { undoImport } from '../undo/undo-import';
import { csvRecord, escapeFormula, exportRows } from './export-rows';

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

  it('takes plain numbers for no formulas', () => {
    expect(['-5', '+1.5', '-1,234.5', '-1E5', '=1', '-a', '\tx', '+'].map(escapeFormula)).toEqual([
      '-5',
      '+1.5',
      '-1,234.5',
      '-1E5',
      "'=1",
      "'-a",
      "'\tx",
      "'+",
    ]);
  });
});

it('exports one moment, whatever is undone meanwhile', async () => {
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
