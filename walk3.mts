import { chromium } from 'playwright';
import { findBrowser } from '/work/guard/e2e/setup/browser.ts';
const b = await chromium.launch(await findBrowser());
const page = await (await b.newContext({ viewport: { width: 900, height: 900 }, storageState: '/tmp/state.json', colorScheme: 'dark' })).newPage();
await page.goto('http://127.0.0.1:4310/api-reference'); await page.waitForTimeout(2500);
await page.evaluate(() => { document.documentElement.classList.add('dark-mode'); const c = document.querySelector('.swagger-ui')?.closest('.bg-white'); c?.classList.remove('bg-white', 'text-black', 'scheme-light'); });
await page.waitForTimeout(300); await page.screenshot({ path: '/tmp/shots/40-swagger-dark.png' });
await b.close();
