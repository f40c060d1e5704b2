import { describe, expect, it } from 'vitest';
import { chunkLine } from './chunk-line';

const reason = (code: string) => ({ column: 'n', value: 'x', code, reason: 'Why.' });
const line = (...codes: string[]) => ({ rowNumber: 3, cells: ['x'], reasons: codes.map(reason) });

describe('a line of an object of rejections', () => {
  it('is what it says, whatever its reasons', () => {
    const said = { ...line('not-unique'), cellsForm: 'RAW', staged: false };
    expect(chunkLine(false).parse(said)).toEqual(said);
  });

  it.each([
    ['not-a-number', 'RAW', false],
    ['not-unique', 'CANONICAL', false],
    ['empty-key', 'CANONICAL', true],
    ['duplicate-key', 'CANONICAL', true],
    ['existing-key', 'CANONICAL', true],
  ])('of a version that did not say it: %s', (code, cellsForm, staged) => {
    expect(chunkLine(false).parse(line(code))).toEqual({ ...line(code), cellsForm, staged });
  });

  it('of such a version that was corrected since is still staged where all rows of its object are', () => {
    const expected = { ...line('not-a-number'), cellsForm: 'CANONICAL', staged: true };
    expect(chunkLine(true).parse(line('not-a-number'))).toEqual(expected);
  });

  it('of such a version has one code for a value that is there twice, and says what the cells do not show', () => {
    expect(chunkLine(false).parse(line('repeated', 'nul-byte', 'bad-character'))).toEqual({
      ...line(),
      cellsForm: 'RAW',
      staged: false,
      reasons: [
        reason('not-unique'),
        { ...reason('nul-byte'), unseen: true },
        { ...reason('bad-character'), unseen: true },
      ],
    });
  });
});
