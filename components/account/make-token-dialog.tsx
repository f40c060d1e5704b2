'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useId, useState } from 'react';
import { makeToken } from '@/components/api/account';
import { sentenceOf } from '@/components/api/client';
import { formatMoment } from '@/components/format/moment';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog/dialog';
import { Checkbox } from '@/components/ui/form/checkbox';
import { CopyField } from '@/components/ui/form/copy-field';
import { Field, Input, Select } from '@/components/ui/form/field';
import { longestTokenDays, type Scope, scopes } from '@/lib/shared/schema/user-labels';
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
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [days, setDays] = useState(30);
  // What `npm run import` needs.
  const [chosen, setChosen] = useState<readonly Scope[]>(scopes);
  const make = useMutation({
    mutationFn: () => makeToken({ name, scopes: [...chosen], days }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['tokens'] }),
  });
  const begin = (now: boolean) => {
    setOpen(now);
    setName('');
    setDays(30);
    setChosen(scopes);
    make.reset();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={begin}
      trigger={
        <Button size="sm">
          <Plus aria-hidden />
          Create token
        </Button>
      }
      title={make.data ? `“${make.data.name}” was created` : 'Create an API token'}
      about={
        make.data
          ? `Copy it now: it is not shown again. It expires on ${formatMoment(make.data.expiresAt)}.`
          : 'A script with this token can do what you choose here, and nothing else.'
      }
    >
      {make.data ? (
        <CopyField
          label="Token"
          value={make.data.token}
          hint="Give it as SLUICE_TOKEN to the command line, or as “Authorization: Bearer …” to the API."
        />
      ) : (
        <form
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            make.mutate();
          }}
        >
          <Field label="Name" htmlFor={`${id}-name`} hint="What will use it." hintId={`${id}-hint`}>
            <Input
              id={`${id}-name`}
              required
              maxLength={100}
              autoComplete="off"
              placeholder="Nightly import"
              aria-describedby={`${id}-hint`}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
          <fieldset>
            <legend className="mb-1.5 text-[13px] font-medium">Permissions</legend>
            <div className="space-y-2">
              {scopes.map((scope) => (
                <div key={scope} className="flex items-center gap-2.5 text-sm">
                  <Checkbox
                    id={`${id}-${scope}`}
                    checked={chosen.includes(scope)}
                    onCheckedChange={(now) =>
                      setChosen(scopes.filter((it) => (it === scope ? now === true : chosen.includes(it))))
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
          {make.error && (
            <p role="alert" className="text-sm text-danger">
              {sentenceOf(make.error)}
            </p>
          )}
          <Button type="submit" variant="primary" disabled={make.isPending || chosen.length === 0}>
            Create
          </Button>
        </form>
      )}
    </Dialog>
  );
}
