import { useQuery } from '@tanstack/react-query';
import { createContext, use, useCallback, useMemo } from 'react';
import { api } from '@/components/api/client';
import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';
import type { ColumnMatch } from '@/lib/shared/schema/dataset/match';
import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import type { ImportDraft } from '@/lib/shared/schema/import/draft';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { type Target, useTarget } from '../dataset/use-target';
import { keyProblems } from '../key/choice';
import { samplesOf } from '../sample/samples';
import { addedColumns, keptColumns, transformProblems } from './added';
import {
  type DraftColumn,
  draftOf,
  draftWith,
  matchedDraft,
  type Problem,
  problemsOf,
  withChanged,
} from './draft';
import type { ChangeDraft } from './use-draft';

/** The file's columns as the person is changing them, with what follows from that. */
export interface Mapping {
  inspection: InspectionView;
  columns: DraftColumn[];
  /** Columns that are made of them, behind them. */
  added: DraftColumn[];
  /** The dataset that is there; null: a new one. */
  dataset: DatasetView | null;
  /** What was found for each column among the dataset's. */
  matches: (ColumnMatch | null)[] | undefined;
  /** What is to be settled before the import can start. */
  problems: Problem[];
  changeColumn: (index: number, change: Partial<DraftColumn>) => void;
  changeColumns: (changed: DraftColumn[]) => void;
  /** All that are added. */
  changeAdded: (added: DraftColumn[]) => void;
}

const MappingContext = createContext<Mapping | null>(null);

/** Gives what is on the screen of the columns the mapping that is being made there. */
export const MappingProvider = MappingContext.Provider;

/** The mapping that is being made on this screen. */
export function useMapping(): Mapping {
  const mapping = use(MappingContext);
  if (!mapping) throw new Error('There is no MappingProvider around this component.');
  return mapping;
}

/** What the person chose, with what Sluice proposes for all else. */
export function useMappingOf(
  view: ImportDetails,
  inspection: InspectionView,
  choices: ImportDraft,
  choose: ChangeDraft,
): { target: Target; mapping: Mapping } {
  const target = useTarget(view, inspection.columns, {
    typed: choices.dataset ?? view.rejectedBy?.dataset?.name ?? null,
    into: choices.into ?? null,
  });
  const { chosen: dataset, name, taken, looking } = target;
  const headers = useMemo(() => inspection.columns.map((column) => column.name), [inspection.columns]);
  const values = useMemo(() => valuesOf(inspection), [inspection]);
  const { data, isLoading } = useQuery({
    queryKey: ['matches', dataset?.slug, headers, values],
    queryFn: ({ signal }) =>
      api.post('/datasets/{slug}/match', {
        params: { path: { slug: dataset?.slug ?? '' } },
        body: { headers, values },
        signal,
      }),
    enabled: dataset !== null,
    staleTime: 0,
  });
  const matches = dataset ? data?.matches : undefined;
  const matching = dataset !== null && isLoading;
  const proposed = useMemo(
    () => matchedDraft(draftOf(inspection.columns), matches),
    [inspection.columns, matches],
  );
  const columns = useMemo(
    () => draftWith(proposed, inspection.columns, choices.columns),
    [proposed, inspection.columns, choices.columns],
  );
  const width = inspection.columns.length;
  const remembered = dataset ? data?.added : undefined;
  const added = useMemo(
    () => addedColumns(choices.added, remembered, width),
    [choices.added, remembered, width],
  );
  const changeAdded = useCallback((now: DraftColumn[]) => choose({ added: keptColumns(now) }), [choose]);
  const changeColumns = useCallback(
    (changed: DraftColumn[]) => {
      const named = changed
        .filter(({ index }) => index < width)
        .map((column) => ({ header: headerOf(inspection, column.index), column }));
      if (named.length > 0) choose((now) => ({ columns: withChanged(now.columns, named) }));
      const others = new Map(changed.map((column) => [column.index, column]));
      if (added.some(({ index }) => others.has(index)))
        changeAdded(added.map((column) => others.get(column.index) ?? column));
    },
    [inspection, width, added, choose, changeAdded],
  );
  const problems = useMemo<Problem[]>(
    () => [
      ...waitingFor(view.status),
      ...targetProblems({ name, taken, looking }),
      ...(matching ? [{ index: null, message: 'Matching the columns…' }] : []),
      ...problemsOf([...columns, ...added], dataset),
      ...transformProblems([...columns, ...added], inspection),
      ...keyProblems([...columns, ...added], dataset),
    ],
    [view.status, name, taken, looking, matching, inspection, columns, added, dataset],
  );
  const mapping = useMemo<Mapping>(
    () => ({
      inspection,
      columns,
      added,
      dataset,
      matches,
      problems,
      changeColumn: (index, change) => {
        const column = [...columns, ...added].find((column) => column.index === index);
        if (column) changeColumns([{ ...column, ...change }]);
      },
      changeColumns,
      changeAdded,
    }),
    [inspection, columns, added, dataset, matches, problems, changeColumns, changeAdded],
  );
  return { target, mapping };
}

/** More columns than this are told apart by their names alone: their values would be more than a request may have. */
const fewColumns = 200;

/** A few values of each column, by which those can be matched whose name says nothing. */
const valuesOf = ({ columns, sample }: InspectionView): string[][] | undefined =>
  columns.length > fewColumns ? undefined : columns.map(({ index }) => samplesOf(sample, index, 10));

/** The name that a column has in the file. */
export const headerOf = ({ columns }: InspectionView, index: number) =>
  columns.find((column) => column.index === index)?.name ?? '';

function targetProblems({ name, taken, looking }: Pick<Target, 'name' | 'taken' | 'looking'>): Problem[] {
  const messages = [
    name.trim() ? '' : 'Name the dataset.',
    taken ? `Choose whether to add to “${taken.name}”, or another name.` : '',
    looking ? 'Checking the name…' : '',
  ];
  return messages.filter(Boolean).map((message) => ({ index: null, message }));
}

/** What has to happen by itself before the import can start. */
function waitingFor(status: ImportDetails['status']): Problem[] {
  if (status === 'UPLOADING')
    return [{ index: null, message: 'The file is still uploading. You can start when it is done.' }];
  return status === 'MAPPING'
    ? []
    : [{ index: null, message: 'The file is being read. You can start in a moment.' }];
}
