'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { listDatasets, matchColumns } from '@/components/api/datasets';
import { startImport } from '@/components/api/imports';
import { Notice } from '@/components/ui/notice';
import type {
  ImportDetails,
  InspectionView,
  RejectionChoice,
  StartImportInput,
} from '@/lib/imports/contract';
import { useImportAction } from '../use-import-action';
import { ColumnList } from './column-list';
import { DatasetCard, type ShortRows } from './dataset-card';
import { datasetNamed, proposeDatasetName } from './dataset-name';
import { type DraftColumn, draftOf, mappingOf, matchedDraft, type Problem, problemsOf } from './draft';
import { LayoutBar } from './layout-bar';
import { Preview } from './preview';
import { StartBar } from './start-bar';

/** What Sluice understood of the file, to be confirmed or corrected, and the start of the import. */
export function MappingScreen({ view, inspection }: { view: ImportDetails; inspection: InspectionView }) {
  const [changed, setChanged] = useState(() => draftOf(inspection.columns));
  const [touched, setTouched] = useState<ReadonlySet<number>>(() => new Set());
  const [typedName, setTypedName] = useState<string | null>(null);
  const [shortRows, setShortRows] = useState<ShortRows>('reject');
  const [onRejection, setOnRejection] = useState<RejectionChoice>('IMPORT_VALID');
  const datasets = useQuery({ queryKey: ['datasets'], queryFn: ({ signal }) => listDatasets(signal) });
  const start = useImportAction(
    (input: StartImportInput) => startImport(view.id, input),
    'The import was not started',
  );

  const known = useMemo(() => (datasets.data ?? []).filter(({ right }) => right !== 'VIEW'), [datasets.data]);
  const proposedName = useMemo(
    () => proposeDatasetName(view.file.name, inspection.columns, known),
    [view.file.name, inspection.columns, known],
  );
  const name = typedName ?? proposedName;
  const chosen = datasetNamed(known, name);
  const headers = useMemo(() => inspection.columns.map((column) => column.name), [inspection.columns]);
  const matches = useQuery({
    queryKey: ['matches', chosen?.slug, headers],
    queryFn: ({ signal }) => matchColumns(chosen?.slug ?? '', headers, signal),
    enabled: chosen !== null,
    staleTime: 0,
  });
  const found = chosen ? matches.data : undefined;
  const draft = useMemo(() => matchedDraft(changed, found, touched), [changed, found, touched]);
  const problems: Problem[] = [
    ...(name.trim() ? [] : [{ index: null, message: 'Name the dataset.' }]),
    ...(chosen && matches.isLoading ? [{ index: null, message: 'Matching the columns…' }] : []),
    ...problemsOf(draft, chosen),
  ];

  const change = useCallback(
    (index: number, part: Partial<DraftColumn>) => {
      const column = draft.find((it) => it.index === index);
      if (!column) return;
      setChanged((now) => now.map((it) => (it.index === index ? { ...column, ...part } : it)));
      setTouched((now) => new Set(now).add(index));
    },
    [draft],
  );

  return (
    <div className="space-y-6">
      {inspection.warnings.map((warning) => (
        <Notice key={warning} tone="warn" title={warning} />
      ))}
      {datasets.error && (
        <Notice tone="warn" title="Your datasets could not be loaded">
          You can import into a new dataset, or reload the page to choose one that is there.
        </Notice>
      )}
      <div className="grid gap-6 lg:grid-cols-2">
        <LayoutBar view={view} layout={inspection.layout} />
        <DatasetCard
          name={name}
          datasets={known}
          chosen={chosen}
          shortRows={shortRows}
          onName={setTypedName}
          onShortRows={setShortRows}
        />
      </div>
      <ColumnList
        inspection={inspection}
        draft={draft}
        dataset={chosen}
        matches={found}
        problems={problems}
        onChange={change}
        onIncludeAll={(included) => {
          setChanged(draft.map((column) => ({ ...column, included })));
          setTouched(new Set(draft.map(({ index }) => index)));
        }}
      />
      <Preview inspection={inspection} draft={draft} dataset={chosen} />
      <StartBar
        problems={problems}
        included={draft.filter((column) => column.included).length}
        total={draft.length}
        target={chosen ? `${chosen.name} (adds to it)` : `${name.trim()} (new)`}
        onRejection={onRejection}
        onChoose={setOnRejection}
        pending={start.isPending || start.isSuccess}
        onStart={() =>
          start.mutate({
            dataset: chosen ? { id: chosen.id } : { name: name.trim() },
            columns: mappingOf(draft, chosen),
            shortRows,
            onRejection,
          })
        }
      />
    </div>
  );
}
