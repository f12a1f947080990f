import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import { openSearchBinary, startOpenSearch } from '../../../services/kit/test/servers/opensearch.ts';
import { prometheusBinary, startPrometheus } from '../../../services/kit/test/servers/prometheus.ts';
import type { TestServer } from '../../../services/kit/test/servers/server.ts';
import { CHECKOUT, journey, journeyWith, statusOf, until, values } from './journey.ts';
import { startShipper, type Shipper } from './shipper.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const missing = prometheusBinary() && openSearchBinary() && existsSync(CHROMIUM) ? false : 'needs prometheus, OpenSearch and Chromium (run .ci/servers.sh, .ci/opensearch.sh and .ci/browser.sh)';

const SENT = 60;
const ROUTE = '/v1/settings/:environment/:name';
const NAME = 'admin@journey.local';

/** The pages on a laptop whose figures and lines are read from servers that were there already: what they show is what those servers answer. */
describe('pages over a real Prometheus and a real OpenSearch', { skip: missing }, () => {
  let prometheus: Awaited<ReturnType<typeof startPrometheus>>;
  let search: TestServer;
  let shipper: Shipper;
  let browser: Browser;
  let page: Page;
  let [site, gateway, token, trace] = ['', '', '', ''];

  before(async () => {
    [prometheus, search, browser] = await Promise.all([startPrometheus(), startOpenSearch(), chromium.launch({ executablePath: CHROMIUM, args: ['--proxy-server=127.0.0.1:1', '--no-sandbox', '--disable-gpu'] })]);
    await ask('PUT', `${search.url}/_index_template/journey`, readFileSync(join(CHECKOUT, 'services/monitoring/opensearch-template.json'), 'utf8'));
    await journey('down');
    await journey('reset', '--yes');
    const ran = await journeyWith({ env: { METRICS_URL: prometheus.url, LOGS_URL: `${search.url}/journey-*` } }, 'up', '--detach');
    assert.equal(ran.code, 0, ran.err);
    const { processes } = await statusOf();
    const figures = processes.filter(({ urls }) => urls['metrics'] !== undefined);
    writeFileSync(prometheus.targetsFile, JSON.stringify(figures.map(({ name, urls }) => ({ targets: [new URL(urls['metrics'] ?? '').host], labels: { job: name } }))));
    shipper = startShipper(join(CHECKOUT, '.journey/logs'), figures.map(({ name }) => name), new URL(`${search.url}/journey-here`));
    const urlOf = (name: string) => processes.find((one) => one.name === name)?.urls['http'] ?? '';
    [site, gateway] = [urlOf('dashboard'), urlOf('gateway')];
    const password = /password (\S+)/.exec(`${ran.out}${ran.err}`)?.[1] ?? '';
    token = (await ask<{ token: string }>('POST', `${gateway}/v1/tokens`, JSON.stringify({ name: NAME, password }))).token;
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    await context.addInitScript(() => localStorage.setItem('journey-tour', 'over'));
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(`${site}/sign-in?to=/docs`);
    await page.getByLabel('Name').fill(NAME);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/\/docs$/);
    // Of a series that is new in the first window nobody can say what it began with.
    await until('Prometheus has looked at every workload for a window', 60, async () => (await asked('count(count_over_time(up[90s]) > 32)')) === figures.length || undefined);
  });
  after(async () => {
    await browser?.close();
    await journey('down');
    await shipper?.stop().catch(() => undefined);
    await Promise.all([prometheus?.stop(), search?.stop()]);
  });

  async function ask<T = unknown>(method: string, url: string, body?: string): Promise<T> {
    const answer = await fetch(url, { method, headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(token !== '' && url.startsWith(gateway) ? { authorization: `Bearer ${token}` } : {}) }, ...(body === undefined ? {} : { body }) });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${url} answered ${answer.status}: ${text.slice(0, 300)}`);
    return JSON.parse(text) as T;
  }
  /** One number, by Prometheus itself; 0 where it has none. */
  const asked = async (query: string) => Number((await ask<{ data: { result: readonly { value: readonly [number, string] }[] } }>('GET', `${prometheus.url}/api/v1/query?query=${encodeURIComponent(query)}`)).data.result[0]?.value[1] ?? 0);
  interface Found { readonly hits: { readonly hits: readonly { readonly _source: { readonly '@timestamp': string; readonly message: string; readonly service: { readonly name: string } } }[] }; readonly aggregations: { readonly services: { readonly buckets: readonly { readonly key: string; readonly doc_count: number }[] } } }
  /** The lines of the journey, oldest first, by OpenSearch itself. */
  const found = () => ask<Found>('POST', `${search.url}/journey-*/_search`, JSON.stringify({ size: 500, query: { term: { 'trace.id': trace } }, sort: ['@timestamp', '_seq_no'], aggs: { services: { terms: { field: 'service.name' } } } }));

  test('Services and Metrics show the count that Prometheus has, and say that it is its', async () => {
    for (let sent = 0; sent < SENT; sent += 4) await Promise.all([1, 2, 3, 4].map(() => ask('GET', `${gateway}/v1/settings/local/deployment-freeze`)));
    const counted = () => asked(`sum(http_server_request_duration_seconds_count{job="configuration",http_route="${ROUTE}"})`);
    await until('Prometheus has seen all of them', 20, async () => (await counted()) >= SENT || undefined);
    const count = await counted();
    for (const path of ['/services?open=configuration', '/metrics?by=route']) {
      await page.goto(`${site}${path}`);
      await page.locator('[data-source="prometheus"]').getByText(/^Read from Prometheus \(monitoring\.METRICS\), as far as it has looked; Now is monitoring’s own\. Values of 30 s each, kept for 40 d\.$/).waitFor();
      await page.locator(`tr[data-group*="${ROUTE}"][data-requests="${count}"]`).first().waitFor();
    }
    // The seconds of monitoring are not put behind the windows of Prometheus.
    await page.locator('[data-live="poll"]').waitFor();
  });

  test('what is read from them is told as given at the start, not as undeclared', async () => {
    await ask('GET', `${gateway}/v1/logs?limit=1`);
    await page.goto(`${site}/services?range=10m`);
    for (const reference of ['METRICS', 'LOGS']) await page.locator(`tr[data-edge$=":monitoring.${reference}"][data-standing="given"]`).waitFor();
    assert.equal(await page.locator('tr[data-standing="undeclared"]').count(), 0);
  });

  test('Logs shows the lines that OpenSearch finds, its counts, and says what it cannot know', async () => {
    const sent = await journey('send', '--json');
    assert.equal(sent.code, 0, sent.err);
    trace = String(values(sent).at(-1)?.['traceId']);
    const written = () => (['auth', 'configuration', 'deployment', 'gateway', 'notification', 'monitoring'].flatMap((name) => readFileSync(join(CHECKOUT, `.journey/logs/${name}.log`), 'utf8').split('\n').filter((line) => line.includes(`"trace_id":"${trace}"`)))).length;
    await until('every line was shipped', 20, async () => (written() > 3 && (await found()).hits.hits.length === written()) || undefined);
    const { hits: { hits }, aggregations: { services: { buckets } } } = await found();
    await page.goto(`${site}/logs?q=trace:${trace}`);
    await page.locator('[data-source="opensearch"]').getByText(/^Read from OpenSearch \(monitoring\.LOGS\)\. How long it keeps lines, and which were never shipped to it, it does not say/).waitFor();
    await page.locator(`[data-total="${hits.length}"]`).waitFor();
    await until('the lines are shown', 10, async () => (await page.locator('[data-line-id]').count()) === hits.length || undefined);
    assert.deepEqual((await page.locator('[data-line-id] button').allTextContents()).map((text) => text.replace(/^(info|warn|error) /, '')).toSorted(), hits.map(({ _source: { message } }) => message).toSorted());
    for (const { key, doc_count: count } of buckets) await page.getByRole('button', { name: new RegExp(`^Only ${key}\\s*${count}$`) }).waitFor();
    const exported = (await page.evaluate(async (q) => (await fetch(`/api/v1/logs/export?query=trace:${q}`)).text(), trace)).trim().split('\n');
    assert.deepEqual(JSON.parse(exported.pop() ?? ''), { end: { lines: hits.length, cut: false } });
    await page.locator('[data-line-id] button').first().click();
    await page.getByRole('button', { name: 'What was around it' }).click();
    await page.getByText('50 lines before and after').waitFor();
  });

  test('a line that is written while one follows is shown once it was shipped', async () => {
    await page.goto(`${site}/logs?q=service:configuration&live=on`);
    await page.locator('[data-live="stream"]').waitFor();
    await page.locator('[data-line-id]').first().waitFor();
    const newest = Number(await page.locator('[data-line-id]').first().getAttribute('data-line-id'));
    await ask('GET', `${gateway}/v1/settings/local/deployment-freeze`);
    await until('the new line is the first', 20, async () => Number(await page.locator('[data-line-id]').first().getAttribute('data-line-id')) > newest || undefined);
  });

  test('a journey has the lines of OpenSearch at its hops, also those that came after it had arrived', async () => {
    const { hits: { hits } } = await found();
    const { logs, sources, hops: [door] } = await ask<{ logs: readonly { message: string }[]; sources: object; hops: readonly { spanId: string }[] }>('GET', `${gateway}/v1/journeys/${trace}`);
    assert.deepEqual([logs.map(({ message }) => message), sources], [hits.map(({ _source: { message } }) => message), { hops: 'own', logs: 'opensearch' }]);
    await page.goto(`${site}/journeys/${trace}?hop=${door?.spanId}`);
    await page.locator('[data-sources="own opensearch"]').getByText('Log lines are read from OpenSearch').waitFor();
    await page.getByText('One connected tree.').waitFor();
    const late = { '@timestamp': new Date().toISOString(), service: { name: 'gateway' }, log: { level: 'info' }, message: 'it came late', trace: { id: trace }, span: { id: door?.spanId } };
    await ask('POST', `${search.url}/journey-here/_doc?refresh=true`, JSON.stringify(late));
    await page.getByText(late.message).waitFor();
  });

  test('while one is away its page names it, and what monitoring sees itself goes on', async () => {
    // Rejects when OpenSearch refused a line.
    await shipper.stop();
    assert.ok(shipper.shipped() > 0);
    await Promise.all([prometheus.kill(), search.kill()]);
    for (const [path, server, reference] of [['/metrics', 'Prometheus', 'METRICS'], ['/logs', 'OpenSearch', 'LOGS']] as const) {
      await page.goto(`${site}${path}`);
      await page.getByText(new RegExp(`^The ${server} at monitoring\\.${reference} does not answer`)).first().waitFor();
    }
    await page.goto(`${site}/alerts`);
    await page.getByText('by what monitoring sees itself').waitFor();
    const { workloads } = await ask<{ workloads: readonly { health: string }[] }>('GET', `${gateway}/v1/workloads`);
    assert.ok(workloads.every(({ health }) => health === 'Healthy'));
  });
});
