'use client';

import { Check, Copy } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '../button';
import { Field, Input } from './field';

/** A text that is there to be copied. */
export function CopyField({ label, hint, value }: { label: string; hint?: string; value: string }) {
  const id = useId();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      // Without HTTPS browsers keep the clipboard closed: the text is selected, to be copied by hand.
      const input = document.getElementById(id);
      if (input instanceof HTMLInputElement) input.select();
      return;
    }
    setCopied(true);
  };
  return (
    <Field label={label} htmlFor={id} hint={hint} hintId={`${id}-hint`}>
      <span className="flex gap-2">
        <Input
          id={id}
          readOnly
          value={value}
          aria-describedby={hint ? `${id}-hint` : undefined}
          className="font-mono text-[13px]"
          onFocus={(event) => event.target.select()}
        />
        <Button className="h-9" onClick={() => void copy()}>
          {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
        </Button>
      </span>
    </Field>
  );
}
