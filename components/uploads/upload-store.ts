import { ApiError, api, sentenceOf } from '@/components/api/client';
import { randomKey } from '@/components/api/random-key';
import { throughOutages, withRetryAfter } from '@/components/api/retries';
import { DraftKeeper } from '@/components/imports/mapping/draft/draft-keeper';
import type { LayoutChoicesInput } from '@/lib/shared/schema/file/layout';
import type { UploadWay } from '@/lib/shared/schema/file/upload';
import type { ImportView } from '@/lib/shared/schema/import/import';
import { refusalOf } from './choose/refuse-file';
import { sniffFile } from './choose/sniff-file';
import { isRetryable } from './is-retryable';
import { Speed } from './speed';
import { idOf, Transfers } from './transfers';
import { newItem, type UploadItem } from './upload-item';
import { getUploadState, type UploadTarget } from './upload-state';

/** Waits between tries of a whole upload, in ms; parts have their own, shorter ones. */
const retryDelays = [1_000, 3_000, 8_000, 20_000, 60_000];

interface Running {
  target: UploadTarget;
  speed: Speed;
  tries: number;
  timer?: ReturnType<typeof setTimeout>;
  file: File;
  choices: LayoutChoicesInput;
}

/** All uploads of this tab. Screens subscribe to it; it lives as long as the tab. */
export class UploadStore {
  private items: readonly UploadItem[] = [];
  private readonly running = new Map<string, Running>();
  private readonly listeners = new Set<() => void>();
  private readonly transfers = new Transfers({
    onProgress: (id, bytes) => this.progress(id, bytes),
    onFinished: (id, view) => this.finished(id, view),
    onError: (id, error) => void this.failed(id, error),
  });

  /**
   * @param onView told of an import's newest state
   * @param onCorrection told of an import whose corrected rows came a step further
   */
  constructor(
    private readonly onView: (view: ImportView) => void,
    private readonly onCorrection: (importId: string) => void,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): readonly UploadItem[] => this.items;

  /**
   * Opens an import for a file, or brings corrected rows into one, and starts sending it, unless it is no table by its
   * first bytes.
   * @param to `corrects`: the import whose rejected rows the file brings again; `dataset`: the name of the one that it
   *   goes into, until the person chooses another
   * @returns the id of what goes up; null if the file or the server refused, which the item then says
   */
  async add(file: File, to: { corrects?: string; dataset?: string } = {}): Promise<string | null> {
    const { corrects, dataset } = to;
    const key = randomKey();
    this.items = [...this.items, newItem(key, file, corrects ?? null)];
    this.emit();
    const refusal = await refusalOf(file);
    if (refusal !== null) {
      this.change(key, { phase: 'failed', error: refusal });
      return null;
    }
    try {
      const { target, upload, view } = await withRetryAfter(
        () => open(file, corrects ?? null, key),
        (error) => this.change(key, { phase: 'waiting', error: error.message }),
        () => this.items.some((item) => item.key === key),
      );
      this.change(key, { error: null });
      // Dismissed meanwhile.
      if (!this.items.some((item) => item.key === key)) {
        await this.giveUp(target);
        return null;
      }
      // Noted before the import's page asks for it.
      if (dataset !== undefined) new DraftKeeper(target.importId, () => undefined).keep({ dataset });
      this.tell(target, view);
      this.begin(key, target, file, upload);
      return idOf(target);
    } catch (error) {
      this.change(key, { phase: 'failed', error: sentenceOf(error) });
      return null;
    }
  }

  /**
   * Goes on with an upload that another visit began.
   * @param begun the file that it was begun with
   * @throws Error if this is not that file; ApiError
   */
  async resume(target: UploadTarget, begun: { name: string; bytes: number }, file: File): Promise<void> {
    if (file.name !== begun.name || file.size !== begun.bytes) {
      throw new Error(`This is not the same file: choose “${begun.name}”, unchanged since the upload began.`);
    }
    const state = await getUploadState(target);
    const id = idOf(target);
    this.items = [
      ...this.items.filter((item) => item.id !== id),
      newItem(id, file, target.correctionId === null ? null : target.importId),
    ];
    this.begin(id, target, file, state);
  }

  /** Looks at the beginning of a file once more, the way that the person says. */
  lookAgain(id: string, choices: LayoutChoicesInput): void {
    const running = this.running.get(id);
    if (!running) return;
    running.choices = { ...running.choices, ...choices };
    void sniffFile(running.file, running.choices).then((seen) => {
      if (seen) this.changeUpload(id, { seen });
    });
  }

  pause(id: string): void {
    this.transfers.setPaused(id, true);
    clearTimeout(this.running.get(id)?.timer);
    this.running.get(id)?.speed.reset();
    this.changeUpload(id, { phase: 'paused', bytesPerSecond: null, secondsLeft: null });
  }

  goOn(id: string): void {
    this.changeUpload(id, { phase: 'sending' });
    this.transfers.setPaused(id, false);
  }

  /** Tries again after a failure. */
  retry(id: string): void {
    this.changeUpload(id, { phase: 'sending', error: null });
    this.running.get(id)?.speed.reset();
    this.transfers.restart(id);
  }

  /** Cancels an upload. @throws ApiError, in which case the upload continues */
  async cancel(id: string): Promise<void> {
    const target = this.running.get(id)?.target;
    if (!target) return;
    await this.giveUp(target);
    this.transfers.stop(id);
    this.remove(id);
  }

