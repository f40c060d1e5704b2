import { expect, it } from 'vitest';
import { layoutChoices, layoutNotes } from './layout-options';

it('a header row that cannot be is answered with what can', () => {
  for (const row of ['0', 'first', '2-1', '1-12', '']) {
    expect(() => layoutChoices({ 'header-row': row })).toThrow(
      `“${row}” cannot be used for --header-row. Give a row number (1 or more), a few rows such as 1-2, or “none”.`,
    );
  }
  expect(layoutChoices({ 'header-row': '2-3' })).toEqual({ headerRow: 2, headerRows: 2 });
});

it('where nothing is said, nothing is chosen', () => {
  expect(layoutChoices({})).toEqual({});
  expect(layoutChoices({ 'keep-rows': false })).toEqual({});
  expect(layoutChoices({ 'header-row': 'none', sheet: 'Two' })).toEqual({ headerRow: null, sheet: 'Two' });
});

it('an encoding is taken by any of its names, and one that there is none of is refused', () => {
  expect(layoutChoices({ encoding: 'Windows-1252' })).toEqual({ encoding: 'windows-1252' });
  expect(layoutChoices({ encoding: 'cp850' })).toEqual({ encoding: 'cp850' });
  // A label that browsers know, and decode as nothing.
  for (const encoding of ['klingon', 'iso-2022-kr', ''])
    expect(() => layoutChoices({ encoding })).toThrow(`there is none called “${encoding}”.`);
});

it('a delimiter is taken as a character or by its name', () => {
  for (const [delimiter, taken] of [
    ['Tab', '\t'],
    ['\\t', '\t'],
    ['semicolon', ';'],
    ['||', '||'],
    ['fixed', 'fixed'],
  ] as const)
    expect(layoutChoices({ delimiter })).toEqual({ delimiter: taken });
  expect(() => layoutChoices({ delimiter: 'comma!' })).toThrow(
    '--delimiter takes up to four characters, or tab, comma, semicolon, pipe, space, fixed; “comma!” is none of them.',
  );
  expect(() => layoutChoices({ delimiter: '' })).toThrow('it is empty');
});

it('somebody who said how a file is laid out is told where it is not', () => {
  expect(layoutNotes({ headerRow: 7 }, [])).toEqual([
    'No row 7 was found that could name the columns. Say another with --header-row.',
  ]);
  expect(layoutNotes({ delimiter: ';' }, ['one'])[0]).toMatch(/^The delimiter semicolon divides no row/);
  expect(layoutNotes({ delimiter: '~' }, ['one'])[0]).toMatch(/^The delimiter “~” divides no row/);
  expect(layoutNotes({ delimiter: ';' }, ['one', 'two'])).toEqual([]);
  expect(layoutNotes({ delimiter: 'fixed' }, ['one'])).toEqual([]);
  expect(layoutNotes({}, ['one'])).toEqual([]);
});
