import { isEmptyWord } from '@/lib/shared/columns/infer/suggest';
import type { DateOrder } from '@/lib/shared/schema/dataset/column';
import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import type { ProposedColumn, SuggestedReading } from '@/lib/shared/schema/file/proposed-column';
import type { MappedColumnInput } from '@/lib/shared/schema/import/mapping';

/** How somebody who is not there to be asked wants a file's columns read. */
export interface ColumnChoices {
  /** `infer`: the types that Sluice proposes; `text`: every column text. */
  types: 'infer' | 'text';
  /** How the file writes its dates; where absent, a column that could be read both ways stays text. */
  dateOrder?: DateOrder;
  /** The same of its numbers. */
  decimalSign?: '.' | ',';
  /** Take what is suggested for columns that would stay text otherwise. */
  accept?: boolean;
  /** Words that stand for an empty cell, in every column. */
  empty?: string[];
}

/**
 * The columns of an import as the file proposes them, with what was said for the whole file; and a sentence about each
 * that stays text since nobody decided, and about each whose type does not fit all of its values.
 */
export function chooseColumns(
  { columns, sample = [] }: Pick<InspectionView, 'columns'> & Partial<Pick<InspectionView, 'sample'>>,
  choices: ColumnChoices,
): { columns: MappedColumnInput[]; warnings: string[] } {
  const warnings: string[] = [];
  const said = columns.map((proposal): MappedColumnInput => {
    const { index, name } = proposal;
    const text = { index, name, type: 'TEXT' } as const;
    if (choices.types === 'text') return text;
    const agreed = [proposal, proposal.suggestion].flatMap((reading) => agree(reading, choices) ?? []);
    const [reading] = agreed;
    if (reading) return { index, name, ...reading };
    if (!proposal.ambiguous) {
      const offer = proposal.type === 'TEXT' ? offered(proposal, choices) : null;
      if (offer?.taken) return { index, name, ...offer.taken };
      if (offer?.note) warnings.push(offer.note);
      if (proposal.misfits > 0) warnings.push(`“${name}”: ${proposal.evidence}`);
      return asProposed(proposal);
    }
    const option = proposal.type === 'DATE' || proposal.type === 'DATETIME' ? '--date-order' : '--decimal';
    warnings.push(`“${name}” stays text: ${proposal.evidence} Say which with ${option}.`);
    return text;
  });
  const words = choices.empty ?? [];
  if (words.length === 0) return { columns: said, warnings: [...warnings, ...wordsNote(said, sample)] };
  const chosen = said.map((column) => ({
    ...column,
    format: { ...column.format, empty: [...new Set([...(column.format?.empty ?? []), ...words])] },
  }));
  return { columns: chosen, warnings };
}

/**
 * Types that are offered. An address or a list is as well kept as text, and one letter can be a yes in some language.
 */
const offeredTypes: ReadonlySet<string> = new Set(['INTEGER', 'DECIMAL', 'DATE', 'DATETIME', 'TIME']);

/** The reading that is suggested for a column of text: taken where that was said, or else a note about it. */
function offered(
  { name, suggestion }: ProposedColumn,
  { accept, empty = [] }: ColumnChoices,
): { taken?: Spelled; note?: string } | null {
  if (!suggestion || !offeredTypes.has(suggestion.type)) return null;
  const { type, dateOrder, decimalSign, format, evidence } = suggestion;
  const option = openOption(suggestion);
  const words = new Set(empty.map((word) => word.toLowerCase()));
  const isSaid =
    format !== null &&
    Object.keys(format).every((key) => key === 'empty') &&
    (format.empty ?? []).every((word) => words.has(word.toLowerCase()));
  if (option === null && (accept || isSaid)) {
    return {
      taken: {
        type,
        dateOrder: dateOrder ?? undefined,
        decimalSign: decimalSign ?? undefined,
        format: format ?? undefined,
      },
    };
  }
  const how = option === null ? 'Take them so with --accept.' : `Say which with ${option}.`;
  return { note: `“${name}” stays text. ${evidence} ${how}` };
}

/** The option that decides what a suggestion leaves open; null where it leaves nothing open. */
function openOption({ type, dateOrder, decimalSign, evidence }: SuggestedReading): string | null {
  if (type === 'DECIMAL' && decimalSign === null) return '--decimal';
  const isDate = type === 'DATE' || type === 'DATETIME';
  return isDate && dateOrder === null && /\d([./-])\d{1,2}\1\d/.test(evidence) ? '--date-order' : null;
}

/** How often words that may stand for nothing are in columns of text, and how to have them as empty cells. */
function wordsNote(columns: MappedColumnInput[], sample: InspectionView['sample']): string[] {
  const counts = new Map<string, number>();
  for (const { index, type } of columns) {
    if (type !== 'TEXT') continue;
    for (const { cells } of sample) {
      const word = (cells[index] ?? '').trim();
      if (/\p{L}/u.test(word) && isEmptyWord(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  if (counts.size === 0) return [];
  const words = [...counts].slice(0, 5);
  const listed = words.map(([word, count]) => `“${word}” (${count === 1 ? 'once' : `${count} times`})`);
  const options = words.map(([word]) => `--empty '${word}'`);
  return [
    `In the first rows, ${listed.join(', ')} may stand for nothing, and ${counts.size === 1 ? 'is' : 'are'} kept as text. To have empty cells instead, use ${options.join(' ')}.`,
  ];
}

function asProposed({ index, name, type, dateOrder, decimalSign }: ProposedColumn): MappedColumnInput {
  return { index, name, type, dateOrder: dateOrder ?? undefined, decimalSign: decimalSign ?? undefined };
}

type Spelled = Pick<MappedColumnInput, 'type' | 'dateOrder' | 'decimalSign' | 'format'>;

/** A reading that what was said decides on; null for one that it has nothing to do with, or contradicts. */
function agree(
  reading: ProposedColumn | SuggestedReading | null,
  { dateOrder, decimalSign }: ColumnChoices,
): Spelled | null {
  if (!reading) return null;
  const open = 'ambiguous' in reading && reading.ambiguous;
  const suggested = !('ambiguous' in reading);
  if (!open && !suggested) return null;
  const format = 'format' in reading ? reading.format : undefined;
  if (reading.type === 'DATE' || reading.type === 'DATETIME') {
    if (!dateOrder || (reading.dateOrder ?? dateOrder) !== dateOrder) return null;
    return { type: reading.type, dateOrder, format };
  }
  if (reading.type === 'DECIMAL' || reading.type === 'INTEGER') {
    if (!decimalSign || (reading.decimalSign ?? decimalSign) !== decimalSign) return null;
    return { type: reading.type, decimalSign, format };
  }
  return null;
}
