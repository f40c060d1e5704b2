import { SlidersHorizontal } from 'lucide-react';
import { FormatFields } from '@/components/columns/format-fields';
import { RulesFields } from '@/components/columns/rules-fields';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog/dialog';
import { formatWords, ruleWords } from '@/lib/shared/columns/labels';
import { TransformSection } from '../transform/column-transform';
import { calledOf, useColumn } from './column-context';

/** What a column asks of its values and how the file spells them, behind a button that sums it up. */
export function RulesDialog() {
  const { column, type, there, mayRule, change } = useColumn();
  const words = [...ruleWords((there ?? column).rules), ...formatWords(column.format)];
  const name = calledOf(column);
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
      <Dialog
        title={`Rules of ${name}`}
        about={
          there
            ? 'The dataset has this column already, and its rules apply. How the file writes its values can be set here.'
            : 'Rows that break a rule are rejected and listed with their reason.'
        }
        trigger={
          <Button size="sm" variant="ghost" aria-label={`Rules of ${name}`} disabled={!column.included}>
            <SlidersHorizontal aria-hidden />
            Rules
          </Button>
        }
      >
        <div className="space-y-6">
          {there ? (
            <p className="text-sm">{ruleWords(there.rules).join(' · ') || 'It has no rules.'}</p>
          ) : !mayRule ? (
            <p className="text-sm">Only those who manage the dataset choose rules for its columns.</p>
          ) : (
            <RulesFields type={type} rules={column.rules} onChange={(rules) => change({ rules })} />
          )}
          <section aria-label="In this file" className="space-y-4 border-t border-line pt-5">
            <h3 className="font-semibold tracking-tight">In this file</h3>
            <FormatFields type={type} format={column.format} onChange={(format) => change({ format })} />
          </section>
          <TransformSection />
        </div>
      </Dialog>
      {words.length > 0 && column.included && (
        <span className="min-w-0 truncate text-[13px] text-muted" title={words.join(' · ')}>
          {words.join(' · ')}
        </span>
      )}
    </div>
  );
}
