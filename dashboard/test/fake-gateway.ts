/**
 * The gateway's public API without a platform behind it, for tests of the dashboard alone; never used by `up`.
 * Sentinels: the password `wrong` and a link of 43 `x` are refused; a deployment whose workload or reason is `fail-503` ends
 * at configuration; `frozen` is refused by the freeze rule.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { deployment } from '../../services/deployment/contract.ts';
import { gateway } from '../../services/gateway/contract.ts';
import { monitoring } from '../../services/monitoring/contract.ts';
import type { Route } from '../../services/kit/contract.ts';
import type { AnswerOf } from '../api/ask.ts';
import type { Person, Workload } from '../api/gateway.ts';
import { fakeGraph } from './fake-graph.ts';
import { brokenJourney, fakeJourney } from './fake-journey.ts';

export interface FakeGateway { readonly url: string; readonly asked: readonly string[]; pause(): Promise<void>; resume(): Promise<void>; stop(): Promise<void> }
interface Asked { readonly params: Readonly<Record<string, string>>; readonly body: Readonly<Record<string, unknown>>; readonly person: Person | undefined; readonly response: ServerResponse }
class Refusal extends Error {
  readonly problem: Readonly<Record<string, unknown>> & { readonly status: number };
  constructor(problem: Readonly<Record<string, unknown>> & { readonly status: number }) {
    super(String(problem['title']));
    this.problem = problem;
  }
}

const cookie = 'journey-session-fake';
const traceIdNow = () => randomBytes(16).toString('hex');

/** @param health what the workloads report; tests change it while pages look */
export async function fakeGateway({ port = 0, workloads = fakeWorkloads }: { readonly port?: number; readonly workloads?: () => readonly Workload[] } = {}): Promise<FakeGateway> {
  const sessions = new Map<string, Person>();
  const journeys = new Map<string, { readonly startedAt: number; readonly endsAt?: string }>();
  const asked: string[] = [];
  const answers = [
    on(gateway.routes.signIn, ({ body, response }) => {
      if (body['password'] === 'wrong' || body['link'] === 'x'.repeat(43)) throw new Refusal({ status: 401, code: 'unauthenticated', title: 'Nobody vouches for this request', detail: body['link'] ? 'This link was used before, or it is older than a day.' : 'The name or the password is wrong.', fix: 'Try again, or run ./journey up to get a new link.', traceId: traceIdNow() });
      const id = randomUUID();
      const person = { name: typeof body['name'] === 'string' ? body['name'] : 'admin@localhost', roles: ['admin'] };
      sessions.set(id, person);
      response.setHeader('set-cookie', `${cookie}=${id}; HttpOnly; SameSite=Strict; Path=/; Max-Age=3600`);
      return person;
    }),
    on(gateway.routes.session, ({ person }) => signedIn(person)),
    on(gateway.routes.signOut, ({ response }) => {
      response.setHeader('set-cookie', `${cookie}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0`);
      return null;
    }),
    on(monitoring.routes.workloads, ({ person }) => signedIn(person) && { workloads: workloads() }),
    on(monitoring.routes.journeys, ({ person }) => signedIn(person) && {
      journeys: [...journeys].filter(([, { startedAt, endsAt }]) => endsAt || fakeJourney('', startedAt, Date.now() - startedAt).hops.length > 0).toReversed().map(([traceId, { startedAt, endsAt }]) => ({ traceId, name: 'POST /v1/deployments', startedAt, durationMs: endsAt ? 14.2 : 109.7, hops: endsAt ? 6 : 18, status: endsAt ? 'error' as const : 'ok' as const })),
    }),
    on(monitoring.routes.journey, ({ params, person }) => {
      const journey = signedIn(person) && journeys.get(params['traceId'] ?? '');
      if (!journey) throw notReported();
      const known = fakeJourney(params['traceId'] ?? '', journey.startedAt, Date.now() - journey.startedAt);
      if (!journey.endsAt && known.hops.length === 0) throw notReported();
      return journey.endsAt ? brokenJourney(params['traceId'] ?? '', journey.startedAt, journey.endsAt) : known;
    }),
    on(deployment.routes.declared, ({ params, person }) => signedIn(person) && fakeGraph(params['environment'] ?? '')),
    on(deployment.routes.create, ({ body, person }) => {
      const traceId = traceIdNow();
      const { name } = signedIn(person);
      if (body['workload'] === 'frozen' || body['reason'] === 'frozen') throw new Refusal({ status: 409, code: 'frozen', title: 'The environment is frozen', detail: 'local is frozen: release week.', fix: 'Wait until the freeze is lifted, or ask an operator to lift it.', at: 'deployment', traceId });
      const fails = body['workload'] === 'fail-503' || body['reason'] === 'fail-503';
      journeys.set(traceId, { startedAt: Date.now(), ...(fails && { endsAt: 'configuration' }) });
      if (fails) throw new Refusal({ status: 502, code: 'upstream_unavailable', title: 'A service behind this one cannot be reached', detail: 'configuration cannot be reached.', fix: 'Start the service that `at` names, or wait until it is ready.', at: 'configuration', traceId });
      return { id: randomUUID(), workload: String(body['workload']), environment: String(body['environment']), revision: String(body['revision']), reason: String(body['reason']), status: 'requested' as const, requestedBy: name, requestedAt: new Date().toISOString(), traceId };
    }),
  ];

  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    void answer(request, response).catch((error: unknown) => {
      const problem = error instanceof Refusal ? error.problem : { status: 500, code: 'internal', title: 'The fake failed', detail: String(error) };
      response.writeHead(problem.status, { 'content-type': 'application/problem+json', ...('traceId' in problem && { 'trace-id': String(problem['traceId']) }) }).end(JSON.stringify(problem));
    });
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = (request.url ?? '').split('?')[0] ?? '';
    const found = answers.find(({ route, pattern }) => route.method.toUpperCase() === request.method && pattern.test(path));
    if (!found) throw new Refusal({ status: 404, code: 'not_found', title: 'There is nothing here', detail: path });
    const id = new RegExp(`${cookie}=([^;]+)`).exec(request.headers.cookie ?? '')?.[1];
    const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown> : {};
    const value = found.handle({ params: found.pattern.exec(path)?.groups ?? {}, body, person: sessions.get(id ?? ''), response });
    response.writeHead(Number(Object.keys(found.route.answers)[0]), { 'content-type': 'application/json', 'trace-id': traceIdNow() }).end(value === null ? undefined : JSON.stringify(value));
  }
  const listen = (at: number) => new Promise<void>((resolve) => { server.listen(at, '127.0.0.1', resolve); });
  const close = () => new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
  await listen(port);
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return { url: `http://127.0.0.1:${bound}`, asked, pause: close, resume: () => listen(bound), stop: close };
}

