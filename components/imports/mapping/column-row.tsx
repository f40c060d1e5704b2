import { Lightbulb, TriangleAlert } from 'lucide-react';
import { memo, type Ref } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/form/checkbox';
import { Select } from '@/components/ui/form/field';
import {
  dateOrderWords,
  decimalSignWords,
  hasDateOrder,
  hasDecimalSign,
  typeLabel,
} from '@/lib/shared/columns/labels';
import { saysNothing } from '@/lib/shared/schema/column-rules';
import {
  type ColumnMatch,
  columnTypes,
  type DatasetColumnView,
  type DatasetView,
  type ProposedColumn,
  type SuggestedReading,
} from '@/lib/shared/schema/imports';
import { ColumnFormat } from './column-format';
import { contradictionOf } from './contradiction';
import { type DraftColumn, isQuestion } from './draft/draft';
import { RulesDialog } from './rules-dialog';
import { TargetField } from './target-field';

export type ChangeColumn = (index: number, change: Partial<DraftColumn>) => void;

/** One column of the file: whether and as what it is stored, with what speaks for it. */
export const ColumnRow = memo(function ColumnRow({
  ref,
  gap,
  column,
  proposal,
  samples,
  dataset,
  match,
  there,
  problem,
  place,
  of,
  onChange,
}: {
  ref?: Ref<HTMLLIElement>;
  /** Pixels that the rows before it would take that are not drawn. */
  gap: number;
  column: DraftColumn;
  proposal: ProposedColumn;
  samples: string[];
  dataset: DatasetView | null;
  /** What was found for it among the dataset's columns. */
  match: ColumnMatch | null;
  /** The dataset's own column of this name, whose type and rules the file has to follow. */
  there: DatasetColumnView | null;
  problem: string | null;
  /** Where it stands among how many: of a long list only the rows in sight are there. */
  place: number;
  of: number;
  onChange: ChangeColumn;
}) {
  const { index, included } = column;
  const type = there?.type ?? column.type;
  const shown = samples.join('  ·  ');
  const mayRule = dataset === null || dataset.right === 'MANAGE';
  // A suggestion with rules, in somebody else's dataset, would be refused.
  const suggestion = proposal.suggestion?.rules && !mayRule ? null : proposal.suggestion;
  const hasMisfits = proposal.misfits > 0 && type === proposal.type;
  // Beside a type that nearly all values have, until it is taken.
  const isOffered = type === 'TEXT' || (type === proposal.type && saysNothing(column.format));
  const contradiction = contradictionOf(column, proposal, type);
  const change = (part: Partial<DraftColumn>) => onChange(index, part);
  return (
    <li
      id={`column-${index}`}
      ref={ref}
      data-index={place}
      style={{ marginTop: gap }}
      aria-posinset={place + 1}
      aria-setsize={of}
      className={`grid scroll-mt-20 grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-2 px-5 py-4 sm:px-6 lg:grid-cols-[auto_minmax(0,15rem)_minmax(0,11rem)_minmax(0,13rem)_minmax(0,1fr)] ${included ? '' : 'bg-sunken/50'}`}
    >
      <Checkbox
        aria-label={`Include ${column.name || `column ${index + 1}`}`}
        className="mt-2"
        checked={included}
        onCheckedChange={(checked) => change({ included: checked === true })}
      />
      <TargetField column={column} proposal={proposal} dataset={dataset} match={match} onChange={change} />
      <Select
        className="self-start max-lg:col-start-2"
        aria-label={`Type of ${column.name || `column ${index + 1}`}`}
        value={type}
        disabled={!included || there !== null}
        title={there ? 'The dataset has this column already: its type stays' : undefined}
        onChange={(event) => {
          const chosen = columnTypes.find((name) => name === event.target.value);
          if (chosen) change({ type: chosen, open: isQuestion(chosen, column, samples) });
        }}
      >
        {columnTypes.map((name) => (
          <option key={name} value={name}>
            {typeLabel(name)}
          </option>
        ))}
      </Select>
      <div className="max-lg:col-start-2 max-lg:empty:hidden">
        <ColumnFormat column={column} type={type} onChange={change} />
      </div>
      <div className="min-w-0 text-[13px] leading-snug max-lg:col-start-2 lg:pl-2">
        {problem ? (
          <p className="flex gap-1.5 font-medium text-danger">
            <TriangleAlert aria-hidden className="mt-px size-4 shrink-0" />
            {problem}
          </p>
        ) : null}
        {(!problem || column.open) && (
          <p className={included && !there && hasMisfits ? 'text-warn' : 'text-muted'}>
            {included
              ? there && !(column.open && (hasDateOrder(type) || hasDecimalSign(type)))
                ? 'Goes into the dataset’s column of this name.'
                : evidenceFor(proposal, column, type)
              : 'Left out.'}
          </p>
        )}
        {contradiction && (
          <p className="mt-1 flex gap-1.5 text-warn">
            <TriangleAlert aria-hidden className="mt-px size-4 shrink-0" />
            {contradiction}
          </p>
        )}
        {samples.length > 0 && (
          <p className="mt-1 truncate font-mono text-xs" title={shown}>
            {shown}
          </p>
        )}
        {included && !there && isOffered && suggestion && (
          <Suggestion
            name={column.name}
            suggestion={suggestion}
            onTake={({ evidence: _evidence, format, rules, ...reading }) =>
              change({
                ...reading,
                format: format ?? {},
                rules: rules ?? {},
                open: isQuestion(reading.type, { ...column, ...reading }, samples),
              })
            }
          />
        )}
        <div className="mt-1.5 -ml-3">
          <RulesDialog column={column} type={type} there={there} mayRule={mayRule} onChange={change} />
        </div>
      </div>
    </li>
  );
});

/** What speaks for the type that a column has. What spoke for another one is no reason for this one, nor is a question that was answered. */
function evidenceFor(
  { type: proposed, evidence, ambiguous }: ProposedColumn,
  { open, dateOrder, decimalSign }: DraftColumn,
  type: ProposedColumn['type'],
): string {
  if (proposed !== type) return `You chose ${typeLabel(type)}. Values that do not fit are rejected.`;
  if (!ambiguous || open) return evidence;
  const chosen = [dateOrder && dateOrderWords[dateOrder], decimalSign && decimalSignWords[decimalSign]];
  return `You chose ${chosen.filter(Boolean).join(', ') || typeLabel(type)}. Values that do not fit are rejected.`;
}

/** Another reading of a text, with what speaks for it. */
function Suggestion({
  name,
  suggestion,
  onTake,
}: {
  name: string;
  suggestion: SuggestedReading;
  onTake: (suggestion: SuggestedReading) => void;
}) {
  const label = typeLabel(suggestion.type);
  return (
    <div className="mt-2 rounded-lg bg-sunken px-3 py-2">
      <p className="flex gap-1.5">
        <Lightbulb aria-hidden className="mt-px size-4 shrink-0 text-accent" />
        <span>{suggestion.evidence}</span>
      </p>
      <Button
        size="sm"
        className="mt-1.5"
        aria-label={`Read as ${label}: ${name}`}
        onClick={() => onTake(suggestion)}
      >
        Read as {label}
      </Button>
    </div>
  );
}
