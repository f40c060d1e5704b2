import type { World } from './world';

interface Expectation {
  /** What fills the brackets of the path: something of Ann's. */
  params?: (world: World) => Record<string, string>;
  /** A body that the handler takes, so that it comes as far as asking whose the thing is. */
  body?: (world: World) => unknown;
  /** Only administrators: a member is answered 403. */
  admin?: true;
  /** What it answers is the person's own, or nobody's: 200 is right for anybody, without a word of Ann's. */
  own?: true;
}

const of = (which: keyof World['imports']) => (world: World) => ({ id: world.imports[which] });
const dataset = (world: World) => ({ slug: world.dataset.slug });

/** Handlers that answer without a session, and why. */
export const open: Record<string, string> = {
  'GET /api/health': 'a load balancer has no session, and learns only whether the database answers',
  'GET /api/session': 'says that nobody is signed in',
  'POST /api/session': 'signing in',
  'DELETE /api/session': 'signing out twice does no harm',
  'GET /api/setup': 'says whether there is an owner, and what the button of single sign-on says',
  'POST /api/setup': 'makes the owner, with the code that the server printed',
  'GET /api/auth/[...path]': 'single sign-on: the way back from the provider',
  'POST /api/auth/[...path]': 'single sign-on: the way to the provider',
};

/** For every other handler: how it is asked. A new handler is named here, or the tests fail. */
export const expectations: Record<string, Expectation> = {
  'GET /api/datasets': { own: true },
  'GET /api/datasets/[slug]': { params: dataset },
  'GET /api/datasets/[slug]/export': { params: dataset },
  'GET /api/datasets/[slug]/rows': { params: dataset },
  'GET /api/events': { own: true },
  'GET /api/imports': { own: true },
  'POST /api/imports': { own: true, body: () => ({ fileName: 'a.csv', fileSize: 10 }) },
  'GET /api/imports/[id]': { params: of('completed') },
  'POST /api/imports/[id]/cancellation': { params: of('uploading') },
  'PUT /api/imports/[id]/layout': { params: of('mapping'), body: () => ({ delimiter: ';' }) },
  'POST /api/imports/[id]/undo': { params: of('completed') },
  'POST /api/imports/[id]/redo': { params: of('completed') },
  'GET /api/imports/[id]/rejections': { params: of('completed') },
  'GET /api/imports/[id]/rejections/file': { params: of('completed') },
  'GET /api/imports/[id]/source': { params: of('completed') },
  'POST /api/imports/[id]/start': {
    params: of('mapping'),
    body: () => ({ dataset: { name: 'taken' }, columns: [{ index: 0, name: 'n', type: 'TEXT' }] }),
  },
  'POST /api/imports/[id]/upload/completion': { params: of('single'), body: () => ({}) },
  'GET /api/imports/[id]/upload/parts': { params: of('uploading') },
  'POST /api/imports/[id]/upload/parts': { params: of('uploading'), body: () => ({ partNumbers: [1] }) },
  'PUT /api/imports/[id]/upload/parts': {
    params: of('uploading'),
    body: () => ({ parts: [{ partNumber: 1, etag: '"0"' }] }),
  },
};
