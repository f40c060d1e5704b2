import type { UndoExtent } from '@/lib/shared/schema/import/undo';

/** One import alone, or others with it. */
export function ExtentChoice({
  legend,
  choices,
  extent,
  onExtent,
}: {
  legend: string;
  choices: { value: UndoExtent; name: string; about: string }[];
  extent: UndoExtent;
  onExtent: (extent: UndoExtent) => void;
}) {
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 font-medium text-ink [overflow-wrap:anywhere]">{legend}</legend>
      {choices.map(({ value, name, about }) => (
        <label key={value} className="flex items-start gap-2">
          <input
            type="radio"
            name="extent"
            className="mt-1"
            checked={extent === value}
            onChange={() => onExtent(value)}
          />
          <span>
            <span className="text-ink">{name}</span>
            <br />
            {about}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
