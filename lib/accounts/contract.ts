import { z } from 'zod';
import {
  longestTokenDays,
  passwordLength,
  type RightName,
  type RoleName,
  rights,
  roles,
  type Scope,
  scopes,
} from './words';

/** What goes over the wire about people and their rights. Safe in a browser. */

const email = z.string().trim().toLowerCase().max(254).pipe(z.email('It is not an e-mail address'));
const name = z.string().trim().min(1, 'It may not be empty').max(100);
const newPassword = z
  .string()
  .min(passwordLength.min, `It has to have at least ${passwordLength.min} characters`)
  .max(passwordLength.max, `It may have at most ${passwordLength.max} characters`);
const linkToken = z.string().min(1).max(200);

/** `POST /api/session` */
export const signInInput = z.object({
  email: z.string().trim().max(254),
  password: z.string().min(1).max(1_000),
});

/** `POST /api/setup` */
export const makeOwnerInput = z.object({ code: z.string().max(100), name, email, password: newPassword });
export type MakeOwnerInput = z.output<typeof makeOwnerInput>;

/** `PUT /api/account` */
export const renameInput = z.object({ name });

/** `PUT /api/account/password` */
export const changePasswordInput = z.object({
  currentPassword: z.string().min(1).max(1_000),
  newPassword,
});

/** `POST /api/account/tokens` */
export const makeTokenInput = z.object({
  name,
  scopes: z
    .array(z.enum(scopes))
    .min(1, 'Choose at least one')
    .transform((chosen) => [...new Set(chosen)]),
  days: z.number().int().min(1).max(longestTokenDays, `A token lives at most ${longestTokenDays} days`),
});
export type MakeTokenInput = z.output<typeof makeTokenInput>;

/** `POST /api/invitations` */
export const inviteInput = z.object({ email, role: z.enum(roles) });

/** `POST /api/invitations/check` */
export const checkInvitationInput = z.object({ token: linkToken });

/** `POST /api/invitations/acceptance` */
export const acceptInvitationInput = z.object({
  token: linkToken,
  name: name.optional(),
  password: newPassword,
});

/** `PUT /api/users/:id/role` */
export const changeRoleInput = z.object({ role: z.enum(roles) });

/** `PUT /api/datasets/:slug/shares` */
export const shareInput = z.object({ email, right: z.enum(rights) });

/** Who is signed in: the answer of `GET /api/session`. */
export interface SessionView {
  user: { id: string; name: string; email: string; role: RoleName };
  /** Whether there is a password to change. */
  hasPassword: boolean;
}

/** How one may come in: the answer of `GET /api/setup`. */
export interface SetUpView {
  /** True until the owner's account is made. */
  needed: boolean;
  /** What the button of single sign-on says, or null where there is none. */
  provider: string | null;
}

/** A browser that is signed in. */
export interface BrowserView {
  id: string;
  /** The browser that asks. */
  current: boolean;
  agent: string | null;
  createdAt: string;
  expiresAt: string;
}

/** An API token, without what it is. */
export interface TokenView {
  id: string;
  name: string;
  scopes: Scope[];
  createdAt: string;
  expiresAt: string;
  expired: boolean;
  lastUsedAt: string | null;
}

/** A token that was just made. It is shown this once. */
export interface MadeToken extends TokenView {
  token: string;
}

export interface InvitationView {
  id: string;
  email: string;
  role: RoleName;
  invitedBy: string;
  createdAt: string;
  expiresAt: string;
}

/** A link that was just made. Its secret is shown this once. */
export interface MadeInvitation extends InvitationView {
  token: string;
}

/** What a link is for: the answer of `POST /api/invitations/check`. */
export interface CheckedInvitation {
  email: string;
  invitedBy: string;
  kind: 'account' | 'password';
}

export interface UserView {
  id: string;
  name: string;
  email: string;
  role: RoleName;
  disabledAt: string | null;
  createdAt: string;
  imports: number;
  datasets: number;
}

/** Somebody's right to a dataset. */
export interface ShareView {
  user: { id: string; name: string; email: string };
  right: RightName;
}
