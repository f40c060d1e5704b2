import { AppError } from '@/lib/server/platform/errors';
import { currentRequestSource } from '@/lib/server/platform/request-source';

/**
 * For what a token may not do in a request that it may otherwise make: only persons who are signed in change datasets.
 * @throws AppError `forbidden` when an API token created the request that is being answered
 */
export function refuseApiToken(): void {
  if (currentRequestSource().via?.startsWith('token:'))
    throw new AppError(
      'forbidden',
      'An API token cannot change the columns of a dataset. Sign in and do it on the page.',
    );
}
