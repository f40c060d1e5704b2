import type { Prisma } from '@/lib/server/platform/db/client';
import type { InvitationView } from '@/lib/shared/schema/users';

/** What a view needs to know of an invitation: for Prisma's `include`. */
export const viewed = { invitedBy: { select: { name: true } } } satisfies Prisma.InvitationInclude;

/** An invitation as administrators see it: never its secret. */
export function invitationView(it: Prisma.InvitationGetPayload<{ include: typeof viewed }>): InvitationView {
  return {
    id: it.id,
    email: it.email,
    role: it.role,
    invitedBy: it.invitedBy.name,
    createdAt: it.createdAt.toISOString(),
    expiresAt: it.expiresAt.toISOString(),
  };
}
