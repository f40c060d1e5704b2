/** A progress stream as a browser holds it open. */
export interface Stream {
  /** All that came; resolves when the server ends it, rejects when it is cut. */
  ended: Promise<string>;
}

/** Opens progress streams; resolves when each has said something. */
export async function openStreams(
  url: string,
  headers: Record<string, string>,
  count: number,
): Promise<Stream[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const answer = await fetch(new URL('/api/events', url), { headers });
      if (!answer.ok || !answer.body) throw new Error(`The stream was answered with ${answer.status}.`);
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      const first = await reader.read();
      const readOn = async () => {
        let text = first.value ?? '';
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return text;
          text += value;
        }
      };
      const ended = readOn();
      ended.catch(() => undefined);
      return { ended };
    }),
  );
}
