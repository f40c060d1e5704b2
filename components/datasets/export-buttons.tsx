'use client';

import { Download } from 'lucide-react';
import { useId, useState } from 'react';
import { exportUrl } from '@/components/api/datasets';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/form/checkbox';

/** Downloads of the whole dataset, now or as of a moment of the past. Values leave as they came in, unless a spreadsheet must not run them. */
export function ExportButtons({ slug, at }: { slug: string; at: string | null }) {
  const id = useId();
  const [escaped, setEscaped] = useState(false);
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
          <a href={exportUrl(slug, 'csv', { escapeFormulas: escaped, at })} download>
            <Download aria-hidden />
            CSV
          </a>
        </Button>
        <Button asChild size="sm">
          <a href={exportUrl(slug, 'json', { at })} download>
            <Download aria-hidden />
            JSON
          </a>
        </Button>
      </div>
    </div>
  );
}
