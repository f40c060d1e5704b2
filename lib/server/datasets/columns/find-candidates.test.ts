import { expect, it } from 'vitest';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { makeUser, owner } from '@/testing/people';
import { runImport } from '@/worker/testing/run-import';
import { changeColumn } from '../change-column';
import { findDataset } from '../find-dataset';
import { findCandidates } from './find-candidates';

openDatabase();

const bytes = (text: string) => new TextEncoder().encode(text);

const made = (name: string, content: string, key?: string[]) =>
  runImport(bytes(content), { dataset: { name }, key });

it('finds the datasets with the same columns or nearly the same, the likeliest first', async () => {
  const user = await owner();
  const found = async (...headers: string[]) =>
    (await findCandidates({ headers }, user)).candidates.map(({ dataset, same, missing, extra }) => [
      dataset.name,
      same,
      missing,
      extra,
    ]);
  await made('Customers', 'Customer ID,Name,City,Phone\n1,Ann,Brno,5\n');
  await made('Orders', 'order,day,amount\n1,2026-01-02,5\n');
  expect(await found('customer_id', 'NAME', 'City', 'Phone')).toEqual([['Customers', 4, 0, 0]]);
  expect(await found('phone', 'Name', 'City', 'Customer.Id', 'Remark')).toEqual([['Customers', 4, 0, 1]]);
  expect(await found('Name', 'City', 'Phone')).toEqual([['Customers', 3, 1, 0]]);
  // Half of the columns, or as few as any two files share, say nothing.
  expect(await found('Name', 'City', 'Born', 'Size')).toEqual([]);
  expect(await found('Name', 'City')).toEqual([]);
  expect(await found('Name', 'City', 'Phone', 'Customer ID', 'a', 'b', 'c')).toEqual([]);

  await made('Customers again', 'Customer ID,Name,City,Phone\n1,Ann,Brno,5\n');
  const both = await found('Customer ID', 'Name', 'City', 'Phone');
  expect(both.map(([name]) => name)).toEqual(['Customers again', 'Customers']);

  const dataset = await findDataset('orders', user);
  const day = dataset.columns.find(({ name }) => name === 'day');
  await changeColumn('orders', day?.id ?? '', { synonyms: ['Tag der Bestellung'] }, user);
  expect(await found('order', 'tag-der-bestellung', 'amount')).toEqual([['Orders', 3, 0, 0]]);
});

it('leaves out what one may not import into, and what would lack its key', async () => {
  await made('Keyed', 'sku,price,stock,colour\n1,2,3,red\n', ['sku']);
  const headers = ['price', 'stock', 'colour'];
  const all = await findCandidates({ headers: [...headers, 'sku'] }, await owner());
  expect(all.candidates).toHaveLength(1);
  expect((await findCandidates({ headers }, await owner())).candidates).toEqual([]);
  expect((await findCandidates({ headers: [...headers, 'sku'] }, await makeUser())).candidates).toEqual([]);
});

it('finds one that others have many of', async () => {
  const ben = await makeUser();
  const content = bytes('ref,plant,litres,batch\n1,a,2,c\n');
  const own = await runImport(content, { dataset: { name: 'Tanks of Ben' }, user: ben });
  const { id = '' } = own.dataset ?? {};
  const ann = await makeUser();
  const theirs = await runImport(content, { dataset: { name: 'Tanks of Ann' }, user: ann });
  const like = await db().dataset.findUniqueOrThrow({
    where: { id: theirs.dataset?.id ?? '' },
    include: { columns: true },
  });
  for (let i = 0; i < 60; i++)
    await db().dataset.create({
      data: {
        slug: `tanks-${i}`,
        name: `Tanks ${i}`,
        ownerId: like.ownerId,
        columns: {
          create: like.columns.map(({ slot, position, name, type }) => ({ slot, position, name, type })),
        },
      },
    });
  const { candidates } = await findCandidates({ headers: ['ref', 'plant', 'litres', 'batch'] }, ben);
  expect(candidates.map(({ dataset }) => dataset.id)).toEqual([id]);
});
