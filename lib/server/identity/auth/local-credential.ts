import { timingSafeEqual } from 'node:crypto';
import { authEnv } from '@/lib/server/platform/env';
import { noteCredential } from '@/lib/server/platform/request-source';
import type { User } from '@/lib/server/platform/user';
import { placeholderOwner } from '../accounts/owner';
import { localPrefix, localSignature } from './sign-credential';

export const isLocalCredential = (credential: string) => credential.startsWith(localPrefix);

/**
 * Who uses the command line in the folder of this Sluice: its owner. Only npm start hands a key down; a server
 * without one takes no such credential.
 */
export async function userOfLocalCredential(credential: string): Promise<User | null> {
  const { LOCAL_KEY } = authEnv();
  const [, expiry = '', signature = ''] = credential.split('.');
  if (!LOCAL_KEY || !/^\d{1,12}$/.test(expiry) || Number(expiry) * 1000 < Date.now()) return null;
  const [given, right] = [Buffer.from(signature), Buffer.from(localSignature(LOCAL_KEY, expiry))];
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  noteCredential('local');
  return placeholderOwner();
}
