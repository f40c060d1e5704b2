'use client';

import { useId } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Select } from '@/components/ui/form/field';
import { fixedWidth } from '@/lib/shared/csv/dialect';
import { encodingNames } from '@/lib/shared/csv/encoding/names';
import { rowRange } from '@/lib/shared/csv/header-rows';
import { foreignNames } from '@/lib/shared/formats/foreign';
import type { LayoutView } from '@/lib/shared/schema/file/layout';
import type { ChoosingStep } from '@/lib/shared/schema/import/draft';
import { headerChosen, type LayoutChanges } from './use-layout';

const encodings = [...encodingNames];

const delimiters = [
  [',', 'Comma'],
  [';', 'Semicolon'],
  ['\t', 'Tab'],
  ['|', 'Vertical bar'],
  [':', 'Colon'],
  [' ', 'Space'],
  ['\u001f', 'Unit separator (0x1F)'],
  ['\u001e', 'Record separator (0x1E)'],
  [fixedWidth, 'None: columns of fixed width'],
] as const;

/** How the file is read. Every change of it reads its head again. */
export function LayoutFields({
  layout,
  uploading,
  changes: { choose, chosen },
  onStep,
}: {
  layout: LayoutView;
  uploading: boolean;
  changes: LayoutChanges;
  onStep: (step: ChoosingStep) => void;
}) {
  const id = useId();
  const { encoding, delimiter, sheet } = { ...layout, ...chosen };
  const { headerRows } = { ...layout, ...headerChosen(chosen) };
  const kind = formatOf(layout);
  return (
    <>
      <p className="mb-4 text-sm text-muted">
        {uploading
          ? 'A first look at the beginning of the file, while the rest is uploading. Correct what is wrong.'
          : `${kind} Correct what is wrong.`}
      </p>
      <div className="grid gap-4 sm:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))]">
        {sheet !== null && (
          <Choice
            name="Sheet"
            value={sheet}
            onChange={layout.sheets.length > 1 ? () => onStep('SHEET') : undefined}
          />
        )}
        {encoding !== null && (
          <Field label="Encoding" htmlFor={`${id}-encoding`}>
            <Select
              id={`${id}-encoding`}
              value={encoding.toLowerCase()}
              onChange={(event) => choose({ encoding: event.target.value })}
            >
              {withCurrent(encodings, encoding.toLowerCase())}
            </Select>
          </Field>
        )}
        {delimiter !== null && (
          <Field label="Delimiter" htmlFor={`${id}-delimiter`}>
            <Select
              id={`${id}-delimiter`}
              value={delimiter}
              onChange={(event) => choose({ delimiter: event.target.value })}
            >
              {withCurrent(delimiters, delimiter)}
            </Select>
          </Field>
        )}
        <Choice
          name="Header row"
          value={headerRows.length === 0 ? 'None: all rows are data' : rowRange(headerRows)}
          onChange={() => onStep('HEADER')}
        />
      </div>
    </>
  );
}

/** Something that was decided in a step before. */
function Choice({ name, value, onChange }: { name: string; value: string; onChange?: () => void }) {
  return (
    <div className="min-w-0">
      <p className="mb-1.5 text-[13px] font-medium">{name}</p>
      <p className="flex min-h-9 items-center gap-3 text-sm">
        <span className="min-w-0 truncate" title={value}>
          {value}
        </span>
        {onChange && (
          <Button size="sm" aria-label={`Change: ${name}`} onClick={onChange}>
            Change
          </Button>
        )}
      </p>
    </div>
  );
}

function withCurrent(options: readonly (readonly [string, string])[], current: string) {
  const all = options.some(([value]) => value === current)
    ? options
    : [[current, current] as const, ...options];
  return all.map(([value, label]) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}

function formatOf({ format, convertedFrom, delimiter }: LayoutView): string {
  if (convertedFrom) return `Converted from ${foreignNames[convertedFrom]}.`;
  return format === 'xlsx'
    ? 'Excel workbook.'
    : delimiter === fixedWidth
      ? 'Text of fixed width.'
      : 'Delimited text.';
}
