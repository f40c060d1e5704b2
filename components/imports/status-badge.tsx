import { Badge, type Tone } from '@/components/ui/badge';
import type { ImportStatusName } from '@/lib/shared/schema/import/import';
import { isMoving } from '@/lib/shared/schema/import/status';

/** A status as pages show it. */
export function statusLabel(status: ImportStatusName): string {
  switch (status) {
    case 'UPLOADING':
      return 'Uploading';
    case 'INSPECTING':
      return 'Reading';
    case 'MAPPING':
      return 'Needs your input';
    case 'QUEUED':
      return 'Queued';
    case 'STAGING':
      return 'Importing';
    case 'REVIEW':
      return 'In review';
    case 'PUBLISHING':
      return 'Publishing';
    case 'COMPLETED':
      return 'Completed';
    case 'UNDONE':
      return 'Undone';
    case 'FAILED':
      return 'Failed';
    case 'CANCELLED':
      return 'Cancelled';
    default:
      return status satisfies never;
  }
}

function toneOf(status: ImportStatusName): Tone {
  switch (status) {
    case 'UPLOADING':
    case 'INSPECTING':
    case 'QUEUED':
    case 'STAGING':
    case 'PUBLISHING':
      return 'accent';
    case 'MAPPING':
    case 'REVIEW':
      return 'warn';
    case 'COMPLETED':
      return 'ok';
    case 'FAILED':
      return 'danger';
    case 'UNDONE':
    case 'CANCELLED':
      return 'neutral';
    default:
      return status satisfies never;
  }
}

/** An import's status as a badge; its dot breathes while something moves. */
export function StatusBadge({ status }: { status: ImportStatusName }) {
  return (
    <Badge dot tone={toneOf(status)} pulse={isMoving(status)}>
      {statusLabel(status)}
    </Badge>
  );
}
