'use client';

import { useId } from 'react';
import { Card, CardHeader } from '@/components/ui/card';
import { encodingName } from '@/lib/shared/csv/encoding/names';
import type { EncodingReading, InspectionView } from '@/lib/shared/schema/file/inspection';
import type { LayoutChanges } from './use-layout';

/** How a short file reads in the encodings that it may be in, side by side: one click chooses. */
export function EncodingChoice({
  inspection: { encodings, layout },
  changes: { choose, chosen },
}: {
  inspection: InspectionView;
  changes: LayoutChanges;
}) {
  const id = useId();
  const { encoding } = { ...layout, ...chosen };
  const isAmong = encodings.some((reading) => reading.encoding === encoding);
  if (encodings.length < 2 || !isAmong) return null;
  return (
    <Card>
      <fieldset aria-labelledby={`${id}-title`}>
        <CardHeader
          id={`${id}-title`}
          title="Which text is right?"
          about="The file does not say how its letters are encoded. Choose the text that reads right; the words that differ are marked."
        />
        <div className="grid gap-3 px-5 pb-6 sm:px-6 md:auto-cols-fr md:grid-flow-col">
          {encodings.map((reading, i) => (
            <Reading
              key={reading.encoding}
              reading={reading}
              name={id}
              about={i === 0 ? 'likeliest' : null}
              checked={reading.encoding === encoding}
              onChoose={() => choose({ encoding: reading.encoding })}
            />
          ))}
        </div>
      </fieldset>
    </Card>
  );
}

function Reading({
  reading: { encoding, lines },
  name,
  about,
  checked,
  onChoose,
}: {
  reading: EncodingReading;
  name: string;
  about: string | null;
  checked: boolean;
  onChoose: () => void;
}) {
  const look = checked ? 'border-accent bg-accent-soft' : 'border-line hover:border-field';
  return (
    <label className={`block min-w-0 cursor-pointer rounded-xl border px-4 py-3 ${look}`}>
      <span className="flex items-center gap-2.5 text-sm font-medium">
        <input
          type="radio"
          name={name}
          className="size-4 shrink-0 accent-accent"
          checked={checked}
          onChange={onChoose}
        />
        <span className="min-w-0 [overflow-wrap:anywhere]">
          {encodingName(encoding)}
          {about && <span className="font-normal text-muted">, {about}</span>}
        </span>
      </span>
      <span className="mt-2 block space-y-1 text-sm">
        {lines.map((parts, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
          <bdi key={line} className="block whitespace-pre-wrap [overflow-wrap:anywhere]">
            {parts.map(({ text, differs }, part) =>
              differs ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
                <mark key={part} className="rounded-sm bg-warn-soft px-0.5 font-semibold text-ink">
                  {text}
                </mark>
              ) : (
                text
              ),
            )}
          </bdi>
        ))}
      </span>
    </label>
  );
}
