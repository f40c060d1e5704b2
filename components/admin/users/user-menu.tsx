'use client';

import { Ellipsis } from 'lucide-react';
import { AlertDialog, DropdownMenu } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { api } from '@/components/api/client';
import { formatCountOf } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog/dialog';
import { CopyField } from '@/components/ui/form/copy-field';
import type { UserView } from '@/lib/shared/schema/user/users';
import { invitationLink } from './invitation-link';
import { PurgeDialog } from './purge-dialog';
import { useUsersAction } from './use-users-action';

type Question = 'role' | 'disable' | 'remove';

const item =
  'cursor-pointer rounded-lg px-3 py-2 text-sm outline-none data-[disabled]:cursor-default data-[disabled]:opacity-50 data-[highlighted]:bg-accent-soft';

/** What an administrator can do with somebody's account. */
export function UserMenu({ person, isSelf }: { person: UserView; isSelf: boolean }) {
  const [question, setQuestion] = useState<Question | null>(null);
  const [purging, setPurging] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const enable = useUsersAction(
    () => api.delete('/users/{id}/disablement', { params: { path: { id: person.id } } }),
    `${person.name} is still disabled`,
  );
  const renew = useUsersAction(
    () => api.post('/users/{id}/password-link', { params: { path: { id: person.id } } }),
    'The link was not created',
  );
  const other = person.role === 'ADMIN' ? 'a member' : 'an administrator';
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger asChild>
          <Button variant="ghost" size="icon" aria-label={`Actions for ${person.name}`}>
            <Ellipsis aria-hidden />
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="end"
            className="z-40 w-60 rounded-xl border border-line bg-surface p-1 text-left shadow-2xl"
          >
            <DropdownMenu.Item className={item} onSelect={() => setQuestion('role')}>
              Make {other}…
            </DropdownMenu.Item>
            <DropdownMenu.Item
              className={item}
              onSelect={() => renew.mutate(undefined, { onSuccess: (made) => setLink(invitationLink(made)) })}
            >
              Link for a new password…
            </DropdownMenu.Item>
            <DropdownMenu.Separator className="mx-1 my-1 h-px bg-line" />
            {person.disabledAt ? (
              <DropdownMenu.Item className={item} onSelect={() => enable.mutate(undefined)}>
                Enable
              </DropdownMenu.Item>
            ) : (
              <DropdownMenu.Item className={item} disabled={isSelf} onSelect={() => setQuestion('disable')}>
                Disable…
              </DropdownMenu.Item>
            )}
            <DropdownMenu.Item
              className={`${item} text-danger`}
              disabled={isSelf}
              onSelect={() => setQuestion('remove')}
            >
              Remove…
            </DropdownMenu.Item>
            <DropdownMenu.Item
              className={`${item} text-danger`}
              disabled={isSelf}
              onSelect={() => setPurging(true)}
            >
              Delete with all data…
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <UserQuestion person={person} question={question} onClose={() => setQuestion(null)} />
      <PurgeDialog person={person} open={purging} onOpenChange={setPurging} />
      <Dialog
        open={link !== null}
        onOpenChange={() => setLink(null)}
        title={`A new password for ${person.name}`}
        about="Send this link to nobody else: whoever opens it sets the password, which signs every browser out and revokes all API tokens of the account. It works once, within a day, and is not shown again."
      >
        <CopyField label="Link" value={link ?? ''} />
      </Dialog>
    </>
  );
}

function UserQuestion({
  person,
  question,
  onClose,
}: {
  person: UserView;
  question: Question | null;
  onClose: () => void;
}) {
  const { id, name, role } = person;
  const params = { path: { id } };
  const turned = role === 'ADMIN' ? 'MEMBER' : 'ADMIN';
  const turn = useUsersAction(
    () => api.put('/users/{id}/role', { params, body: { role: turned } }),
    'The role was not changed',
  );
  const disable = useUsersAction(
    () => api.post('/users/{id}/disablement', { params }),
    `${name} was not disabled`,
  );
  const remove = useUsersAction(() => api.delete('/users/{id}', { params }), `${name} was not removed`);
  const imports = formatCountOf(person.imports, 'import');
  const datasets = formatCountOf(person.datasets, 'dataset');
  const ask = (): { title: string; about: ReactNode; confirm: string; go: () => void } => {
    switch (question) {
      case 'disable':
        return {
          title: `Disable ${name}?`,
          about: `${name} is signed out everywhere at once and cannot sign in, and all API tokens are revoked for good. ${imports} and ${datasets} stay as they are, and what is under way goes on. You can enable the account again at any time.`,
          confirm: 'Disable',
          go: () => disable.mutate(undefined),
        };
      case 'remove':
        return {
          title: `Remove ${name}?`,
          about: `The account is deleted permanently, with its password and all its rights. ${imports} stay in their datasets, under the name ${name}, since their receipts say who made them. ${datasets} become yours. To keep the account, disable it instead.`,
          confirm: 'Remove permanently',
          go: () => remove.mutate(undefined),
        };
      default:
        return {
          title: turned === 'ADMIN' ? `Make ${name} an administrator?` : `Make ${name} a member?`,
          about:
            turned === 'ADMIN'
              ? 'An administrator sees and may change everything: all imports, all datasets, all users.'
              : `${name} will see only own imports, own datasets, and datasets that are shared.`,
          confirm: turned === 'ADMIN' ? 'Make administrator' : 'Make member',
          go: () => turn.mutate(undefined),
        };
    }
  };
  const { title, about, confirm, go } = ask();
  return (
    <AlertDialog.Root open={question !== null} onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <AlertDialog.Content className="fixed top-1/2 left-1/2 z-50 w-[min(28rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-2xl border border-line bg-surface p-6 text-left shadow-2xl">
          <AlertDialog.Title className="text-lg font-semibold tracking-tight [overflow-wrap:anywhere]">
            {title}
          </AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-sm leading-relaxed [overflow-wrap:anywhere] text-muted">
            {about}
          </AlertDialog.Description>
          <div className="mt-6 flex flex-wrap justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>Go back</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild onClick={go}>
              <Button variant={question === 'role' ? 'primary' : 'danger'}>{confirm}</Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
