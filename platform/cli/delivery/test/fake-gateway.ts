import { afterAll, beforeEach } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliError } from '../../command.ts';

export interface Asked { readonly method: string; readonly path: string; readonly query: Readonly<Record<string, string>>; readonly body: unknown; readonly key: string | undefined; readonly ticket: string | undefined }
type Answer = readonly [status: number, body: unknown];

/** A checkout whose gateway is a real HTTP server that answers what a test wants. */
export interface FakeGateway {
  readonly root: string;
  /** Everything but signing in. */
  readonly asked: Asked[];
  /** `POST /v1/changes` → what is answered: the same every time, or one after the other, the last one for ever. */
  answers: Record<string, Answer | readonly Answer[]>;
  /** Method and path of everything that was asked. */
  lines(): string[];
}

export const TRACE = 'a'.repeat(32);

/** One for a whole file of tests: `const world = await fakeGateway();`. Each test begins with nothing asked and nothing to answer. */
export async function fakeGateway(): Promise<FakeGateway> {
  const root = mkdtempSync(join(tmpdir(), 'journey twins-'));
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => { text += String(chunk); }).on('end', () => {
      const url = new URL(request.url ?? '/', 'http://fake');
      const key = request.headers['idempotency-key'];
      const line = `${request.method} ${url.pathname}`;
      if (line !== 'POST /v1/tokens') asked.push({ method: request.method ?? '', path: url.pathname, query: Object.fromEntries(url.searchParams), body: text === '' ? undefined : JSON.parse(text) as unknown, key: typeof key === 'string' ? key : undefined, ticket: request.headers['journey-ticket']?.toString() });
      const [status, body] = line === 'POST /v1/tokens' ? [201, { token: 't' }] as const : next(line);
      response.writeHead(status, { 'content-type': 'application/json', 'trace-id': TRACE }).end(JSON.stringify(body));
    });
  });
  const world: FakeGateway = {
    root, asked, answers: {}, lines: () => asked.map(({ method, path }) => `${method} ${path}`),
  };
  beforeEach(() => {
    asked.length = 0;
    world.answers = {};
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
    rmSync(root, { recursive: true });
  });
  function next(line: string): Answer {
    const answer = world.answers[line];
    if (answer === undefined) return [404, { detail: `nobody said what to answer to ${line}`, code: 'not_found' }];
    if (!isList(answer)) return answer;
    if (answer.length > 1) world.answers[line] = answer.slice(1);
    return answer[0] ?? [500, {}];
  }
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', () => resolve()); });
  const http = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  mkdirSync(join(root, '.journey'));
  writeFileSync(join(root, '.journey', 'credentials.json'), JSON.stringify({ name: 'cli@journey.local', password: 'a long enough word' }));
  writeFileSync(join(root, '.journey', 'state.json'), JSON.stringify({
    runner: { pid: 2, started: '1' }, environment: 'local', installation: 'x', phase: 'running', startedAt: 'now', backings: [], helpers: [],
    processes: [{ name: 'gateway', about: '', release: 'worktree', health: 'Healthy', restarts: 0, urls: { http }, log: '' }],
  }));
  return world;
}

const isList = (answer: Answer | readonly Answer[]): answer is readonly Answer[] => Array.isArray(answer[0]);

/** What a command ends with when it does not end well. */
export async function failure(promise: Promise<unknown>): Promise<CliError> {
  const error = await promise.then(() => undefined, (thrown: unknown) => thrown);
  if (error instanceof CliError) return error;
  throw new Error(`not a CliError: ${String(error)}`);
}
