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

/**
 * Watches imports for all pages that this web server shows: one database connection, however many there are.
 * The database tells of every change (a trigger); each change is sent as a whole snapshot, so a lost one does
 * no harm.
 */
class Watch {
  private readonly listeners = new Map<Listener, (it: { id: string; userId: string }) => boolean>();
  private readonly changed = new Set<string>();
  private gathering: NodeJS.Timeout | undefined;
  private listening: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private sequence = 0n;
  private checkedAt = 0;

  /** @returns ends it */
  subscribe(listener: Listener, wants: (it: { id: string; userId: string }) => boolean): () => void {
    this.listeners.set(listener, wants);
    if (this.listeners.size === 1) void this.start();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) void this.stop();
    };
  }

  private async start(): Promise<void> {
    try {
      const newest = await db().import.aggregate({ _max: { sequence: true } });
      this.sequence = newest._max.sequence ?? 0n;
    } catch (error) {
      log().warn({ err: messageOf(error) }, 'progress: the database does not answer');
    }
    if (env().PROGRESS === 'listen') await this.listen();
    clearInterval(this.timer);
    this.timer = setInterval(() => void this.tick(), pollMilliseconds);
  }

  private async stop(): Promise<void> {
    clearInterval(this.timer);
    const client = this.listening;
    this.listening = undefined;
    await client?.end().catch(() => undefined);
  }

  private async listen(): Promise<void> {
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
      if (this.listeners.size === 0) return void (await client.end());
      this.listening = client;
      this.checkedAt = Date.now();
    } catch (error) {
      log().warn({ err: messageOf(error) }, 'progress: LISTEN is not possible, polling instead');
      await client.end().catch(() => undefined);
    }
  }

  private lost(client: pg.Client): void {
    if (this.listening === client) this.listening = undefined;
  }

  /** Polls while nobody tells; tries to listen again; makes sure that a silent listener is alive. */
  private async tick(): Promise<void> {
    if (this.listening) {
      if (Date.now() - this.checkedAt < checkMilliseconds) return;
      this.checkedAt = Date.now();
      const client = this.listening;
      await client.query('select 1').catch(() => this.lost(client));
    } else {
      await this.poll().catch(() => undefined);
      if (env().PROGRESS === 'listen' && Date.now() - this.checkedAt > checkMilliseconds) {
        this.checkedAt = Date.now();
        await this.listen();
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
          if (wants({ id: it.publicId, userId: it.userId })) tell(listener, view);
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

/** Calls the listener with a snapshot whenever a wanted import changes. @returns ends it */
export function watchImports(
  listener: Listener,
  wants: (it: { id: string; userId: string }) => boolean,
): () => void {
  kept.sluiceWatch ??= new Watch();
  return kept.sluiceWatch.subscribe(listener, wants);
}
