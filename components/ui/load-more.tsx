import { Button } from './button';

/** “Show more” button under a paged list. */
export function LoadMore({
  label,
  query,
}: {
  label: string;
  query: { hasNextPage: boolean; isFetching: boolean; fetchNextPage: () => unknown };
}) {
  if (!query.hasNextPage) return null;
  return (
    <div className="border-t border-line p-3 text-center">
      <Button
        variant="ghost"
        size="sm"
        disabled={query.isFetching}
        onClick={() => void query.fetchNextPage()}
      >
        {label}
      </Button>
    </div>
  );
}
