'use client';

import { useEffect, useId, useState } from 'react';
import { changeLayout } from '@/components/api/imports';
import { Card, CardHeader } from '@/components/ui/card';
import { Field, Select } from '@/components/ui/field';
import type { ImportView, LayoutChoicesInput, LayoutView } from '@/lib/imports/contract';
import { useImportAction } from '../use-import-action';

const encodings = [
  ['utf-8', 'UTF-8'],
  ['windows-1252', 'Windows Western (1252)'],
  ['iso-8859-1', 'Latin 1 (ISO 8859-1)'],
  ['iso-8859-15', 'Latin 9 (ISO 8859-15)'],
  ['windows-1250', 'Windows Central European (1250)'],
  ['iso-8859-2', 'Latin 2 (ISO 8859-2)'],
  ['windows-1251', 'Windows Cyrillic (1251)'],
  ['koi8-r', 'KOI8-R'],
  ['utf-16le', 'UTF-16 LE'],
  ['utf-16be', 'UTF-16 BE'],
  ['macintosh', 'Mac Roman'],
  ['shift_jis', 'Shift JIS'],
  ['gb18030', 'GB 18030'],
  ['big5', 'Big5'],
  ['euc-kr', 'EUC-KR'],
] as const;

const delimiters = [
  [',', 'Comma'],
  [';', 'Semicolon'],
  ['\t', 'Tab'],
  ['|', 'Vertical bar'],
  [':', 'Colon'],
  [' ', 'Space'],
] as const;

const headerRows = Array.from({ length: 20 }, (_, i) => i + 1);

/** How the file is read. Every change reads its head again. */
export function LayoutBar({ view, layout }: { view: ImportView; layout: LayoutView }) {
  const id = useId();
  const change = useImportAction(
    (choices: LayoutChoicesInput) => changeLayout(view.id, choices),
    'The file was not read again',
  );
  const { mutate, variables } = change;
  const reading = change.isPending || view.status !== 'MAPPING';
  // What is chosen while the file is being read waits. Disabling the fields would take the focus from them.
  const [next, setNext] = useState<LayoutChoicesInput | null>(null);
  useEffect(() => {
    if (reading || !next) return;
    setNext(null);
    mutate(next);
  }, [reading, next, mutate]);
  const choose = (choices: LayoutChoicesInput) => setNext((waiting) => ({ ...waiting, ...choices }));
  const { encoding, delimiter, sheet, headerRow } = { ...layout, ...(reading ? variables : {}), ...next };
  return (
    <Card>
      <CardHeader
        title="How Sluice read the file"
        about={
          layout.format === 'csv'
            ? 'Delimited text. Correct what is wrong.'
            : 'Excel workbook. Correct what is wrong.'
        }
      />
      <div className="grid gap-4 px-5 pb-6 sm:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] sm:px-6">
        {layout.sheets.length > 0 && (
          <Field label="Sheet" htmlFor={`${id}-sheet`}>
            <Select
              id={`${id}-sheet`}
              value={sheet ?? ''}
              onChange={(event) => choose({ sheet: event.target.value })}
            >
              {layout.sheets.map(({ name, state, hasRows }) => (
                <option key={name} value={name}>
                  {name}
                  {state !== 'visible' && ' (hidden)'}
                  {!hasRows && ' (empty)'}
                </option>
              ))}
            </Select>
          </Field>
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
        <Field label="Header row" htmlFor={`${id}-header`}>
          <Select
            id={`${id}-header`}
            value={headerRow ?? ''}
            onChange={(event) =>
              choose({ headerRow: event.target.value ? Number(event.target.value) : null })
            }
          >
            <option value="">None: all rows are data</option>
            {(headerRow === null || headerRow <= 20 ? headerRows : [...headerRows, headerRow]).map((row) => (
              <option key={row} value={row}>
                Row {row}
              </option>
            ))}
          </Select>
        </Field>
      </div>
    </Card>
  );
}

/** How the beginning of a file reads, as long as nobody read more of it. */
export function FirstLook({ layout }: { layout: LayoutView }) {
  const nameIn = (names: readonly (readonly [string, string])[], value: string | null) =>
    names.find(([it]) => it === value)?.[1] ?? value;
  const facts = [
    ['Encoding', nameIn(encodings, layout.encoding)],
    ['Delimiter', nameIn(delimiters, layout.delimiter)],
    ['Header row', layout.headerRow === null ? 'None' : `Row ${layout.headerRow}`],
  ] as const;
  return (
    <Card>
      <CardHeader
        title="At first sight"
        about="From the beginning of the file, while the rest goes up. You can go on with the columns already; this can be corrected once the file is there."
      />
      <dl className="grid grid-cols-3 gap-4 px-5 pb-6 text-sm sm:px-6">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-[13px] text-muted">{name}</dt>
            <dd className="mt-0.5 font-medium">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
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
