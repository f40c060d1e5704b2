/**
 * Whether this web server is about to stop. The server and Next's handlers are bundled apart and share only the
 * process, so the signal is kept there.
 */
declare global {
  var sluiceClosing: AbortController | undefined;
}

function controller(): AbortController {
  globalThis.sluiceClosing ??= new AbortController();
  return globalThis.sluiceClosing;
}

/** Aborted when the server stops: whatever would go on for ever has to end then. */
export function closing(): AbortSignal {
  return controller().signal;
}

/** Tells everything that listens to {@link closing}. */
export function beginClosing(): void {
  controller().abort();
}
