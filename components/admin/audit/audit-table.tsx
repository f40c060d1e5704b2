import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatMoment } from '@/components/format/moment';
import { Table, Td, Th } from '@/components/ui/table';
import type { AuditEventView } from '@/lib/shared/schema/audit/audit';
import { auditKinds } from '@/lib/shared/schema/audit/audit-kinds';
import { describeFacts } from '@/lib/shared/schema/audit/describe-facts';
import { narrow } from './choice';

/** Events as rows; on a phone the lesser columns move under what happened. A name narrows the log to it. */
export function AuditTable({ events }: { events: AuditEventView[] }) {
  return (
    <Table aria-label="Events" className="table-fixed border-t border-line">
      <thead className="sr-only @2xl:not-sr-only">
        <tr>
          <Th className="hidden w-48 @2xl:table-cell">When</Th>
          <Th className="hidden w-48 @2xl:table-cell">Who</Th>
          <Th>What</Th>
          <Th className="hidden w-40 @4xl:table-cell">From where</Th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {events.map((event) => (
          <EventRow key={event.id} event={event} />
        ))}
      </tbody>
    </Table>
  );
}

function EventRow({ event }: { event: AuditEventView }) {
  const { at, by, address, facts } = event;
  const time = (
    <time dateTime={at} className="tabular-nums">
      {formatMoment(at)}
    </time>
  );
  const who = by ? <NameButton name={by.name} onChoose={() => narrow({ person: by.id })} /> : <>–</>;
  const via = viaOf(event);
  const details = describeFacts(facts);
  return (
    <tr className="align-top">
      <Td className="hidden text-muted @2xl:table-cell">{time}</Td>
      <Td className="hidden @2xl:table-cell">
        {who}
        {via && <p className="truncate text-[13px] text-muted">{via}</p>}
      </Td>
      <Td>
        <p className="font-medium">{auditKinds[event.kind].name}</p>
        <p className="text-[13px] [overflow-wrap:anywhere] text-muted">
          <Subject event={event} />
          {details}
        </p>
        <p className="mt-1 text-[13px] text-muted @2xl:hidden">
          {time} · {who}
          {via && ` · ${via}`}
        </p>
        {address && <p className="text-[13px] text-muted tabular-nums @4xl:hidden">{address}</p>}
      </Td>
      <Td className="hidden truncate text-muted tabular-nums @4xl:table-cell" title={address ?? undefined}>
        {address ?? '–'}
      </Td>
    </tr>
  );
}

function viaOf({ via }: AuditEventView): string | null {
  if (via === 'local') return 'command line of the server';
  return via?.startsWith('token:') ? `API token “${via.slice('token:'.length)}”` : via;
}

/** What it was done to, and in which dataset; each followed by a separator where more comes. */
function Subject({ event }: { event: AuditEventView }) {
  const { on, by, dataset, facts, kind } = event;
  const parts: ReactNode[] = [];
  switch (auditKinds[kind].on) {
    case 'person':
      if (on && on.id !== by?.id)
        parts.push(<NameButton key="on" name={on.name ?? ''} onChoose={() => narrow({ person: on.id })} />);
      if (on && kind === 'PERSON_RENAMED') parts.push(`to “${on.name}”`);
      break;
    case 'import':
      if (on)
        parts.push(
          <NameButton
            key="on"
            name={on.name ?? 'an import that is gone'}
            onChoose={() => narrow({ import: on.id })}
          />,
        );
      break;
    case 'invitation':
      parts.push(on?.name);
      break;
    case 'column':
      parts.push(on?.name ? `“${on.name}”` : 'a deleted column');
      break;
    case 'token':
      parts.push(on?.name && `“${on.name}”`);
      break;
    case 'dataset':
    case 'log':
      break;
    default:
      return auditKinds[kind] satisfies never;
  }
  if (dataset)
    parts.push(
      <NameButton key="dataset" name={dataset.name} onChoose={() => narrow({ dataset: dataset.id })} />,
      dataset.slug && (
        <Link key="open" href={`/datasets/${dataset.slug}`} className="hover:underline">
          open
        </Link>
      ),
    );
  const shown = parts.filter(Boolean);
  const more = describeFacts(facts) !== '';
  return shown.map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence, which is never reordered
    <span key={i}>
      {part}
      {(i < shown.length - 1 || more) && ' · '}
    </span>
  ));
}

function NameButton({ name, onChoose }: { name: string; onChoose: () => void }) {
  return (
    <button
      type="button"
      onClick={onChoose}
      title={`Show only ${name}`}
      className="max-w-full truncate text-left align-bottom text-ink underline decoration-line underline-offset-2 hover:decoration-ink"
    >
      {name}
    </button>
  );
}
