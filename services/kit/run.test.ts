import { expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const env = {
  HOST: '127.0.0.1', PORT: '0', METRICS_PORT: '0', ENVIRONMENT: 'test', INSTALLATION: 'one', REVISION: 'worktree',
  TELEMETRY_URL: 'http://127.0.0.1:1', WORKLOAD_KEY: 'k', KEYS_URL: 'http://127.0.0.1:1', OTHER_URL: 'http://127.0.0.1:1', LOG_LEVEL: 'debug',
};
type Line = Readonly<Record<string, unknown>>;

/** Runs test/main.ts as a process of its own. */
function main(args: string[], variables: Record<string, string> = env) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'test/main.ts'), ...args], { env: { PATH: process.env['PATH'], ...variables }, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: Line[] = [];
  let stderr = '';
  const heard = createInterface(child.stdout);
  heard.on('line', (line) => { lines.push(JSON.parse(line) as Line); });
  child.stderr.on('data', (data) => { stderr += String(data); });
  return {
    child, lines,
    listening: new Promise<Line>((resolve) => { heard.on('line', (line) => { if (line.includes('listening')) resolve(JSON.parse(line) as Line); }); }),
    ended: new Promise<{ code: number | null; lines: Line[]; stderr: string }>((resolve) => { child.on('close', (code) => { resolve({ code, lines, stderr }); }); }),
  };
}

test('serves until SIGTERM, then closes and exits 0', async () => {
  const service = main([]);
  const { url } = await service.listening;
  expect((await fetch(`${String(url)}/v1/open`)).status).toBe(200);
  service.child.kill('SIGTERM');
  service.child.kill('SIGINT');
  const { code, lines, stderr } = await service.ended;
  const said = lines.map(({ message }) => message);
  expect([code, stderr, said.filter((message) => message !== 'GET /v1/open answered 200')]).toEqual([0, '', ['started', 'listening', 'stopping', 'closed']]);
  expect(said).toContain('GET /v1/open answered 200');
}, 20_000);

test('missing and wrong keys are one line that lists them all, and exit code 1', async () => {
  const { code, lines, stderr } = await main([], { ...env, PORT: 'x', WORKLOAD_KEY: '' }).ended;
  expect([code, stderr, lines.length]).toEqual([1, '', 1]);
  expect(lines[0]).toMatchObject({ level: 'fatal', 'service.name': 'thing', message: 'thing cannot start, 2 of its environment variables are missing or wrong: PORT must be a number; WORKLOAD_KEY is missing' });
}, 20_000);

test('a fault outside of any request is one line and exit code 1', async () => {
  const service = main([]);
  const { url } = await service.listening;
  await fetch(`${String(url)}/v1/things`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":"x"}' }).catch(() => undefined);
  const { code, lines, stderr } = await service.ended;
  expect([code, stderr]).toEqual([1, '']);
  expect(lines.at(-1)).toMatchObject({ level: 'fatal', message: 'a fault outside of any request' });
}, 20_000);

test('commands run and end; unknown ones and `migrate` without migrations say what there is', async () => {
  const greeting = await main(['greet', 'a', 'b']).ended;
  expect([greeting.code, greeting.lines]).toMatchObject([0, [{ message: 'hello', args: ['a', 'b'] }]]);
  for (const [word, message] of [['stumble', 'no way'], ['nonsense', '"nonsense" is no command of thing; there is greet, stumble.'], ['migrate', '"migrate" is no command of thing; there is greet, stumble.'], ['toString', '"toString" is no command of thing; there is greet, stumble.']]) {
    const { code, lines } = await main([word ?? '']).ended;
    expect([code, lines.at(-1)]).toMatchObject([1, { level: 'fatal', message }]);
  }
}, 60_000);
