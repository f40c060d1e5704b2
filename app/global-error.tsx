'use client';

import './globals.css';

/** The last resort, when even the frame around all pages broke. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <div role="alert" style={{ maxWidth: '28rem', margin: '6rem auto', padding: '0 1.5rem' }}>
          <h1 className="text-2xl font-semibold">Sluice cannot show this page</h1>
          <p className="mt-2">Reload it. Imports that are under way are not affected.</p>
        </div>
      </body>
    </html>
  );
}
