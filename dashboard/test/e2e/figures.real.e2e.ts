/**
 * Every number that Services, Metrics and Model show, beside the API's for the same range and beside what a driver counted by itself.
 * On the real platform: a range of its own is asked of all three, so that what goes on meanwhile changes nothing.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { formatRate, formatSeconds, formatShare } from '../../features/figures/figure-text.ts';
import { openStage } from './stage.ts';
import { askApi, signIn, until, visit } from './visitor.ts';

interface Figures { readonly requests: number; readonly errors: number; readonly p99: number | null }
interface Group extends Figures { readonly key: string; readonly labels: Readonly<Record<string, string>>; readonly rate: number; readonly refused: number; readonly p50: number | null; readonly p95: number | null }
interface Edge extends Figures { readonly reference: string | null }

const ROUTE = '/v1/settings/:environment/:name';
const SENT = 240;
const { site, browser } = await openStage();

test('Services, Metrics and Model show what the API says, and the API what a driver counted', async () => {
  const { page, faults, close } = await visit(browser, site, { width: 1280, height: 860, colours: 'light' });
  await signIn(page, site, '/docs');
  const from = Math.floor(Date.now() / 1000) * 1000 - 1000;
  const answered = await drive(page);
  const to = Math.ceil(Date.now() / 1000) * 1000 + 2000;
  const range = `from=${from}&to=${to}`;
  const red = async (by: string, service = '') => (await askApi(page, 'GET', `/v1/metrics/red?by=${by}${service && `&service=${service}`}&${range}`) as { readonly groups: readonly Group[] }).groups;
  const route = async () => (await red('route', 'configuration')).find(({ labels }) => labels['route'] === ROUTE);
  await until('the range has passed and its figures are in', async () => (Date.now() > to + 3000 && (await route())?.requests === answered ? true : undefined), 30_000);
  assert.equal(answered, SENT, 'everything was answered');

  const [services, routes] = [await red('service'), await red('route', 'configuration')];
  const { edges } = await askApi(page, 'GET', `/v1/edges?${range}`) as { readonly edges: readonly Edge[] };
  const seconds = (to - from) / 1000;
  assert.ok(services.length >= 4 && edges.length >= 4, 'there is something to compare');

  await page.goto(`${site.url}/services?open=configuration&${range}`);
  for (const one of services) assert.deepEqual(await cells(page, `tr[data-service="${String(one.labels['service'])}"][data-requests="${one.requests}"]`, 2, 5), [...shown(one), formatSeconds(one.p50), formatSeconds(one.p99)]);
  for (const one of routes) assert.deepEqual((await cells(page, `[data-detail="configuration"] tr[data-group="${CSS(one.key)}"][data-requests="${one.requests}"]`, 1, 5)).slice(0, 3), shown(one));
  for (const one of edges.filter(({ reference }) => reference !== null && !/\.(TELEMETRY_URL|KEYS_URL|WORKLOADS)$/.test(reference))) await page.locator(`tr[data-edge^="${one.reference}>"][data-requests="${one.requests}"]`).first().waitFor();

  await page.goto(`${site.url}/metrics?${range}`);
  for (const one of services) assert.deepEqual(await cells(page, `tr[data-group="${String(one.labels['service'])}"][data-requests="${one.requests}"]`, 1, 7), [one.requests.toLocaleString('en-GB'), ...shown(one), formatSeconds(one.p50), formatSeconds(one.p95), formatSeconds(one.p99)]);

  await page.goto(`${site.url}/model?${range}`);
  const settings = edges.find(({ reference }) => reference === 'gateway.CONFIGURATION_URL');
  assert.ok(settings && Math.abs(settings.requests - answered) <= answered / 100, `gateway.CONFIGURATION_URL: ${settings?.requests} beside ${answered} of the driver`);
  assert.deepEqual(await cells(page, `tr[data-declares="gateway.CONFIGURATION_URL"][data-requests="${settings.requests}"]`, 2, 3), [formatRate(settings.requests / seconds), formatShare(settings.errors, settings.requests), formatSeconds(settings.p99)]);
  assert.deepEqual(faults, []);
  await close();
});

/** Asks one route from the page, four at once. @returns how many were answered with 200, by its own count */
function drive(page: Page): Promise<number> {
  return page.evaluate(async (count) => {
    let answered = 0;
    for (let sent = 0; sent < count; sent += 4) {
      const all = await Promise.all([0, 1, 2, 3].map(() => fetch('/api/v1/settings/local/deployment-freeze', { headers: { 'x-requested-with': 'journey' } })));
      answered += all.filter(({ status }) => status === 200).length;
    }
    return answered;
  }, SENT);
}

/** Texts of `count` cells of a row, from its `first` one on; the row's heading is none. */
async function cells(page: Page, row: string, first: number, count: number): Promise<readonly string[]> {
  const shownRow = page.locator(row).first();
  await shownRow.waitFor();
  const texts = await shownRow.locator('td').allInnerTexts();
  return texts.slice(first - 1, first - 1 + count);
}

const shown = ({ rate, errors, refused, requests }: Group): readonly string[] => [formatRate(rate), formatShare(errors, requests), formatShare(refused, requests)];
const CSS = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
