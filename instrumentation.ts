/** Run by Next once, when a web server starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { believeProxies } = await import('./lib/server/http/believe-proxies');
  believeProxies();
  const { announceSetUp } = await import('./lib/server/identity/accounts/announce-set-up');
  await announceSetUp();
}
