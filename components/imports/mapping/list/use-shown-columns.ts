import { useMemo, useState } from 'react';
import { contradictionOf } from '../columns/contradiction';
import { columnNamed, typeOf } from '../draft/draft';
import { type Mapping, useMapping } from '../draft/use-mapping';
import { readSample } from '../sample/read-sample';
import { proposalOf } from '../transform/proposal-of';

/** Which of the file's columns are shown: all, those that are searched for, or those with a problem. */
export interface ShownColumns {
  /** Their places among the columns. */
  places: number[];
  isNarrowed: boolean;
  sought: string;
  seek: (text: string) => void;
  /** How many have a problem now. */
  withProblem: number;
  onlyProblems: boolean;
  showOnlyProblems: (only: boolean) => void;
  showAll: () => void;
}

/** Narrows the columns down. One with a problem stays in the list while it is being put right. */
export function useShownColumns(): ShownColumns {
  const mapping = useMapping();
  const { columns, inspection } = mapping;
  const [sought, seek] = useState('');
  const [only, setOnly] = useState<ReadonlySet<number> | null>(null);
  const wrong = useMemo(() => wrongColumns(mapping), [mapping]);
  const places = useMemo(() => {
    const wanted = sought.trim().toLowerCase();
    const all = columns.map((column, place) => ({ column, place, header: inspection.columns[place]?.name }));
    return all.flatMap(({ column, place, header = '' }) => {
      const isFound = [header, column.name].some((name) => name.toLowerCase().includes(wanted));
      return isFound && (only === null || only.has(column.index)) ? [place] : [];
    });
  }, [columns, inspection.columns, sought, only]);
  return {
    places,
    isNarrowed: sought.trim() !== '' || only !== null,
    sought,
    seek,
    withProblem: wrong.size,
    onlyProblems: only !== null,
    showOnlyProblems: (isOn) => setOnly(isOn ? wrong : null),
    showAll: () => {
      seek('');
      setOnly(null);
    },
  };
}

/** Columns that have something to be settled, values that do not fit, or a file that speaks against what is chosen. */
function wrongColumns({ columns, dataset, problems, inspection }: Mapping): Set<number> {
  const wrong = new Set(
    problems.flatMap(({ index }) => (index !== null && index < columns.length ? index : [])),
  );
  for (const column of columns) {
    const proposal = proposalOf(column, inspection);
    if (!column.included || !proposal) continue;
    const type = typeOf(column, dataset);
    const isWrong =
      (proposal.misfits > 0 && type === proposal.type) ||
      readSample(inspection.sample, column, columnNamed(dataset, column.name), inspection.columns).misfits >
        0 ||
      contradictionOf(column, proposal, type) !== null;
    if (isWrong) wrong.add(column.index);
  }
  return wrong;
}
