const ending = '@removed';

/**
 * What stands for the address of somebody whose account is gone. It has to be unique like any other, and nobody else's:
 * an address that somebody can have would keep this person from being removed.
 */
export const removedAddress = (userId: string) => `${userId}${ending}`;

/** True of what only a removed account may have. Invitations refuse it by themselves: its domain has no dot. */
export const isRemovedAddress = (email: string) => email.toLowerCase().endsWith(ending);
