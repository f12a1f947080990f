import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

const ROOT = join(import.meta.dirname, '../..');

interface Site {
  readonly url: string;
  readonly name: string;
  readonly password: string;
  /** The page of a journey of 5,000 hops. */
  readonly largePath: string;
  stop(): Promise<void>;
}

export interface Pages {
  readonly site: Site;
  readonly context: BrowserContext;
  readonly page: Page;
  /** @param to the path at which one arrives */
  signIn(to: string): Promise<void>;
  close(): Promise<void>;
}

/** The built dashboard before the fake gateway, and one window of a real browser on it: what is measured is the pages, not what stands behind them. */
export async function openPages(): Promise<Pages> {
  await build();
  const site = await openSite();
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] }).catch(async (error: unknown) => {
    await site.stop();
    throw error;
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' });
  await context.addInitScript(() => localStorage.setItem('journey-tour', 'over'));
  const page = await context.newPage();
  return {
    site, context, page,
    async signIn(to) {
      await page.goto(`${site.url}/sign-in?to=${encodeURIComponent(to)}`);
      await page.getByLabel('Name').fill(site.name);
      await page.getByLabel('Password').fill(site.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL((url) => url.pathname + url.search === to);
    },
    async close() {
      await browser.close();
      await site.stop();
    },
  };
}

/** In a process of its own: the pages and their tests are another program. */
async function openSite(): Promise<Site> {
  const child = spawn(process.execPath, [join(ROOT, 'dashboard/test/fake-site.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = new Promise((resolve) => { child.once('close', resolve); });
  for await (const line of createInterface({ input: child.stdout })) {
    child.stdout.resume();
    return {
      ...JSON.parse(line) as Omit<Site, 'stop'>,
      async stop() {
        child.stdin.end();
        await gone;
      },
    };
  }
  throw new Error('The dashboard did not start.');
}

/** Skips when the build is of these sources. */
async function build(): Promise<void> {
  const child = spawn(process.execPath, [join(ROOT, 'dashboard/build.ts')], { stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error('The dashboard could not be built.');
}
