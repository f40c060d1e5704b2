import { z } from 'zod';
import { db } from '../db/client';
import { AppError } from '../errors';
import { usable } from './token';

/** Makes an invitation's link useless. @throws AppError `not-found` */
export async function withdrawInvitation(id: string): Promise<void> {
  const { count } = z.uuid().safeParse(id).success
    ? await db().invitation.deleteMany({ where: { id, ...usable() } })
    : { count: 0 };
  if (count === 0) throw new AppError('not-found', 'There is no such invitation.');
}
