import type { Scope } from '@/lib/shared/schema/user-labels';
import type { World } from './world';

interface Expectation {
  /** What fills the brackets of the path: something of Ann's. */
  params?: (world: World) => Record<string, string>;
  /** A body that the handler takes, so that it comes as far as asking whose the thing is. */
  body?: (world: World) => unknown;
  /** Only administrators: a member is answered 403. */
  admin?: true;
  /** Only the person's own, not even an administrator's. */
  private?: true;
  /** Works once: the next is told that it is not there. */
  once?: true;
  /** What the right person is answered, if not as usual. */
  right?: number;
  /** What it answers is the person's own, or nobody's: 200 is right for anybody, without a word of Ann's. */
  own?: true;
  /** What an API token has to be allowed; without it the handler takes no token. */
  scope?: Scope;
}

const of = (which: keyof World['imports']) => (world: World) => ({ id: world.imports[which] });
const dora = (world: World) => ({ id: world.dora.id });
const eli = (world: World) => ({ id: world.eli.id });
const dataset = (world: World) => ({ slug: world.dataset.slug });

/** Handlers that answer without a session, and why. */
export const open: Record<string, string> = {
  'GET /api/health':
    'a load balancer has no session, and learns only whether the database answers, and a worker is there',
  'GET /api/openapi.json': 'says how the API is asked, and nothing of what is in it',
  'GET /api/session': 'says that nobody is signed in',
  'POST /api/session': 'signing in',
  'DELETE /api/session': 'signing out twice does no harm',
  'GET /api/setup': 'says whether there is an owner, and what the button of single sign-on says',
  'POST /api/setup': 'makes the owner, with the code that the server printed',
  'POST /api/invitations/check': 'says what a link is for, to whoever has its secret',
  'POST /api/invitations/acceptance': 'makes an account, for whoever has a link’s secret',
  'GET /api/auth/[...path]': 'single sign-on: the way back from the provider',
  'POST /api/auth/[...path]': 'single sign-on: the way to the provider',
};

/** Handlers that the OpenAPI document leaves out, and why. */
export const undocumented: Record<string, string> = {
  'GET /api/auth/[...path]': 'spoken by the provider of single sign-on and by browsers on their way to it',
  'POST /api/auth/[...path]': 'the same',
};

