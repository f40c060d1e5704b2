import type pg from 'pg';
import { db } from '@/lib/server/platform/db/client';
import { listenTo } from '@/lib/server/platform/db/listen';
import { env } from '@/lib/server/platform/env';
import { messageOf } from '@/lib/server/platform/errors';
import { log } from '@/lib/server/platform/log';
import type { ImportView } from '@/lib/shared/schema/import/import';
import { importView, large, viewed } from '../view';
import { Changes } from './changes';

/** Changes are gathered this long before they are looked up, so a burst costs one query. */
const gatherMilliseconds = 150;
/** Where LISTEN is impossible or broken, changes are looked for this often. */
const pollMilliseconds = 1_000;
/** A silent listener may be dead: it is asked this often, and one that could not be had is tried again. */
const checkMilliseconds = 15_000;
/** Imports that are looked up in one query: after an outage there may be more than a statement takes parameters. */
const sentAtATime = 200;

/** What of an import says who may see it. */
export interface Watched {
  id: string;
  userId: string;
  datasetId: string | null;
}

export interface Listener {
  /** An import changed. */
  onImport(view: ImportView, watched: Watched): void;
  /** Whose rights may be others than before: this person’s, or anybody’s (null). */
  onRights(userId: string | null): void;
}

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
  private readonly listeners = new Set<Listener>();
  private readonly changed = new Set<string>();
  private gathering: NodeJS.Timeout | undefined;
  private listening: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private changes = new Changes();
  private looking = false;
  private checkedAt = 0;
  private complained = false;

  /** Counts starts and stops, so that a start that was overtaken while it waited undoes what it did. */
  private generation = 0;
  private ready: Promise<void> = Promise.resolve();

  subscribe(listener: Listener): Subscription {
    this.listeners.add(listener);
    if (this.listeners.size === 1) this.ready = this.start(++this.generation);
    return {
      ready: this.ready,
      end: () => {
        this.listeners.delete(listener);
        if (this.listeners.size === 0) this.stop();
      },
    };
  }

  private async start(generation: number): Promise<void> {
    this.changes = new Changes();
    clearInterval(this.timer);
    this.timer = setInterval(() => void this.tick(generation), pollMilliseconds);
    try {
      await this.changes.mark();
    } catch (error) {
      log().warn({ err: messageOf(error) }, 'progress: the database does not answer');
    }
    // Not waited for: until it listens, it polls.
    if (env().PROGRESS === 'listen' && generation === this.generation) void this.listen(generation);
  }

  private stop(): void {
    this.generation++;
    clearInterval(this.timer);
    const client = this.listening;
    this.listening = undefined;
    void client?.end().catch(() => undefined);
  }

  private async listen(generation: number): Promise<void> {
    this.checkedAt = Date.now();
    try {
      const client = await listenTo(
        {
          sluice_import: (publicId) => this.note(publicId),
          sluice_rights: (userId) => this.doubt(userId === '*' ? null : userId),
        },
        (lost) => this.lost(lost),
      );
      if (generation !== this.generation) return void client.end().catch(() => undefined);
      this.listening = client;
      this.complained = false;
      // What changed while nobody listened, rights among it.
      this.doubt(null);
      await this.look();
    } catch (error) {
      if (!this.complained)
        log().warn({ err: messageOf(error) }, 'progress: polling, since LISTEN does not work');
      this.complained = true;
    }
  }

  private lost(client: pg.Client): void {
    if (this.listening !== client) return;
    this.listening = undefined;
    void client.end().catch(() => undefined);
  }

  /** Polls while nobody tells; tries to listen again; makes sure that a silent listener is alive, and missed nothing. */
  private async tick(generation: number): Promise<void> {
    const late = Date.now() - this.checkedAt > checkMilliseconds;
    if (this.listening && !late) return;
    await this.look();
    if (!late) return;
    this.checkedAt = Date.now();
    const client = this.listening;
    if (client) await client.query('select 1').catch(() => this.lost(client));
    else if (env().PROGRESS === 'listen') await this.listen(generation);
  }

  private async look(): Promise<void> {
    // A database that answers slowly is not asked a second time meanwhile.
    if (this.looking) return;
    this.looking = true;
    try {
      for (const publicId of await this.changes.look()) this.note(publicId);
    } catch (error) {
      log().debug({ err: messageOf(error) }, 'progress: changes could not be looked for');
    } finally {
      this.looking = false;
    }
  }

  private note(publicId: string, milliseconds = gatherMilliseconds): void {
    this.changed.add(publicId);
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      void this.send();
    }, milliseconds);
  }

  private doubt(userId: string | null): void {
    for (const listener of this.listeners) tell(() => listener.onRights(userId));
  }

  private async send(): Promise<void> {
    // Of rights nobody tells where nobody listens.
    if (!this.listening) this.doubt(null);
    const ids = [...this.changed].slice(0, sentAtATime);
    for (const id of ids) this.changed.delete(id);
    try {
      const found = await db().import.findMany({
        where: { publicId: { in: ids } },
        include: viewed,
        omit: large,
      });
      for (const row of found) {
        const view = importView(row);
        const watched = { id: row.publicId, userId: row.userId, datasetId: row.datasetId };
        for (const listener of this.listeners) tell(() => listener.onImport(view, watched));
      }
      const [more] = this.changed;
      if (more !== undefined) this.note(more);
    } catch (error) {
      log().warn({ err: messageOf(error) }, 'progress: a change could not be looked up');
      for (const id of ids) this.note(id, pollMilliseconds);
    }
  }
}

/** A page that is gone must not keep the others from hearing. */
function tell(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    log().debug({ err: messageOf(error) }, 'progress: a page was gone');
  }
}

declare global {
  var sluiceWatch: Watch | undefined;
}

/** Tells a listener of every import that changes, and of rights that do. */
export function watchImports(listener: Listener): Subscription {
  globalThis.sluiceWatch ??= new Watch();
  return globalThis.sluiceWatch.subscribe(listener);
}
