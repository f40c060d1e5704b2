'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useId, useState } from 'react';
import { api, sentenceOf } from '@/components/api/client';
import { formatMoment } from '@/components/format/moment';
import { Button } from '@/components/ui/button';
import { ShowOnceDialog } from '@/components/ui/dialog/show-once-dialog';
import { Checkbox } from '@/components/ui/form/checkbox';
import { CopyField } from '@/components/ui/form/copy-field';
import { Field, Select } from '@/components/ui/form/field';
import { LabelledInput } from '@/components/ui/form/labelled-input';
import { longestTokenDays, type Scope, scopes } from '@/lib/shared/schema/user/user-labels';
import { sayScope } from './say-scope';

const lifetimes: [days: number, words: string][] = [
  [7, '7 days'],
  [30, '30 days'],
  [90, '90 days'],
  [longestTokenDays, 'A year'],
];

/** Makes an API token and shows it, once. */
export function MakeTokenDialog() {
  const id = useId();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [days, setDays] = useState(30);
  // What `npm run import` needs.
  const [chosen, setChosen] = useState<readonly Scope[]>(scopes);
  const make = useMutation({
    mutationFn: () => api.post('/account/tokens', { body: { name, scopes: [...chosen], days } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['tokens'] }),
  });
  return (
    <ShowOnceDialog
      trigger={
        <Button size="sm">
          <Plus aria-hidden />
          Create token
        </Button>
      }
      asks={{
        title: 'Create an API token',
        about: 'A script with this token can do what you choose here, and nothing else.',
      }}
      submit="Create"
      complete={chosen.length > 0}
      make={make}
      reset={() => {
        setName('');
        setDays(30);
        setChosen(scopes);
      }}
      sentenceOf={sentenceOf}
      made={(token) => ({
        title: `“${token.name}” was created`,
        about: `Copy it now: it is not shown again. It expires on ${formatMoment(token.expiresAt)}.`,
        shown: (
          <CopyField
            label="Token"
            value={token.token}
            hint="Give it as SLUICE_TOKEN to the command line, or as “Authorization: Bearer …” to the API."
          />
        ),
      })}
    >
      <LabelledInput
        label="Name"
        hint="What will use it."
        required
        maxLength={100}
        autoComplete="off"
        placeholder="Nightly import"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <fieldset>
        <legend className="mb-1.5 text-[13px] font-medium">Permissions</legend>
        <div className="space-y-2">
          {scopes.map((scope) => (
            <div key={scope} className="flex items-center gap-2.5 text-sm">
              <Checkbox
                id={`${id}-${scope}`}
                checked={chosen.includes(scope)}
                onCheckedChange={(now) =>
                  setChosen(
                    scopes.filter((known) => (known === scope ? now === true : chosen.includes(known))),
                  )
                }
              />
              <label htmlFor={`${id}-${scope}`}>
                {sayScope(scope)} <code className="text-[12px] text-muted">{scope}</code>
              </label>
            </div>
          ))}
        </div>
      </fieldset>
      <Field label="Expires after" htmlFor={`${id}-days`}>
        <Select id={`${id}-days`} value={days} onChange={(event) => setDays(Number(event.target.value))}>
          {lifetimes.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
      </Field>
    </ShowOnceDialog>
  );
}
