import type { Scope } from '@/lib/shared/schema/user/user-labels';
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
const correction = (world: World) => ({ id: world.imports.reviewed, correctionId: world.correction });
const dora = (world: World) => ({ id: world.dora.id });
const eli = (world: World) => ({ id: world.eli.id });
const dataset = (world: World) => ({ slug: world.dataset.slug });

/** Handlers that answer without a session, and why. */
export const open: Record<string, string> = {
  'GET /api/health':
    'a load balancer has no session, and learns only whether the database answers, and a worker is there',
  'GET /api/v1/openapi.json': 'says how the API is asked, and nothing of what is in it',
  'GET /api/v1/session': 'says that nobody is signed in',
  'POST /api/v1/session': 'signing in',
  'DELETE /api/v1/session': 'signing out twice does no harm',
  'GET /api/v1/setup': 'says whether there is an owner, and what the button of single sign-on says',
  'POST /api/v1/setup': 'makes the owner, with the code that the server printed',
  'POST /api/v1/invitations/check': 'says what a link is for, to whoever has its secret',
  'POST /api/v1/invitations/acceptance': 'makes an account, for whoever has a link’s secret',
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
  'PUT /api/v1/account': { own: true, body: () => ({ name: 'Another name' }) },
  'PUT /api/v1/account/password': {
    own: true,
    body: () => ({ currentPassword: 'it is not this one', newPassword: 'it never comes to this' }),
    right: 403,
  },
  'GET /api/v1/account/sessions': { own: true },
  'DELETE /api/v1/account/sessions': { own: true },
  'DELETE /api/v1/account/sessions/[id]': { params: (world) => ({ id: world.session }), private: true },
  'GET /api/v1/account/tokens': { own: true },
  'POST /api/v1/account/tokens': {
    own: true,
    body: () => ({ name: 'nightly', scopes: ['imports:read'], days: 1 }),
  },
  'DELETE /api/v1/account/tokens/[id]': { params: (world) => ({ id: world.token }), private: true },
  'GET /api/v1/invitations': { admin: true },
  'POST /api/v1/invitations': { admin: true, body: () => ({ email: 'frank@example.com', role: 'ADMIN' }) },
  'DELETE /api/v1/invitations/[id]': { admin: true, params: (world) => ({ id: world.invitation }) },
  'GET /api/v1/audit': { admin: true },
  'GET /api/v1/audit/export': { admin: true },
  'GET /api/v1/users': { admin: true },
  'GET /api/v1/removed-users': { admin: true },
  'DELETE /api/v1/users/[id]': { admin: true, params: dora },
  'PUT /api/v1/users/[id]/role': { admin: true, params: dora, body: () => ({ role: 'ADMIN' }) },
  'POST /api/v1/users/[id]/disablement': { admin: true, params: dora },
  'DELETE /api/v1/users/[id]/disablement': { admin: true, params: dora },
  'POST /api/v1/users/[id]/password-link': { admin: true, params: dora },
  'POST /api/v1/dataset-matches': {
    scope: 'datasets:read',
    own: true,
    body: () => ({ headers: ['a', 'b', 'c'] }),
  },
  'POST /api/v1/datasets/[slug]/match': {
    scope: 'datasets:read',
    params: dataset,
    body: () => ({ headers: ['a'] }),
  },
  'PUT /api/v1/datasets/[slug]/columns/[id]': {
    params: (world) => ({ ...dataset(world), id: world.column }),
    body: () => ({ synonyms: ['another name'], rules: null }),
  },
  'GET /api/v1/datasets/[slug]/shares': { params: dataset },
  'POST /api/v1/datasets/[slug]/shares': {
    params: dataset,
    body: (world) => ({ email: world.carol.email, right: 'MANAGE' }),
  },
  'DELETE /api/v1/datasets/[slug]/shares/[userId]': {
    params: (world) => ({ ...dataset(world), userId: world.carol.id }),
  },
  'GET /api/v1/datasets': { scope: 'datasets:read', own: true },
  'GET /api/v1/datasets/[slug]': { scope: 'datasets:read', params: dataset },
  'GET /api/v1/datasets/[slug]/export': { scope: 'datasets:read', params: dataset },
  'GET /api/v1/datasets/[slug]/template': { scope: 'datasets:read', params: dataset },
  'GET /api/v1/datasets/[slug]/rows': { scope: 'datasets:read', params: dataset },
  'GET /api/v1/datasets/[slug]/rows/[importId]/[row]': {
    scope: 'datasets:read',
    params: (world) => ({ ...dataset(world), importId: world.imports.completed, row: '2' }),
  },
  'DELETE /api/v1/datasets/[slug]': { params: (world) => ({ slug: world.doomed.slug }), once: true },
  'DELETE /api/v1/imports/[id]': { params: (world) => ({ id: world.doomed.id }), once: true },
  'GET /api/v1/users/[id]/purge': { admin: true, params: eli },
  'POST /api/v1/users/[id]/purge': {
    admin: true,
    params: eli,
    body: (world) => ({ email: world.eli.email }),
  },
  'GET /api/v1/events': { scope: 'imports:read', own: true },
  'GET /api/v1/imports': { scope: 'imports:read', own: true },
  'POST /api/v1/imports': {
    scope: 'imports:write',
    own: true,
    body: () => ({ fileName: 'a.csv', fileSize: 10 }),
  },
  'GET /api/v1/imports/[id]': { scope: 'imports:read', params: of('completed') },
  'POST /api/v1/imports/[id]/cancellation': { scope: 'imports:write', params: of('uploading') },
  'GET /api/v1/imports/[id]/causes': { scope: 'imports:read', params: of('completed') },
  'POST /api/v1/imports/[id]/fixes': {
    scope: 'imports:write',
    params: of('completed'),
    body: () => ({ fixes: [] }),
    right: 409,
  },
  'DELETE /api/v1/imports/[id]/fixes/[at]': {
    scope: 'imports:write',
    params: (world) => ({ ...of('completed')(world), at: '2026-01-01T00:00:00.000Z' }),
    right: 409,
  },
  'POST /api/v1/imports/[id]/corrections': {
    scope: 'imports:write',
    params: of('completed'),
    body: () => ({ fileName: 'corrected.csv', fileSize: 10 }),
    right: 409,
  },
  'POST /api/v1/imports/[id]/corrections/[correctionId]/cancellation': {
    scope: 'imports:write',
    params: correction,
  },
  'POST /api/v1/imports/[id]/corrections/[correctionId]/upload/completion': {
    scope: 'imports:write',
    params: correction,
    body: () => ({}),
  },
  'GET /api/v1/imports/[id]/corrections/[correctionId]/upload/parts': {
    scope: 'imports:write',
    params: correction,
  },
  'POST /api/v1/imports/[id]/corrections/[correctionId]/upload/parts': {
    scope: 'imports:write',
    params: correction,
    body: () => ({ partNumbers: [1] }),
  },
  'POST /api/v1/imports/[id]/attachment': { scope: 'imports:write', params: of('completed'), right: 409 },
  'GET /api/v1/imports/[id]/editable-rows': { scope: 'imports:read', params: of('completed') },
  'POST /api/v1/imports/[id]/edits': {
    scope: 'imports:write',
    params: of('completed'),
    body: () => ({ edits: [{ row: 1, column: 'n', value: '1' }] }),
    right: 409,
  },
  'POST /api/v1/imports/[id]/replacement': {
    scope: 'imports:write',
    params: of('completed'),
    body: () => ({ column: 'n', find: 'x', replace: '1' }),
    right: 409,
  },
  'POST /api/v1/imports/[id]/publication': { scope: 'imports:write', params: of('completed') },
  'PUT /api/v1/imports/[id]/layout': {
    scope: 'imports:write',
    params: of('mapping'),
    body: () => ({ delimiter: ';' }),
  },
  'PUT /api/v1/imports/[id]/draft': {
    scope: 'imports:write',
    params: of('mapping'),
    body: () => ({ dataset: 'a name' }),
  },
  'GET /api/v1/imports/[id]/check': { scope: 'imports:read', params: of('mapping') },
  'POST /api/v1/imports/[id]/check': {
    scope: 'imports:write',
    params: of('mapping'),
    body: () => ({ dataset: { name: 'taken' }, columns: [{ index: 0, name: 'n', type: 'TEXT' }] }),
  },
  'GET /api/v1/imports/[id]/receipt': { scope: 'imports:read', params: of('completed') },
  'GET /api/v1/imports/[id]/rows': {
    scope: 'imports:read',
    params: of('completed'),
  },
  'GET /api/v1/imports/[id]/undo': { scope: 'imports:read', params: of('completed') },
  'POST /api/v1/imports/[id]/undo': { scope: 'imports:write', params: of('completed') },
  'GET /api/v1/imports/[id]/redo': { scope: 'imports:read', params: of('completed') },
  'POST /api/v1/imports/[id]/redo': { scope: 'imports:write', params: of('completed') },
  'GET /api/v1/imports/[id]/rejections': { scope: 'imports:read', params: of('completed') },
  'GET /api/v1/imports/[id]/rejections/export': { scope: 'imports:read', params: of('completed') },
  'GET /api/v1/imports/[id]/source': { scope: 'imports:read', params: of('completed') },
  'POST /api/v1/imports/[id]/start': {
    scope: 'imports:write',
    params: of('mapping'),
    body: () => ({ dataset: { name: 'taken' }, columns: [{ index: 0, name: 'n', type: 'TEXT' }] }),
  },
  'POST /api/v1/imports/[id]/upload/completion': {
    scope: 'imports:write',
    params: of('single'),
    body: () => ({}),
  },
  'GET /api/v1/imports/[id]/upload/parts': { scope: 'imports:write', params: of('uploading') },
  'POST /api/v1/imports/[id]/upload/parts': {
    scope: 'imports:write',
    params: of('uploading'),
    body: () => ({ partNumbers: [1] }),
  },
};
