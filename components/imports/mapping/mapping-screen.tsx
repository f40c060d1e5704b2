'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import { matchColumns } from '@/components/api/datasets';
import { startImport } from '@/components/api/imports';
import { Notice } from '@/components/ui/notice';
import { headerRowsNote } from '@/lib/shared/csv/header-rows';
import type {
  ChoosingStep,
  ImportDetails,
  InspectionView,
  StartImportInput,
} from '@/lib/shared/schema/imports';
import { HeaderRowsNotice } from '../layout/header-rows-notice';
import { LayoutBar } from '../layout/layout-bar';
import { LeftOutNotices } from '../layout/left-out-notices';
import type { LayoutChanges } from '../layout/use-layout';
import { useImportAction } from '../use-import-action';
import { ColumnList, type ShowColumn } from './column-list';
import { CorrectedRows } from './corrected-rows';
import { DatasetCard } from './dataset-card';
import { datasetNamed } from './dataset-name';
import {
  type DraftColumn,
  draftOf,
  draftWith,
  mappingOf,
  matchedDraft,
  type Problem,
  problemsOf,
  withChanged,
} from './draft/draft';
import type { Keeping } from './draft/draft-keeper';
import type { useDraft } from './draft/use-draft';
import { type KeyChoice, keyInput, keyProblems, modeOf, nothingChosen } from './key/choice';
import { KeyCard } from './key/key-card';
import { inBrief } from './key/labels';
import { NameTaken } from './name-taken';
import { Preview } from './preview';
import { StartBar } from './start-bar';
import { useTarget } from './use-target';

