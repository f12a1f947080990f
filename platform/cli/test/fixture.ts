import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalModel } from '../runner/prepare.ts';
import type { LocalProcess } from '../../targets/local/plan.ts';

/** A checkout with two services of a few lines, real processes, without databases. */
export interface Fixture {
  readonly root: string;
  readonly model: LocalModel;
  remove(): void;
}

export const SERVICE = `
const [RELEASE, BAD] = ['worktree', false];
import { createServer } from 'node:http';
import { Server as Listener } from 'node:net';
import { appendFileSync } from 'node:fs';
const [word] = process.argv.slice(2);
if (word === 'build' || word === 'migrate') { appendFileSync(word + 's', process.argv[1] + '\\n'); process.exit(process.env.FAIL === word ? 1 : 0); }
if (word === 'bootstrap') {
  let line = '';
  for await (const chunk of process.stdin) line += chunk;
  console.log(JSON.stringify({ created: JSON.parse(line).people.map((p) => p.name) }));
  process.exit(0);
}
console.log(JSON.stringify({ time: Date.now(), level: 'info', msg: 'listening' }));
let [asked, leaving] = [0, false];
const answer = (request, response) => {
  if (request.url === '/crash') process.exit(7);
  if (leaving) response.setHeader('connection', 'close');
  if (request.url === '/metrics') return response.end('http_server_request_duration_seconds_count{http_response_status_code="200"} ' + asked + '\\nhttp_server_request_duration_seconds_count{http_response_status_code="500"} ' + failed + '\\n');
  if (request.url === '/readyz') return response.writeHead(process.env.NEVER === 'ready' ? 503 : 200).end('ok');
  asked += 1;
  if (BAD && asked % 4 === 0) { failed += 1; asked -= 1; return response.writeHead(500).end(RELEASE); }
  response.end(RELEASE + ' ' + (process.env.LIMIT ?? ''));
};
let failed = 0;
const names = (process.env.LISTEN_FDNAMES ?? '').split(':');
const servers = names.map((_, place) => createServer(answer).listen({ fd: 3 + place }));
process.on('SIGTERM', () => { for (const one of servers) one.closeAllConnections(); process.exit(0); });
process.on('SIGUSR2', () => { leaving = true; for (const one of servers) Listener.prototype.close.call(one);
  setInterval(() => { for (const one of servers) one.getConnections((_, open) => { one.open = open; if (servers.every((s) => s.open === 0)) process.exit(0); }); }, 50); });
`;

export function fixture(change: (process: LocalProcess) => LocalProcess = (one) => one): Fixture {
  const root = mkdtempSync(join(tmpdir(), 'journey fixture (1) '));
  const processOf = (name: string, more: Partial<LocalProcess>): LocalProcess => ({
    name, about: `The ${name}.`, folder: `services/${name}`, release: 'worktree', replicas: 1, command: ['node', `services/${name}/main.mjs`], ports: ['http'],
    probes: { port: 'http', live: '/livez', ready: '/readyz' }, after: [], allow: [],
    env: { HOST: { from: 'literal', value: '127.0.0.1' }, PORT: { from: 'port', port: 'http' } }, ...more,
  });
  const processes = [
    processOf('keeper', { migrate: ['node', 'services/keeper/main.mjs', 'migrate'] }),
    processOf('dashboard', { build: ['node', 'services/dashboard/main.mjs', 'build'] }),
  ].map(change);
  for (const { folder } of processes) {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, 'main.mjs'), SERVICE);
  }
  const backings = [
    { name: 'post', kind: 'mail', provider: 'embedded', override: 'POST_URL' } as const,
    { name: 'archive', kind: 'objects', provider: 'embedded', override: 'ARCHIVE_URL' } as const,
    { name: 'sessions', kind: 'cache', provider: 'external', override: 'SESSIONS_URL' } as const,
  ];
  return { root, model: { plan: { environment: 'local', processes, waves: [processes.map(({ name }) => name)], backings, secrets: ['some-key'] }, keys: 'keeper' }, remove: () => rmSync(root, { recursive: true, force: true }) };
}

export const fixtureEnv = { SESSIONS_URL: 'redis://user:secret@127.0.0.1:1/0' };
