/** A progress stream as a browser holds it open. */
export interface Stream {
  /** All that came; resolves when the server ends it, rejects when it is cut. */
  ended: Promise<string>;
  /** Resolves with true once what came is right, with false when it ended before. */
  until(isRight: (text: string) => boolean): Promise<boolean>;
}

/** Opens progress streams; resolves when each has said something. @param imports public ids; empty: all that move */
export async function openStreams(
  url: string,
  headers: Record<string, string>,
  count: number,
  imports: string[] = [],
): Promise<Stream[]> {
  const address = new URL('/api/v1/events', url);
  for (const id of imports) address.searchParams.append('import', id);
  return Promise.all(Array.from({ length: count }, () => openStream(address, headers)));
}

async function openStream(address: URL, headers: Record<string, string>): Promise<Stream> {
  const answer = await fetch(address, { headers });
  if (!answer.ok || !answer.body) throw new Error(`The stream was answered with ${answer.status}.`);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = (await reader.read()).value ?? '';
  let over = false;
  const waiting = new Set<() => void>();
  const tell = () => {
    for (const look of waiting) look();
  };
  const readOn = async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text;
      text += value;
      tell();
    }
  };
  const ended = readOn().finally(() => {
    over = true;
    tell();
  });
  ended.catch(() => undefined);
  return {
    ended,
    until: (isRight) =>
      new Promise((resolve) => {
        const look = () => {
          const right = isRight(text);
          if (!right && !over) return;
          waiting.delete(look);
          resolve(right);
        };
        waiting.add(look);
        look();
      }),
  };
}
