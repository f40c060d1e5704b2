import { describe, expect, it } from 'vitest';
import { builtInKind, formatKind, formatKinds } from './number-format';

describe('number formats', () => {
  it.each([
    ['General', 'number'],
    ['0.00E+00', 'number'],
    ['#,##0.00 "days"', 'number'],
    ['#,##0.00\\ [$€-407]', 'number'],
    ['0.00 m', 'number'],
    ['[Red]-0;[Blue]0', 'number'],
    ['[>=1000]#,##0,"k";0', 'number'],
    ['@', 'number'],
    ['"yyyy"0', 'number'],
    [';;;', 'number'],
    ['0;yyyy', 'number'],
    ['yyyy-mm-dd', 'date'],
    ['[$-F800]dddd, mmmm dd, yyyy', 'date'],
    ['d/m/yy;@', 'date'],
    ['mmm', 'date'],
    ['[$-411]ggge"年"m"月"d"日"', 'date'],
    ['aaaa', 'date'],
    ['yyyy\\-mm\\-dd\\ hh:mm', 'dateTime'],
    ['[$-409]m/d/yy h:mm AM/PM;@', 'dateTime'],
    ['m/d h', 'dateTime'],
    ['[<1]hh:mm;yyyy-mm-dd', 'dateTime'],
    ['h:mm', 'time'],
    ['mm:ss.0', 'time'],
    ['ss.000', 'time'],
    ['[$-F400]h:mm:ss\\ AM/PM', 'time'],
    ['[h]:mm:ss', 'duration'],
    ['[mm]:ss', 'duration'],
    ['[ss]', 'duration'],
    ['[m]', 'duration'],
  ] as const)('%s is a %s', (code, kind) => {
    expect(formatKind(code)).toBe(formatKinds[kind]);
  });

  it('built-in ids, those of East Asian locales included', () => {
    const kinds = Object.fromEntries(Object.entries(formatKinds).map(([name, kind]) => [kind, name]));
    const ids = (name: string) =>
      Array.from({ length: 100 }, (_, id) => id).filter((id) => kinds[builtInKind(id)] === name);
    expect(ids('date')).toEqual([
      14, 15, 16, 17, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58, 71, 72, 73,
      74, 81,
    ]);
    expect(ids('time')).toEqual([18, 19, 20, 21, 45, 47, 75, 76, 78, 80]);
    expect(ids('dateTime')).toEqual([22, 77]);
    expect(ids('duration')).toEqual([46, 79]);
  });
});
