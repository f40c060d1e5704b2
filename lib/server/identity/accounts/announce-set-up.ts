import { authEnv } from '@/lib/server/platform/env';
import { messageOf } from '@/lib/server/platform/errors';
import { log } from '@/lib/server/platform/log';
import { hasOwner } from './owner';
import { setUpCode } from './set-up-code';

/** Logs how to create the owner's account on a new server. `npm start` prints it itself. */
export async function announceSetUp(): Promise<void> {
  const { LOCAL_KEY, PUBLIC_URL } = authEnv();
  if (LOCAL_KEY) return;
  try {
    if (await hasOwner()) return;
    const address = new URL('/setup', PUBLIC_URL ?? 'http://this-server').href;
    log().warn(`Nobody has an account yet. Create the owner’s at ${address} with the code ${setUpCode()}`);
  } catch (error) {
    log().warn({ err: messageOf(error) }, 'whether there is an owner could not be looked up');
  }
}
