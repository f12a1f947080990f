import { after } from 'node:test';
import type { Browser } from 'playwright-core';
import { openSite, type Site } from './site.ts';
import { openBrowser } from './visitor.ts';

export interface Stage { readonly site: Site; readonly browser: Browser }

/**
 * What a file of tests plays on: the site under test and a browser, for all of its tests. Both end after the last one.
 * @param leaving what a test file has to undo while both are still there
 */
export async function openStage(leaving: () => Promise<void> = async () => {}): Promise<Stage> {
  const site = await openSite();
  // A site that was started must end even when there is no browser to look at it.
  const browser = await openBrowser().catch(async (error: unknown) => {
    await site.stop();
    throw error;
  });
  after(async () => {
    try {
      await leaving();
    } finally {
      await browser.close();
      await site.stop();
    }
  });
  return { site, browser };
}