function on<const R extends Route>(route: R, handle: (asked: Asked) => AnswerOf<R>) {
  return { route, handle, pattern: new RegExp(`^${route.path.replaceAll(/:([A-Za-z]+)/g, '(?<$1>[^/]+)')}$`) };
}

function notReported(): Refusal {
  return new Refusal({ status: 404, code: 'not_found', title: 'There is nothing here', detail: 'No hop of this trace was reported.', fix: 'Wait a second.' });
}

function signedIn(person: Person | undefined): Person {
  if (person) return person;
  throw new Refusal({ status: 401, code: 'unauthenticated', title: 'Nobody vouches for this request', detail: 'There is no session.', fix: 'Sign in.' });
}

function fakeWorkloads(): readonly Workload[] {
  const seenAt = Date.now() - 1200;
  const workload = (name: string, health: Workload['health'], answerMs: number | null, detail = 'ready'): Workload => ({ name, health, seenAt: health === 'Missing' ? null : seenAt, answerMs, detail });
  return [
    workload('auth', 'Healthy', 1.42), workload('configuration', 'Degraded', 2001, 'not ready: DATABASE does not answer'), workload('dashboard', 'Healthy', 4.1),
    workload('deployment', 'Healthy', 1.73), workload('gateway', 'Healthy', 1.18), workload('monitoring', 'Progressing', null, 'starting'), workload('notification', 'Missing', null, 'no process answers'),
  ];
}
