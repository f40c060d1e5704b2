'use client';

import { UserPlus } from 'lucide-react';
import { useId, useState } from 'react';
import { api, sentenceOf } from '@/components/api/client';
import { Button } from '@/components/ui/button';
import { ShowOnceDialog } from '@/components/ui/dialog/show-once-dialog';
import { CopyField } from '@/components/ui/form/copy-field';
import { Field, Select } from '@/components/ui/form/field';
import { LabelledInput } from '@/components/ui/form/labelled-input';
import type { RoleName } from '@/lib/shared/schema/user/user-labels';
import { invitationLink } from './invitation-link';
import { useUsersAction } from './use-users-action';

/** Creates an invitation and shows its link, which the administrator sends. */
export function InviteDialog() {
  const id = useId();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<RoleName>('MEMBER');
  const make = useUsersAction(
    () => api.post('/invitations', { body: { email, role } }),
    'The invitation was not created',
  );
  return (
    <ShowOnceDialog
      trigger={
        <Button variant="primary">
          <UserPlus aria-hidden />
          Invite somebody
        </Button>
      }
      asks={{ title: 'Invite somebody', about: 'You get a link to send. Sluice sends no mail itself.' }}
      submit="Create link"
      make={make}
      reset={() => {
        setEmail('');
        setRole('MEMBER');
      }}
      sentenceOf={sentenceOf}
      made={(invitation) => ({
        title: 'Invite somebody',
        about: `Send this link to ${invitation.email} only: whoever opens it makes the account. It works once, within a week, and is not shown again.`,
        shown: <CopyField label="Link" value={invitationLink(invitation)} />,
      })}
    >
      <LabelledInput
        label="E-mail address"
        type="email"
        required
        autoComplete="off"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Field label="Role" htmlFor={`${id}-role`}>
        <Select
          id={`${id}-role`}
          value={role}
          onChange={(event) => setRole(event.target.value === 'ADMIN' ? 'ADMIN' : 'MEMBER')}
        >
          <option value="MEMBER">Member: own imports, and datasets that are shared</option>
          <option value="ADMIN">Administrator: everything</option>
        </Select>
      </Field>
    </ShowOnceDialog>
  );
}
