/**
 * What is secret reaches no span, line, event, export, figure or page: 30 values that stand nowhere else are sent to every
 * public route of the real platform, in headers, cookies, queries and bodies, and looked for wherever telemetry goes. Needs JOURNEY_STATUS.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { auth } from '../../../services/auth/contract.ts';
import { configuration } from '../../../services/configuration/contract.ts';
import { deployment } from '../../../services/deployment/contract.ts';
import { gateway } from '../../../services/gateway/contract.ts';
import type { Route, RouteSet } from '../../../services/kit/contract.ts';
import { monitoring } from '../../../services/monitoring/contract.ts';
import { openStage } from './stage.ts';
import { askApi, signIn, visit } from './visitor.ts';

const checkout = process.env['JOURNEY_CHECKOUT'] ?? join(import.meta.dirname, '../../..');
const mark = `kanarie${randomBytes(6).toString('hex')}`;
const { site, browser } = await openStage();

const headers = ['authorization', 'cookie', 'proxy-authorization', 'x-api-key', 'x-auth-token', 'x-amz-security-token', 'x-csrf-token', 'journey-ticket', 'tracestate', 'baggage'] as const;
const keys = ['password', 'passwd', 'token', 'access_token', 'refreshToken', 'secret', 'client_secret', 'apiKey', 'privateKey', 'cookie', 'authorization', 'credentials', 'sessionId', 'pin', 'otp', 'link'] as const;
const queries = ['token', 'api_key', 'password', 'code'] as const;
/** A name that stands in a path, and so in a span. */
const control = `${mark}-control`;
const canaries: { readonly place: string; readonly value: string }[] = [...headers, ...keys, ...queries].map((place, index) => ({ place, value: `${mark}x${index}` }));
const valueOf = (place: string, from: number): string => canaries.find((one, index) => index >= from && one.place === place)?.value ?? '';

interface Process { readonly name: string; readonly pid: number; readonly urls: Readonly<Record<string, string>> }
const { processes } = JSON.parse(process.env['JOURNEY_STATUS'] ?? '{"processes":[]}') as { processes: readonly Process[] };
const door = processes.find(({ name }) => name === 'gateway')?.urls['http'] ?? '';

test('30 canaries through every public route are nowhere where telemetry goes', async (t) => {
  const { page, close } = await visit(browser, site, { width: 1280, height: 860, colours: 'light' }, /./);
  await signIn(page, site);
  const token = await plantInSignIn(page);
  const traces = await plantEverywhere(token);
  assert.ok(canaries.length >= 30 && traces.length > 60, `${canaries.length} canaries, ${traces.length} requests`);
  // The last of them has arrived when its own journey is there.
  const last = traces.at(-1) ?? '';
  await page.goto(`${site.url}/journeys/${last}`);
  await page.locator('li[data-hop]').first().waitFor({ timeout: 30_000 });

  const found: string[] = [];
  // What is no secret is found: otherwise nothing would be, wherever it stood.
  const controls = new Set<string>();
  const look = (where: string, text: string) => { for (const { place, value } of canaries) if (text.includes(value)) found.push(`${place} in ${where}`); if (text.includes(control)) controls.add(where.split(' ')[0] ?? ''); };
  look('the page', await page.content());
  for (const trace of traces) look(`journey ${trace}`, JSON.stringify(await askApi(page, 'GET', `/v1/journeys/${trace}`).catch(() => ({}))));
  for (const trace of traces.slice(0, 10)) look('the export', JSON.stringify(await askApi(page, 'GET', `/v1/journeys/${trace}/otlp?logs=true`)));
  look('the list', JSON.stringify(await askApi(page, 'GET', '/v1/journeys')));
  look('the logs', JSON.stringify(await askApi(page, 'GET', '/v1/logs?limit=1000')));
  look('a search', JSON.stringify(await askApi(page, 'GET', `/v1/logs?query=${mark}`).then(({ lines }) => lines)));
  look('the stream', await streamed(page, last));
  const files = readdirSync(join(checkout, '.journey', 'logs'));
  for (const file of files) look(file, readFileSync(join(checkout, '.journey', 'logs', file), 'utf8'));
  for (const { name, urls } of processes) if (urls['metrics']) look(`/metrics of ${name}`, await (await fetch(`${urls['metrics']}/metrics`)).text());
  const rows = await inDatabase(look);
  for (const path of ['/journeys', '/logs', '/services', '/alerts']) {
    await page.goto(site.url + path);
    await page.waitForLoadState('networkidle').catch(() => undefined);
    look(`page ${path}`, await page.content());
  }
  t.diagnostic(`measured: ${canaries.length} canaries in ${traces.length} requests; ${rows} rows, ${files.length} log files`);
  assert.deepEqual([...new Set(found)], []);
  for (const where of ['journey', 'table']) assert.ok(controls.has(where), `the name of a setting, which is no secret, is in a ${where}`);
  await close();
});

