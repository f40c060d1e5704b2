import type { ColumnType } from '@/lib/imports/contract';

/** A column type in the words that people read. */
export function typeLabel(type: ColumnType): string {
  switch (type) {
    case 'TEXT':
      return 'Text';
    case 'INTEGER':
      return 'Whole number';
    case 'DECIMAL':
      return 'Decimal number';
    case 'BOOLEAN':
      return 'Yes or no';
    case 'DATE':
      return 'Date';
    case 'DATETIME':
      return 'Date and time';
    case 'TIME':
      return 'Time';
    case 'EMAIL':
      return 'E-mail address';
    case 'URL':
      return 'Web address';
    case 'CHOICE':
      return 'Choice from a list';
    case 'JSON':
      return 'JSON';
    default:
      return type satisfies never;
  }
}

/** True for types whose values line up at the right. */
export function isNumeric(type: ColumnType): boolean {
  return type === 'INTEGER' || type === 'DECIMAL';
}
