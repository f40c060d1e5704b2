import { expect, it } from 'vitest';
import type { ImportDraft } from '@/lib/shared/schema/import/draft';
import { openDatabase } from '@/testing/environment';
import { makeUser } from '@/testing/people';
import { confirm, runInspection, upload } from '@/worker/testing/run-import';
import { cancelImport } from '../cancel-import';
import { createImport } from '../create-import';
import { getImport } from '../get-import';
import { saveDraft } from './save-draft';

openDatabase();

const draft: ImportDraft = {
  dataset: 'Half a name',
  shortRows: 'pad',
  columns: [
    {
      header: 'word',
      included: true,
      name: '',
      type: 'CHOICE',
      dateOrder: null,
      decimalSign: null,
      open: false,
      format: {},
      rules: { required: true },
    },
  ],
};

it('keeps what was chosen, from the upload on until the start, for its own person alone', async () => {
  const ana = await makeUser();
  const { import: made } = await createImport({ fileName: 'a.csv', fileSize: 9 }, ana);
  await saveDraft(made.id, { dataset: 'While it goes up' }, ana);
  expect((await getImport(made.id, ana)).draft).toEqual({ dataset: 'While it goes up' });
  await cancelImport(made.id, ana);
  await expect(saveDraft(made.id, draft, ana)).rejects.toMatchObject({ code: 'conflict' });

  const id = await upload(new TextEncoder().encode('n,word\n1,one\n'), 'b.csv', ana);
  await saveDraft(id, draft, ana);
  const inspected = await runInspection(id, ana);
  expect(inspected.draft).toEqual(draft);
  await expect(saveDraft(id, {}, await makeUser())).rejects.toMatchObject({ code: 'not-found' });
  await confirm(inspected, ana, { dataset: { name: 'Drafted' } });
  await expect(saveDraft(id, {}, ana)).rejects.toMatchObject({ code: 'conflict' });
  expect((await getImport(id, ana)).draft).toBeNull();
});
