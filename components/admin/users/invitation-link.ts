import type { MadeInvitation } from '@/lib/shared/schema/user/users';

/** Link with an invitation's secret, in the fragment (#), which browsers never send. */
export function invitationLink({ token }: MadeInvitation): string {
  return `${window.location.origin}/invitation#${token}`;
}
