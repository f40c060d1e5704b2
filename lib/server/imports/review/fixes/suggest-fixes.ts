import { compileCell } from '@/lib/server/datasets/validate/compile-cell';
import type { StoredCause } from '@/lib/server/imports/rejections/cause-count';
import { applyFix, type ColumnFix } from '@/lib/shared/columns/apply-fix';
import { Rejected } from '@/lib/shared/columns/validate/types';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';
import type { Cause } from '@/lib/shared/schema/review/cause';
import { rereads } from './rereads';

/** Values for which a fix of their own is offered: the most frequent. */
const valuesOffered = 3;
/** Fixes that are offered for a cause. */
const fixesOffered = 4;

/** Faults of values before they are checked, in the steps that make them: no fix changes those. */
const beforeChecks = new Set(['no-replacement', 'cell-too-large', 'no-source']);

/**
 * The fixes of a cause that make at least one of its rows valid in this column, tried by the very checks that the
 * rows will go through, and the best first.
 * @param values what is in the column, and in how many rows each, as far as it is known
 */
export function suggestFixes(
  { column, code }: StoredCause,
  mapped: MappedColumn | undefined,
  values: Map<string, number>,
): Cause['fixes'] {
  const total = [...values.values()].reduce((sum, rows) => sum + rows, 0);
  if (code === 'too-few-cells') return [{ fix: { kind: 'PAD_SHORT_ROWS' }, rows: total, rereads: false }];
  if (column === null || !mapped || beforeChecks.has(code)) return [];
  const tried = candidates(mapped, code, values).map((fix) => {
    const check = compileCell(applyFix(mapped, fix));
    let rows = 0;
    for (const [value, count] of values) if (!(check(value) instanceof Rejected)) rows += count;
    return { fix, rows, rereads: rereads(mapped, fix) };
  });
  // One that reads the file again or gives the type up comes after one that does as much without it.
  const cost = ({ fix, rereads: again }: Cause['fixes'][number]) => (fix.kind === 'TEXT' ? 2 : again ? 1 : 0);
  return tried
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => b.rows - a.rows || cost(a) - cost(b))
    .filter((row, i, all) => all.findIndex((other) => sameWork(row, other)) === i)
    .slice(0, fixesOffered);
}

/** Of formats that help as many rows, the one that changes least is enough. */
function sameWork(a: Cause['fixes'][number], b: Cause['fixes'][number]): boolean {
  return a === b || (a.fix.kind === 'FORMAT' && b.fix.kind === 'FORMAT' && a.rows === b.rows);
}

function candidates(
  { name, type, rules }: MappedColumn,
  code: string,
  values: Map<string, number>,
): ColumnFix[] {
  const column = name;
  const frequent = [...values]
    .sort((a, b) => b[1] - a[1])
    .map(([value]) => value)
    .filter((value) => value.trim() !== '' && value.length < 200)
    .slice(0, valuesOffered);
  // A word that stands for nothing (N/A, none, –) has no digits in it; a value that is misspelled often does.
  const words = frequent.filter((word) => word.trim().length <= 50 && !/\d/.test(word));
  const empty = words.map((word) => ({ kind: 'EMPTY' as const, column, words: [word.trim()] }));
  const text: ColumnFix[] = [{ kind: 'TEXT', column }];
  const trim: ColumnFix = { kind: 'FORMAT', column, format: { trim: true } };
  if (code === 'required') return [{ kind: 'OPTIONAL', column }];
  if (code === 'not-allowed') {
    const spelled = frequent.flatMap((from) => {
      const to = rules?.allowed?.find((text) => text.toLowerCase() === from.trim().toLowerCase());
      return to === undefined ? [] : [{ kind: 'READ_AS' as const, column, from, to }];
    });
    return [
      trim,
      ...spelled,
      ...frequent.map((value) => ({ kind: 'ALLOW' as const, column, values: [value] })),
      ...empty,
    ];
  }
  if (['pattern', 'too-long', 'too-short'].includes(code)) return [trim, ...empty];
  if (['too-small', 'too-great'].includes(code)) return [];
  switch (type) {
    case 'DATE':
    case 'DATETIME': {
      const orders = (['DMY', 'MDY'] as const).map((dateOrder) => ({
        kind: 'DATE_ORDER' as const,
        column,
        dateOrder,
      }));
      return [...orders, ...empty, ...text];
    }
    case 'INTEGER':
    case 'DECIMAL': {
      const formats = [
        { grouping: true },
        { currency: true },
        { percent: 'number' as const },
        { grouping: true, currency: true },
        { grouping: true, percent: 'number' as const },
      ].map((format) => ({ kind: 'FORMAT' as const, column, format }));
      const signs = ([',', '.'] as const).map((decimalSign) => ({
        kind: 'DECIMAL_SIGN' as const,
        column,
        decimalSign,
      }));
      return [...formats, ...signs, ...empty, ...text];
    }
    case 'BOOLEAN': {
      const read = frequent.flatMap((from) =>
        ['true', 'false'].map((to) => ({ kind: 'READ_AS' as const, column, from, to })),
      );
      return [...read, ...empty.slice(0, 1), ...text];
    }
    case 'TEXT':
      return [];
    case 'TIME':
    case 'EMAIL':
    case 'URL':
    case 'CHOICE':
    case 'JSON':
      return [...empty, ...text];
    default:
      return type satisfies never;
  }
}
