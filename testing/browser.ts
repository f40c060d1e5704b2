import { existsSync } from 'node:fs';
import chromiumPackage from '@sparticuz/chromium';
import { chromium } from 'playwright';

export interface Browser {
  executablePath: string;
  args: string[];
}

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
];

/** Chromium looks up hosts of its maker at every start; nothing here may need another host. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

/** What the package switches off of a browser's guard between sites: with these, pages would read from any origin. */
const unguarded = [
  '--disable-web-security',
  '--allow-running-insecure-content',
  '--disable-site-isolation-trials',
  '--disable-features=AudioServiceOutOfProcess,IsolateOrigins,site-per-process',
];

/**
 * A browser for the tests, in this order: PLAYWRIGHT_CHROMIUM, Playwright's own, the system's, and the one inside
 * an npm package, which needs nothing installed.
 */
export async function findBrowser(): Promise<Browser> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = [...quiet, ...sandbox, '--disable-gpu'];
  const named = process.env.PLAYWRIGHT_CHROMIUM;
  if (named) return { executablePath: named, args };
  const own = chromium.executablePath();
  for (const path of [own, ...systemPaths]) if (existsSync(path)) return { executablePath: path, args };
  // Without a graphics card: one that two threads play took 39 % of the processor's time.
  chromiumPackage.setGraphicsMode = false;
  return {
    executablePath: await chromiumPackage.executablePath(),
    args: [
      ...chromiumPackage.args.filter(
        (arg) => !arg.startsWith('--headless') && arg !== '--single-process' && !unguarded.includes(arg),
      ),
      ...quiet,
      '--disable-gpu',
    ],
  };
}
