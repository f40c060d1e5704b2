import type { User } from '../auth/require-user';
import { datasetsWith, visibleImports } from '../datasets/rights';
import { db } from '../db/client';
import type { ImportView } from '../imports/contract';
import { isMoving, statuses } from '../imports/status';
import { importView, large, viewed } from '../imports/view';
import { closing } from '../web/closing';
import { watchImports } from './watch';

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
 * @param askAgain who is there by now: asked at every ping, since sessions end and rights change while a page is
 *   open; the stream ends when it throws
 */
export function importEvents(
  ids: string[],
  user: User,
  signal: AbortSignal,
  askAgain: () => Promise<User> = async () => user,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const watched = new Set(ids);
  let end = (): void => undefined;
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      const sent = new Map<string, bigint>();
      const send = (view: ImportView) => {
        const sequence = BigInt(view.sequence);
        if ((sent.get(view.id) ?? -1n) >= sequence) return;
        sent.set(view.id, sequence);
        controller.enqueue(encoder.encode(eventText(view)));
      };
      let mayRead = await readerOf(user);
      const subscription = watchImports(
        send,
        (it) => mayRead(it) && (watched.size === 0 || watched.has(it.id)),
      );
      const beat = async () => {
        try {
          mayRead = await readerOf(await askAgain());
          if (!over) controller.enqueue(encoder.encode('event: ping\ndata: {}\n\n'));
        } catch {
          // Signed out, or a database that does not answer: the browser connects again and is told which.
          if (over) return;
          end();
          controller.close();
        }
      };
      const ping = setInterval(() => void beat(), pingMilliseconds);
      let over = false;
      /** The server stops: the browser is told when to come back, not every one in the same moment. */
      const leave = () => {
        if (over) return;
        controller.enqueue(encoder.encode(`retry: ${Math.round(1_000 + 2_000 * Math.random())}\n\n`));
        end();
        controller.close();
      };
      end = () => {
        if (over) return;
        over = true;
        subscription.end();
        clearInterval(ping);
        closing().removeEventListener('abort', leave);
      };
      closing().addEventListener('abort', leave);
      signal.addEventListener('abort', () => {
        if (over) return;
        end();
        controller.close();
      });
      controller.enqueue(encoder.encode('retry: 1000\n\n'));
      if (closing().aborted) return leave();
      await subscription.ready;
      const snapshot = db().import.findMany({
        where: {
          ...visibleImports(user),
          ...(watched.size > 0 ? { publicId: { in: ids } } : { status: { in: statuses.filter(isMoving) } }),
        },
        orderBy: { id: 'desc' },
        take: 100,
        include: viewed,
        omit: large,
      });
      try {
        for (const it of await snapshot) if (!over) send(importView(it));
      } catch (error) {
        // The browser connects again by itself, perhaps to a database that answers.
        end();
        controller.error(error);
      }
    },
    cancel: () => end(),
  });
}

type Reader = (it: { userId: string; datasetId: string | null }) => boolean;

/** Whether a person may see an import, without asking the database for each. */
async function readerOf(user: User): Promise<Reader> {
  if (user.role === 'ADMIN') return () => true;
  const managed = await db().dataset.findMany({ where: datasetsWith('MANAGE', user), select: { id: true } });
  const ids = new Set(managed.map(({ id }) => id));
  return ({ userId, datasetId }) => userId === user.id || (datasetId !== null && ids.has(datasetId));
}
