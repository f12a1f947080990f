/**
 * The gateway's public API without a platform behind it, for tests of the dashboard alone; never used by `up`. What a page
 * sends and what the fake answers are both held to the contracts.
 * Sentinels: the password `wrong` and a link of 43 `x` are refused; a reason of `fail-503` ends at configuration, `frozen` is
 * refused by the freeze rule, `refused` and `crashes` end badly later, `unready` never ends (fake/course.ts). Who signs in chooses the fleet:
 * `empty@`, `clean@` and `away@localhost` have their own, all others share a busy one; `second@` is an operator, `viewer@` a viewer; `many@` sees more
 * journeys than a page holds, and telemetry that was refused.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { auth } from '../../services/auth/contract.ts';
import { configuration } from '../../services/configuration/contract.ts';
import { deployment } from '../../services/deployment/contract.ts';
import { gateway } from '../../services/gateway/contract.ts';
import { monitoring } from '../../services/monitoring/contract.ts';
import type { Workload } from '../api/monitoring.ts';
import type { Person } from '../api/session.ts';
import { acts } from './fake/acts.ts';
import { alerts } from './fake/alerts.ts';
import { asks } from './fake/asks.ts';
import { faultsOf, mustConform } from './fake/checked.ts';
import { events } from './fake/events.ts';
import { faults } from './fake/faults.ts';
import { journeyList, olderJourneys, wholeOf, type Known, type KnownJourneys } from './fake/journeys.ts';
import { CUT, cutJourney, LARGE, largeJourney } from './fake/large-journey.ts';
import { linesOf, logs } from './fake/logs.ts';
import { graphOf } from './fake/manifests.ts';
import { metrics } from './fake/metrics.ts';
import { openapiOf } from './fake/openapi.ts';
import { reads } from './fake/reads.ts';
import { mustHave, on, Refusal, signedIn, traceIdNow, type Asked } from './fake/refusal.ts';
import { stop as stopWorld, type World } from './fake/world.ts';
import { busyWorld, cleanWorld, emptyFleet } from './fake/worlds.ts';

export interface FakeGateway {
  readonly url: string;
  readonly asked: readonly string[];
  /** The fleet that most people share: tests change it while pages look. */
  readonly world: World;
  /** Hops of this trace are reported from now on, as if somebody had sent it. */
  begin(traceId: string): void;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** From now on what it says reaches nobody, and nothing is closed: a network that has gone silent. False: it is heard again. */
  hush(silent: boolean): void;
  stop(): Promise<void>;
}

const cookie = 'journey-session-fake';

