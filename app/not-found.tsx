import Link from 'next/link';
import { Mark } from '@/components/shell/logo';
import { Button } from '@/components/ui/button';

export default function NotFound() {
  return (
    <div className="mx-auto max-w-md px-6 pt-24 text-center">
      <Mark className="mx-auto size-12" />
      <h1 className="mt-6 text-2xl font-semibold tracking-tight">There is no such page</h1>
      <p className="mt-2 leading-relaxed text-muted">
        The address may be mistyped. Every import is in the history, and every dataset in the list of
        datasets.
      </p>
      <div className="mt-6 flex flex-wrap justify-center gap-2">
        <Button asChild variant="primary">
          <Link href="/imports">Go to the history</Link>
        </Button>
        <Button asChild>
          <Link href="/datasets">Go to the datasets</Link>
        </Button>
      </div>
    </div>
  );
}
