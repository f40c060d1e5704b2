import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  dateOrderWords,
  decimalSignWords,
  hasDateOrder,
  hasDecimalSign,
  typeLabel,
} from '@/lib/shared/columns/labels';
import { type RowColumn, useColumn } from './column-context';
import { ColumnFigures } from './column-figures';
import { ColumnOffers } from './column-offers';
import { ColumnValues } from './column-values';
import { contradictionOf } from './contradiction';

/** What speaks for how a column is read, and against it; what is wrong with it; its values and its rules. */
export function ColumnEvidence({ problem }: { problem: string | null }) {
  const row = useColumn();
  const { column, proposal, type, there } = row;
  const { included, open } = column;
  const hasMisfits = proposal.misfits > 0 && type === proposal.type;
  const contradiction = contradictionOf(column, proposal, type);
  return (
    <div className="min-w-0 text-[13px] leading-snug max-lg:col-start-2 lg:pl-2">
      {problem && <Alert className="font-medium text-danger">{problem}</Alert>}
      {(!problem || open) && (
        <p className={included && !there && hasMisfits ? 'text-warn' : 'text-muted'}>{evidenceFor(row)}</p>
      )}
      {contradiction && <Alert className="mt-1 text-warn">{contradiction}</Alert>}
      <ColumnValues />
      <ColumnOffers />
      <ColumnFigures />
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
