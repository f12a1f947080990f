import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { commitOf, readTreeFile } from '../../kit/git-objects.ts';
import type { LiveEnvironment, LiveWorkload } from '../domain/live.ts';

/**
 * Speaks as the local reconciler does, for one environment of a bare repository: it looks at main all the time and makes its
 * workloads be what journey.json says. A test says what a release or a knob does to them.
 */
export interface FakeReconciler {
  readonly url: string;
  readonly key: string;
  /** By release or `knob=value`: what becomes of a rollout that has it. @default healthy */
  readonly fate: Map<string, 'degraded' | 'never'>;
  /** Milliseconds from seeing a change to its end. */
  rolloutMs: number;
  /** What `prepare` answers. */
  prepare: { status: number; body: unknown };
  readonly prepared: string[];
  automatic: boolean;
  /** Its answers are nothing that anybody understands. */
  garbage: boolean;
  state(): LiveEnvironment;
  /** Changes what is seen, as drift would. */
  see(change: (workloads: LiveWorkload[]) => LiveWorkload[]): void;
  /** Answers nobody, until `open`. */
  close(): Promise<void>;
  open(): Promise<void>;
  stop(): Promise<void>;
}

interface Graph { readonly nodes: readonly { readonly name: string; readonly kind: string; readonly release?: string }[]; readonly knobs: readonly { readonly name: string; readonly value: string | number }[] }

export async function startFakeReconciler(folder: string, environment = 'local', key = 'key-of-the-engine'): Promise<FakeReconciler> {
  let server: Server | undefined;
  let port = 0;
  let seen: string | null = null;
  let workloads: LiveWorkload[] = [];
  let wants: Record<string, string> = {};
  const streams = new Set<ServerResponse>();
  const fate = new Map<string, 'degraded' | 'never'>();

  const state = (): LiveEnvironment => ({ engine: 'local reconciler', environment, revision: seen, automatic: fake.automatic, observedAt: new Date().toISOString(), workloads });
  const tell = () => { for (const stream of streams) stream.write(`data: ${JSON.stringify(state())}\n\n`); };
  const set = (name: string, change: (workload: LiveWorkload) => LiveWorkload) => {
    workloads = workloads.map((one) => (one.name === name ? change(one) : one));
    tell();
  };

  async function look(force = false): Promise<void> {
    const tip = await commitOf(folder, 'refs/heads/main');
    if (tip === null || (tip === seen && !force) || (!fake.automatic && !force)) return;
    const graph = JSON.parse((await readTreeFile(folder, tip, `synth/${environment}/journey.json`))?.toString('utf8') ?? '{"nodes":[],"knobs":[]}') as Graph;
    const knobs = graph.knobs.map(({ name, value }) => `${name}=${value}`);
    const first = workloads.length === 0;
    const next = Object.fromEntries(graph.nodes.filter(({ kind }) => kind === 'workload').map(({ name, release = '' }) => [name, `${release} ${name === 'gateway' ? knobs.join(' ') : ''}`]));
    const [before, old] = [workloads, wants];
    [seen, wants] = [tip, next];
    workloads = Object.entries(next).map(([name, want]): LiveWorkload => {
      const release = want.split(' ')[0] ?? '';
      const kept = before.find((one) => one.name === name);
      if (kept !== undefined && old[name] === want) return kept;
      const live = first ? { release, replicas: 1, ready: 1 } : kept?.live ?? { release: '', replicas: 0, ready: 0 };
      const rollout = { release, commit: tip, phase: 'Progressing' as const, startedAt: new Date().toISOString(), evidence: [] };
      return { name, sync: 'Synced', health: first ? 'Healthy' : 'Progressing', desired: { release, replicas: 1 }, live, drift: [], ...(first ? {} : { rollout }) };
    });
    tell();
    if (first) return;
    for (const [name, want] of Object.entries(next)) if (old[name] !== want) setTimeout(() => finish(name, tip, want), fake.rolloutMs);
  }

  function finish(name: string, commit: string, want: string): void {
    if (wants[name] !== want) return;
    const end = want.split(' ').map((word) => fate.get(word)).find((one) => one !== undefined);
    if (end === 'never') return;
    const endedAt = new Date().toISOString();
    set(name, (one) => (one.rollout?.commit !== commit ? one : end === 'degraded'
      ? { ...one, health: 'Degraded', why: 'exit code 1', rollout: { ...one.rollout, phase: 'Degraded', endedAt, evidence: [`${name} ended with exit code 1`, 'Error: boom'] } }
      : { ...one, health: 'Healthy', since: endedAt, live: { release: one.desired.release, replicas: 1, ready: 1 }, rollout: { ...one.rollout, phase: 'Healthy', endedAt } }));
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const say = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' });
      response.end(JSON.stringify(fake.garbage ? { environment: 7 } : body));
    };
    if (request.headers.authorization !== `Bearer ${key}`) return say(401, { code: 'unauthenticated', detail: 'The key is wrong.' });
    const [, , kind, name, rest] = (request.url ?? '').split('/');
    if (kind !== 'environments') return say(404, { code: 'not_found', detail: 'No route.' });
    if (name === undefined) return say(200, { environments: [environment] });
    if (name !== environment) return say(404, { code: 'not_found', detail: `There is no environment ${name}.` });
    const text = await bodyOf(request);
    if (rest === undefined) return say(200, state());
    if (rest === 'sync') {
      await look(true);
      fake.see((all) => all.map((one) => ({ ...one, sync: 'Synced', drift: [] })));
      return say(202, state());
    }
    if (rest === 'automatic') {
      fake.automatic = (JSON.parse(text) as { automatic: boolean }).automatic;
      tell();
      return say(200, state());
    }
    if (rest === 'prepare') {
      const { workload, release } = JSON.parse(text) as { workload: string; release: string };
      fake.prepared.push(`${workload} ${release}`);
      return say(fake.prepare.status, fake.prepare.body);
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`: hello\n\ndata: ${JSON.stringify(state())}\n\n`);
    streams.add(response);
    response.once('close', () => streams.delete(response));
    return undefined;
  }

  const fake: FakeReconciler = {
    key, fate, rolloutMs: 30, prepare: { status: 200, body: {} }, prepared: [], automatic: true, garbage: false, state,
    get url() { return `http://reconciler:${key}@127.0.0.1:${port}/`; },
    see(change) {
      workloads = change(workloads);
      tell();
    },
    async open() {
      server = createServer((request, response) => { void answer(request, response); });
      await new Promise<void>((resolve) => { server?.listen(port, '127.0.0.1', resolve); });
      const address = server.address();
      port = typeof address === 'object' && address !== null ? address.port : 0;
    },
    async close() {
      server?.closeAllConnections();
      await new Promise((resolve) => { if (server === undefined) resolve(null); else server.close(resolve); });
    },
    async stop() {
      loop.ended = true;
      await looking;
      await fake.close();
    },
  };
  const loop = { ended: false };
  await look();
  await fake.open();
  const looking = (async () => {
    while (!loop.ended) {
      await look().catch(() => undefined);
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
  })();
  return fake;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
