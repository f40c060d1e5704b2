import { expect, type Page } from '@playwright/test';

/** Lines of the screen on which columns are matched. The one of the key is called after what it asks. */
const lines = { File: /^File/, Dataset: /^Dataset/, Key: /^(?:Key|Existing rows)/ };

/** Opens a line of settings on the screen on which columns are matched, unless it is open. */
export async function openSettings(page: Page, ...names: (keyof typeof lines)[]): Promise<void> {
  for (const name of names) {
    const line = page.locator('button[aria-expanded]').filter({ hasText: lines[name] });
    await expect(line).toBeVisible();
    if ((await line.getAttribute('aria-expanded')) === 'false') await line.click();
  }
}

/** Types the name of the dataset into which a file goes, and closes the list of those that are there. */
export async function nameDataset(page: Page, name: string): Promise<void> {
  await openSettings(page, 'Dataset');
  await page.getByLabel('Dataset name').fill(name);
  await page.keyboard.press('Escape');
}
