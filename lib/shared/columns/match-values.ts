import type { ColumnType } from '../schema/dataset/column';
import { inferColumn } from './infer/infer-column';
import { meaningOf } from './match-headers';

/** What values can be that tells a column apart from most others, whatever it is called. */
const kinds = ['EMAIL', 'URL', 'PHONE', 'DATE', 'DATETIME', 'TIME'] as const;
export type ValueKind = (typeof kinds)[number];

const kindLabels: Record<ValueKind, string> = {
  EMAIL: 'e-mail addresses',
  URL: 'web addresses',
  PHONE: 'phone numbers',
  DATE: 'dates',
  DATETIME: 'dates with a time',
  TIME: 'times of day',
};
export const valueKindLabel = (kind: ValueKind): string => kindLabels[kind];

/** Values of one column of a file that tell what they are. Safe in a browser. */
export function kindOfValues(values: string[]): ValueKind | null {
  if (values.length === 0) return null;
  if (values.every(isPhone)) return 'PHONE';
  const { type, suggestion } = inferColumn(
    '',
    0,
    values.map((value, i) => ({ row: i + 1, cells: [value] })),
  );
  return kindOfType(type) ?? (suggestion ? kindOfType(suggestion.type) : null);
}

const kindOfType = (type: ColumnType): ValueKind | null => kinds.find((kind) => kind === type) ?? null;

/** With signs that amounts and dates do not have: +49 30 1234567, (030) 123-4567, 555-123-4567. */
function isPhone(value: string): boolean {
  const text = value.trim();
  const digits = text.replace(/\D/g, '').length;
  return digits >= 7 && digits <= 15 && /^(?:\+|\(\d{2,5}\)|\d{3}-\d{3}-)[\d\s()/.-]+$/.test(text);
}

/** A word in the name of a column of texts that says what its values are. */
const kindsOfWords: Record<string, ValueKind> = { mail: 'EMAIL', url: 'URL', telephone: 'PHONE' };

/** What a dataset's column holds: by its type, or by its name where it is text. */
export function kindOfTarget({ name, type }: { name: string; type: ColumnType }): ValueKind | null {
  if (type !== 'TEXT') return kindOfType(type);
  const found = new Set(meaningOf(name).flatMap((word) => kindsOfWords[word] ?? []));
  return found.size === 1 ? ([...found][0] ?? null) : null;
}