/** What Sluice understood of the file, to be confirmed or corrected, and the start of the import. */
export function MappingScreen({
  view,
  inspection,
  draft: choices,
  keeping,
  change: choose,
  changes,
  onStep,
}: {
  view: ImportDetails;
  inspection: InspectionView;
  changes: LayoutChanges;
  onStep: (step: ChoosingStep) => void;
} & ReturnType<typeof useDraft>) {
  const { dataset: typedName = view.rejectedBy?.dataset?.name ?? null, shortRows = 'reject' } = choices;
  const target = useTarget(view, inspection.columns, { typed: typedName, into: choices.into ?? null });
  const { name, chosen } = target;
  const start = useImportAction(
    (input: StartImportInput) => startImport(view.id, input),
    'The import was not started',
  );

  const headers = useMemo(() => inspection.columns.map((column) => column.name), [inspection.columns]);
  const matches = useQuery({
    queryKey: ['matches', chosen?.slug, headers],
    queryFn: ({ signal }) => matchColumns(chosen?.slug ?? '', headers, signal),
    enabled: chosen !== null,
    staleTime: 0,
  });
  const found = chosen ? matches.data : undefined;
  const proposed = useMemo(
    () => matchedDraft(draftOf(inspection.columns), found),
    [inspection.columns, found],
  );
  const draft = useMemo(
    () => draftWith(proposed, inspection.columns, choices.columns),
    [proposed, inspection.columns, choices.columns],
  );
  const showColumn = useRef<ShowColumn>(null);
  const keyChoice: KeyChoice = {
    key: (choices.key ?? []).flatMap(
      (header) => inspection.columns.find((column) => column.name === header)?.index ?? [],
    ),
    mode: choices.mode ?? nothingChosen.mode,
    duplicates: choices.duplicates ?? nothingChosen.duplicates,
  };
  // Whoever replaces everything sees first what goes.
  const usual = modeOf(keyChoice, chosen) === 'REPLACE' ? 'REVIEW' : 'IMPORT_VALID';
  const onRejection = choices.onRejection ?? usual;
  const problems: Problem[] = [
    ...waitingFor(view),
    ...(name.trim() ? [] : [{ index: null, message: 'Name the dataset.' }]),
    ...(target.taken
      ? [{ index: null, message: `Choose whether to add to “${target.taken.name}”, or another name.` }]
      : []),
    ...(target.looking ? [{ index: null, message: 'Looking for a dataset of this name…' }] : []),
    ...(chosen && matches.isLoading ? [{ index: null, message: 'Matching the columns…' }] : []),
    ...problemsOf(draft, chosen),
    ...keyProblems(draft, chosen),
  ];

  const changeColumns = useCallback(
    (changed: DraftColumn[]) => {
      const named = changed.map((column) => ({ header: headerOf(inspection, column.index), column }));
      choose((now) => ({ columns: withChanged(now.columns, named) }));
    },
    [inspection, choose],
  );
  const change = useCallback(
    (index: number, part: Partial<DraftColumn>) => {
      const column = draft.find((it) => it.index === index);
      if (column) changeColumns([{ ...column, ...part }]);
    },
    [draft, changeColumns],
  );

  return (
    <div className="space-y-6">
      <CorrectedRows view={view} />
      {inspection.warnings
        .filter((warning) => warning !== headerRowsNote(inspection.layout.headerRows))
        .map((warning) => (
          <Notice key={warning} tone="warn" title={warning} />
        ))}
      <HeaderRowsNotice inspection={inspection} changes={changes} />
      <LeftOutNotices inspection={inspection} changes={changes} />
      {target.failed && (
        <Notice tone="warn" title="Your datasets could not be loaded">
          You can import into a new dataset, or reload the page to choose one that is there.
        </Notice>
      )}
      {target.taken && <NameTaken dataset={target.taken} offered={target.offered} onChoose={choose} />}
      <div className="grid gap-6 lg:grid-cols-2">
        <LayoutBar
          layout={inspection.layout}
          uploading={view.status === 'UPLOADING'}
          changes={changes}
          onStep={onStep}
        />
        <DatasetCard
          target={target}
          shortRows={shortRows}
          onName={(typed) =>
            choose({ dataset: typed, into: datasetNamed(target.offered, typed)?.id ?? null })
          }
          onShortRows={(choice) => choose({ shortRows: choice })}
        />
      </div>
      <KeyCard
        dataset={chosen}
        draft={draft}
        choice={keyChoice}
        onChange={({ key, mode, duplicates }) =>
          choose({
            ...(key ? { key: key.map((index) => headerOf(inspection, index)) } : {}),
            ...(mode ? { mode } : {}),
            ...(duplicates ? { duplicates } : {}),
          })
        }
      />
      <ColumnList
        ref={showColumn}
        inspection={inspection}
        draft={draft}
        dataset={chosen}
        matches={found}
        problems={problems}
        onChange={change}
        onIncludeAll={(included) => changeColumns(draft.map((column) => ({ ...column, included })))}
      />
      <Preview inspection={inspection} draft={draft} dataset={chosen} />
      <KeepingNote keeping={keeping} />
      <StartBar
        problems={problems}
        included={draft.filter((column) => column.included).length}
        total={draft.length}
        target={chosen ? `${chosen.name} (${inBrief(modeOf(keyChoice, chosen))})` : `${name.trim()} (new)`}
        onRejection={onRejection}
        onChoose={(choice) => choose({ onRejection: choice })}
        onBack={() => onStep('HEADER')}
        onShow={(index) => showColumn.current?.(index)}
        pending={start.isPending || start.isSuccess}
        onStart={() =>
          start.mutate({
            dataset: chosen ? { id: chosen.id } : { name: name.trim() },
            columns: mappingOf(draft, chosen),
            shortRows,
            onRejection,
            ...keyInput(keyChoice, draft, chosen),
          })
        }
      />
    </div>
  );
}

/** What has to happen by itself before the import can start. */
function waitingFor({ status }: ImportDetails): Problem[] {
  if (status === 'UPLOADING')
    return [{ index: null, message: 'The file is still going up: the import can start once it is there.' }];
  return status === 'MAPPING'
    ? []
    : [{ index: null, message: 'The file is being read: the import can start in a moment.' }];
}

const headerOf = ({ columns }: InspectionView, index: number) =>
  columns.find((column) => column.index === index)?.name ?? '';

/** Whether the choices are safe. */
function KeepingNote({ keeping }: { keeping: Keeping }) {
  return (
    <p role="status" className="text-right text-[13px] text-muted">
      {keeping.state === 'failed'
        ? `Your choices could not be kept: ${keeping.why}`
        : keeping.state === 'keeping'
          ? 'Keeping your choices…'
          : 'Your choices are kept: you can go on later, on any computer.'}
    </p>
  );
}
