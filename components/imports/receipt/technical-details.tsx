'use client';

import { ChevronDown, Copy } from 'lucide-react';
import { formatCount } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toaster';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { Fact, Lines } from './fact';
import { attemptsOf, resumptions } from './resumptions';

/** What an administrator asks for; on paper it is always there. */
export function TechnicalDetails({ view }: { view: ImportDetails }) {
  const { file, attempts, peakRssMb } = view;
  if (file.sha256 === null && attempts === 0 && peakRssMb === null) return null;
  return (
    <details className="group border-t border-line print:[&::details-content]:[block-size:auto] print:[&::details-content]:[content-visibility:visible]">
      <summary className="flex items-center justify-between gap-4 px-5 py-3.5 text-sm font-medium marker:content-none sm:px-6">
        Technical details
        <ChevronDown
          aria-hidden
          className="size-4 text-muted transition-transform group-open:rotate-180 print:hidden"
        />
      </summary>
      <dl className="divide-y divide-line border-t border-line text-sm">
        {file.sha256 !== null && (
          <Fact name="SHA-256">
            <Sha256 digest={file.sha256} />
          </Fact>
        )}
        {attempts > 0 && (
          <Fact name="Attempts">
            {formatCount(attemptsOf(view))}
            <Lines lines={resumptions(view)} muted />
          </Fact>
        )}
        {peakRssMb !== null && <Fact name="Peak worker memory">{formatCount(peakRssMb)} MB</Fact>}
      </dl>
    </details>
  );
}

function Sha256({ digest }: { digest: string }) {
  const toast = useToast();
  // Over plain HTTP from another machine, browsers offer pages no clipboard.
  const copy = () =>
    Promise.resolve(digest)
      .then((text) => navigator.clipboard.writeText(text))
      .then(
        () => toast({ tone: 'ok', title: 'Copied' }),
        () =>
          toast({ tone: 'danger', title: 'Could not copy', about: 'Select the text and copy it by hand.' }),
      );
  return (
    <span className="flex items-start gap-1">
      <code className="min-w-0 font-mono text-[13px] leading-relaxed break-all max-sm:[&>span]:max-w-[16ch] [&>span]:inline-block">
        <span>{digest.slice(0, 32)}</span>
        <span>{digest.slice(32)}</span>
      </code>
      <Button
        variant="ghost"
        size="icon"
        aria-label="Copy the SHA-256"
        className="-my-1.5"
        onClick={() => void copy()}
      >
        <Copy aria-hidden />
      </Button>
    </span>
  );
}
