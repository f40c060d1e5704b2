import { ApiError, sentenceOf, withRetryAfter } from '@/components/api/client';
import { cancelImport, createCorrection, createImport, getImport } from '@/components/api/imports';
import { randomKey } from '@/components/api/random-key';
import { getUploadState } from '@/components/api/uploads';
import { DraftKeeper } from '@/components/imports/mapping/draft/draft-keeper';
import type { CreatedImport, ImportView, LayoutChoicesInput } from '@/lib/shared/schema/imports';
import { isRetryable } from './is-retryable';
import { refusalOf } from './refuse-file';
import { sniffFile } from './sniff-file';
import { Speed } from './speed';
import { Transfers } from './transfers';
import { newItem, type UploadItem } from './upload-item';

/** Waits between tries of a whole upload, in ms; parts have their own, shorter ones. */
const retryDelays = [1_000, 3_000, 8_000, 20_000, 60_000];

interface Running {
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

  constructor(private readonly onView: (view: ImportView) => void) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): readonly UploadItem[] => this.items;

  /**
   * Opens an import for a file and starts sending it, unless it is no table by its first bytes.
   * @param to `corrects`: the import whose rejected rows the file brings again; `dataset`: the name of the one that it
   *   goes into, until the person chooses another
   * @returns the import's id; null if the file or the server refused, which the item then says
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
      const created = await withRetryAfter(
        () => {
          const input = { fileName: file.name, fileSize: file.size };
          return corrects ? createCorrection(corrects, input, key) : createImport(input, key);
        },
        (error) => this.change(key, { phase: 'waiting', error: error.message }),
        () => this.items.some((item) => item.key === key),
      );
      this.change(key, { error: null });
      // Dismissed meanwhile.
      if (!this.items.some((item) => item.key === key)) {
        this.onView(await cancelImport(created.import.id));
        return null;
      }
      // Noted before the import's page asks for it.
      if (dataset !== undefined) new DraftKeeper(created.import.id, () => undefined).keep({ dataset });
      this.onView(created.import);
      this.begin(key, created.import.id, file, created.upload);
      return created.import.id;
    } catch (error) {
      this.change(key, { phase: 'failed', error: sentenceOf(error) });
      return null;
    }
  }

  /**
   * Goes on with an import's upload that another visit began.
   * @throws Error if this is not the file that was begun with; ApiError
   */
  async resume(view: ImportView, file: File): Promise<void> {
    if (file.name !== view.file.name || file.size !== view.file.bytes) {
      throw new Error(
        `This is not the same file: choose “${view.file.name}”, unchanged since the upload began.`,
      );
    }
    const state = await getUploadState(view.id);
    this.items = [
      ...this.items.filter((item) => item.importId !== view.id),
      newItem(view.id, file, view.corrects),
    ];
    this.begin(view.id, view.id, file, state);
  }

  /** Looks at the beginning of a file once more, the way that the person says. */
  lookAgain(importId: string, choices: LayoutChoicesInput): void {
    const running = this.running.get(importId);
    if (!running) return;
    running.choices = { ...running.choices, ...choices };
    void sniffFile(running.file, running.choices).then((seen) => {
      if (seen) this.changeImport(importId, { seen });
    });
  }

  pause(importId: string): void {
    this.transfers.setPaused(importId, true);
    clearTimeout(this.running.get(importId)?.timer);
    this.running.get(importId)?.speed.reset();
    this.changeImport(importId, { phase: 'paused', bytesPerSecond: null, secondsLeft: null });
  }

  goOn(importId: string): void {
    this.changeImport(importId, { phase: 'sending' });
    this.transfers.setPaused(importId, false);
  }

  /** Tries again after a failure. */
  retry(importId: string): void {
    this.changeImport(importId, { phase: 'sending', error: null });
    this.running.get(importId)?.speed.reset();
    this.transfers.restart(importId);
  }

  /** Cancels the import. @throws ApiError, and then the upload goes on */
  async cancel(importId: string): Promise<void> {
    const view = await cancelImport(importId);
    this.transfers.stop(importId);
    this.remove(importId);
    this.onView(view);
  }

  /** The network is gone, says the browser: nothing moves until it is back, and then it moves by itself. */
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
      (item) => (item.importId === importId || item.corrects === importId) && item.phase === 'done',
    );
    if (done) this.dismiss(done.key);
  }

  /** Takes an upload that ended off the screen. */
  dismiss(key: string): void {
    this.items = this.items.filter((item) => item.key !== key);
    this.emit();
  }

  private begin(key: string, importId: string, file: File, upload: CreatedImport['upload']): void {
    this.running.set(importId, { speed: new Speed(), tries: 0, file, choices: {} });
    this.change(key, { importId, phase: 'sending' });
    this.transfers.start(importId, file, upload);
    void sniffFile(file).then((seen) => this.changeImport(importId, { seen }));
  }

  private progress(importId: string, bytesSent: number): void {
    const running = this.running.get(importId);
    const item = this.items.find((it) => it.importId === importId);
    if (!running || !item || item.phase === 'paused') return;
    const bytesPerSecond = running.speed.measure(bytesSent) ?? item.bytesPerSecond;
    const left = item.fileSize - bytesSent;
    this.changeImport(importId, {
      phase: left <= 0 ? 'finishing' : 'sending',
      bytesSent: Math.min(bytesSent, item.fileSize),
      bytesPerSecond,
      secondsLeft: bytesPerSecond ? left / bytesPerSecond : null,
    });
  }

  private finished(importId: string, view: ImportView): void {
    this.running.delete(importId);
    this.changeImport(importId, { phase: 'done', error: null });
    this.onView(view);
  }

  private async failed(importId: string, error: Error): Promise<void> {
    const running = this.running.get(importId);
    if (!running) return;
    const delay = retryDelays[running.tries];
    if (isRetryable(error) && delay !== undefined) {
      running.tries += 1;
      running.speed.reset();
      this.changeImport(importId, { phase: 'retrying', bytesPerSecond: null, secondsLeft: null });
      running.timer = setTimeout(() => this.transfers.restart(importId), delay);
      return;
    }
    // Perhaps the completion got through and only its answer was lost, or the import was cancelled elsewhere.
    const now = error instanceof ApiError ? await getImport(importId).catch(() => null) : null;
    if (now && now.status !== 'UPLOADING') {
      this.transfers.stop(importId);
      if (now.status === 'CANCELLED') this.remove(importId);
      this.finished(importId, now);
      return;
    }
    this.changeImport(importId, { phase: 'failed', error: sentenceOf(error) });
  }

  private remove(importId: string): void {
    this.running.delete(importId);
    this.items = this.items.filter((item) => item.importId !== importId);
    this.emit();
  }

  private changeImport(importId: string, change: Partial<UploadItem>): void {
    this.items = this.items.map((item) => (item.importId === importId ? { ...item, ...change } : item));
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
