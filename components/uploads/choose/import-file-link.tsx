import { Upload } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';

/**
 * The way to the start page, where files are dropped.
 * @param into the dataset that they go into, by its slug; without it, that is chosen later
 */
export function ImportFileLink({ into }: { into?: string }) {
  return (
    <Button asChild variant="primary">
      <Link href={into === undefined ? '/' : `/?into=${encodeURIComponent(into)}`}>
        <Upload aria-hidden />
        Import a file
      </Link>
    </Button>
  );
}
