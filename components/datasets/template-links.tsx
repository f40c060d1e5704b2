import { FileDown } from 'lucide-react';
import { addressOf } from '@/lib/shared/api/client';

const look =
  'inline-flex items-center gap-1.5 rounded font-medium text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent [&_svg]:size-4';

/** A dataset's example files, to be filled in and imported. */
export function TemplateLinks({ slug }: { slug: string }) {
  const address = (format: 'xlsx' | 'csv') =>
    addressOf('/datasets/{slug}/template', { path: { slug }, query: { format } });
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px]">
      <span className="text-muted">A file to fill in:</span>
      <a href={address('xlsx')} download className={look}>
        <FileDown aria-hidden />
        Excel template
      </a>
      <a href={address('csv')} download className={look}>
        <FileDown aria-hidden />
        CSV template
      </a>
    </span>
  );
}
