'use client';

import { useRef } from 'react';
import { api } from '@/components/api/client';
import { randomKey } from '@/components/api/random-key';
import { throughOutages } from '@/components/api/retries';
import { Notice } from '@/components/ui/notice';
import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import type { ChoosingStep, ImportDraft } from '@/lib/shared/schema/import/draft';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import type { StartImportInput } from '@/lib/shared/schema/import/start';
import type { LayoutChanges } from '../layout/use-layout';
import { useImportAction } from '../use-import-action';
import { CheckCard, type ShowFixes } from './check/check-card';
import { CheckProvider, useCheck } from './check/use-check';
import { CorrectedRows } from './corrected-rows';
import { NameTaken } from './dataset/name-taken';
import { mappingOf } from './draft/draft';
import type { Keeping } from './draft/draft-keeper';
import type { useDraft } from './draft/use-draft';
import { MappingProvider, useMappingOf } from './draft/use-mapping';
import { type KeyChoice, keyInput, modeOf, nothingChosen } from './key/choice';
import { inBrief } from './key/labels';
import { ColumnList, type ShowColumn } from './list/column-list';
import { Preview } from './sample/preview';
import { SettingsCard } from './settings/settings-card';
import { StartBar } from './start-bar';

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
  const { target, mapping } = useMappingOf(view, inspection, choices, choose);
  const { columns, added, dataset, problems } = mapping;
  const all = [...columns, ...added];
  const { shortRows = 'reject' } = choices;
  const start = useImportAction((body: StartImportInput) => {
    // Of this start: repeated with it, it is done once.
    const params = { path: { id: view.id }, header: { 'Idempotency-Key': randomKey() } };
    return throughOutages(() => api.post('/imports/{id}/start', { params, body }));
  }, 'The import was not started');
  const showColumn = useRef<ShowColumn>(null);
  const keyChoice = keyChoiceOf(choices, inspection);
  const mode = modeOf(keyChoice, dataset);
  // Whoever replaces everything sees first what goes.
  const onRejection = choices.onRejection ?? (mode === 'REPLACE' ? 'REVIEW' : 'IMPORT_VALID');
  const name = target.name.trim();
  const input: StartImportInput = {
    dataset: dataset ? { id: dataset.id } : { name },
    columns: mappingOf(all, dataset),
    shortRows,
    onRejection,
    ...keyInput(keyChoice, columns, dataset),
  };
  const check = useCheck(view, problems.length === 0 ? input : null);
  const showFixes = useRef<ShowFixes>(null);

  return (
    <MappingProvider value={mapping}>
      <div className="space-y-4">
        <CorrectedRows view={view} />
        {target.failed && (
          <Notice tone="warn" title="Your datasets could not be loaded">
            You can import into a new dataset, or reload the page to choose an existing one.
          </Notice>
        )}
        {target.taken && <NameTaken dataset={target.taken} offered={target.offered} onChoose={choose} />}
        <SettingsCard
          uploading={view.status === 'UPLOADING'}
          target={target}
          shortRows={shortRows}
          keyChoice={keyChoice}
          changes={changes}
          onStep={onStep}
          choose={choose}
        />
        <CheckProvider value={check}>
          <ColumnList
            ref={showColumn}
            rejected={check.isCurrent ? (check.check?.figures?.rows.rejected ?? 0) : 0}
            onWhy={() => showFixes.current?.()}
          />
          <CheckCard
            ref={showFixes}
            shown={check}
            keyed={(dataset?.key ?? input.key ?? []).length > 0}
            choose={choose}
          />
        </CheckProvider>
        <Preview />
        <KeepingNote keeping={keeping} />
        <StartBar
          problems={problems}
          included={all.filter((column) => column.included).length}
          total={all.length}
          target={dataset ? `${dataset.name} (${inBrief(mode)})` : `${name} (new)`}
          onRejection={onRejection}
          onChoose={(choice) => choose({ onRejection: choice })}
          onBack={() => onStep('HEADER')}
          onShow={(index) => showColumn.current?.(index)}
          pending={start.isPending || start.isSuccess}
          check={check}
          onFix={() => showFixes.current?.()}
          onStart={() => start.mutate(input)}
        />
      </div>
    </MappingProvider>
  );
}

/** The key that was chosen by the names of its columns in the file, and what becomes of rows that have it already. */
function keyChoiceOf({ key = [], mode, duplicates }: ImportDraft, inspection: InspectionView): KeyChoice {
  const indexes = key.flatMap(
    (header) => inspection.columns.find((column) => column.name === header)?.index ?? [],
  );
  return {
    key: indexes,
    mode: mode ?? nothingChosen.mode,
    duplicates: duplicates ?? nothingChosen.duplicates,
  };
}

/** Whether the choices are safe. */
function KeepingNote({ keeping }: { keeping: Keeping }) {
  return (
    <p role="status" className="text-right text-[13px] text-muted">
      {keeping.state === 'failed'
        ? `Draft not saved: ${keeping.why}`
        : keeping.state === 'keeping'
          ? 'Saving draft…'
          : 'Draft saved. You can continue later on any computer.'}
    </p>
  );
}
