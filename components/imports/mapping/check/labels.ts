import { formatCount, formatCountOf } from '@/components/format/count';
import type { CheckFigures, CheckView } from '@/lib/shared/schema/import/check';

/** More rejected rows than one of so many, and they are to be put right before the import is started. */
const mostRejected = 0.2;
/** The first rows of a file say little. */
const fewRows = 100;

/** Whether so many rows would be rejected that something is to be put right first. */
export function rejectsMany({ state, figures }: Pick<CheckView, 'state' | 'figures'>): boolean {
  if (!figures) return false;
  const { read, rejected } = figures.rows;
  return rejected > read * mostRejected && (state === 'DONE' || read >= fewRows);
}

/**
 * What would become of the rows of a file, in a sentence.
 * @param isCompared rows are compared with others by their values, which only the import itself does
 */
export function checkLine(
  { state, figures, bytes }: Pick<CheckView, 'state' | 'figures' | 'bytes'>,
  isCompared = false,
): string {
  if (!figures) return 'Checking every row of the file…';
  const { rows, complete } = figures;
  if (state === 'DONE') {
    const outcome = outcomeOf(rows, isCompared);
    return complete
      ? outcome
      : `The first ${formatCountOf(rows.read, 'row')} were checked: ${lowerFirst(outcome)}`;
  }
  const percent = bytes > 0 ? Math.floor((100 * figures.bytesRead) / bytes) : 0;
  const soFar =
    rows.rejected === 0
      ? `${formatCountOf(rows.read, 'row')}, all valid so far.`
      : `${formatCount(rows.rejected)} of ${formatCountOf(rows.read, 'row')} would be rejected so far.`;
  return `Checking… ${percent}% of the file: ${soFar}`;
}

function outcomeOf({ read, accepted, rejected }: CheckFigures['rows'], isCompared: boolean): string {
  if (read === 0) return 'The file has no rows.';
  if (accepted === 0)
    return read === 1 ? 'The only row will be rejected.' : `All ${formatCount(read)} rows will be rejected.`;
  const [one, many] = isCompared ? ['is valid', 'are valid'] : ['will go in', 'will go in'];
  const after = isCompared ? ' Repeated values and keys are found when the import runs.' : '';
  if (rejected === 0) {
    const all = read === 1 ? `The only row ${one}.` : `All ${formatCount(read)} rows ${many}.`;
    return all + after;
  }
  const valid = `${formatCountOf(accepted, 'row')} ${accepted === 1 ? one : many}`;
  return `${valid}, ${formatCount(rejected)} will be rejected.${after}`;
}

const lowerFirst = (text: string) => text.slice(0, 1).toLowerCase() + text.slice(1);

/** The causes, with what can be put right with the most effect first. */
export function likeliestFirst(causes: CheckFigures['causes']): CheckFigures['causes'] {
  const helped = ({ fixes }: CheckFigures['causes'][number]) => fixes[0]?.rows ?? 0;
  return causes.toSorted((a, b) => helped(b) - helped(a) || b.rows - a.rows);
}