/** A password that is one, used as one. @returns a token */
async function plantInSignIn(page: Parameters<typeof askApi>[0]): Promise<string> {
  const [name, password] = [`${mark.slice(0, 12).replace('kanarie', 'person')}@example.com`, valueOf('password', headers.length)];
  await askApi(page, 'POST', '/v1/people', { name, password, roles: ['operator'] });
  const answer = await fetch(`${door}/v1/tokens`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name, password }) });
  assert.equal(answer.status, 201);
  const { token } = await answer.json() as { token: string };
  canaries.push({ place: 'the real token', value: token }, { place: 'its signature', value: token.split('.')[2] ?? '' });
  const cookie = (await page.context().cookies()).find(({ httpOnly }) => httpOnly)?.value ?? '';
  canaries.push({ place: 'the real session', value: cookie });
  return token;
}

/** Each public route three times: with strange headers, with a strange query, with a strange body. @returns the trace ids */
async function plantEverywhere(token: string): Promise<readonly string[]> {
  const routes = [auth, configuration, deployment, gateway, monitoring].flatMap(({ routes: all }: { routes: RouteSet }) => Object.values(all)).filter(({ public: open, stream, access }: Route) => (open === true || access === 'anyone') && stream !== true);
  const traces: string[] = [];
  const send = async ({ method, path }: Route, query: string, body: object | null, more: Readonly<Record<string, string>>) => {
    const to = path.replace(':environment', 'local').replace(/:[A-Za-z]+/g, '1');
    const sends = method !== 'get' && body !== null;
    const answer = await fetch(`${door}${to}${query}`, { method: method.toUpperCase(), headers: { authorization: `Bearer ${token}`, ...(sends ? { 'content-type': 'application/json', 'idempotency-key': randomBytes(16).toString('hex') } : {}), ...more }, ...(sends ? { body: JSON.stringify(body) } : {}) });
    await answer.arrayBuffer();
    traces.push(answer.headers.get('trace-id') ?? '');
  };
  const body = Object.fromEntries(keys.map((key) => [key, valueOf(key, headers.length)]));
  const strange = Object.fromEntries(headers.map((name) => [name, name === 'authorization' ? `Bearer ${valueOf(name, 0)}` : name === 'cookie' ? `journey-session=${valueOf(name, 0)}; other=${valueOf(name, 0)}` : valueOf(name, 0)]));
  const query = `?${new URLSearchParams(queries.map((name) => [name, valueOf(name, headers.length + keys.length)]))}`;
  for (const route of routes) {
    await send(route, '', null, strange);
    await send(route, query, null, {});
    await send(route, '', body, {});
  }
  // One that is taken: its value holds secrets by their keys.
  await send(configuration.routes.write, '', { value: body }, {});
  await send({ ...configuration.routes.read, path: `/v1/settings/local/${control}` }, '', null, {});
  return traces.filter((trace) => trace !== '');
}

/** What the stream of one journey says first. */
async function streamed(page: Parameters<typeof askApi>[0], trace: string): Promise<string> {
  return page.evaluate(async (path) => {
    const answer = await fetch(path);
    const reader = answer.body?.getReader();
    const { value } = await (reader?.read() ?? { value: undefined });
    await reader?.cancel();
    return new TextDecoder().decode(value);
  }, `/api/v1/journeys/${trace}/events`);
}

/** Every row of monitoring's own tables, as text. @returns how many */
async function inDatabase(look: (where: string, text: string) => void): Promise<number> {
  const pid = processes.find(({ name }) => name === 'monitoring')?.pid ?? 0;
  const url = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').find((line) => line.startsWith('DATABASE='))?.slice('DATABASE='.length) ?? '';
  const schema = new URL(url).searchParams.get('schema') ?? '';
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let count = 0;
    const tables = await client.query<{ name: string }>('select table_name as name from information_schema.tables where table_schema = $1 and table_type = $2', [schema, 'BASE TABLE']);
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)} t`);
      count += rows.length;
      look(`table ${name}`, rows.map(({ row }) => row).join('\n'));
    }
    return count;
  } finally {
    await client.end();
  }
}
