'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ImportDraft } from '@/lib/shared/schema/import/draft';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { DraftKeeper, type Keeping } from './draft-keeper';

export type ChangeDraft = (
  change: Partial<ImportDraft> | ((now: ImportDraft) => Partial<ImportDraft>),
) => void;

/** What the person chose for an import so far, kept on the server with every change. */
export function useDraft({ id, draft: kept }: ImportDetails): {
  draft: ImportDraft;
  keeping: Keeping;
  change: ChangeDraft;
} {
  const client = useQueryClient();
  const [draft, setDraft] = useState<ImportDraft>(kept ?? {});
  const [keeping, setKeeping] = useState<Keeping>({ state: 'kept' });
  const [keeper] = useState(() => new DraftKeeper(id, setKeeping));
  const known = useRef(draft);
  useEffect(() => {
    if (known.current === draft) return;
    known.current = draft;
    keeper.keep(draft);
    // So that whoever comes back to this page finds it before the server answers.
    client.setQueryData<ImportDetails>(['import', id], (view) => view && { ...view, draft });
  }, [client, id, draft, keeper]);
  useEffect(() => {
    window.addEventListener('pagehide', keeper.flush);
    return () => {
      window.removeEventListener('pagehide', keeper.flush);
      keeper.flush();
    };
  }, [keeper]);
  const change = useCallback<ChangeDraft>(
    (part) => setDraft((now) => ({ ...now, ...(typeof part === 'function' ? part(now) : part) })),
    [],
  );
  return { draft, keeping, change };
}
