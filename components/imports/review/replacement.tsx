import { formatCount, formatCountOf } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { replacedNames } from '@/lib/shared/schema/import/outcome';
import { replacedWords } from '../rows/outcome-labels';

/** What replacing its dataset does (or did) to the rows that are there, with the way to each of them. */
export function ReplacementCounts({ view }: { view: ImportDetails }) {
  const { replaces } = view;
  if (!replaces) return null;
  const listed = replaces.keyed && view.rowsDeletedAt === null;
  const names = replaces.keyed ? replacedNames : (['removed', 'added'] as const);
  return (
    <div className="@container mb-5 space-y-4">
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line @md:grid-cols-4">
        {names.map((name) => {
          const rows = replaces[name];
          return (
            <div key={name} className="bg-surface px-4 py-3">
              <dt className="text-[13px] text-muted">{replacedWords[name].name}</dt>
              <dd
                className={`mt-0.5 text-xl font-semibold tracking-tight tabular-nums ${name === 'removed' && rows > 0 ? 'text-danger' : ''}`}
              >
                {listed && rows > 0 ? (
                  <a
                    href={`#${name}-rows`}
                    aria-label={`${formatCount(rows)} ${name}: show the rows`}
                    className="underline decoration-dotted underline-offset-4 hover:decoration-solid"
                  >
                    {formatCount(rows)}
                  </a>
                ) : (
                  formatCount(rows)
                )}
              </dd>
            </div>
          );
        })}
      </dl>
      {replaces.rejected > 0 && <RemovedAsRejected view={view} replaces={replaces} />}
      {replaces.emptied.length > 0 && (
        <Notice tone="warn" title={emptiedWords(replaces.emptied)}>
          The file lacks {replaces.emptied.length === 1 ? 'this column' : 'these columns'}, so the current
          values are removed. To keep them, choose “Update existing rows, add new ones” instead.
        </Notice>
      )}
    </div>
  );
}

/** Rows of the dataset go although the file has them: whoever knows it can correct those of the file first. */
function RemovedAsRejected({
  view,
  replaces: { rejected, rejectedRows },
}: {
  view: ImportDetails;
  replaces: NonNullable<ImportDetails['replaces']>;
}) {
  const planned = view.status === 'REVIEW';
  const isOne = rejected === 1;
  const named = rejectedRows.slice(0, 5).map((row) => formatCount(row));
  const rows = new Intl.ListFormat('en').format(
    rejectedRows.length > named.length ? [...named, 'others'] : named,
  );
  const where = `Look at row${rejectedRows.length === 1 ? '' : 's'} ${rows} of the file.`;
  const planning = isOne
    ? 'If you publish now, this row is removed from the dataset. If you correct it first, it stays, with the values of the file.'
    : 'If you publish now, these rows are removed from the dataset. If you correct them first, they stay, with the values of the file.';
  const done = isOne
    ? 'To get the row back, download the rejected rows, correct it, and import that file. Or undo this import.'
    : 'To get the rows back, download the rejected rows, correct them, and import that file. Or undo this import.';
  return (
    <Notice
      tone="warn"
      title={removedAsRejected(rejected)}
      action={
        planned && (
          <Button asChild>
            <a href="#rejected-rows">Correct {isOne ? 'it' : 'them'} first</a>
          </Button>
        )
      }
    >
      {where} {planned ? planning : done}
    </Notice>
  );
}

const removedAsRejected = (rejected: number) =>
  rejected === 1
    ? '1 of the removed rows is in the file, but it was rejected there'
    : `${formatCount(rejected)} of the removed rows are in the file, but they were rejected there`;

function emptiedWords(columns: string[]): string {
  const named = columns.slice(0, 5).map((name) => `“${name}”`);
  const more = columns.length - named.length;
  const all = more > 0 ? [...named, `${formatCount(more)} more columns`] : named;
  const list = new Intl.ListFormat('en').format(all);
  return `${list} will be empty in all rows`;
}

/** The same as sentences, for whoever is asked to agree. */
export function replacementLines({ replaces }: ImportDetails): string[] {
  if (!replaces) return [];
  const { removed, changed, kept, added, keyed, emptied, rejected } = replaces;
  return [
    `${formatCountOf(removed, 'row')} of the dataset ${removed === 1 ? 'is' : 'are'} removed.`,
    ...(rejected > 0 ? [`${removedAsRejected(rejected)}.`] : []),
    ...(keyed
      ? [
          `${formatCountOf(changed, 'row')} ${changed === 1 ? 'is' : 'are'} updated.`,
          `${formatCountOf(kept, 'row')} ${kept === 1 ? 'stays' : 'stay'} as ${kept === 1 ? 'it is' : 'they are'}.`,
        ]
      : []),
    `${formatCountOf(added, 'row')} ${added === 1 ? 'is' : 'are'} added.`,
    ...(emptied.length > 0 ? [`${emptiedWords(emptied)}.`] : []),
  ];
}
