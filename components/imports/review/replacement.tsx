import { formatCount, formatCountOf } from '@/components/format/count';
import { Notice } from '@/components/ui/notice';
import type { ImportDetails } from '@/lib/imports/contract';
import { replacedNames } from '@/lib/versions/contract';
import { replacedWords } from '../rows/outcome-words';

/** What replacing its dataset does to the rows that are there, with the way to each of them. */
export function ReplacementCounts({ view }: { view: ImportDetails }) {
  const { replaces } = view;
  if (!replaces) return null;
  const names = replaces.keyed ? replacedNames : (['removed', 'added'] as const);
  return (
    <div className="mb-5 space-y-4">
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line sm:grid-cols-4">
        {names.map((name) => {
          const rows = replaces[name];
          return (
            <div key={name} className="bg-surface px-4 py-3">
              <dt className="text-[13px] text-muted">{replacedWords[name].name}</dt>
              <dd
                className={`mt-0.5 text-xl font-semibold tracking-tight tabular-nums ${name === 'removed' && rows > 0 ? 'text-danger' : ''}`}
              >
                {replaces.keyed && rows > 0 ? (
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
      {replaces.emptied.length > 0 && (
        <Notice tone="warn" title={emptiedWords(replaces.emptied)}>
          The file has no such {replaces.emptied.length === 1 ? 'column' : 'columns'}, so what is there now is
          removed. To keep it, choose “Update rows that are there, add new ones” instead.
        </Notice>
      )}
    </div>
  );
}

function emptiedWords(columns: string[]): string {
  const named = columns.slice(0, 5).map((name) => `“${name}”`);
  const more = columns.length - named.length;
  const all = more > 0 ? [...named, `${formatCount(more)} more columns`] : named;
  const list = new Intl.ListFormat('en').format(all);
  return `${list} ${columns.length === 1 ? 'is' : 'are'} empty in all rows afterwards`;
}

/** The same as sentences, for whoever is asked to agree. */
export function replacementLines({ replaces }: ImportDetails): string[] {
  if (!replaces) return [];
  const { removed, changed, kept, added, keyed, emptied } = replaces;
  return [
    `${formatCountOf(removed, 'row')} of the dataset ${removed === 1 ? 'is' : 'are'} removed.`,
    ...(keyed
      ? [
          `${formatCountOf(changed, 'row')} ${changed === 1 ? 'gets' : 'get'} other values.`,
          `${formatCountOf(kept, 'row')} ${kept === 1 ? 'stays' : 'stay'} as ${kept === 1 ? 'it is' : 'they are'}.`,
        ]
      : []),
    `${formatCountOf(added, 'row')} ${added === 1 ? 'is' : 'are'} added.`,
    ...(emptied.length > 0 ? [`${emptiedWords(emptied)}.`] : []),
  ];
}
