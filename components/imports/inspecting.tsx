import { Card } from '@/components/ui/card';
import { Progress } from '@/components/ui/progress';
import { Skeleton } from '@/components/ui/skeleton';

/** Shown for the moment in which Sluice looks at the head of the file. */
export function Inspecting() {
  return (
    <Card className="p-5 sm:p-7">
      <p role="status" className="font-medium">
        Looking at the file…
      </p>
      <p className="mt-1 mb-5 text-sm text-muted">Encoding, columns and types, from its first rows.</p>
      <Progress label="Inspection" value={null} />
      <div className="mt-8 space-y-4">
        <Skeleton className="h-5 w-2/5" />
        <Skeleton className="h-5 w-4/5" />
        <Skeleton className="h-5 w-3/5" />
        <Skeleton className="h-5 w-11/12" />
      </div>
    </Card>
  );
}