/** @param health what the workloads report; tests change it while pages look */
export async function fakeGateway({ port = 0, workloads = fakeWorkloads }: { readonly port?: number; readonly workloads?: () => readonly Workload[] } = {}): Promise<FakeGateway> {
  const sessions = new Map<string, Person>();
  const journeys = new Map<string, Known>();
  const older = olderJourneys();
  const asked: string[] = [];
  const rolesOf = new Map([['second@localhost', 'operator'], ['viewer@localhost', 'viewer']]);
  const [busy, clean, empty] = [busyWorld(), cleanWorld(), emptyFleet()];
  const worldOf = ({ person }: Asked) => (person?.name === 'clean@localhost' ? clean : person?.name === 'empty@localhost' ? empty : busy);
  const [lines, alerting, wrong] = [linesOf(600), alerts(), faults()];
  const answers = [
    on(gateway.routes.signIn, ({ body, response }) => {
      if (body['password'] === 'wrong' || body['link'] === 'x'.repeat(43)) throw new Refusal({ status: 401, code: 'unauthenticated', title: 'Nobody vouches for this request', detail: body['link'] ? 'This link was used before, or it is older than a day.' : 'The name or the password is wrong.', fix: 'Try again, or run ./journey up to get a new link.', traceId: traceIdNow() });
      const id = randomUUID();
      const name = typeof body['name'] === 'string' ? body['name'] : 'admin@localhost';
      const person = { name, roles: [rolesOf.get(name) ?? 'admin'] };
      sessions.set(id, person);
      response.setHeader('set-cookie', `${cookie}=${id}; HttpOnly; SameSite=Strict; Path=/; Max-Age=3600`);
      return person;
    }),
    on(auth.routes.createPerson, ({ body, person }) => {
      mustHave(person, 'admin');
      rolesOf.set(String(body['name']), String(Array.isArray(body['roles']) ? body['roles'][0] : 'viewer'));
      return { name: String(body['name']), roles: ['operator' as const] };
    }),
    on(gateway.routes.session, ({ person }) => signedIn(person)),
    on(gateway.routes.signOut, ({ response }) => {
      response.setHeader('set-cookie', `${cookie}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0`);
      return null;
    }),
    on(monitoring.routes.workloads, ({ person }) => signedIn(person) && { workloads: workloads() }),
    journeyList(journeys, older),
    on(monitoring.routes.journey, ({ params, person }) => {
      if (params['traceId'] === LARGE) return signedIn(person) && largeJourney();
      if (params['traceId'] === CUT) return signedIn(person) && cutJourney;
      const traceId = params['traceId'] ?? '';
      const journey = signedIn(person) && (journeys.get(traceId) ?? older.get(traceId));
      if (!journey) throw notReported();
      const known = wholeOf(traceId, journey);
      if (known.hops.length === 0) throw notReported();
      return known;
    }),
    on(gateway.routes.ticket, ({ person }) => {
      signedIn(person);
      const traceId = traceIdNow();
      return { traceId, ticket: traceId, expiresAt: new Date(Date.now() + 60_000).toISOString() };
    }),
    on(gateway.routes.openapi, ({ person }) => signedIn(person) && openapiOf(gateway, [auth, deployment, configuration, monitoring])),
    on(configuration.routes.read, ({ params, person }) => {
      signedIn(person);
      if (params['name'] === 'nowhere') throw new Refusal({ status: 404, code: 'not_found', title: 'There is nothing here', detail: `local has no setting "nowhere".`, fix: 'Write one first.', at: 'configuration', traceId: traceIdNow() });
      return { environment: params['environment'] ?? '', name: params['name'] ?? '', value: { frozen: false }, version: 3, source: 'cache' as const };
    }),
    on(monitoring.routes.journeyEvents, ({ params, person, response }) => {
      signedIn(person);
      if (params['traceId'] === LARGE || params['traceId'] === CUT) throw new Refusal({ status: 503, code: 'unavailable', title: 'Something this service needs is away', detail: 'It is no journey that travels.' });
      tellJourney(params['traceId'] ?? '', journeys, response);
      return null;
    }),
    on(deployment.routes.declared, ({ params, person }) => signedIn(person) && { ...graphOf(params['environment'] ?? '') }),
    ...asks(worldOf, wrong.broken, (traceId, endsAt) => journeys.set(traceId, { startedAt: Date.now(), ...(endsAt && { endsAt }) })),
    ...reads(worldOf),
    ...acts(worldOf),
    ...wrong.answers,
    ...logs(lines),
    ...alerting.answers,
    events({ workloads, history: alerting.history, lines }),
    ...metrics(),
  ];

  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    void answer(request, response).catch((error: unknown) => {
      const problem = error instanceof Refusal ? error.problem : { status: 500, code: 'internal', title: 'The fake failed', detail: String(error) };
      response.writeHead(problem.status, { 'content-type': 'application/problem+json', ...('traceId' in problem && { 'trace-id': String(request.headers['journey-ticket'] ?? problem['traceId']) }) }).end(JSON.stringify(problem));
    });
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://fake');
    const found = answers.find(({ route, pattern }) => route.method.toUpperCase() === request.method && pattern.test(url.pathname));
    if (!found) throw new Refusal({ status: 404, code: 'not_found', title: 'There is nothing here', detail: url.pathname });
    const { route, pattern, handle } = found;
    const id = new RegExp(`${cookie}=([^;]+)`).exec(request.headers.cookie ?? '')?.[1];
    const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown> : {};
    const params = { ...pattern.exec(url.pathname)?.groups };
    const query = Object.fromEntries(url.searchParams);
    const wrong = (['params', 'query', 'body'] as const).flatMap((part) => faultsOf(route, part, { params, query, body }[part]) ?? []);
    if (wrong.length > 0) throw new Refusal({ status: 400, code: 'invalid_body', title: 'The request is not what the contract says', detail: wrong.join('; ') });
    // A ticket of the fake is the trace id itself. Whatever carries one can be watched.
    const ticket = request.headers['journey-ticket'];
    if (typeof ticket === 'string' && !journeys.has(ticket) && !route.path.startsWith('/v1/deployments')) journeys.set(ticket, { startedAt: Date.now() });
    // Labelled requests are listed as journeys of their own.
    if (request.headers['journey-traffic'] === 'demo') journeys.set(traceIdNow(), { startedAt: Date.now(), demo: true });
    const value = handle({ params, query, body, person: sessions.get(id ?? ''), request, response });
    if (response.headersSent) return request.headers.accept === 'text/event-stream' ? beat(response) : undefined;
    const status = Number(Object.keys(route.answers)[0]);
    mustConform(route.answers[status], value, `${route.method} ${route.path}`);
    response.writeHead(status, { 'content-type': 'application/json', 'trace-id': typeof ticket === 'string' ? ticket : traceIdNow() }).end(value === null ? undefined : JSON.stringify(value));
  }
  const listen = (at: number) => new Promise<void>((resolve) => { server.listen(at, '127.0.0.1', resolve); });
  const close = () => new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
  const sockets = new Set<Socket>();
  let silent = false;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    if (silent) shut(socket);
  });
  /** What is said reaches nobody, and nothing is closed. */
  const hush = (now: boolean) => {
    silent = now;
    for (const socket of sockets) (now ? shut : reopen)(socket);
  };
  await listen(port);
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  const stop = () => {
    for (const world of [busy, clean, empty]) stopWorld(world);
    return close();
  };
  return { url: `http://127.0.0.1:${bound}`, asked, world: busy, begin: (traceId) => journeys.set(traceId, { startedAt: Date.now() }), pause: close, resume: () => listen(bound), hush, stop };
}

