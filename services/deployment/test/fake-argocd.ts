import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/**
 * Answers as Argo CD's REST API does (argo-cd, assets/swagger.json: ApplicationService; errors as grpc-gateway writes them), for
 * the applications of some environments. Outside of the product's code: no cluster is behind it; `fake-cluster.ts` plays one.
 */
export interface FakeArgoCd {
  /** `http://argocd:<token>@…`; the real one is behind https. */
  readonly url: string;
  readonly applications: Map<string, Application>;
  readonly resources: Map<string, Resource[]>;
  /** Rights that the token does not have: `sync`, `update`, `get`. */
  readonly denied: Set<string>;
  /** Does it know `automated.enabled` (Argo CD 3)? */
  knowsEnabled: boolean;
  /** What the next answers are instead. */
  garbage: string | undefined;
  /** Applications that were synced, in order. */
  readonly synced: string[];
  change(name: string, change: (application: Application) => Application): void;
  /** What a sync does, when a test wants it otherwise than done at once. */
  sync: (name: string) => void;
  /** Makes a field of the live Deployment another one than git says. */
  drift(workload: string): void;
  close(): Promise<void>;
  open(): Promise<void>;
}

export interface Application {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly resourceVersion: string };
  readonly spec: { readonly project: string; readonly source: object; readonly syncPolicy?: { readonly automated?: { readonly enabled?: boolean; readonly prune?: boolean; readonly selfHeal?: boolean } } };
  readonly status: Status;
  readonly operation?: object;
}
export interface Status {
  readonly sync: { readonly status: string; readonly revision: string };
  readonly health: { readonly status: string; readonly message?: string; readonly lastTransitionTime?: string };
  readonly conditions?: readonly { readonly type: string; readonly message: string }[];
  readonly history: readonly { readonly id: number; readonly revision: string; readonly deployedAt: string }[];
  readonly operationState?: object;
  readonly reconciledAt: string;
  readonly summary: { readonly images: readonly string[] };
}
export interface Resource {
  readonly group: string; readonly kind: string; readonly namespace: string; readonly name: string; readonly hook?: boolean;
  readonly targetState: string; readonly liveState: string; readonly normalizedLiveState: string; readonly predictedLiveState: string; readonly modified?: boolean;
}

export const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
export const revision = '0123456789abcdef0123456789abcdef01234567';
const deployedAt = '2026-01-01T10:00:00Z';

const workloads = ['gateway', 'auth', 'shared'];

/** The first of the environments is that of `drift`. */
export async function startFakeArgoCd(environments: readonly [string, ...string[]] = ['dev'], token = 'token-of-the-service'): Promise<FakeArgoCd> {
  const [environment] = environments;
  let server: Server | undefined;
  let port = 0;
  const streams = new Set<ServerResponse>();

  const fake: FakeArgoCd = {
    applications: new Map(environments.flatMap((project) => workloads.map((name) => [`${project}-${name}`, application(project, name)]))),
    resources: new Map(environments.flatMap((project) => workloads.map((name) => [`${project}-${name}`, name === 'shared' ? [namespaceOf(project)] : [deploymentOf(project, name, 2), smokeTest(project, name)]]))),
    denied: new Set(), knowsEnabled: true, garbage: undefined, synced: [],
    get url() { return `http://argocd:${token}@127.0.0.1:${port}/`; },
    change(name, change) {
      const before = fake.applications.get(name);
      if (before === undefined) throw new Error(`no application ${name}`);
      const after = change(before);
      fake.applications.set(name, after);
      for (const stream of streams) stream.write(`${JSON.stringify({ result: { type: 'MODIFIED', application: after } })}\n`);
    },
    sync(name) {
      const project = fake.applications.get(name)?.spec.project ?? '';
      const workload = name.slice(project.length + 1);
      if (workload !== 'shared') fake.resources.set(name, [deploymentOf(project, workload, 2), smokeTest(project, workload)]);
      fake.change(name, (one) => ({ ...one, status: { ...one.status, sync: { ...one.status.sync, status: 'Synced' } } }));
    },
    drift(workload) {
      const name = `${environment}-${workload}`;
      fake.resources.set(name, [deploymentOf(environment, workload, 2, 7), smokeTest(environment, workload)]);
      fake.change(name, (one) => ({ ...one, status: { ...one.status, sync: { ...one.status.sync, status: 'OutOfSync' } } }));
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
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const say = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(fake.garbage ?? JSON.stringify(body));
    };
    const refuse = (status: number, code: number, message: string) => say(status, { error: message, code, message });
    const text = await bodyOf(request);
    if (request.headers.authorization !== `Bearer ${token}`) return refuse(401, 16, 'no session information');
    const url = new URL(request.url ?? '/', 'http://argocd');
    const projects = url.searchParams.getAll('projects');
    const mine = [...fake.applications.values()].filter(({ spec }) => projects.length === 0 || projects.includes(spec.project));
    if (url.pathname === '/api/v1/stream/applications') {
      if (fake.denied.has('get')) return refuse(403, 7, 'permission denied: applications, get');
      response.writeHead(200, { 'content-type': 'application/json' });
      for (const one of mine) response.write(`${JSON.stringify({ result: { type: 'ADDED', application: one } })}\n`);
      streams.add(response);
      response.once('close', () => streams.delete(response));
      return undefined;
    }
    if (url.pathname === '/api/v1/applications') return fake.denied.has('get') ? refuse(403, 7, 'permission denied: applications, get') : say(200, { metadata: { resourceVersion: '1' }, items: mine.length === 0 ? null : mine });
    const [, name = '', action = ''] = /^\/api\/v1\/applications\/([^/]+)(?:\/([a-z-]+))?$/.exec(url.pathname) ?? [];
    const found = fake.applications.get(decodeURIComponent(name));
    // As the real one: an application that is not there looks like one that may not be seen.
    if (found === undefined) return refuse(403, 7, 'permission denied');
    if (action === 'managed-resources') return say(200, { items: fake.resources.get(name) ?? null });
    if (action === 'sync' && request.method === 'POST') {
      if (fake.denied.has('sync')) return refuse(403, 7, `permission denied: applications, sync, ${found.spec.project}/${name}`);
      if (found.operation !== undefined) return refuse(400, 9, 'another operation is already in progress');
      fake.synced.push(name);
      fake.sync(name);
      return say(200, fake.applications.get(name));
    }
    if (request.method === 'PATCH') {
      if (fake.denied.has('update')) return refuse(403, 7, `permission denied: applications, update, ${found.spec.project}/${name}`);
      const { patch, patchType } = JSON.parse(text) as { patch: string; patchType: string };
      if (patchType !== 'merge') return refuse(400, 3, `unsupported patch type ${patchType}`);
      const wanted = (JSON.parse(patch) as Application).spec.syncPolicy?.automated ?? {};
      const { enabled, ...rest } = wanted;
      fake.change(name, (one) => ({ ...one, spec: { ...one.spec, syncPolicy: { automated: { ...one.spec.syncPolicy?.automated, ...rest, ...(fake.knowsEnabled && enabled !== undefined ? { enabled } : {}) } } } }));
      return say(200, fake.applications.get(name));
    }
    return request.method === 'GET' && action === '' ? say(200, found) : refuse(404, 5, 'Not Found');
  }

  await fake.open();
  return fake;
}

