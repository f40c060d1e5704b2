import { addressOf } from '@/lib/shared/api/client';
import type { ImportView } from '@/lib/shared/schema/import/import';

/** Pings come every 15 s: after two missed ones the connection is dead, whatever the browser believes. */
const silenceMs = 40_000;
const retryMs = 3_000;

interface Listeners {
  onImport: (view: ImportView) => void;
  onConnected: (connected: boolean) => void;
}

/**
 * The tab's one connection to the events of the API: opens again by itself after an error or silence, and closes while
 * the tab is hidden, because browsers allow six connections to a server for all tabs together.
 */
export class EventStream {
  private source: EventSource | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(private readonly listeners: Listeners) {
    document.addEventListener('visibilitychange', this.followVisibility);
    this.open();
  }

  /** Ends the connection for good. */
  close(): void {
    this.closed = true;
    document.removeEventListener('visibilitychange', this.followVisibility);
    this.disconnect();
  }

  private readonly followVisibility = () => {
    if (document.visibilityState === 'hidden') this.disconnect();
    else if (!this.source) this.open();
  };

  private open(): void {
    if (this.closed || document.visibilityState === 'hidden') return;
    this.disconnect();
    const source = new EventSource(addressOf('/events', {}));
    this.source = source;
    this.reopenAfter(silenceMs);
    source.addEventListener('open', () => {
      this.reopenAfter(silenceMs);
      this.listeners.onConnected(true);
    });
    source.addEventListener('ping', () => this.reopenAfter(silenceMs));
    source.addEventListener('import', (event: MessageEvent<string>) => {
      this.reopenAfter(silenceMs);
      const view: ImportView = JSON.parse(event.data);
      this.listeners.onImport(view);
    });
    source.addEventListener('error', () => {
      this.listeners.onConnected(false);
      // After an HTTP error the browser gives up; after a broken connection it tries again itself.
      if (source.readyState === EventSource.CLOSED) this.reopenAfter(retryMs);
    });
  }

  private reopenAfter(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), ms);
  }

  private disconnect(): void {
    clearTimeout(this.timer);
    if (!this.source) return;
    this.source.close();
    this.source = undefined;
    this.listeners.onConnected(false);
  }
}
