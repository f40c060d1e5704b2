import { ApiError, api, sentenceOf } from '@/components/api/client';
import { throughOutages } from '@/components/api/retries';
import { forgetOwnDraft, noteKept, noteOwnDraft } from '@/components/live/own-drafts';
import type { ImportDraft } from '@/lib/shared/schema/import/draft';

/** Changes are collected for this long before they are sent. */
const gatherMs = 400;
/** Browsers limit the body of a request that a page sends while it closes. */
const mostWhenLeaving = 60_000;

export type Keeping = { state: 'kept' } | { state: 'keeping' } | { state: 'failed'; why: string };

/** Sends an import's draft to the server: one request at a time, and always the newest last. */
export class DraftKeeper {
  private waiting: ImportDraft | null = null;
  private sending = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly importId: string,
    private readonly onState: (state: Keeping) => void,
  ) {}

  keep(draft: ImportDraft): void {
    this.waiting = draft;
    noteOwnDraft(this.importId, draft);
    this.onState({ state: 'keeping' });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(), gatherMs);
  }

  /** Sends pending changes at once: the page is closing. */
  readonly flush = (): void => {
    clearTimeout(this.timer);
    void this.send(true);
  };

  private async save(body: ImportDraft, leaving: boolean): Promise<void> {
    const params = { path: { id: this.importId } };
    const keepalive = leaving && JSON.stringify(body).length < mostWhenLeaving;
    const save = () => api.put('/imports/{id}/draft', { params, body, keepalive });
    await (leaving ? save() : throughOutages(save));
  }

  private async send(leaving = false): Promise<void> {
    const draft = this.waiting;
    if (!draft || (this.sending && !leaving)) return;
    this.waiting = null;
    this.sending = true;
    let state: Keeping = { state: 'kept' };
    try {
      await this.save(draft, leaving);
      noteKept(this.importId, draft);
    } catch (error) {
      // The import was started or ended in the meantime, so there is no draft any more.
      const over = error instanceof ApiError && error.status === 409;
      if (over) forgetOwnDraft(this.importId);
      state = over ? state : { state: 'failed', why: sentenceOf(error) };
    } finally {
      this.sending = false;
    }
    if (this.waiting) void this.send();
    else this.onState(state);
  }
}
