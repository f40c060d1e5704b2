import { keepPreviousData } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useFirstDatasets } from '@/components/datasets/use-dataset';
import type { Query } from '@/lib/shared/api/client';
import type { Candidate } from '@/lib/shared/schema/dataset/candidate';
import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';
import type { ProposedColumn } from '@/lib/shared/schema/file/proposed-column';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { certain } from './candidates';
import { bareName, datasetNamed, proposeDatasetName } from './dataset-name';
import { useCandidates } from './use-candidates';

/** Datasets into which the person may import. */
const importable = { right: 'IMPORT' } as const satisfies Query<'/datasets'>;

/** Where the rows of a file go: by the name that was typed or is proposed, one that is there or a new one. */
export interface Target {
  name: string;
  /** The dataset of this name; null: there is none, that is not known yet, or it is {@link taken}. */
  chosen: DatasetView | null;
  /** A dataset of this name that was made since the file was uploaded, which nobody said to add to. */
  taken: DatasetView | null;
  /** Whether it is not known yet. */
  looking: boolean;
  /** The datasets to offer for what is being typed. */
  offered: DatasetView[];
  seek: (typed: string) => void;
  failed: boolean;
  /** Datasets that have the columns of the file, the likeliest first. */
  candidates: Candidate[];
  /** What a new dataset would be called. */
  newName: string;
}

/** Looks the target up among the datasets, of which the browser only ever has those that it asks for by name. */
export function useTarget(
  { file, createdAt }: Pick<ImportDetails, 'file' | 'createdAt'>,
  columns: ProposedColumn[],
  { typed, into }: { typed: string | null; into: string | null },
): Target {
  const fileName = file.name;
  const [sought, seek] = useState('');
  const alike = useFirstDatasets({ ...importable, q: bareName(fileName), limit: 100 });
  const offers = useFirstDatasets(
    { ...importable, q: sought.trim(), limit: 50 },
    { placeholderData: keepPreviousData },
  );
  const { candidates, isLoading: comparing } = useCandidates(columns, createdAt);
  const byName = useMemo(
    () => proposeDatasetName(fileName, columns, alike.data ?? []),
    [fileName, columns, alike.data],
  );
  const sameName = datasetNamed(alike.data ?? [], byName);
  const name = typed ?? sameName?.name ?? certain(candidates)?.dataset.name ?? byName;
  const wanted = name.trim().toLowerCase();
  const named = useFirstDatasets({ ...importable, named: wanted }, { enabled: wanted !== '' });
  const found = datasetNamed(
    [
      ...(named.data ?? []),
      ...(offers.data ?? []),
      ...(alike.data ?? []),
      ...candidates.map(({ dataset }) => dataset),
    ],
    name,
  );
  const isTaken = found !== null && found.id !== into && found.createdAt > createdAt;
  return {
    name,
    chosen: isTaken ? null : found,
    taken: isTaken ? found : null,
    looking: found === null && (named.isLoading || (typed === null && (alike.isLoading || comparing))),
    offered: offers.data ?? [],
    seek,
    candidates,
    newName: sameName ? proposeDatasetName(fileName, [], alike.data ?? []) : byName,
    failed: [alike, offers, named].some(({ error }) => error !== null),
  };
}
