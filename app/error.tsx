'use client';

import { Button } from '@/components/ui/button';

/** A page that broke: uploads and imports go on, only the page has to be shown again. */
export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <div role="alert" className="mx-auto max-w-md px-6 pt-24 text-center">
      <h1 className="text-2xl font-semibold tracking-tight">This page stopped working</h1>
      <p className="mt-2 leading-relaxed text-muted">
        Imports that are under way are not affected. Show the page again; if it breaks once more, tell your
        administrator what you did.
      </p>
      {error.digest && <p className="mt-2 font-mono text-xs text-muted">Code {error.digest}</p>}
      <div className="mt-6">
        <Button variant="primary" onClick={reset}>
          Show the page again
        </Button>
      </div>
    </div>
  );
}
