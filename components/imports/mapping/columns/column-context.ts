import { createContext, use } from 'react';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import type { DatasetColumnView } from '@/lib/shared/schema/dataset/dataset';
import type { ColumnMatch } from '@/lib/shared/schema/dataset/match';
import type { ProposedColumn } from '@/lib/shared/schema/file/proposed-column';
import type { DraftColumn } from '../draft/draft';
import type { ColumnSample } from '../sample/read-sample';

/** A column of the file, as the fields of its row show and change it. */
export interface RowColumn {
  column: DraftColumn;
  proposal: ProposedColumn;
  /** The type that it is stored as. */
  type: ColumnType;
  /** Its first different values, as they are in the file. */
  samples: string[];
  /** What becomes of its cells in the file's first rows. */
  sample: ColumnSample;
  /** What was found for it among the dataset's columns. */
  match: ColumnMatch | null;
  /** The dataset's own column of this name, whose type and rules the file has to follow. */
  there: DatasetColumnView | null;
  /** Whether the person chooses what new columns of this dataset ask for. */
  mayRule: boolean;
  change: (part: Partial<DraftColumn>) => void;
}

const ColumnContext = createContext<RowColumn | null>(null);

/** Gives the fields of a row its column. */
export const ColumnProvider = ColumnContext.Provider;

/** The column of this row. */
export function useColumn(): RowColumn {
  const column = use(ColumnContext);
  if (!column) throw new Error('There is no ColumnProvider around this component.');
  return column;
}

/** What a column is called where its name is missing. */
export const calledOf = ({ name, index }: DraftColumn) => name || `column ${index + 1}`;