  /** The browser reports that it is offline: uploads pause and resume by themselves. */
  readonly offline = (): void => {
    this.items = this.items.map((item) =>
      item.phase === 'sending'
        ? { ...item, phase: 'retrying', bytesPerSecond: null, secondsLeft: null }
        : item,
    );
    for (const { speed } of this.running.values()) speed.reset();
    this.emit();
  };

  /** Takes an import's upload off the screen once it is through and its own page was seen. */
  dismissDone(importId: string): void {
    const done = this.items.find(
      (item) => (item.id === importId || item.corrects === importId) && item.phase === 'done',
    );
    if (done) this.dismiss(done.key);
  }

  /** Removes an upload that ended from the list. */
  dismiss(key: string): void {
    this.items = this.items.filter((item) => item.key !== key);
    this.emit();
  }

  private begin(key: string, target: UploadTarget, file: File, upload: UploadWay): void {
    const id = idOf(target);
    this.running.set(id, { target, speed: new Speed(), tries: 0, file, choices: {} });
    this.change(key, { id, phase: 'sending' });
    this.transfers.start(target, file, upload);
    void sniffFile(file).then((seen) => this.changeUpload(id, { seen }));
  }

  private async giveUp({ importId, correctionId }: UploadTarget): Promise<void> {
    if (correctionId === null) {
      const path = { id: importId };
      return this.onView(await api.post('/imports/{id}/cancellation', { params: { path } }));
    }
    const path = { id: importId, correctionId };
    await api.post('/imports/{id}/corrections/{correctionId}/cancellation', { params: { path } });
    this.onCorrection(importId);
  }

  private tell({ importId }: UploadTarget, view: ImportView | null): void {
    if (view) this.onView(view);
    else this.onCorrection(importId);
  }

  private progress(id: string, bytesSent: number): void {
    const running = this.running.get(id);
    const item = this.items.find((item) => item.id === id);
    if (!running || !item || item.phase === 'paused') return;
    const bytesPerSecond = running.speed.measure(bytesSent) ?? item.bytesPerSecond;
    const left = item.fileSize - bytesSent;
    this.changeUpload(id, {
      phase: left <= 0 ? 'finishing' : 'sending',
      bytesSent: Math.min(bytesSent, item.fileSize),
      bytesPerSecond,
      secondsLeft: bytesPerSecond ? left / bytesPerSecond : null,
    });
  }

  private finished(id: string, view: ImportView | null): void {
    const target = this.running.get(id)?.target;
    this.running.delete(id);
    this.changeUpload(id, { phase: 'done', error: null });
    if (target) this.tell(target, view);
  }

  private async failed(id: string, error: Error): Promise<void> {
    const running = this.running.get(id);
    if (!running) return;
    const delay = retryDelays[running.tries];
    if (isRetryable(error) && delay !== undefined) {
      running.tries += 1;
      running.speed.reset();
      this.changeUpload(id, { phase: 'retrying', bytesPerSecond: null, secondsLeft: null });
      running.timer = setTimeout(() => this.transfers.restart(id), delay);
      return;
    }
    // Perhaps the completion got through and only its answer was lost, or it was cancelled elsewhere.
    const view =
      error instanceof ApiError
        ? await api
            .get('/imports/{id}', { params: { path: { id: running.target.importId } } })
            .catch(() => null)
        : null;
    const status = view && statusOf(running.target, view);
    if (view && status && status !== 'UPLOADING') {
      this.transfers.stop(id);
      if (status === 'CANCELLED') this.items = this.items.filter((item) => item.id !== id);
      this.finished(id, view);
      return;
    }
    this.changeUpload(id, { phase: 'failed', error: sentenceOf(error) });
  }

  private remove(id: string): void {
    this.running.delete(id);
    this.items = this.items.filter((item) => item.id !== id);
    this.emit();
  }

  private changeUpload(id: string, change: Partial<UploadItem>): void {
    this.items = this.items.map((item) => (item.id === id ? { ...item, ...change } : item));
    this.emit();
  }

  private change(key: string, change: Partial<UploadItem>): void {
    this.items = this.items.map((item) => (item.key === key ? { ...item, ...change } : item));
    this.emit();
  }

  private emit(): void {
    for (const listener of this.listeners) listener();
  }
}

/**
 * Opens what a file goes up as.
 * @param key of this file's being chosen: with the same one nothing is opened a second time
 */
function open(file: File, corrects: string | null, key: string) {
  const body = { fileName: file.name, fileSize: file.size };
  const header = { 'Idempotency-Key': key };
  return throughOutages(async () => {
    if (corrects === null) {
      const { import: view, upload } = await api.post('/imports', { params: { header }, body });
      return { target: { importId: view.id, correctionId: null }, upload, view };
    }
    const params = { path: { id: corrects }, header };
    const { correction, upload } = await api.post('/imports/{id}/corrections', { params, body });
    return { target: { importId: corrects, correctionId: correction.id }, upload, view: null };
  });
}

/** How what went up is, by its import; null of a file of corrected rows after which another came. */
function statusOf({ correctionId }: UploadTarget, { status, correction }: ImportView) {
  if (correctionId === null) return status;
  return correction?.id === correctionId ? correction.status : null;
}
