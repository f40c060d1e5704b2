import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Server } from '../api/api';
import { findNamed } from './choose-dataset';

const prices = { id: '11111111-1111-4111-8111-111111111111', slug: 'prices', name: 'Prices' };
const lower = { id: '22222222-2222-4222-8222-222222222222', slug: 'prices_2', name: 'prices' };
const stock = { id: '33333333-3333-4333-8333-333333333333', slug: 'stock', name: 'Stock' };
const twice = { id: '44444444-4444-4444-8444-444444444444', slug: 'stock_2', name: 'Stock' };
const things = { id: '55555555-5555-4555-8555-555555555555', slug: 'things', name: 'things' };
const moreThings = { id: '66666666-6666-4666-8666-666666666666', slug: 'things_2', name: 'things' };

/** Answers as Sluice does: by the name in any case, the name in the address, or the id. */
const sluice = createServer((request, response) => {
  const wanted = new URL(request.url ?? '', 'http://localhost').searchParams.get('named') ?? '';
  const datasets = [prices, lower, stock, twice, things, moreThings].filter(
    ({ id, slug, name }) => [id, slug].includes(wanted) || name.toLowerCase() === wanted.toLowerCase(),
  );
  response.end(JSON.stringify({ datasets, next: null }));
});
let server: Server;
beforeAll(async () => {
  await once(sluice.listen(0, '127.0.0.1'), 'listening');
  const at = sluice.address();
  if (typeof at !== 'object' || at === null) throw new Error('The server has no port.');
  server = { url: `http://127.0.0.1:${at.port}`, credential: () => undefined };
});
afterAll(() => sluice.close());

it('a word that names one dataset and stands in the address of another is refused, and what it says to type works', async () => {
  const refused = await findNamed(server, 'prices').catch((error: Error) => error.message);
  expect(refused).toBe(
    `“prices” may mean 2 datasets. Type ${prices.id} for “Prices” (/datasets/prices), or prices_2 for “prices” (/datasets/prices_2).`,
  );
  expect(await findNamed(server, prices.id)).toEqual(prices);
  expect(await findNamed(server, 'Prices')).toEqual(prices);
  expect(await findNamed(server, 'prices_2')).toEqual(lower);
});

it('one of two datasets of the same name is not taken for having it in its address as well', async () => {
  const refused = await findNamed(server, 'things').catch((error: Error) => error.message);
  expect(refused).toBe(
    `“things” may mean 2 datasets. Type ${things.id} for “things” (/datasets/things), or things_2 for “things” (/datasets/things_2).`,
  );
});

it('a name in another case, an address or an id finds its dataset, and a name of several none', async () => {
  expect(await findNamed(server, 'stock')).toEqual(stock);
  expect(await findNamed(server, twice.id)).toEqual(twice);
  expect(await findNamed(server, 'nothing')).toBeNull();
  await expect(findNamed(server, 'Stock')).rejects.toThrow(
    '2 datasets are called “Stock”: stock, stock_2. Use one of these instead.',
  );
  await expect(findNamed(server, 'PRICES')).rejects.toThrow('prices, prices_2. Use one of these instead.');
});
