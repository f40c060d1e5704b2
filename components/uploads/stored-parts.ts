import { getUploadState, recordParts, type StoredPart } from '@/components/api/uploads';

/**
 * Which parts of one upload are in the store: what this tab sent, and what the server knows. Every second or
 * every ten parts the server is told, so that another visit can go on after them.
 */
export class StoredParts {
  private readonly etags = new Map<number, string>();
  private unreported: StoredPart[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly importId: string) {}

  has(partNumber: number): boolean {
    return this.etags.has(partNumber);
  }

  /** Notes a part that went up. */
  add(partNumber: number, etag: string): void {
    this.etags.set(partNumber, etag);
    this.unreported.push({ partNumber, etag });
    if (this.unreported.length >= 10) void this.report();
    else this.timer ??= setTimeout(() => void this.report(), 1_000);
  }

  /** Everything that need not be sent again. */
  async list(): Promise<StoredPart[]> {
    const state = await getUploadState(this.importId);
    if (state.kind === 'multipart') {
      for (const { partNumber, etag } of state.parts) this.etags.set(partNumber, etag);
    }
    return [...this.etags].map(([partNumber, etag]) => ({ partNumber, etag }));
  }

  /** Nothing more is to be told: the completion names all parts, or the upload was given up. */
  close(): void {
    clearTimeout(this.timer);
    this.unreported = [];
  }

  private async report(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const parts = this.unreported.splice(0, 100);
    if (parts.length === 0) return;
    // Not worth disturbing anyone: the completion names all parts again.
    await recordParts(this.importId, parts).catch(() => undefined);
  }
}
