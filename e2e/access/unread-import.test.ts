import { expect, it } from 'vitest';
import { createImport } from '@/lib/server/imports/create-import';
import { openDatabase } from '@/testing/environment';
import { cookieOf, makeUser } from '@/testing/people';
import { upload } from '@/worker/testing/run-import';
import { ask, listHandlers } from './handlers';

openDatabase();

/** Of those that change something, what they are asked with. */
const bodies: Record<string, object> = {
  'POST /api/v1/imports/[id]/corrections': { fileName: 'a.csv', fileSize: 4 },
  'POST /api/v1/imports/[id]/fixes': { fixes: [{ kind: 'DATE_ORDER', column: 'a', dateOrder: 'DMY' }] },
  'POST /api/v1/imports/[id]/publication': {},
  'POST /api/v1/imports/[id]/redo': {},
  'POST /api/v1/imports/[id]/undo': {},
};

it('asking for what an import does not have yet is refused with a sentence, and never fails', async () => {
  const person = await makeUser();
  const cookie = await cookieOf(person);
  const uploading = (await createImport({ fileName: 'a.csv', fileSize: 4 }, person)).import.id;
  const uploaded = await upload(Buffer.from('a\n1\n'), 'a.csv', person);
  const asked = (await listHandlers()).filter(
    ({ name, method, path }) =>
      name in bodies ||
      (method === 'GET' && path.startsWith('/api/v1/imports/[id]') && !path.includes('parts')),
  );
  expect(asked.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['GET /api/v1/imports/[id]/rejections/export', ...Object.keys(bodies)]),
  );
  for (const id of [uploading, uploaded]) {
    for (const handler of asked) {
      const answer = await ask(handler, { id }, { cookie }, bodies[handler.name]);
      const text = answer.status === 302 ? '' : await answer.text();
      const said = `${handler.name}: ${answer.status} ${text}`;
      expect([200, 302, 400, 404, 409, 410], said).toContain(answer.status);
      // Nothing is wrong with the form of what was asked: what is missing is of the import.
      expect(text, said).not.toContain('does not have the expected form');
    }
  }
});
