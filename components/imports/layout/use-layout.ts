'use client';

import { useEffect, useState } from 'react';
import { api } from '@/components/api/client';
import { useUploadStore } from '@/components/uploads/use-uploads';
import type { LayoutChoicesInput } from '@/lib/shared/schema/file/layout';
import type { ImportView } from '@/lib/shared/schema/import/import';
import { useImportAction } from '../use-import-action';

export type LayoutChanges = ReturnType<typeof useLayout>;

/** The header as it was chosen and is not read yet; empty where it was not. */
export function headerChosen({ headerRow, headerRows = 1 }: LayoutChoicesInput) {
  if (headerRow === undefined) return {};
  const rows = headerRow === null ? [] : Array.from({ length: headerRows }, (_, i) => headerRow + i);
  return { headerRow, headerRows: rows };
}

/**
 * Changes of how the file is read. Its head is read again with each; while it goes up, the browser looks at its
 * beginning again.
 */
export function useLayout(view: ImportView) {
  const uploads = useUploadStore();
  const change = useImportAction(
    (choices: LayoutChoicesInput) =>
      api.put('/imports/{id}/layout', { params: { path: { id: view.id } }, body: choices }),
    'The file was not read again',
  );
  const { mutate, variables } = change;
  const reading = change.isPending || view.status === 'INSPECTING';
  // What is chosen while the file is being read waits. Disabling the fields would take the focus from them.
  const [next, setNext] = useState<LayoutChoicesInput | null>(null);
  useEffect(() => {
    if (reading || !next) return;
    setNext(null);
    mutate(next);
  }, [reading, next, mutate]);
  const choose = (choices: LayoutChoicesInput) => {
    setNext((waiting) => ({ ...waiting, ...choices }));
    uploads.lookAgain(view.id, choices);
  };
  /** What is chosen already, and not read yet. */
  const chosen: LayoutChoicesInput = { ...(reading ? variables : {}), ...next };
  return { choose, chosen, reading: reading || next !== null };
}
