/** What every answer carries, whoever made it. Pages get their Content-Security-Policy from proxy.ts. */
export const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value:
      'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), display-capture=(), browsing-topics=()',
  },
];

/** For answers that are no pages (data, redirects, refusals), also when somebody opens them as a page. */
export const noPage = {
  key: 'Content-Security-Policy',
  value: "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox",
};

/** Browsers keep this for a year, so it is only sent where TLS is known to work: a proxy ended it. */
export const strictTransport = { key: 'Strict-Transport-Security', value: 'max-age=31536000' };
