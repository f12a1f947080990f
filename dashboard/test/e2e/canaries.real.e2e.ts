/**
 * What is secret reaches no span, line, event, export, figure or page: 30 values that stand nowhere else are sent to every
 * public route of the real platform, in headers, cookies, queries and bodies, and one in a mail; they and the secrets of this checkout are
 * looked for wherever telemetry goes. A failure tells their names, never the values. Needs JOURNEY_STATUS.
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
import { askApi, signIn, until, visit } from './visitor.ts';

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
  await plantInMail(token);
  canaries.push(...secretsOfCheckout());
  const traces = await plantEverywhere(token);
  assert.ok(canaries.length >= 30 && traces.length > 60, `${canaries.length} canaries, ${traces.length} requests`);
  // The last of them has arrived when its own journey is there.
  const last = traces.at(-1) ?? '';
  await page.goto(`${site.url}/journeys/${last}`);
  await page.locator('li[data-hop]').first().waitFor({ timeout: 30_000 });

  const found = new Set<string>();
  // What is no secret is found: otherwise nothing would be, wherever it stood.
  const controls = new Set<string>();
  const look = (where: string, text: string, which = '') => {
    for (const { place, value } of canaries) if (text.includes(value)) found.add(`${place} in ${where} ${which}`.trim());
    if (text.includes(control)) controls.add(where);
  };
  look('page of a journey', await page.content());
  const line = await lineWith(page, last);
  await page.goto(`${site.url}/journeys/${last}?hop=${line.spanId}`);
  await page.getByText(line.message).first().waitFor({ timeout: 30_000 });
  look('opened hop', await page.content());
  for (const trace of traces) look('journey', JSON.stringify(await askApi(page, 'GET', `/v1/journeys/${trace}`).catch(() => ({}))), trace);
  for (const trace of [...traces.slice(0, 10), ...traces.slice(-3)]) look('export', JSON.stringify(await askApi(page, 'GET', `/v1/journeys/${trace}/otlp?logs=true`)), trace);
  look('list', JSON.stringify(await askApi(page, 'GET', '/v1/journeys')));
  look('logs', JSON.stringify(await askApi(page, 'GET', '/v1/logs?limit=1000')));
  look('search', JSON.stringify(await askApi(page, 'GET', `/v1/logs?query=${mark}`).then(({ lines }) => lines)));
  // The last line alone begins so; a line of a stream has an attribute of that name.
  look('export of the logs', await streamed(page, '/v1/logs/export', '{"end":{'));
  look('stream', await streamed(page, `/v1/journeys/${last}/events`, control));
  look('tail', await streamed(page, '/v1/logs/tail?after=0', control));
  // It tells what comes: what is planted is sent again while it listens.
  const [events] = await Promise.all([streamed(page, '/v1/events?topics=hops,logs,health,alerts', control), plantEverywhere(token)]);
  look('events', events);
  const files = readdirSync(join(checkout, '.journey', 'logs'));
  for (const file of files) look('log file', readFileSync(join(checkout, '.journey', 'logs', file), 'utf8'), file);
  for (const { name, urls } of processes) if (urls['metrics']) look('/metrics', await (await fetch(`${urls['metrics']}/metrics`)).text(), name);
  const rows = await inDatabase(look);
  for (const path of ['/journeys', '/logs', '/services', '/alerts']) {
    await page.goto(site.url + path);
    await page.waitForLoadState('networkidle').catch(() => undefined);
    look('page', await page.content(), path);
  }
  t.diagnostic(`measured: ${canaries.length} canaries in ${traces.length} requests; ${rows} rows, ${files.length} log files`);
  // Where the name of a setting, which is no secret, was not found, nothing would have been.
  const blind = ['journey', 'opened hop', 'export', 'search', 'export of the logs', 'stream', 'tail', 'events', 'log file', 'table'].filter((where) => !controls.has(where));
  assert.deepEqual({ found: [...found], blind }, { found: [], blind: [] });
  await close();
});

/** The real ones: what the platform of this checkout may never tell. Of a key in PEM each line counts that is not its frame. */
function secretsOfCheckout(): typeof canaries {
  const { values, passwords } = JSON.parse(readFileSync(join(checkout, '.journey', 'secrets.json'), 'utf8')) as Record<'values' | 'passwords', Readonly<Record<string, string>>>;
  return [...Object.entries(values), ...Object.entries(passwords)].flatMap(([name, value]) => value.split('\n').filter((part) => part.length >= 16 && !part.startsWith('-----')).map((part) => ({ place: `the secret ${name}`, value: part })));
}

/** A change that is already so: it ends at once, and with a mail to who asked for it. What is written in mails stays in them. */
async function plantInMail(token: string): Promise<void> {
  const reason = `${mark}-mail`;
  const answer = await fetch(`${door}/v1/deployments`, {
    method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': randomBytes(16).toString('hex') },
    body: JSON.stringify({ workload: 'configuration', environment: 'local', revision: 'worktree', reason }),
  });
  assert.equal(answer.status, 202);
  const sink = join(checkout, '.journey', 'data', 'mail');
  await until('the mail with the reason', async () => readdirSync(sink).some((file) => readFileSync(join(sink, file), 'utf8').includes(reason)) || undefined, 60_000);
  canaries.push({ place: 'the text of a mail', value: reason }, { place: 'the end of a mail', value: 'If it was not you, tell an admin' });
}

/** The line that names the control, which a hop of its journey wrote. */
function lineWith(page: Parameters<typeof askApi>[0], trace: string): Promise<{ readonly spanId: string; readonly message: string }> {
  return until('the line of the last request', async () => {
    const { logs } = await askApi(page, 'GET', `/v1/journeys/${trace}`) as { logs: readonly { readonly spanId: string | null; readonly message: string }[] };
    return logs.flatMap(({ spanId, message }) => (spanId !== null && message.includes(control) ? [{ spanId, message }] : []))[0];
  });
}

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

/** What a stream tells until it has told `awaited`, has ended, or half a minute is over. */
async function streamed(page: Parameters<typeof askApi>[0], path: string, awaited: string): Promise<string> {
  return page.evaluate(async ({ path, awaited }) => {
    const late = AbortSignal.timeout(30_000);
    const answer = await fetch(path, { signal: late });
    let text = '';
    try {
      for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += part;
        if (text.includes(awaited)) break;
      }
    } catch (error) {
      if (!late.aborted) throw error;
    }
    return text;
  }, { path: `/api${path}`, awaited });
}

/** Every row of monitoring's own tables, as text. @returns how many */
async function inDatabase(look: (where: string, text: string, which: string) => void): Promise<number> {
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
      look('table', rows.map(({ row }) => row).join('\n'), name);
    }
    return count;
  } finally {
    await client.end();
  }
}
