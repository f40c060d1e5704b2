'use client';

import { Download } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/form/checkbox';
import { addressOf, type Query } from '@/lib/shared/api/client';

/** Downloads of the whole dataset, now or as of a moment of the past. Values leave as they came in, unless a spreadsheet must not run them. */
export function ExportButtons({ slug, at }: { slug: string; at: string | null }) {
  const id = useId();
  const [escaped, setEscaped] = useState(false);
  const address = (query: Query<'/datasets/{slug}/export'>) =>
    addressOf('/datasets/{slug}/export', { path: { slug }, query: { ...query, at: at ?? undefined } });
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <label
        htmlFor={id}
        title="Puts an apostrophe before cells that begin with =, +, - or @, so that Excel does not run them"
        className="flex items-center gap-2 text-[13px] text-muted"
      >
        <Checkbox id={id} checked={escaped} onCheckedChange={(checked) => setEscaped(checked === true)} />
        Escape formulas in CSV
      </label>
      <div className="flex gap-2">
        <Button asChild size="sm">
          <a href={address({ format: 'csv', escape: escaped ? 'formulas' : undefined })} download>
            <Download aria-hidden />
            CSV
          </a>
        </Button>
        <Button asChild size="sm">
          <a href={address({ format: 'json' })} download>
            <Download aria-hidden />
            JSON
          </a>
        </Button>
      </div>
    </div>
  );
}
