import type { Prisma } from '@/lib/server/platform/db/client';
import type { InvitationView } from '@/lib/shared/schema/user/users';

/** What a view needs to know of an invitation: for Prisma's `include`. */
export const viewed = { invitedBy: { select: { name: true } } } satisfies Prisma.InvitationInclude;

/** An invitation as administrators see it: never its secret. */
export function invitationView(
  record: Prisma.InvitationGetPayload<{ include: typeof viewed }>,
): InvitationView {
  return {
    id: record.id,
    email: record.email,
    role: record.role,
    invitedBy: record.invitedBy.name,
    createdAt: record.createdAt.toISOString(),
    expiresAt: record.expiresAt.toISOString(),
  };
}
