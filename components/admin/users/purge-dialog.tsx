'use client';

import { useQuery } from '@tanstack/react-query';
import { api, sentenceOf } from '@/components/api/client';
import { formatCountOf } from '@/components/format/count';
import { TypedConfirmDialog } from '@/components/ui/dialog/typed-confirm-dialog';
import { Skeleton } from '@/components/ui/skeleton';
import { formatBytes } from '@/lib/shared/format-bytes';
import type { PurgePreview } from '@/lib/shared/schema/user/deletion';
import type { RemovedUserView, UserView } from '@/lib/shared/schema/user/users';
import { useUsersAction } from './use-users-action';

/** Deletes somebody with all that is theirs, once it was shown what that is and the address is typed. */
export function PurgeDialog({
  person,
  open,
  onOpenChange,
}: {
  /** Without an account: removed before. What stood there of the address is gone, so the name is typed. */
  person: (UserView & { removedAt?: never }) | RemovedUserView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const { id, name, email, removedAt } = person;
  const preview = useQuery({
    queryKey: ['purge', id],
    queryFn: ({ signal }) => api.get('/users/{id}/purge', { params: { path: { id } }, signal }),
    enabled: open,
    staleTime: 0,
  });
  const purge = useUsersAction(
    () => api.post('/users/{id}/purge', { params: { path: { id } }, body: { email } }),
    `${name} was not deleted`,
  );
  const error = preview.error ?? purge.error;
  return (
    <TypedConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete ${name} with all data?`}
      about={
        removedAt
          ? 'This cannot be undone. The account is gone already; the name and the imports go as well.'
          : 'This cannot be undone. To keep the rows, remove the account instead; to keep all, disable it.'
      }
      wanted={removedAt ? name.trim() : email}
      what={removedAt ? 'the name' : 'the e-mail address'}
      confirm="Delete all data"
      busy={purge.isPending || !preview.data}
      error={error && sentenceOf(error)}
      onConfirm={() => purge.mutate(undefined, { onSuccess: () => onOpenChange(false) })}
    >
      {preview.isPending && <Skeleton className="mb-5 h-24" />}
      {preview.data && <Going preview={preview.data} />}
    </TypedConfirmDialog>
  );
}

function Going({ preview }: { preview: PurgePreview }) {
  const { datasets, imports, importsOfOthers, elsewhere, rows, bytes, sessions, tokens } = preview;
  return (
    <div className="mb-5 rounded-xl border border-danger/40 bg-danger-soft px-4 py-3 text-sm">
      <p className="font-medium">This deletes permanently, for everyone:</p>
      <ul className="mt-1.5 list-disc space-y-1 pl-5 [overflow-wrap:anywhere]">
        <li>
          the account, {formatCountOf(sessions, 'session')} and {formatCountOf(tokens, 'API token')}
        </li>
        <li>
          {formatCountOf(datasets.length, 'dataset')}
          {datasets.length > 0 && `: ${datasets.map(({ name }) => name).join(', ')}`}
          {importsOfOthers > 0 && `, with ${formatCountOf(importsOfOthers, 'import')} of other users`}
        </li>
        <li>
          {formatCountOf(imports, 'import')}
          {elsewhere > 0 &&
            `, ${elsewhere} of which into datasets of others, from which ${elsewhere === 1 ? 'its' : 'their'} rows go`}
        </li>
        <li>
          {formatCountOf(rows, 'row')}, and files of {formatBytes(bytes)}
        </li>
      </ul>
      <p className="mt-2 text-muted">
        The audit log keeps what was done, without the name and the addresses it came from.
      </p>
    </div>
  );
}
