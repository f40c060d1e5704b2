import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../errors';

/** What the server answered instead of what was asked for. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * A call of Sluice's HTTP API.
 * @param url address of the server, e.g. http://127.0.0.1:3000
 * @returns the answer's JSON, trusted to be of the contract's shape
 * @throws ApiError with the server's own sentence
 */
export async function call<T>(url: string, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await ask(url, method, path, body);
  const text = await answer.text();
  if (!answer.ok) throw new ApiError(answer.status, messageIn(text) ?? `${path} answered ${answer.status}.`);
  return JSON.parse(text);
}

/** Asks again, for as long as it takes, when the server says that this is one too many for now (429). */
async function ask(url: string, method: string, path: string, body?: unknown): Promise<Response> {
  for (;;) {
    const answer = await askOnce(url, method, path, body);
    if (answer.status !== 429) return answer;
    await answer.body?.cancel();
    await sleep(Number(answer.headers.get('retry-after') ?? 10) * 1000);
  }
}

async function askOnce(url: string, method: string, path: string, body?: unknown): Promise<Response> {
  try {
    return await fetch(new URL(path, url), {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  } catch (error) {
    throw new ApiError(0, `${url} cannot be reached (${messageOf(error)}).`);
  }
}

function messageIn(text: string): string | undefined {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return undefined;
  }
}
