import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Answer } from '@/lib/shared/api/client';
import type { ImportStatusName, ImportView } from '@/lib/shared/schema/import/import';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { mergeImport, mergeIntoPages } from './merge-import';

/** Writes news about imports into everything the tab shows of them. */
export class LiveImports {
  private readonly seen = new Map<string, ImportStatusName>();

  constructor(private readonly client: QueryClient) {}

  /** Takes one import's newest state, from an event or from the answer to an action. */
  take(came: ImportView): void {
    const { client } = this;
    const statusIsNew = this.seen.get(came.id) !== came.status;
    this.seen.set(came.id, came.status);
    const known = client.getQueryData<ImportDetails>(['import', came.id]);
    if (known) {
      const merged = mergeImport(known, came);
      client.setQueryData(['import', came.id], merged);
      // What a snapshot does not carry (the inspection, the rejections) changes with the status.
      // Work that is quickly done may leave the status as it was, seen from here: it counts up then.
      const isNew = (['status', 'inspections', 'attempts'] as const).some(
        (key) => merged[key] !== known[key],
      );
      if (isNew) void client.invalidateQueries({ queryKey: ['import', came.id] });
    }
    for (const [key, data] of client.getQueriesData<InfiniteData<Answer<'/imports'>>>({
      queryKey: ['imports'],
    })) {
      if (data) client.setQueryData(key, mergeIntoPages(data, came));
    }
    if (!statusIsNew) return;
    // Lists narrowed to a status, and lists that do not have it yet.
    void client.invalidateQueries({ queryKey: ['imports'] });
    if (came.status === 'COMPLETED' || came.status === 'UNDONE') {
      for (const key of ['datasets', 'dataset', 'rows', 'rejections']) {
        void client.invalidateQueries({ queryKey: [key] });
      }
    }
  }

  /** Asks again for one import. */
  askAgain(id: string): void {
    void this.client.invalidateQueries({ queryKey: ['import', id] });
  }

  /** Asks again for everything about imports: whatever happened while nobody listened. */
  catchUp(): void {
    void this.client.invalidateQueries({ queryKey: ['import'] });
    void this.client.invalidateQueries({ queryKey: ['imports'] });
  }
}
