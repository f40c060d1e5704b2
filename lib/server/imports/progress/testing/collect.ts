import { setTimeout as sleep } from 'node:timers/promises';
import type { User } from '@/lib/server/platform/user';
import type { ImportView } from '@/lib/shared/schema/import/import';
import { importEvents } from '../event-stream';

/** Collects the events of a stream until it is told to stop. */
export function collect(ids: string[], user: User, askAgain?: () => Promise<User>) {
  const abort = new AbortController();
  const events: { id: bigint; view: ImportView }[] = [];
  let ended = false;
  const reading = (async () => {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of importEvents(ids, user, abort.signal, askAgain)) {
      text += decoder.decode(chunk, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const event = text.slice(0, end);
        text = text.slice(end + 2);
        const [, id, data] = /^event: import\nid: (\d+)\ndata: (.+)$/.exec(event) ?? [];
        if (id && data) events.push({ id: BigInt(id), view: JSON.parse(data) });
      }
    }
    ended = true;
  })();
  const stop = () => {
    abort.abort();
    return reading;
  };
  const untilStatus = (id: string, status: ImportView['status']) =>
    until(() => events.some(({ view }) => view.id === id && view.status === status), `${id} is ${status}`);
  return { events, stop, untilStatus, hasEnded: () => ended };
}

/** Waits until a condition holds. @throws Error after 15 s */
export async function until(done: () => boolean, what = 'it'): Promise<void> {
  for (let i = 0; i < 300; i++) {
    if (done()) return;
    await sleep(50);
  }
  throw new Error(`Timed out waiting for: ${what}.`);
}
