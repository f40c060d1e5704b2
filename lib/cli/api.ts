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
  let answer: Response;
  try {
    answer = await fetch(new URL(path, url), {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  } catch (error) {
    throw new ApiError(0, `${url} cannot be reached (${messageOf(error)}).`);
  }
  const text = await answer.text();
  if (!answer.ok) throw new ApiError(answer.status, messageIn(text) ?? `${path} answered ${answer.status}.`);
  return JSON.parse(text);
}

function messageIn(text: string): string | undefined {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return undefined;
  }
}
