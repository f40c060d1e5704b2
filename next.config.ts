import type { NextConfig } from 'next';
import { noPage, securityHeaders, strictTransport } from './lib/server/http/security-headers';

const config: NextConfig = {
  output: 'standalone',
  // No page is made ahead of its request, so there is nothing to keep; by default 50 MB are.
  cacheMaxMemorySize: 0,
  poweredByHeader: false,
  reactStrictMode: true,
  // Another page that cannot be fetched is waited for. Otherwise the browser loads it anew, which ends all uploads.
  experimental: { useOffline: true },
  // `npm run types` checks the whole tree, tests included; once is enough.
  typescript: { ignoreBuildErrors: true },
  // Modules that are loaded once: in a bundle the first three stood seventeen times, and took 32 MB of the web server. The
  // others open files and sockets of their own, so they run as they are. @prisma/debug keeps the last hundred statements with
  // their arguments until it is told to let go: it has to be the adapter's own, and not a second one in a bundle.
  serverExternalPackages: [
    'better-auth',
    'rate-limiter-flexible',
    'zod',
    'pg',
    'pg-boss',
    'pino',
    'exceljs',
    'yauzl',
    '@prisma/adapter-pg',
    '@prisma/debug',
  ],
  // The server of lib/server/http/server sends these itself; this is for Vercel and `npm run dev`, which do without it.
  async headers() {
    return [
      { source: '/:path*', headers: securityHeaders },
      { source: '/api/:path*', headers: [noPage] },
      {
        source: '/:path*',
        has: [{ type: 'header', key: 'x-forwarded-proto', value: 'https' }],
        headers: [strictTransport],
      },
    ];
  },
};

export default config;
