import { datasetsWith, visibleImports } from '@/lib/server/datasets/rights';
import { closing } from '@/lib/server/platform/closing';
import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import { isMoving, statuses } from '@/lib/shared/schema/import-status';
import type { ImportView } from '@/lib/shared/schema/imports';
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
  const encoder = new TextEncoder();
  const watched = new Set(ids);
  let end = (): void => undefined;
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      let over = false;
      end = () => {
        if (!over) onEnd();
        over = true;
      };
      let who = user;
      let mayRead: Reader;
      try {
        mayRead = await readerOf(user);
      } catch (error) {
        // The browser connects again by itself, perhaps to a database that answers.
        end();
        return controller.error(error);
      }
      if (over) return;
      const write = (text: string) => over || controller.enqueue(encoder.encode(text));
      const close = () => {
        if (over) return;
        end();
        controller.close();
      };
      const sent = new Map<string, bigint>();
      const send = (view: ImportView) => {
        const sequence = BigInt(view.sequence);
        if ((sent.get(view.id) ?? -1n) >= sequence) return;
        sent.set(view.id, sequence);
        write(eventText(view));
      };

      let doubted = false;
      let asking: Promise<void> | undefined;
      const ask = async () => {
        doubted = false;
        try {
          who = await askAgain();
          mayRead = await readerOf(who);
        } catch {
          // Signed out, or a database that does not answer: the browser connects again and is told which.
          close();
        }
      };
      const askOnce = () => {
        asking ??= ask().finally(() => (asking = undefined));
        return asking;
      };
      /** One after the other, none before it is known that the person may still see it. */
      let sending = Promise.resolve();
      const deliver = async (view: ImportView, it: Watched) => {
        while (!over && (doubted || asking)) await askOnce();
        if (mayRead(it)) send(view);
      };
      const subscription = watchImports({
        onImport: (view, it) => {
          if (!mayRead(it) || (watched.size > 0 && !watched.has(it.id))) return;
          sending = sending.then(() => deliver(view, it)).catch(() => end());
        },
        onRights: (userId) => {
          if (userId !== null && userId !== who.id) return;
          doubted = true;
          // Where it may be anybody’s, only who has something to be told asks.
          if (userId !== null) void askOnce();
        },
      });
      const ping = setInterval(
        () => void askOnce().then(() => write('event: ping\ndata: {}\n\n')),
        pingMilliseconds,
      );
      /** The server stops: the browser is told when to come back, not every one in the same moment. */
      const leave = () => {
        write(`retry: ${Math.round(1_000 + 2_000 * Math.random())}\n\n`);
        close();
      };
      end = () => {
        if (over) return;
        over = true;
        subscription.end();
        clearInterval(ping);
        closing().removeEventListener('abort', leave);
        onEnd();
      };
      closing().addEventListener('abort', leave);
      signal.addEventListener('abort', close);
      write('retry: 1000\n\n');
      if (closing().aborted) return leave();
      if (signal.aborted) return close();
      try {
        await subscription.ready;
        const snapshot = await db().import.findMany({
          where: {
            ...visibleImports(user),
            ...(watched.size > 0 ? { publicId: { in: ids } } : { status: { in: statuses.filter(isMoving) } }),
          },
          orderBy: { id: 'desc' },
          take: 100,
          include: viewed,
          omit: large,
        });
        for (const it of snapshot) send(importView(it));
      } catch (error) {
        if (over) return;
        end();
        controller.error(error);
      }
    },
    cancel: () => end(),
  });
}

type Reader = (it: Watched) => boolean;

/** Whether a person may see an import, without asking the database for each. */
async function readerOf(user: User): Promise<Reader> {
  if (user.role === 'ADMIN') return () => true;
  const managed = await db().dataset.findMany({ where: datasetsWith('MANAGE', user), select: { id: true } });
  const ids = new Set(managed.map(({ id }) => id));
  return ({ userId, datasetId }) => userId === user.id || (datasetId !== null && ids.has(datasetId));
}
