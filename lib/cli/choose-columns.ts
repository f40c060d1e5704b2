import type {
  DateOrder,
  InspectionView,
  MappedColumnInput,
  ProposedColumn,
  SuggestedReading,
} from '@/lib/shared/schema/imports';

/** How somebody who is not there to be asked wants a file's columns read. */
export interface ColumnChoices {
  /** `infer`: the types that Sluice proposes; `text`: every column text. */
  types: 'infer' | 'text';
  /** How the file writes its dates; where absent, a column that could be read both ways stays text. */
  dateOrder?: DateOrder;
  /** The same of its numbers. */
  decimalSign?: '.' | ',';
}

/**
 * The columns of an import as the file proposes them, with what was said for the whole file; and a sentence about each
 * that stays text since nobody decided, and about each whose type does not fit all of its values.
 */
export function chooseColumns(
  { columns }: Pick<InspectionView, 'columns'>,
  choices: ColumnChoices,
): { columns: MappedColumnInput[]; warnings: string[] } {
  const warnings: string[] = [];
  const chosen = columns.map((proposal): MappedColumnInput => {
    const { index, name } = proposal;
    const text = { index, name, type: 'TEXT' } as const;
    if (choices.types === 'text') return text;
    const agreed = [proposal, proposal.suggestion].flatMap((reading) => agree(reading, choices) ?? []);
    const [reading] = agreed;
    if (reading) return { index, name, ...reading };
    if (!proposal.ambiguous) {
      if (proposal.misfits > 0) warnings.push(`“${name}”: ${proposal.evidence}`);
      return asProposed(proposal);
    }
    const option = proposal.type === 'DATE' || proposal.type === 'DATETIME' ? '--date-order' : '--decimal';
    warnings.push(`“${name}” stays text: ${proposal.evidence} Say which with ${option}.`);
    return text;
  });
  return { columns: chosen, warnings };
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
