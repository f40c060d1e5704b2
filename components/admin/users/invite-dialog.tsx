'use client';

import { UserPlus } from 'lucide-react';
import { useId, useState } from 'react';
import { sentenceOf } from '@/components/api/client';
import { invitationLink, invite } from '@/components/api/users';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog/dialog';
import { CopyField } from '@/components/ui/form/copy-field';
import { Field, Input, Select } from '@/components/ui/form/field';
import type { RoleName } from '@/lib/shared/schema/user-labels';
import { useUsersAction } from './use-users-action';

/** Makes an invitation and shows its link, to be sent by whatever way the administrator likes. */
export function InviteDialog() {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<RoleName>('MEMBER');
  const make = useUsersAction(() => invite(email, role), 'The invitation was not created');
  const begin = (now: boolean) => {
    setOpen(now);
    setEmail('');
    setRole('MEMBER');
    make.reset();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={begin}
      trigger={
        <Button variant="primary">
          <UserPlus aria-hidden />
          Invite somebody
        </Button>
      }
      title="Invite somebody"
      about={
        make.data
          ? `Send this link to ${make.data.email} only: whoever opens it makes the account. It works once, within a week, and is not shown again.`
          : 'You get a link to send. Sluice sends no mail itself.'
      }
    >
      {make.data ? (
        <CopyField label="Link" value={invitationLink(make.data)} />
      ) : (
        <form
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            make.mutate(undefined);
          }}
        >
          <Field label="E-mail address" htmlFor={`${id}-email`}>
            <Input
              id={`${id}-email`}
              type="email"
              required
              autoComplete="off"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          </Field>
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
          {make.error && (
            <p role="alert" className="text-sm text-danger">
              {sentenceOf(make.error)}
            </p>
          )}
          <Button type="submit" variant="primary" disabled={make.isPending}>
            Create link
          </Button>
        </form>
      )}
    </Dialog>
  );
}
