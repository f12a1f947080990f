import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Site } from './site.ts';

export interface Look { readonly width: number; readonly height: number; readonly colours: 'light' | 'dark'; readonly motion?: 'reduce' | 'no-preference'; /** The first time in this browser: with the tour. */ readonly first?: true }
/** One person with one browser window, and everything that must not happen in it. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console errors, page errors and requests to other origins, as they happened. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    // Whatever is not this machine is asked of a proxy that is not there: it is aborted, and recorded below.
    args: ['--proxy-server=127.0.0.1:1', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** @param expected console errors that the test provokes (the browser logs each answer of 400 and more) */
export async function visit(browser: Browser, site: Site, look: Look, expected: RegExp = /^$/): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height }, colorScheme: look.colours, reducedMotion: look.motion ?? 'reduce',
    isMobile: look.width < 600, hasTouch: look.width < 600,
  });
  if (look.first !== true) await context.addInitScript(() => localStorage.setItem('journey-tour', 'over'));
  const page = await context.newPage();
  const faults: string[] = [];
  const origin = new URL(site.url).origin;
  page.on('console', (message) => {
    if ((message.type() === 'error' || message.type() === 'warning') && !expected.test(message.text())) faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => faults.push(`page error: ${error.message}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && url.protocol !== 'data:' && url.protocol !== 'blob:') faults.push(`request beyond the origin: ${request.url()}`);
  });
  return { page, context, faults, close: () => context.close() };
}

export interface Someone { readonly name: string; readonly password: string }

/** By name and password; ends on the page that was asked for. */
export async function signIn(page: Page, site: Site, to = '/', { name, password }: Someone = site): Promise<void> {
  await page.goto(`${site.url}/sign-in?to=${encodeURIComponent(to)}`);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname + url.search === to);
}

/** Presses the golden journey's button and waits until the journey has arrived. @returns the trace id */
export async function sendJourney(page: Page): Promise<string> {
  await page.getByLabel('Reason').fill('End-to-end test');
  const button = page.getByRole('button', { name: 'Send and watch' });
  await button.click();
  await page.waitForURL(/\/journeys\/[0-9a-f]{32}/);
  await page.getByText('One connected tree.').waitFor({ timeout: 30_000 });
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** Asks the public API as the page's own scripts do: with its session, through its origin. @throws Error for any other status than expected */
export async function askApi(page: Page, method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<Record<string, unknown>> {
  const { status, text } = await page.evaluate(async ({ method, path, body }) => {
    const answer = await fetch(`/api${path}`, { method, headers: { 'x-requested-with': 'journey', ...(body !== undefined && { 'content-type': 'application/json' }) }, body: body === undefined ? null : JSON.stringify(body) });
    return { status: answer.status, text: await answer.text() };
  }, { method, path, body });
  if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${text}`);
  return text === '' ? {} : JSON.parse(text) as Record<string, unknown>;
}

/** Asks again until `look` finds something; a deadline, not a pause, ends it. */
export async function until<T>(what: string, look: () => Promise<T | undefined>, withinMs = 30_000): Promise<T> {
  for (const end = Date.now() + withinMs; Date.now() < end;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => { setTimeout(resolve, 200); });
  }
  throw new Error(`${what} did not come about within ${withinMs / 1000} s.`);
}
