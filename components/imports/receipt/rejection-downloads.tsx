import { Download } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { addressOf } from '@/lib/shared/api/client';
import { fitsWorkbook } from '@/lib/shared/schema/file/workbook-limits';
import type { ImportView } from '@/lib/shared/schema/import/import';

/** All rejected rows as a file, in each form that can hold them. */
export function RejectionDownloads({ view }: { view: ImportView }) {
  const formats = fitsWorkbook(view.rows.rejected) ? (['xlsx', 'csv'] as const) : (['csv'] as const);
  return formats.map((format) => (
    <Button asChild size="sm" key={format}>
      <a
        href={addressOf('/imports/{id}/rejections/export', { path: { id: view.id }, query: { format } })}
        download
      >
        <Download aria-hidden />
        Download all ({format === 'csv' ? 'CSV' : 'Excel'})
      </a>
    </Button>
  ));
}
