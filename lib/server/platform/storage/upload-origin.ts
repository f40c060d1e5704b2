import { signPut } from './upload';

let known: string | undefined;

/**
 * Scheme, host and port that signed uploads go to, as the SDK itself makes them of endpoint, region, bucket and
 * path style: the one place outside this site that a page may connect to.
 */
export async function uploadOrigin(): Promise<string> {
  known ??= new URL(await signPut('imports/origin', 1)).origin;
  return known;
}