/** For every other handler: how it is asked. A new handler is named here, or the tests fail. */
export const expectations: Record<string, Expectation> = {
  'PUT /api/account': { own: true, body: () => ({ name: 'Another name' }) },
  'PUT /api/account/password': {
    own: true,
    body: () => ({ currentPassword: 'it is not this one', newPassword: 'it never comes to this' }),
    right: 403,
  },
  'GET /api/account/sessions': { own: true },
  'DELETE /api/account/sessions': { own: true },
  'DELETE /api/account/sessions/[id]': { params: (world) => ({ id: world.session }), private: true },
  'GET /api/account/tokens': { own: true },
  'POST /api/account/tokens': {
    own: true,
    body: () => ({ name: 'nightly', scopes: ['imports:read'], days: 1 }),
  },
  'DELETE /api/account/tokens/[id]': { params: (world) => ({ id: world.token }), private: true },
  'GET /api/invitations': { admin: true },
  'POST /api/invitations': { admin: true, body: () => ({ email: 'frank@example.com', role: 'ADMIN' }) },
  'DELETE /api/invitations/[id]': { admin: true, params: (world) => ({ id: world.invitation }) },
  'GET /api/audit': { admin: true },
  'GET /api/audit/export': { admin: true },
  'GET /api/users': { admin: true },
  'GET /api/users/removed': { admin: true },
  'DELETE /api/users/[id]': { admin: true, params: dora },
  'PUT /api/users/[id]/role': { admin: true, params: dora, body: () => ({ role: 'ADMIN' }) },
  'PUT /api/users/[id]/disablement': { admin: true, params: dora },
  'DELETE /api/users/[id]/disablement': { admin: true, params: dora },
  'POST /api/users/[id]/password-link': { admin: true, params: dora },
  'POST /api/datasets/[slug]/matches': {
    scope: 'datasets:read',
    params: dataset,
    body: () => ({ headers: ['a'] }),
  },
  'PUT /api/datasets/[slug]/columns/[id]': {
    params: (world) => ({ ...dataset(world), id: world.column }),
    body: () => ({ synonyms: ['another name'], rules: null }),
  },
  'GET /api/datasets/[slug]/shares': { params: dataset },
  'PUT /api/datasets/[slug]/shares': {
    params: dataset,
    body: (world) => ({ email: world.carol.email, right: 'MANAGE' }),
  },
  'DELETE /api/datasets/[slug]/shares/[userId]': {
    params: (world) => ({ ...dataset(world), userId: world.carol.id }),
  },
  'GET /api/datasets': { scope: 'datasets:read', own: true },
  'GET /api/datasets/[slug]': { scope: 'datasets:read', params: dataset },
  'GET /api/datasets/[slug]/export': { scope: 'datasets:read', params: dataset },
  'GET /api/datasets/[slug]/template': { scope: 'datasets:read', params: dataset },
  'GET /api/datasets/[slug]/rows': { scope: 'datasets:read', params: dataset },
  'GET /api/datasets/[slug]/rows/[importId]/[row]': {
    scope: 'datasets:read',
    params: (world) => ({ ...dataset(world), importId: world.imports.completed, row: '2' }),
  },
  'DELETE /api/datasets/[slug]': { params: (world) => ({ slug: world.doomed.slug }), once: true },
  'DELETE /api/imports/[id]': { params: (world) => ({ id: world.doomed.id }), once: true },
  'GET /api/users/[id]/purge': { admin: true, params: eli },
  'POST /api/users/[id]/purge': { admin: true, params: eli, body: (world) => ({ email: world.eli.email }) },
  'GET /api/events': { scope: 'imports:read', own: true },
  'GET /api/imports': { scope: 'imports:read', own: true },
  'POST /api/imports': {
    scope: 'imports:write',
    own: true,
    body: () => ({ fileName: 'a.csv', fileSize: 10 }),
  },
  'GET /api/imports/[id]': { scope: 'imports:read', params: of('completed') },
  'POST /api/imports/[id]/cancellation': { scope: 'imports:write', params: of('uploading') },
  'GET /api/imports/[id]/causes': { scope: 'imports:read', params: of('completed') },
  'POST /api/imports/[id]/fixes': {
    scope: 'imports:write',
    params: of('completed'),
    body: () => ({ fixes: [] }),
    right: 409,
  },
  'DELETE /api/imports/[id]/fixes/[at]': {
    scope: 'imports:write',
    params: (world) => ({ ...of('completed')(world), at: '2026-01-01T00:00:00.000Z' }),
    right: 409,
  },
  'POST /api/imports/[id]/corrections': {
    scope: 'imports:write',
    params: of('completed'),
    body: () => ({ fileName: 'corrected.csv', fileSize: 10 }),
    right: 409,
  },
  'POST /api/imports/[id]/attachment': { scope: 'imports:write', params: of('completed'), right: 409 },
  'GET /api/imports/[id]/edits': { scope: 'imports:read', params: of('completed') },
  'PUT /api/imports/[id]/edits': {
    scope: 'imports:write',
    params: of('completed'),
    body: () => ({ edits: [{ row: 1, column: 'n', value: '1' }] }),
    right: 409,
  },
  'POST /api/imports/[id]/replacements': {
    scope: 'imports:write',
    params: of('completed'),
    body: () => ({ column: 'n', find: 'x', replace: '1' }),
    right: 409,
  },
  'POST /api/imports/[id]/publication': { scope: 'imports:write', params: of('completed') },
  'PUT /api/imports/[id]/layout': {
    scope: 'imports:write',
    params: of('mapping'),
    body: () => ({ delimiter: ';' }),
  },
  'PUT /api/imports/[id]/draft': {
    scope: 'imports:write',
    params: of('mapping'),
    body: () => ({ dataset: 'a name' }),
  },
  'GET /api/imports/[id]/receipt': { scope: 'imports:read', params: of('completed') },
  'GET /api/imports/[id]/rows': {
    scope: 'imports:read',
    params: of('completed'),
  },
  'GET /api/imports/[id]/undo': { scope: 'imports:read', params: of('completed') },
  'POST /api/imports/[id]/undo': { scope: 'imports:write', params: of('completed') },
  'GET /api/imports/[id]/redo': { scope: 'imports:read', params: of('completed') },
  'POST /api/imports/[id]/redo': { scope: 'imports:write', params: of('completed') },
  'GET /api/imports/[id]/rejections': { scope: 'imports:read', params: of('completed') },
  'GET /api/imports/[id]/rejections/file': { scope: 'imports:read', params: of('completed') },
  'GET /api/imports/[id]/source': { scope: 'imports:read', params: of('completed') },
  'POST /api/imports/[id]/start': {
    scope: 'imports:write',
    params: of('mapping'),
    body: () => ({ dataset: { name: 'taken' }, columns: [{ index: 0, name: 'n', type: 'TEXT' }] }),
  },
  'POST /api/imports/[id]/upload/completion': {
    scope: 'imports:write',
    params: of('single'),
    body: () => ({}),
  },
  'GET /api/imports/[id]/upload/parts': { scope: 'imports:write', params: of('uploading') },
  'POST /api/imports/[id]/upload/parts': {
    scope: 'imports:write',
    params: of('uploading'),
    body: () => ({ partNumbers: [1] }),
  },
};
