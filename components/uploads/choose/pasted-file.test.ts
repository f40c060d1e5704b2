import { expect, it } from 'vitest';
import { pastedFile } from './pasted-file';

it.each([
  ['cells of a spreadsheet', 'a\tb\r\n1\t2\r\n', 'Pasted rows.tsv'],
  ['one row of them', 'a\tb', 'Pasted rows.tsv'],
  ['the text of a CSV file', 'a,b\n1,2\n', 'Pasted rows.csv'],
  ['one column', 'name\nAnn\nBob', 'Pasted rows.csv'],
])('takes %s as a file, as it is', async (_, text, name) => {
  const file = pastedFile(text);
  expect(file?.name).toBe(name);
  expect(await file?.text()).toBe(text);
});

it.each(['', 'a word', 'a word\n', '\n\n'])('takes %j for no table', (text) => {
  expect(pastedFile(text)).toBeNull();
});
