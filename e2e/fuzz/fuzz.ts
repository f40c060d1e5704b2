import fc from 'fast-check';
import type { ApiDocument, Documented } from '@/testing/api-document';
import { Fitting, hostileText } from './arbitrary';
import type { Asker, Things } from './people';

interface Request {
  asker: Asker;
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** Characters that no address or header can carry as they are. */
const encoded = (text: string) => encodeURIComponent(text.toWellFormed());
const headerText = (text: string) => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 300);

/** Dots alone would lead to another address. */
const segment = (text: string) => (/^\.{0,2}$/.test(text) ? 'x' : encoded(text));

/** Requests to one operation: nearly as the document says. */
function requests(
  document: ApiDocument,
  answer: Documented,
  askers: Asker[],
  things: Things,
): fc.Arbitrary<Request> {
  const fitting = new Fitting(document);
  const names = [...answer.path.matchAll(/(?:(\w+)\/)?\{(\w+)\}/g)];
  const inPath = fc.record(
    Object.fromEntries(
      names.map(([, of = '', name = '']) => [
        name,
        fc.oneof(
          { weight: 5, arbitrary: fc.constantFrom(...(things[of] ?? things[name] ?? ['x'])) },
          { weight: 1, arbitrary: fc.uuid() },
          { weight: 1, arbitrary: hostileText },
        ),
      ]),
    ),
  );
  const asked = answer.parameters.filter((parameter) => parameter.in === 'query');
  const inQuery = fc.record(
    Object.fromEntries(asked.map(({ name, schema }) => [name, fitting.nearly(schema)])),
    { requiredKeys: [] },
  );
  const keyed = answer.parameters.some(({ name }) => name === 'Idempotency-Key');
  const extra = fc.record(
    {
      'content-type': fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom('application/json', 'application/json; charset=utf-8') },
        { weight: 1, arbitrary: fc.constantFrom('text/plain', '', 'application/jsonx') },
      ),
      'x-forwarded-for': hostileText.map(headerText),
      'last-event-id': hostileText.map(headerText),
      ...(keyed
        ? { 'idempotency-key': fc.oneof(fc.constantFrom('a', 'b'), hostileText.map(headerText)) }
        : {}),
    },
    { requiredKeys: [] },
  );
  const schema = answer.requestBody?.content['application/json'].schema;
  const body = schema
    ? fc.oneof(
        { weight: 9, arbitrary: fitting.nearly(schema).map((value) => JSON.stringify(value) ?? '') },
        {
          weight: 1,
          arbitrary: fc.constantFrom('', '{', '[]', `${'['.repeat(9_000)}${']'.repeat(9_000)}`, '"\ud800"'),
        },
      )
    : fc.constantFrom(undefined, ...(answer.method === 'GET' ? [] : ['{}', 'x']));
  return (
    fc
      // The first two, the owner and a member, get furthest.
      .tuple(fc.constantFrom(...askers, ...askers.slice(0, 2)), inPath, inQuery, extra, body)
      .map(([asker, params, query, headers, given]) => {
        const address = answer.path.replace(/\{(\w+)\}/g, (_, name: string) => segment(params[name] ?? ''));
        const pairs = Object.entries(query).flatMap(([name, value]) =>
          (Array.isArray(value) ? value : [value]).map((answer) => {
            const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
            return `${name}=${encoded(text ?? '').slice(0, 4_000)}`;
          }),
        );
        return {
          asker,
          path: pairs.length > 0 ? `${address}?${pairs.join('&')}` : address,
          headers: { ...(given === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
          body: given,
        };
      })
  );
}

/** What is wrong with the answer to a request, or an empty text. */
async function wrongWith(
  url: string,
  document: ApiDocument,
  operation: Documented,
  request: Request,
  count: (status: number) => void,
) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), 10_000);
  try {
    const answer = await fetch(url + request.path, {
      method: operation.method,
      headers: { ...request.headers, ...request.asker.headers },
      body: request.body,
      redirect: 'manual',
      signal: abort.signal,
    });
    count(answer.status);
    const type = answer.headers.get('content-type');
    const isStream = type?.startsWith('text/event-stream') && answer.ok;
    if (isStream) await answer.body?.cancel();
    const text = isStream ? 'a stream' : await answer.text();
    if (answer.status >= 500) return `It answered ${answer.status}: ${text.slice(0, 300)}`;
    const closed = operation.security.length > 0;
    if (closed && request.asker.name === 'nobody' && answer.status !== 401) {
      return `It answered ${answer.status} to nobody.`;
    }
    return document.deviation(operation, answer.status, type, text);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Asks one operation many things.
 * @returns how often it answered what
 * @throws Error with the seed and the request whose answer is not as documented
 */
export async function fuzz(
  url: string,
  document: ApiDocument,
  answer: Documented,
  { askers, things, seed, runs }: { askers: Asker[]; things: Things; seed: number; runs: number },
): Promise<Map<number, number>> {
  const seen = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(requests(document, answer, askers, things), async (request) => {
      const wrong = await wrongWith(url, document, answer, request, (status) =>
        seen.set(status, (seen.get(status) ?? 0) + 1),
      );
      if (wrong) throw new Error(`${answer.name}, seed ${seed}: ${wrong}`);
    }),
    // The server has a state, so what failed is shown as it was asked and not made smaller.
    { seed, numRuns: runs, endOnFailure: true },
  );
  return seen;
}
