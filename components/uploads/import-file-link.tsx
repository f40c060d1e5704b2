import { Upload } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';

/** The way to the start page, where files are dropped. */
export function ImportFileLink() {
  return (
    <Button asChild variant="primary">
      <Link href="/">
        <Upload aria-hidden />
        Import a file
      </Link>
    </Button>
  );
}
