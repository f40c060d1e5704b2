import { expect, it } from 'vitest';
import { dateWriting } from './moment';

const moment = new Date('2026-03-04T15:06:07Z');

it.each([
  ['en-US', 'Mar 4, 2026'],
  ['en-GB', '4 Mar 2026'],
  ['de-DE', '04.03.2026'],
  ['fr', '04/03/2026'],
  ['ja', '2026/03/04'],
  ['ar-EG', '04/03/2026'],
  // What a browser says of a system whose language is none of the web's.
  ['en-US@posix', '4 Mar 2026'],
  ['C', '4 Mar 2026'],
])('writes a day as people of %s do', (locale, written) => {
  // Some languages put marks of direction between the numbers.
  expect(
    dateWriting(locale)
      .day.format(moment)
      .replace(/\u200f/g, ''),
  ).toBe(written);
});

it('has the clock of the locale as well', () => {
  expect(dateWriting('en-US').full.format(moment)).toMatch(/\d:\d\d:07\s[AP]M/);
  expect(dateWriting('de').full.format(moment)).toMatch(/04\.03\.2026, \d{1,2}:\d\d:07$/);
});
