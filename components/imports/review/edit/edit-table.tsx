'use client';

import { Redo2, Undo2 } from 'lucide-react';
import { useMemo } from 'react';
import { sentenceOf } from '@/components/api/client';
import { formatCount } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { EditGrid } from './edit-grid';
import { ReplaceForm } from './replace-form';
import { useEditable } from './use-editable-rows';
import { useEdits } from './use-edits';

/** The rejected rows as a table to correct them in, with undo and redo. */
export function EditTable({ view }: { view: ImportDetails }) {
  // A fix or a corrected file brings other rows; an edit does not.
  const queryKey = useMemo(() => ['edits', view.id, view.attempts], [view.id, view.attempts]);
  const { columns, total, isLoading, error, refetch } = useEditable(view.id, queryKey);
  const edits = useEdits(view.id, queryKey);
  return (
    <Card>
      <CardHeader
        title="Correct rejected rows"
        about="Arrow keys move, Enter edits, Escape leaves a cell as it was. Valid rows are imported with the others."
        actions={
          <>
            <Button size="sm" disabled={!edits.canUndo} onClick={edits.undo}>
              <Undo2 aria-hidden />
              Undo the last change
            </Button>
            <Button size="sm" disabled={!edits.canRedo} onClick={edits.redo}>
              <Redo2 aria-hidden />
              Redo
            </Button>
          </>
        }
      />
      {isLoading && <SkeletonRows count={3} label="Loading the rejected rows" />}
      {error && (
        <div className="px-5 pb-5 sm:px-6">
          <Notice
            tone="danger"
            title="The rejected rows cannot be shown"
            action={<Button onClick={() => void refetch()}>Try again</Button>}
          >
            {sentenceOf(error)}
          </Notice>
        </div>
      )}
      {total > 0 && (
        <>
          <EditGrid importId={view.id} queryKey={queryKey} columns={columns} total={total} edits={edits} />
          <p
            aria-live="polite"
            className="min-h-11 border-y border-line px-5 py-3 text-sm text-muted sm:px-6"
          >
            {edits.said}
          </p>
          <ReplaceForm
            columns={columns}
            total={total}
            rejected={view.rows.rejected}
            pending={edits.pending}
            onReplace={edits.replace}
          />
        </>
      )}
      {view.rows.rejected > total && total > 0 && (
        <p className="border-t border-line px-5 py-3 text-sm text-muted sm:px-6">
          These are the first {formatCount(total)} of {formatCount(view.rows.rejected)} rejected rows. Correct
          the others in the downloaded file, or apply a fix to all of them.
        </p>
      )}
    </Card>
  );
}
