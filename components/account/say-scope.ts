import type { Scope } from '@/lib/shared/schema/user/user-labels';

/** The name of a scope on pages. */
export function sayScope(scope: Scope): string {
  switch (scope) {
    case 'imports:read':
      return 'See imports';
    case 'imports:write':
      return 'Create and change imports';
    case 'datasets:read':
      return 'See and download datasets';
    default:
      return scope satisfies never;
  }
}
