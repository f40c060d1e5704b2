import { Lightbulb, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import {
  dateOrderWords,
  decimalSignWords,
  hasDateOrder,
  hasDecimalSign,
  typeLabel,
} from '@/lib/shared/columns/labels';
import { saysNothing } from '@/lib/shared/schema/dataset/column-rules';
import type { SuggestedReading } from '@/lib/shared/schema/file/proposed-column';
import { isQuestion } from '../draft/draft';
import { type RowColumn, useColumn } from './column-context';
import { contradictionOf } from './contradiction';
import { RulesDialog } from './rules-dialog';

/** What speaks for how a column is read, and against it; what is wrong with it; its values and its rules. */
export function ColumnEvidence({ problem }: { problem: string | null }) {
  const row = useColumn();
  const { column, proposal, type, samples, there } = row;
  const { included, open } = column;
  const hasMisfits = proposal.misfits > 0 && type === proposal.type;
  const contradiction = contradictionOf(column, proposal, type);
  const suggestion = suggestionFor(row);
  const shown = samples.join('  ·  ');
  return (
    <div className="min-w-0 text-[13px] leading-snug max-lg:col-start-2 lg:pl-2">
      {problem && <Alert className="font-medium text-danger">{problem}</Alert>}
      {(!problem || open) && (
        <p className={included && !there && hasMisfits ? 'text-warn' : 'text-muted'}>{evidenceFor(row)}</p>
      )}
      {contradiction && <Alert className="mt-1 text-warn">{contradiction}</Alert>}
      {samples.length > 0 && (
        <p className="mt-1 truncate font-mono text-xs" title={shown}>
          {shown}
        </p>
      )}
      {suggestion && <Suggestion suggestion={suggestion} />}
      <div className="mt-1.5 -ml-3">
        <RulesDialog />
      </div>
    </div>
  );
}

function Alert({ className, children }: { className: string; children: ReactNode }) {
  return (
    <p className={`flex gap-1.5 ${className}`}>
      <TriangleAlert aria-hidden className="mt-px size-4 shrink-0" />
      {children}
    </p>
  );
}

/**
 * What speaks for the type that a column has. What spoke for another one is no reason for this one, nor is a question
 * that was answered.
 */
function evidenceFor({ column, proposal, type, there }: RowColumn): string {
  const { included, open, dateOrder, decimalSign } = column;
  if (!included) return 'Left out.';
  if (there && !(open && (hasDateOrder(type) || hasDecimalSign(type))))
    return 'Imported into the existing column of this name.';
  if (proposal.type !== type) return chosenToBe(typeLabel(type));
  if (!proposal.ambiguous || open) return proposal.evidence;
  const chosen = [dateOrder && dateOrderWords[dateOrder], decimalSign && decimalSignWords[decimalSign]];
  return chosenToBe(chosen.filter(Boolean).join(', ') || typeLabel(type));
}

const chosenToBe = (what: string) => `You chose ${what}. Values that do not fit are rejected.`;

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
  const label = typeLabel(suggestion.type);
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
      <Button size="sm" className="mt-1.5" aria-label={`Read as ${label}: ${column.name}`} onClick={take}>
        Read as {label}
      </Button>
    </div>
  );
}
