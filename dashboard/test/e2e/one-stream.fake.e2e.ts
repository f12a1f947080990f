/** One connection for all that a page listens to: health, the count of alerts, lines. Needs JOURNEY_FAKE=1. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openStage } from './stage.ts';
import { askApi, signIn, until, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const { site, browser } = await openStage();

/** What the page itself asked for, since it was opened. */
function askedOf(page: Page): { readonly streams: () => readonly string[]; readonly count: (path: string) => number } {
  const asked: URL[] = [];
  page.on('request', (request) => asked.push(new URL(request.url())));
  return { streams: () => asked.filter(({ pathname }) => /\/(events|tail|live)$/.test(pathname)).map(({ pathname, search }) => pathname + search), count: (path) => asked.filter(({ pathname }) => pathname === path).length };
}

test('the overview hears health and alerts on one stream, asks for neither, and the band counts what fires', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site);
  const asked = askedOf(page);
  await page.reload();
  await page.getByText('4 of 7 healthy').waitFor();
  await page.locator('[data-firing="1"]').waitFor();
  await page.waitForTimeout(1000);
  const before = asked.count('/api/v1/workloads');
  await page.waitForTimeout(6500);
  assert.equal(asked.count('/api/v1/workloads'), before, 'nobody asks while it is told');
  assert.ok(await page.getByText('Live', { exact: true }).isVisible());
  assert.deepEqual(asked.streams(), ['/api/v1/events?topics=alerts%2Chealth']);
  const began = Date.now();
  await askApi(page, 'POST', '/v1/alerts/test', { reason: 'The band counts' });
  await page.locator('[data-firing="2"]').waitFor();
  assert.ok(Date.now() - began < 3000, `after ${Date.now() - began} ms`);
  const [first] = (await askApi(page, 'GET', '/v1/alerts'))['alerts'] as readonly { readonly fingerprint: string }[];
  await askApi(page, 'POST', `/v1/alerts/${first?.fingerprint}/acknowledgement`, { reason: 'Seen' });
  await page.locator('[data-firing="1"]').waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('lines are heard on the same stream, from where it was; leaving them leaves the rest', async () => {
  const { page, context, faults, close } = await visit(browser, site, desk);
  const opened = page.waitForRequest(/\/api\/v1\/events\?topics=alerts%2Chealth$/);
  // From the first event with an id on there is a place to go on from.
  const network = await context.newCDPSession(page);
  const heard = new Promise<void>((resolve) => { network.on('Network.eventSourceMessageReceived', ({ eventId }) => { if (eventId !== '') resolve(); }); });
  await network.send('Network.enable');
  await signIn(page, site, '/logs');
  await opened;
  await heard;
  const asked = askedOf(page);
  await page.getByLabel('Follow live').check();
  await page.getByText('a new line while somebody looks').nth(2).waitFor();
  const streams = asked.streams();
  assert.equal(streams.length, 1, streams.join('\n'));
  assert.match(streams[0] ?? '', /topics=alerts%2Chealth%2Clogs&after=/);
  await page.getByLabel('Follow live').uncheck();
  await until('the stream without lines', async () => asked.streams().at(-1)?.includes('topics=alerts%2Chealth&after=logs') || undefined);
  await page.getByRole('link', { name: 'Alerts' }).click();
  await page.getByRole('heading', { name: 'Alerts', exact: true }).waitFor();
  await page.waitForTimeout(500);
  assert.equal(asked.streams().length, 2, 'another page, the same stream');
  assert.deepEqual(faults, []);
  await close();
});
