import { expect, it } from 'vitest';
import { addressOf, apiClient } from './client';

/** What was asked, by a client whose server answers with this. */
async function asked(work: (api: ReturnType<typeof apiClient>) => Promise<unknown>, answer = '{"ok":true}') {
  const requests: Request[] = [];
  const api = apiClient('http://sluice.test', async (request) => {
    requests.push(request);
    return new Response(answer, { headers: { 'content-type': 'application/json' } });
  });
  const got = await work(api);
  const [request] = requests;
  if (!request || requests.length > 1) throw new Error(`${requests.length} requests were made.`);
  return { request, got, body: await request.text() };
}

it('puts what is asked for where the document says, and names itself what the body is', async () => {
  const header = { 'Idempotency-Key': 'k' };
  const body = { columns: [], dataset: { name: 'a' } };
  const sent = await asked((api) =>
    api.post('/imports/{id}/start', { params: { path: { id: 'a/../b' }, header }, body }),
  );
  expect(sent.request.method).toBe('POST');
  expect(sent.request.url).toBe('http://sluice.test/api/v1/imports/a%2F..%2Fb/start');
  expect(sent.request.headers.get('idempotency-key')).toBe('k');
  expect(sent.request.headers.get('content-type')).toBe('application/json');
  expect(JSON.parse(sent.body)).toEqual(body);
  expect(sent.got).toEqual({ ok: true });
});

it('sends no body and no type of one where there is nothing to send, and leaves out what is empty', async () => {
  const { request, body } = await asked((api) =>
    api.delete('/imports/{id}', { params: { path: { id: 'x' } } }),
  );
  expect([request.method, body, request.headers.get('content-type')]).toEqual(['DELETE', '', null]);
  const query = { q: '', after: undefined, named: 'a & b', limit: 0 };
  const list = await asked((api) => api.get('/datasets', { params: { query } }));
  expect(list.request.url).toBe('http://sluice.test/api/v1/datasets?named=a+%26+b&limit=0');
});

it('asks outside of the version where it is told to, and stops when it is told to', async () => {
  const end = new AbortController();
  const health = await asked((api) =>
    api.get('/health', { baseUrl: 'http://sluice.test/api', signal: end.signal }),
  );
  expect(health.request.url).toBe('http://sluice.test/api/health');
  expect(health.request.signal.aborted).toBe(false);
  end.abort();
  expect(health.request.signal.aborted).toBe(true);
});

it('throws what its fetch throws, and where a good answer is empty', async () => {
  const refusing = apiClient('http://sluice.test', async () => {
    throw new Error('refused');
  });
  await expect(refusing.get('/session')).rejects.toThrow('refused');
  await expect(asked((api) => api.get('/session'), '')).rejects.toThrow('The server answered with nothing.');
});

it('makes addresses for links', () => {
  const path = { slug: 'a b' };
  expect(addressOf('/datasets/{slug}/export', { path, query: { format: 'csv', at: undefined } })).toBe(
    '/api/v1/datasets/a%20b/export?format=csv',
  );
  expect(addressOf('/imports/{id}/receipt', { path: { id: 'x' } })).toBe('/api/v1/imports/x/receipt');
});
