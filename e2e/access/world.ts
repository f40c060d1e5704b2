import { shareDataset } from '@/lib/server/datasets/share-dataset';
import { invite } from '@/lib/server/identity/invitations/invite';
import { makeToken } from '@/lib/server/identity/tokens/make-token';
import { createCorrection } from '@/lib/server/imports/corrections/create-correction';
import { createImport } from '@/lib/server/imports/create-import';
import { db } from '@/lib/server/platform/db/client';
import { MiB } from '@/lib/shared/bytes';
import { cookieOf, makeUser, type Person } from '@/testing/people';
import { confirm, runImport, runInspection, runStage, upload } from '@/worker/testing/run-import';

export interface World {
  ann: Person;
  ben: Person;
  admin: Person;
  /** Somebody whom Ann lets view her dataset. */
  carol: Person;
  /** Somebody whom an administrator may do anything to. */
  dora: Person;
  /** Another one. */
  eli: Person;
  /** A dataset of Ann's, and an import that waits, which may be deleted. */
  doomed: { slug: string; id: string };
  cookies: { ann: string; ben: string; admin: string };
  /** Ann's imports, by how far they came. */
  imports: { uploading: string; single: string; mapping: string; completed: string; reviewed: string };
  /** A file of corrected rows of the last, which goes up in parts. */
  correction: string;
  dataset: { id: string; slug: string };
  /** A column of it. */
  column: string;
  /** A second browser of Ann's. */
  session: string;
  /** An API token of Ann's. */
  token: string;
  invitation: string;
  /** Texts that only Ann and administrators may ever be answered. */
  secrets: string[];
}

const secret = 'annssecret';

/** Two members who have nothing to do with each other, an administrator, and everything that Ann can have. */
export async function makeWorld(): Promise<World> {
  const ann = await makeUser('MEMBER', `Ann ${secret}`);
  const ben = await makeUser('MEMBER', 'Ben');
  const admin = await makeUser('ADMIN', 'Ada');
  const carol = await makeUser('MEMBER', 'Carol');
  const dora = await makeUser('MEMBER', 'Dora');
  const eli = await makeUser('MEMBER', 'Eli');
  const rows = Array.from({ length: 1_200 }, (_, i) => `${i},${secret}`).join('\n');
  const content = new TextEncoder().encode(`n,word\n${rows}\nx,${secret}\n`);
  const name = `${secret}.csv`;
  const completed = await upload(content, name, ann);
  await confirm(await runInspection(completed, ann), ann, { dataset: { name: secret } });
  const { dataset } = await runStage(completed, ann);
  if (!dataset) throw new Error('Ann has no dataset.');
  const mapping = await upload(content, name, ann);
  await runInspection(mapping, ann);
  const { import: uploading } = await createImport({ fileName: name, fileSize: 20 * MiB }, ann);
  const { import: single } = await createImport({ fileName: name, fileSize: 1_000 }, ann);
  const choices = { name, dataset: { name: `${secret} in review` }, onRejection: 'REVIEW' as const };
  const { id: reviewed } = await runImport(content, { ...choices, user: ann });
  const { correction } = await createCorrection(reviewed, { fileName: name, fileSize: 20 * MiB }, ann);
  const imports = { uploading: uploading.id, single: single.id, mapping, completed, reviewed };
  const { import: waiting } = await createImport({ fileName: name, fileSize: 1_000 }, ann);
  const gone = await runImport(content, { name, dataset: { name: `${secret} too` }, user: ann });
  const doomed = { slug: gone.dataset?.slug ?? '', id: waiting.id };
  await shareDataset(dataset.slug, { email: carol.email, right: 'VIEW' }, ann);
  await cookieOf(ann);
  const session = await db().session.findFirstOrThrow({ where: { userId: ann.id } });
  const token = await makeToken({ name: secret, scopes: ['imports:read'], days: 1 }, ann, null);
  const invitation = await invite({ email: 'eve@example.com', role: 'MEMBER' }, admin);
  const column = await db().column.findFirstOrThrow({ where: { datasetId: dataset.id } });
  return {
    ann,
    ben,
    admin,
    carol,
    dora,
    eli,
    doomed,
    session: session.id,
    token: token.id,
    invitation: invitation.id,
    cookies: { ann: await cookieOf(ann), ben: await cookieOf(ben), admin: await cookieOf(admin) },
    imports,
    correction: correction.id,
    dataset,
    column: column.id,
    secrets: [
      secret,
      ann.id,
      ann.email,
      dataset.id,
      session.id,
      token.id,
      carol.email,
      ...Object.values(imports),
      correction.id,
    ],
  };
}