/** Keeps what is written to it. Node opens a socket again at the end of each answer: that has to wait. */
function shut(socket: Socket): void {
  socket.cork();
  socket.uncork = () => { /* Not now. */ };
}
function reopen(socket: Socket): void {
  Reflect.deleteProperty(socket, 'uncork');
  while (socket.writableCorked > 0) socket.uncork();
}

/** A sign of life. */
function beat(response: ServerResponse): void {
  const timer = setInterval(() => response.write('event: beat\ndata: 10000\n\n'), 10_000);
  response.once('close', () => clearInterval(timer));
}

/** As monitoring tells it, but all of it each time. */
function tellJourney(traceId: string, journeys: KnownJourneys, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
  const told = { hops: 0, open: '' };
  const tell = () => {
    const journey = journeys.get(traceId);
    if (!journey) return;
    const known = wholeOf(traceId, journey);
    const open = known.open.map(({ spanId }) => spanId).join();
    if (known.hops.length === told.hops && open === told.open) return;
    [told.hops, told.open] = [known.hops.length, open];
    mustConform(monitoring.routes.journey.answers[200], known, 'An event');
    response.write(`event: journey\ndata: ${JSON.stringify(known)}\n\n`);
  };
  tell();
  const timer = setInterval(tell, 100);
  response.once('close', () => clearInterval(timer));
}

function notReported(): Refusal {
  return new Refusal({ status: 404, code: 'not_found', title: 'There is nothing here', detail: 'No span of this trace is here.', fix: 'Spans arrive within a second and stay for 7 days: it may have expired, its trace may not have been sampled, or the id may be mistyped.' });
}

function fakeWorkloads(): readonly Workload[] {
  const seenAt = Date.now() - 1200;
  const workload = (name: string, health: Workload['health'], answerMs: number | null, detail = 'ready'): Workload => ({ name, health, seenAt: health === 'Missing' ? null : seenAt, answerMs, detail });
  return [
    workload('auth', 'Healthy', 1.42), workload('configuration', 'Degraded', 2001, 'not ready: DATABASE does not answer'), workload('dashboard', 'Healthy', 4.1),
    workload('deployment', 'Healthy', 1.73), workload('gateway', 'Healthy', 1.18), workload('monitoring', 'Progressing', null, 'starting'), workload('notification', 'Missing', null, 'no process answers'),
  ];
}
