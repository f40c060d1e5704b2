'use client';

import { useState } from 'react';
import { formatCount } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { formatWords, ruleWords, typeLabel } from '@/lib/shared/columns/labels';
import type { DatasetColumnView, DatasetView } from '@/lib/shared/schema/dataset/dataset';
import { TemplateLinks } from '../template-links';
import { ColumnSettings } from './column-settings';

/** So many are drawn before somebody asks for the rest. */
const shownFirst = 25;

/** What a dataset's columns take, and the files to fill in. */
export function ColumnsCard({ dataset }: { dataset: DatasetView }) {
  const [all, setAll] = useState(false);
  const { columns, key } = dataset;
  const shown = all ? columns : columns.slice(0, shownFirst);
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="Columns"
        about="What a file must contain. Rows that break a rule are rejected."
        actions={<TemplateLinks slug={dataset.slug} />}
      />
      <ul aria-label="Columns" className="divide-y divide-line border-t border-line">
        {shown.map((column) => (
          <ColumnItem key={column.id} dataset={dataset} column={column} isKey={key.includes(column.name)} />
        ))}
      </ul>
      {shown.length < columns.length && (
        <div className="border-t border-line px-5 py-3 sm:px-6">
          <Button size="sm" variant="ghost" onClick={() => setAll(true)}>
            Show all {formatCount(columns.length)} columns
          </Button>
        </div>
      )}
    </Card>
  );
}

function ColumnItem({
  dataset,
  column,
  isKey,
}: {
  dataset: DatasetView;
  column: DatasetColumnView;
  isKey: boolean;
}) {
  const { name, type, rules, format, synonyms } = column;
  const words = [isKey ? 'key column' : '', ...ruleWords(rules), ...formatWords(format)].filter(Boolean);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-5 py-2.5 text-sm sm:px-6">
      <span className="min-w-0 basis-48 truncate font-medium" title={name}>
        {name}
      </span>
      <span className="basis-36 text-muted">{typeLabel(type)}</span>
      <span className="min-w-0 flex-1 basis-40 text-[13px] [overflow-wrap:anywhere] text-muted">
        {words.join(' · ')}
        {synonyms.length > 0 && (
          <span className="block">Also called {synonyms.map((word) => `“${word}”`).join(', ')}</span>
        )}
      </span>
      {dataset.right === 'MANAGE' && <ColumnSettings dataset={dataset} column={column} />}
    </li>
  );
}
