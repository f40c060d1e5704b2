'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/components/api/client';
import { Combobox } from '@/components/ui/form/combobox';
import { narrow } from './choice';

/** Whose events are shown. Those without an account any more are chosen by a link to them. */
export function UserFilter({ id, chosen, name }: { id: string; chosen?: string; name?: string | null }) {
  const [typed, setTyped] = useState<string | null>(null);
  const q = (typed ?? '').trim();
  const people = useQuery({
    queryKey: ['people', 'first', q],
    queryFn: ({ signal }) => api.get('/users', { params: { query: { q } }, signal }),
    placeholderData: keepPreviousData,
  });
  const known = people.data?.users ?? [];
  const standing = chosen ? (name ?? known.find((user) => user.id === chosen)?.name ?? chosen) : '';
  return (
    <Combobox
      id={id}
      listLabel="Users"
      placeholder="Everybody"
      invalid={false}
      value={typed ?? standing}
      options={known.map((user) => ({ value: user.name, key: user.id, about: user.email }))}
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
