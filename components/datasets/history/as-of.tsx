import { History } from 'lucide-react';
import { useId, useState } from 'react';
import { formatMoment } from '@/components/format/moment';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/form/field';

/** Which moment the rows are shown and downloaded of: now, or one of the past. */
export function AsOf({
  at,
  since,
  onChange,
}: {
  /** ISO 8601; null: now. */
  at: string | null;
  /** When the dataset was made. */
  since: string;
  onChange: (at: string | null) => void;
}) {
  const id = useId();
  // What is typed may lie beyond what the picker offers.
  const [future, setFuture] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-5 pb-4 text-sm sm:px-6">
      <label htmlFor={id} className="flex items-center gap-1.5 text-muted">
        <History aria-hidden className="size-4" />
        As of
      </label>
      <Input
        id={id}
        type="datetime-local"
        step={1}
        className="max-w-60"
        min={local(new Date(since))}
        max={local(new Date())}
        value={at === null ? '' : local(new Date(at))}
        onChange={(event) => {
          const moment = new Date(event.target.value);
          const ahead = moment.getTime() > Date.now();
          setFuture(ahead);
          if (!ahead) onChange(Number.isNaN(moment.getTime()) ? null : moment.toISOString());
        }}
        aria-invalid={future || undefined}
        aria-describedby={future ? `${id}-future` : undefined}
      />
      {future && (
        <p id={`${id}-future`} role="alert" className="text-danger">
          That moment is in the future. Choose one that has passed.
        </p>
      )}
      {at !== null && (
        <>
          <Button size="sm" onClick={() => onChange(null)}>
            Back to now
          </Button>
          <p role="status" className="text-muted">
            What readers saw on {formatMoment(at)}. Downloads are of that moment, too.
          </p>
        </>
      )}
    </div>
  );
}

/** A moment as such an input writes it: in the person's own time zone. */
function local(moment: Date): string {
  const shifted = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 19);
}
