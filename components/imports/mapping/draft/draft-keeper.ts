import { ApiError, sentenceOf } from '@/components/api/client';
import { saveDraft } from '@/components/api/imports';
import { forgetOwnDraft, noteKept, noteOwnDraft } from '@/components/live/own-drafts';
import type { ImportDraft } from '@/lib/shared/schema/imports';

/** Changes are gathered this long before they are sent. */
const gatherMs = 400;

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

  /** Sends at once what waits: the page is about to go. */
  readonly flush = (): void => {
    clearTimeout(this.timer);
    void this.send(true);
  };

  private async send(leaving = false): Promise<void> {
    const draft = this.waiting;
    if (!draft || (this.sending && !leaving)) return;
    this.waiting = null;
    this.sending = true;
    let state: Keeping = { state: 'kept' };
    try {
      await saveDraft(this.importId, draft, leaving);
      noteKept(this.importId, draft);
    } catch (error) {
      // Started or ended meanwhile: there is no draft any more.
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