function application(environment: string, name: string): Application {
  return {
    metadata: { name: `${environment}-${name}`, namespace: 'argocd', resourceVersion: '1' },
    spec: { project: environment, source: { repoURL: 'https://git.example.com/request-journey.git', path: `synth/${environment}/kubernetes/${name}`, targetRevision: 'main' }, syncPolicy: { automated: { prune: true, selfHeal: true } } },
    status: {
      sync: { status: 'Synced', revision }, health: { status: 'Healthy' }, reconciledAt: '2026-01-01T10:05:00Z', summary: { images: [] },
      history: [{ id: 0, revision, deployedAt }],
      operationState: {
        phase: 'Succeeded', message: 'successfully synced (all tasks run)', startedAt: '2026-01-01T09:59:00Z', finishedAt: deployedAt, operation: { sync: { revision } },
        syncResult: { revision, resources: resultsOf(name, 'Succeeded') },
      },
    },
  };
}

/** Of a whole sync. Plain objects have a `hookPhase`, too, and no `hookType`; what is shared has no smoke test. */
export function resultsOf(name: string, hookPhase: 'Succeeded' | 'Failed'): readonly object[] {
  const applied = { group: 'apps', version: 'v1', kind: 'Deployment', name, status: 'Synced', message: 'configured', hookPhase: 'Running', syncPhase: 'Sync' };
  if (name === 'shared') return [{ ...applied, group: '', kind: 'Namespace' }];
  const message = hookPhase === 'Succeeded' ? 'Reached expected number of succeeded pods' : 'Job has reached the specified backoff limit';
  return [applied, { group: 'batch', version: 'v1', kind: 'Job', name: `${name}-smoke-test`, message, hookType: 'PostSync', hookPhase, syncPhase: 'PostSync' }];
}

/** @param releases what git says, and what answers */
export function deploymentOf(environment: string, name: string, replicas: number, live = replicas, releases: { readonly wanted: string; readonly live: string } = { wanted: digest('a'), live: digest('a') }): Resource {
  const of = (count: number, release: string, status: object = {}) => JSON.stringify({
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: `journey-${environment}` },
    spec: { replicas: count, template: { spec: { containers: [{ name, image: `registry.example.com/request-journey/${name}@${release}` }] } } }, ...status,
  });
  return {
    group: 'apps', kind: 'Deployment', namespace: `journey-${environment}`, name, modified: live !== replicas || releases.live !== releases.wanted,
    targetState: of(replicas, releases.wanted), liveState: of(live, releases.live, { status: { readyReplicas: live } }), normalizedLiveState: of(live, releases.live), predictedLiveState: of(replicas, releases.wanted),
  };
}
export function smokeTest(environment: string, name: string): Resource {
  return { group: 'batch', kind: 'Job', namespace: `journey-${environment}`, name: `${name}-smoke-test`, hook: true, targetState: '{}', liveState: 'null', normalizedLiveState: 'null', predictedLiveState: '{}' };
}
function namespaceOf(environment: string): Resource {
  const state = JSON.stringify({ kind: 'Namespace', metadata: { name: `journey-${environment}` } });
  return { group: '', kind: 'Namespace', namespace: '', name: `journey-${environment}`, targetState: state, liveState: state, normalizedLiveState: state, predictedLiveState: state };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
