import { describe, expect, it } from 'vitest';
import { openDatabase } from '@/testing/environment';
import { ask, listHandlers } from './handlers';

openDatabase();

const changing = (await listHandlers()).filter(({ method }) => method !== 'GET' && method !== 'HEAD');

describe('#65 whatever changes something', () => {
  it('is found in the file system', () => expect(changing.length).toBeGreaterThan(15));

  it.each(changing)('$name is refused when another site sends it', async (handler) => {
    const params = { id: 'x', slug: 'x', path: ['x'], email: 'x' };
    const forgeries: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.test' },
      { origin: 'null', cookie: 'sluice.session_token=x' },
    ];
    for (const headers of forgeries) {
      const answer = await ask(handler, params, headers, {});
      expect(answer.status).toBe(403);
      expect((await answer.json()).error.code).toBe('forbidden');
    }
  });
});
