import { Lightbulb, Undo2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { typeLabel } from '@/lib/shared/columns/labels';
import { type ColumnFormat, saysNothing } from '@/lib/shared/schema/dataset/column-rules';
import type { SuggestedReading } from '@/lib/shared/schema/file/proposed-column';
import { isQuestion, readingOf } from '../draft/draft';
import { calledOf, type RowColumn, useColumn } from './column-context';

/** What one click does with a column: take another reading of it, keep all of it as text, or go back. */
export function ColumnOffers() {
  const row = useColumn();
  const { column, proposal, type, there, change } = row;
  if (!column.included || there) return null;
  const suggestion = suggestionFor(row);
  const isProposed = type === proposal.type;
  const hasMisfits = isProposed && type !== 'TEXT' && proposal.misfits > 0;
  const name = calledOf(column);
  const wasTaken = proposal.suggestion?.format && sameFormat(column.format, proposal.suggestion.format);
  const back = isProposed ? 'Back as proposed' : `Back to ${typeLabel(proposal.type)}`;
  return (
    <>
      {suggestion && <Suggestion suggestion={suggestion} />}
      {hasMisfits && (
        <Button
          size="sm"
          className="mt-1.5 mr-2"
          aria-label={`Keep all as text: ${name}`}
          onClick={() => change({ ...asText, open: false })}
        >
          Keep all as text
        </Button>
      )}
      {(!isProposed || wasTaken) && (
        <Button
          size="sm"
          variant="ghost"
          className="mt-1.5 -ml-3"
          aria-label={`${back}: ${name}`}
          onClick={() => change(readingOf(proposal))}
        >
          <Undo2 aria-hidden />
          {back}
        </Button>
      )}
    </>
  );
}

/** Whatever order they come in from the server. */
const sameFormat = (a: ColumnFormat, b: ColumnFormat) =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

const asText = { type: 'TEXT', dateOrder: null, decimalSign: null, format: {}, rules: {} } as const;

/** Another reading of the column that is worth an offer, until it is taken: beside a type that nearly all values have. */
function suggestionFor({ column, proposal, type, there, mayRule }: RowColumn): SuggestedReading | null {
  const isOffered = type === 'TEXT' || (type === proposal.type && saysNothing(column.format));
  if (!column.included || there || !isOffered) return null;
  // With rules, in somebody else's dataset, it would be refused.
  return proposal.suggestion?.rules && !mayRule ? null : proposal.suggestion;
}

function Suggestion({ suggestion }: { suggestion: SuggestedReading }) {
  const { column, samples, change } = useColumn();
  const { evidence, format, rules, ...reading } = suggestion;
  const verb = suggestion.type === 'CHOICE' ? 'Make it a list' : `Read as ${typeLabel(suggestion.type)}`;
  const take = () =>
    change({
      ...reading,
      format: format ?? {},
      rules: rules ?? {},
      open: isQuestion(reading.type, { ...column, ...reading }, samples),
    });
  return (
    <div className="mt-2 rounded-lg bg-sunken px-3 py-2">
      <p className="flex gap-1.5">
        <Lightbulb aria-hidden className="mt-px size-4 shrink-0 text-accent" />
        <span>{evidence}</span>
      </p>
      <Button size="sm" className="mt-1.5" aria-label={`${verb}: ${column.name}`} onClick={take}>
        {verb}
      </Button>
    </div>
  );
}
