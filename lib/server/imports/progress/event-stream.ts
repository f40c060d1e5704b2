import { datasetsWith, visibleImports } from '@/lib/server/datasets/rights';
import { closing } from '@/lib/server/platform/closing';
import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import type { ImportView } from '@/lib/shared/schema/import/import';
import { isMoving, statuses } from '@/lib/shared/schema/import/status';
import { importView, large, viewed } from '../view';
import { type Watched, watchImports } from './watch';

/** Heroku cuts a connection that is silent for 55 s. */
const pingMilliseconds = 15_000;

/** Server-sent events: text of one event (WHATWG HTML, “Server-sent events”). */
function eventText(view: ImportView): string {
  return `event: import\nid: ${view.sequence}\ndata: ${JSON.stringify(view)}\n\n`;
}

/**
 * The events of a page: first a snapshot of every import it watches (or of all that move), then one whenever one
 * changes. Every event is the whole state, so a page that reconnects, to whichever server, is right again by itself;
 * the event id is checked against nothing and may be forged.
 * @param ids public ids; empty: all imports that the person may see
 * @param askAgain who is there by now: asked at every ping, and whenever the database tells that the person's rights
 *   changed, before anything more is sent; the stream ends when it throws
 * @param onEnd called once when the stream has ended
 */
export function importEvents(
  ids: string[],
  user: User,
  signal: AbortSignal,
  askAgain: () => Promise<User> = async () => user,
  onEnd: () => void = () => undefined,
): ReadableStream<Uint8Array> {
  let stream: EventStream | undefined;
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      stream = new EventStream(controller, ids, user, askAgain, onEnd);
      await stream.run(signal);
    },
    cancel: () => stream?.end(),
  });
}

/** One page's stream, while it lasts. */
class EventStream {
  private readonly encoder = new TextEncoder();
  private readonly watched: Set<string>;
  /** The last event of each import. */
  private readonly sent = new Map<string, bigint>();
  private isOver = false;
  /** Nobody: until the database has said what the person may see. */
  private mayRead: Reader = () => false;
  /** The person's rights changed, and were not asked for since. */
  private isDoubted = false;
  private asking: Promise<void> | undefined;
  /** One after the other, none before it is known that the person may still see it. */
  private sending = Promise.resolve();
  /** What is to be let go of at the end. */
  private readonly held: (() => void)[] = [];

  constructor(
    private readonly controller: ReadableStreamDefaultController<Uint8Array>,
    private readonly ids: string[],
    private user: User,
    private readonly askAgain: () => Promise<User>,
    private readonly onEnd: () => void,
  ) {
    this.watched = new Set(ids);
  }

  async run(signal: AbortSignal): Promise<void> {
    try {
      this.mayRead = await readerOf(this.user);
      if (this.isOver) return;
      const subscription = this.subscribe();
      this.held.push(() => subscription.end());
      this.keepPinging();
      closing().addEventListener('abort', this.leave);
      this.held.push(() => closing().removeEventListener('abort', this.leave));
      signal.addEventListener('abort', this.close);
      this.write('retry: 1000\n\n');
      if (closing().aborted) return this.leave();
      if (signal.aborted) return this.close();
      await subscription.ready;
      await this.sendSnapshot();
    } catch (error) {
      if (this.isOver) return;
      // The browser connects again by itself, perhaps to a database that answers.
      this.end();
      this.controller.error(error);
    }
  }

  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    for (const letGo of this.held) letGo();
    this.onEnd();
  }

  private readonly close = (): void => {
    if (this.isOver) return;
    this.end();
    this.controller.close();
  };

  /** The server stops: the browser is told when to come back, not every one in the same moment. */
  private readonly leave = (): void => {
    this.write(`retry: ${Math.round(1_000 + 2_000 * Math.random())}\n\n`);
    this.close();
  };

  private write(text: string): void {
    if (!this.isOver) this.controller.enqueue(this.encoder.encode(text));
  }

  private send(view: ImportView): void {
    const sequence = BigInt(view.sequence);
    if ((this.sent.get(view.id) ?? -1n) >= sequence) return;
    this.sent.set(view.id, sequence);
    this.write(eventText(view));
  }

  private keepPinging(): void {
    const ping = async () => {
      await this.askOnce();
      this.write('event: ping\ndata: {}\n\n');
    };
    const timer = setInterval(() => void ping(), pingMilliseconds);
    this.held.push(() => clearInterval(timer));
  }

  private subscribe() {
    return watchImports({
      onImport: (view, record) => {
        if (!this.mayRead(record) || (this.watched.size > 0 && !this.watched.has(record.id))) return;
        this.sending = this.sending.then(() => this.deliver(view, record)).catch(() => this.end());
      },
      onRights: (userId) => {
        if (userId !== null && userId !== this.user.id) return;
        this.isDoubted = true;
        // Where it may be anybody’s, only who has something to be told asks.
        if (userId !== null) void this.askOnce();
      },
    });
  }

  private async deliver(view: ImportView, record: Watched): Promise<void> {
    while (!this.isOver && (this.isDoubted || this.asking)) await this.askOnce();
    if (this.mayRead(record)) this.send(view);
  }

  private askOnce(): Promise<void> {
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async ask(): Promise<void> {
    this.isDoubted = false;
    try {
      this.user = await this.askAgain();
      this.mayRead = await readerOf(this.user);
    } catch {
      // Signed out, or a database that does not answer: the browser connects again and is told which.
      this.close();
    }
  }

  private async sendSnapshot(): Promise<void> {
    const which =
      this.ids.length > 0 ? { publicId: { in: this.ids } } : { status: { in: statuses.filter(isMoving) } };
    const snapshot = await db().import.findMany({
      where: { ...visibleImports(this.user), ...which },
      orderBy: { id: 'desc' },
      take: 100,
      include: viewed,
      omit: large,
    });
    for (const record of snapshot) this.send(importView(record));
  }
}

type Reader = (record: Watched) => boolean;

/** Whether a person may see an import, without asking the database for each. */
async function readerOf(user: User): Promise<Reader> {
  if (user.role === 'ADMIN') return () => true;
  const managed = await db().dataset.findMany({ where: datasetsWith('MANAGE', user), select: { id: true } });
  const ids = new Set(managed.map(({ id }) => id));
  return ({ userId, datasetId }) => userId === user.id || (datasetId !== null && ids.has(datasetId));
}
