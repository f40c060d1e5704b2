import type { ColumnTransform, LetterCase, TransformStep } from '../../schema/import/transform';

/** What the kinds of steps are called where one is chosen. */
export const stepLabels: Record<TransformStep['kind'], string> = {
  TRIM: 'Trim spaces',
  CASE: 'Change case',
  SPLIT: 'Take a part',
  REPLACE: 'Replace values',
  DEFAULT: 'Fill in blanks',
};

/** What letters may become. */
export const caseLabels: Record<LetterCase, string> = {
  UPPER: 'UPPER CASE',
  LOWER: 'lower case',
  TITLE: 'Title Case',
};

/** What is done to a column's values: short phrases, in the order in which it is done. */
export function transformWords(transform: ColumnTransform | null | undefined): string[] {
  const { from, steps = [] } = transform ?? {};
  return [...(from ? [sourceWords(from)] : []), ...steps.map(stepWords)];
}

function sourceWords(from: NonNullable<ColumnTransform['from']>): string {
  if (from.kind === 'VALUE') return from.value === '' ? 'always empty' : `always “${from.value}”`;
  return `made of ${from.columns.map((name) => `“${name}”`).join(' and ')}`;
}

function stepWords(step: TransformStep): string {
  switch (step.kind) {
    case 'TRIM':
      return 'spaces trimmed';
    case 'CASE':
      return caseLabels[step.to];
    case 'SPLIT':
      return `${partWords(step.part)}${step.rest ? ' and the rest' : ''}, split at “${step.separator}”`;
    case 'REPLACE':
      return step.values.length === 1 ? '1 value replaced' : `${step.values.length} values replaced`;
    case 'DEFAULT':
      return `“${step.value}” where it is blank`;
    default:
      return step satisfies never;
  }
}

function partWords(part: number): string {
  if (part === 1) return 'first part';
  if (part === -1) return 'last part';
  return part > 0 ? `part ${part}` : `part ${-part} from the end`;
}
