import type { PurgePreview } from '@/lib/shared/schema/deletion';
import type { RightName, RoleName } from '@/lib/shared/schema/user-labels';
import type {
  InvitationPage,
  MadeInvitation,
  RemovedPage,
  ShareView,
  UsersPage,
} from '@/lib/shared/schema/users';
import { call, queryOf } from './client';

const user = (id: string) => `/api/users/${encodeURIComponent(id)}`;
const shares = (slug: string) => `/api/datasets/${encodeURIComponent(slug)}/shares`;

/** One page of those with an account, by name. @param q part of a name or an address */
export function listUsers(q: string, after: string | null, signal?: AbortSignal): Promise<UsersPage> {
  return call('GET', `/api/users?${queryOf({ q, after })}`, { signal });
}

/** One page of those whose account was removed, by name. */
export function listRemovedUsers(after: string | null, signal?: AbortSignal): Promise<RemovedPage> {
  return call('GET', `/api/users/removed?${queryOf({ after })}`, { signal });
}

export async function changeRole(id: string, role: RoleName): Promise<void> {
  await call('PUT', `${user(id)}/role`, { body: { role } });
}

/** Keeps somebody out, or lets them in again. */
export async function setDisabled(id: string, disabled: boolean): Promise<void> {
  await call(disabled ? 'PUT' : 'DELETE', `${user(id)}/disablement`);
}

/** Takes an account away for good. */
export async function removeUser(id: string): Promise<void> {
  await call('DELETE', user(id));
}

/** What would go with somebody. */
export function previewPurge(id: string, signal?: AbortSignal): Promise<PurgePreview> {
  return call('GET', `${user(id)}/purge`, { signal });
}

/** Deletes somebody with all that is theirs, for good. */
export async function purgeUser(id: string, email: string): Promise<void> {
  await call('POST', `${user(id)}/purge`, { body: { email } });
}

/** Makes a link for a new password. */
export function renewPassword(id: string): Promise<MadeInvitation> {
  return call('POST', `${user(id)}/password-link`);
}

/** One page of the invitations that can still be accepted, newest first. */
export function listInvitations(before: string | null, signal?: AbortSignal): Promise<InvitationPage> {
  return call('GET', `/api/invitations?${queryOf({ before })}`, { signal });
}

/** Makes an invitation; its link is shown this once. */
export function invite(email: string, role: RoleName): Promise<MadeInvitation> {
  return call('POST', '/api/invitations', { body: { email, role } });
}

export async function withdrawInvitation(id: string): Promise<void> {
  await call('DELETE', `/api/invitations/${encodeURIComponent(id)}`);
}

/** Where an invitation's secret leads: behind #, which browsers send to nobody. */
export function invitationLink({ token }: MadeInvitation): string {
  return `${window.location.origin}/invitation#${token}`;
}

/** Who else may use a dataset. */
export async function listShares(slug: string, signal?: AbortSignal): Promise<ShareView[]> {
  return (await call<{ shares: ShareView[] }>('GET', shares(slug), { signal })).shares;
}

/** Gives somebody a right to a dataset, or another one than before. */
export async function share(slug: string, email: string, right: RightName): Promise<void> {
  await call('PUT', shares(slug), { body: { email, right } });
}

export async function unshare(slug: string, userId: string): Promise<void> {
  await call('DELETE', `${shares(slug)}/${encodeURIComponent(userId)}`);
}
