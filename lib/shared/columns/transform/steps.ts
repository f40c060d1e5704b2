import type { LetterCase, TransformStep } from '../../schema/import/transform';
import { Rejected } from '../validate/types';
import { titleCase } from './title-case';

/** A value → what a step makes of it, or why its row is not stored. */
export type Step = (value: string) => string | Rejected;

const whiteSpace = /\s+/g;

/** White space at both ends goes, and a run of it inside becomes one space. */
export const trimmed = (value: string): string => value.trim().replace(whiteSpace, ' ');

const cases: Record<LetterCase, (value: string) => string> = {
  // Those of Unicode: what language the machine speaks changes nothing.
  UPPER: (value) => value.toUpperCase(),
  LOWER: (value) => value.toLowerCase(),
  TITLE: titleCase,
};

/** A step as a function. */
export function compileStep(step: TransformStep): Step {
  switch (step.kind) {
    case 'TRIM':
      return trimmed;
    case 'CASE':
      return cases[step.to];
    case 'SPLIT':
      return splitStep(step);
    case 'REPLACE':
      return replaceStep(step);
    case 'DEFAULT':
      return (value) => (value.trim() === '' ? step.value : value);
    default:
      return step satisfies never;
  }
}

function splitStep({ separator, part, rest }: TransformStep & { kind: 'SPLIT' }): Step {
  return (value) => {
    const parts = value.split(separator);
    const place = part > 0 ? part - 1 : parts.length + part;
    if (place < 0) return '';
    return rest ? parts.slice(place).join(separator) : (parts[place] ?? '');
  };
}

const notReplaced = new Rejected(
  'no-replacement',
  'It is none of the values that are replaced in this column. Add it to them, or have other values kept.',
);

function replaceStep({ values, ignoreCase, others = 'KEEP' }: TransformStep & { kind: 'REPLACE' }): Step {
  const keyOf = (value: string) => (ignoreCase ? value.trim().toLowerCase() : value.trim());
  // Of two that are the same the first counts.
  const words = new Map(values.toReversed().map(({ from, to }) => [keyOf(from), to]));
  return (value) => {
    const word = words.get(keyOf(value));
    if (word !== undefined) return word;
    if (others === 'KEEP' || value.trim() === '') return value;
    return others === 'EMPTY' ? '' : notReplaced;
  };
}
