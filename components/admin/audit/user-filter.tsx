'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listUsers } from '@/components/api/users';
import { Combobox } from '@/components/ui/form/combobox';
import { narrow } from './choice';

/** Whose events are shown. Those without an account any more are chosen by a link to them. */
export function UserFilter({ id, chosen, name }: { id: string; chosen?: string; name?: string | null }) {
  const [typed, setTyped] = useState<string | null>(null);
  const q = (typed ?? '').trim();
  const people = useQuery({
    queryKey: ['people', 'first', q],
    queryFn: ({ signal }) => listUsers(q, null, signal),
    placeholderData: keepPreviousData,
  });
  const known = people.data?.users ?? [];
  const standing = chosen ? (name ?? known.find((it) => it.id === chosen)?.name ?? chosen) : '';
  return (
    <Combobox
      id={id}
      listLabel="People"
      placeholder="Everybody"
      invalid={false}
      value={typed ?? standing}
      options={known.map((it) => ({ value: it.name, key: it.id, about: it.email }))}
      onTake={({ key }) => {
        setTyped(null);
        narrow({ person: key ?? '' });
      }}
      onChange={(text) => {
        setTyped(text === '' ? null : text);
        if (text === '') narrow({ person: '' });
      }}
    />
  );
}
