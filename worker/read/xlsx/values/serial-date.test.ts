import { describe, expect, it } from 'vitest';
import { formatKinds } from './number-format';
import { serialText } from './serial-date';

describe('serial dates', () => {
  it('equal the calendar on every day from 1 March 1900 to the end of 9999', () => {
    for (let serial = 61; serial <= 2_958_465; serial += 13) {
      const expected = new Date((serial - 25_569) * 86_400_000).toISOString().slice(0, 10);
      expect(serialText(String(serial), formatKinds.date, false)).toBe(expected);
    }
  });

  it('keep every second of a day, written with 15 digits as spreadsheet programs do', () => {
    for (let second = 0; second < 86_400; second += 7) {
      const raw = (45_352 + second / 86_400).toPrecision(15);
      const expected = new Date(Date.UTC(2024, 2, 1) + second * 1000).toISOString().slice(0, 19);
      expect(serialText(raw, formatKinds.dateTime, false)).toBe(expected);
    }
  });

  it('leave what is no date alone', () => {
    for (const raw of ['', 'soon', '1e99', '-5']) expect(serialText(raw, formatKinds.date, false)).toBe(raw);
  });
});
