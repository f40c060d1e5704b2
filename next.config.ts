import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run types` checks the whole tree, tests included; once is enough.
  typescript: { ignoreBuildErrors: true },
  // They open files and sockets of their own, so they run as they are.
  serverExternalPackages: [
    'pg',
    'pg-boss',
    'pg-copy-streams',
    'pino',
    'exceljs',
    'yauzl',
    '@prisma/adapter-pg',
  ],
  async headers() {
    return [
      {
        source: '/:path*',
        headers: [
          { key: 'X-Content-Type-Options', value: 'nosniff' },
          { key: 'Referrer-Policy', value: 'same-origin' },
          // Scripts and connections stay open: the file store's address is not known when this is built.
          {
            key: 'Content-Security-Policy',
            value: "frame-ancestors 'none'; base-uri 'self'; object-src 'none'; form-action 'self'",
          },
        ],
      },
    ];
  },
};

export default config;
