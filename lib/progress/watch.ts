import pg from 'pg';
import { db } from '../db/client';
import { env } from '../env';
import { messageOf } from '../errors';
import type { ImportView } from '../imports/contract';
import { importView, large, viewed } from '../imports/view';
import { log } from '../log';

/** Changes are gathered this long before they are looked up, so a burst costs one query. */
const gatherMilliseconds = 150;
/** Where LISTEN is impossible or broken, changes are looked for this often. */
const pollMilliseconds = 1_000;
/** A silent listener may be dead: it is asked this often. */
const checkMilliseconds = 15_000;

type Listener = (view: ImportView) => void;
type Wants = (it: { id: string; userId: string; datasetId: string | null }) => boolean;

export interface Subscription {
  /** Resolves once changes are heard of: what is looked up after that misses none. */
  ready: Promise<void>;
  end(): void;
}

/**
 * Watches imports for all pages that this web server shows: one database connection, however many there are.
 * The database tells of every change (a trigger); each change is sent as a whole snapshot, so a lost one does
 * no harm.
 */
class Watch {
  private readonly listeners = new Map<Listener, Wants>();
  private readonly changed = new Set<string>();
  private gathering: NodeJS.Timeout | undefined;
  private listening: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private sequence = 0n;
  private checkedAt = 0;

  /** Counts starts and stops, so that a start that was overtaken while it waited undoes what it did. */
  private generation = 0;
  private ready: Promise<void> = Promise.resolve();

  subscribe(listener: Listener, wants: Wants): Subscription {
    this.listeners.set(listener, wants);
    if (this.listeners.size === 1) this.ready = this.start(++this.generation);
    return {
      ready: this.ready,
      end: () => {
        this.listeners.delete(listener);
        if (this.listeners.size === 0) void this.stop();
      },
    };
  }

  private async start(generation: number): Promise<void> {
    try {
      const newest = await db().import.aggregate({ _max: { sequence: true } });
      this.sequence = newest._max.sequence ?? 0n;
    } catch (error) {
      log().warn({ err: messageOf(error) }, 'progress: the database does not answer');
    }
    if (env().PROGRESS === 'listen') await this.listen(generation);
    if (generation !== this.generation) return;
    clearInterval(this.timer);
    this.timer = setInterval(() => void this.tick(generation), pollMilliseconds);
  }

  private async stop(): Promise<void> {
    this.generation++;
    clearInterval(this.timer);
    const client = this.listening;
    this.listening = undefined;
    await client?.end().catch(() => undefined);
  }

  private async listen(generation: number): Promise<void> {
    const client = new pg.Client({
      connectionString: env().DATABASE_URL,
      keepAlive: true,
      query_timeout: 10_000,
    });
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', ({ payload }) => payload && this.note(payload));
    try {
      await client.connect();
      await client.query('listen sluice_import');
      if (generation !== this.generation) return void (await client.end());
      this.listening = client;
      this.checkedAt = Date.now();
      // What changed while nobody listened.
      await this.poll();
    } catch (error) {
      log().warn({ err: messageOf(error) }, 'progress: LISTEN is not possible, polling instead');
      await client.end().catch(() => undefined);
    }
  }

  private lost(client: pg.Client): void {
    if (this.listening !== client) return;
    this.listening = undefined;
    void client.end().catch(() => undefined);
  }

  /** Polls while nobody tells; tries to listen again; makes sure that a silent listener is alive. */
  private async tick(generation: number): Promise<void> {
    if (this.listening) {
      if (Date.now() - this.checkedAt < checkMilliseconds) return;
      this.checkedAt = Date.now();
      const client = this.listening;
      await client.query('select 1').catch(() => this.lost(client));
    } else {
      await this.poll().catch(() => undefined);
      if (env().PROGRESS === 'listen' && Date.now() - this.checkedAt > checkMilliseconds) {
        this.checkedAt = Date.now();
        await this.listen(generation);
      }
    }
  }

  private async poll(): Promise<void> {
    const found = await db().import.findMany({
      where: { sequence: { gt: this.sequence } },
      orderBy: { sequence: 'asc' },
      take: 200,
      select: { publicId: true, sequence: true },
    });
    for (const it of found) {
      this.sequence = it.sequence;
      this.note(it.publicId);
    }
  }

  private note(publicId: string, milliseconds = gatherMilliseconds): void {
    this.changed.add(publicId);
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      void this.send();
    }, milliseconds);
  }

  private async send(): Promise<void> {
    const ids = [...this.changed];
    this.changed.clear();
    try {
      const found = await db().import.findMany({
        where: { publicId: { in: ids } },
        include: viewed,
        omit: large,
      });
      for (const it of found) {
        if (it.sequence > this.sequence) this.sequence = it.sequence;
        const view = importView(it);
        for (const [listener, wants] of this.listeners) {
          if (wants({ id: it.publicId, userId: it.userId, datasetId: it.datasetId })) tell(listener, view);
        }
      }
    } catch (error) {
      log().warn({ err: messageOf(error) }, 'progress: a change could not be looked up');
      for (const id of ids) this.note(id, pollMilliseconds);
    }
  }
}

/** A page that is gone must not keep the others from hearing. */
function tell(listener: Listener, view: ImportView): void {
  try {
    listener(view);
  } catch (error) {
    log().debug({ err: messageOf(error) }, 'progress: a page was gone');
  }
}

const kept = globalThis as typeof globalThis & { sluiceWatch?: Watch };

/** Calls the listener with a snapshot whenever a wanted import changes. */
export function watchImports(listener: Listener, wants: Wants): Subscription {
  kept.sluiceWatch ??= new Watch();
  return kept.sluiceWatch.subscribe(listener, wants);
}
