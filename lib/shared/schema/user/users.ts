import { z } from '../../zod';
import { longestTokenDays, passwordLength, rights, roles, scopes } from './user-labels';

/** What goes over the wire about people and their rights. Safe in a browser. */

const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .meta({ format: 'email' })
  .pipe(z.email('It is not an e-mail address'));
const name = z.string().trim().min(1, 'It may not be empty').max(100);
const newPassword = z
  .string()
  .min(passwordLength.min, `It has to have at least ${passwordLength.min} characters`)
  .max(passwordLength.max, `It may have at most ${passwordLength.max} characters`);
const linkToken = z.string().min(1).max(200);

/** `POST /session` */
export const signInInput = z.object({
  email: z.string().trim().max(254),
  password: z.string().min(1).max(1_000),
});

/** `POST /setup` */
export const makeOwnerInput = z.object({ code: z.string().max(100), name, email, password: newPassword });
export type MakeOwnerInput = z.output<typeof makeOwnerInput>;

/** `PUT /account` */
export const renameInput = z.object({ name });

/** `PUT /account/password` */
export const changePasswordInput = z.object({
  currentPassword: z.string().min(1).max(1_000),
  newPassword,
  keepTokens: z
    .boolean()
    .default(false)
    .describe('API tokens stay. Otherwise all of them are revoked, as sessions are.'),
});

/** `POST /account/tokens` */
export const makeTokenInput = z.object({
  name,
  scopes: z
    .array(z.enum(scopes))
    .min(1, 'Choose at least one')
    .transform((chosen) => [...new Set(chosen)]),
  days: z.number().int().min(1).max(longestTokenDays, `A token lives at most ${longestTokenDays} days`),
});
export type MakeTokenInput = z.output<typeof makeTokenInput>;

/** `POST /invitations` */
export const inviteInput = z.object({ email, role: z.enum(roles) });

/** `POST /invitations/check` */
export const checkInvitationInput = z.object({ token: linkToken });

/** `POST /invitations/acceptance` */
export const acceptInvitationInput = z.object({
  token: linkToken,
  name: name.optional(),
  password: newPassword,
});

/** `PUT /users/:id/role` */
export const changeRoleInput = z.object({ role: z.enum(roles) });

/** `POST /datasets/:slug/shares` */
export const shareInput = z.object({ email, right: z.enum(rights) });

/** Who is signed in: part of the answer of `GET /session`. */
export const sessionShape = z
  .object({
    user: z.object({ id: z.uuid(), name: z.string(), email: z.string(), role: z.enum(roles) }),
    hasPassword: z.boolean().describe('Whether there is a password to change.'),
  })
  .meta({ id: 'Session' });
export type SessionView = z.infer<typeof sessionShape>;

/** Which sign-in options are available: the answer of `GET /setup`. */
export const setUpShape = z.object({
  needed: z.boolean().describe('True until the owner’s account is made.'),
  provider: z
    .string()
    .nullable()
    .describe('What the button of single sign-on says, or null where there is none.'),
});
export type SetUpView = z.infer<typeof setUpShape>;

export const browserShape = z
  .object({
    id: z.uuid(),
    current: z.boolean().describe('The browser that asks.'),
    agent: z.string().nullable(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Browser', description: 'A browser that is signed in.' });
export type BrowserView = z.infer<typeof browserShape>;

export const tokenShape = z
  .object({
    id: z.uuid(),
    name: z.string(),
    scopes: z.array(z.enum(scopes)),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    expired: z.boolean(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Token', description: 'An API token, without what it is.' });
export type TokenView = z.infer<typeof tokenShape>;

export const madeTokenShape = tokenShape
  .extend({ token: z.string() })
  .meta({ id: 'MadeToken', description: 'A token that was just made. It is shown this once.' });
export type MadeToken = z.infer<typeof madeTokenShape>;

export const invitationShape = z
  .object({
    id: z.uuid(),
    email: z.string(),
    role: z.enum(roles),
    invitedBy: z.string(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Invitation' });
export type InvitationView = z.infer<typeof invitationShape>;

export const madeInvitationShape = invitationShape
  .extend({ token: z.string() })
  .meta({ id: 'MadeInvitation', description: 'A link that was just made. Its secret is shown this once.' });
export type MadeInvitation = z.infer<typeof madeInvitationShape>;

/** What a link is for: the answer of `POST /invitations/check`. */
export const checkedInvitationShape = z.object({
  email: z.string(),
  invitedBy: z.string(),
  kind: z.enum(['account', 'password']),
});
export type CheckedInvitation = z.infer<typeof checkedInvitationShape>;

export const userShape = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    disabledAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    imports: z.int(),
    datasets: z.int(),
  })
  .meta({ id: 'User' });
export type UserView = z.infer<typeof userShape>;

export const removedUserShape = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string().describe('Not theirs, which went with the account: what `POST …/purge` asks for.'),
    removedAt: z.iso.datetime(),
    imports: z.int(),
  })
  .meta({ id: 'RemovedUser', description: 'Somebody without an account, whose imports bear the name.' });
export type RemovedUserView = z.infer<typeof removedUserShape>;

const next = z.string().nullable().describe('Pass as `after` for the next page; null at the end.');

/** Answer of `GET /users` */
export const usersPageShape = z.object({ users: z.array(userShape), next });
export type UsersPage = z.infer<typeof usersPageShape>;

/** Answer of `GET /removed-users` */
export const removedPageShape = z.object({ users: z.array(removedUserShape), next });
export type RemovedPage = z.infer<typeof removedPageShape>;

/** Answer of `GET /invitations` */
export const invitationPageShape = z.object({
  invitations: z.array(invitationShape),
  next: z.string().nullable().describe('Pass as `before` for the next page; null at the end.'),
});
export type InvitationPage = z.infer<typeof invitationPageShape>;

export const shareShape = z
  .object({
    user: z.object({ id: z.uuid(), name: z.string(), email: z.string() }),
    right: z.enum(rights),
  })
  .meta({ id: 'Share', description: 'Somebody’s right to a dataset.' });
export type ShareView = z.infer<typeof shareShape>;
