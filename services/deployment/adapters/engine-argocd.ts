import type { CallAnswer } from '../../kit/client.ts';
import type { Endpoint } from '../../kit/contract.ts';
import type { Kit } from '../../kit/kit.ts';
import { linesOf } from '../../kit/line-stream.ts';
import { problem, Problem, type ProblemCode } from '../../kit/problem.ts';
import type { LiveEnvironment } from '../domain/live.ts';
import { isApplication, isApplicationList, isResourceDiffs, type Application } from './argocd-application.ts';
import { isAutomatic, liveOf, type Seen } from './argocd-live.ts';
import type { Engine } from './engine-port.ts';
import { watchAgain } from './watch-again.ts';

/**
 * Argo CD by its REST API (argo-cd: assets/swagger.json, `ApplicationService`). An environment is a project of that name, with
 * an application `<environment>-<workload>` each and `<environment>-shared`.
 */
export function openArgoCd(kit: Kit, endpoint: Endpoint, token: string): Engine {
  const ask = async (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown) =>
    (await kit.call(endpoint, { method, path, token, timeoutMs: 10_000, maxBytes: 32 * 1024 * 1024, refused, ...(body === undefined ? {} : { body }) })).body;

  async function applications(environment?: string): Promise<readonly Application[]> {
    const body = await ask('GET', `/api/v1/applications${environment === undefined ? '' : `?projects=${encodeURIComponent(environment)}`}`);
    if (!isApplicationList(body)) throw odd('no list of applications');
    return (body.items ?? []).filter(({ metadata, spec }) => metadata.name.startsWith(`${spec.project}-`) && (environment === undefined || spec.project === environment));
  }
  async function managed(application: Application): Promise<Seen> {
    const body = await ask('GET', `${pathOf(application)}/managed-resources`);
    if (!isResourceDiffs(body)) throw odd('no list of resources');
    return { application, resources: body.items ?? [] };
  }
  async function read(environment: string): Promise<LiveEnvironment | null> {
    const found = await applications(environment);
    return found.length === 0 ? null : liveOf(environment, await Promise.all(found.map(managed)), new Date());
  }
  /** What is shared (the namespace, the policies) first. */
  async function each(environment: string, act: (application: Application) => Promise<void>, only?: readonly string[]): Promise<LiveEnvironment> {
    const found = (await applications(environment)).filter(({ metadata: { name } }) => only === undefined || only.includes(name.slice(environment.length + 1)));
    const shared = `${environment}-shared`;
    for (const one of found.toSorted((a, b) => Number(b.metadata.name === shared) - Number(a.metadata.name === shared))) await act(one);
    return await read(environment) ?? nothing(environment);
  }

  return {
    name: 'Argo CD',
    environments: async () => [...new Set((await applications()).map(({ spec }) => spec.project))].sort(),
    read,
    sync: (environment, only) => each(environment, async (application) => {
      const { name } = application.metadata;
      await ask('POST', `${pathOf(application)}/sync`, { name, prune: true }).catch((error: unknown) => {
        // One runs already, which is what was asked for.
        if (error instanceof Problem && error.code === 'conflict') return;
        throw error;
      });
    }, only),
    setAutomatic: (environment, automatic) => each(environment, async (application) => {
      const { name } = application.metadata;
      // `enabled` keeps the rest of the policy; on a version that does not know it nothing would happen, so the answer is looked at.
      const patch = { spec: { syncPolicy: { automated: automatic ? { enabled: true, prune: true, selfHeal: true } : { enabled: false } } } };
      const patched = await ask('PATCH', pathOf(application), { name, patch: JSON.stringify(patch), patchType: 'merge' });
      if (!isApplication(patched) || isAutomatic(patched) !== automatic) throw odd(`${name} did not take its sync policy; this needs Argo CD 3`);
    }),
    // A cluster pulls its image when it starts it.
    prepare: () => Promise.resolve(),
    watch: (environment, signal) => watchAgain(kit, signal, async function* () {
      const now = async () => await read(environment) ?? nothing(environment);
      yield await now();
      const lines = linesOf(endpoint, {
        path: `/api/v1/stream/applications?projects=${encodeURIComponent(environment)}`, token, accept: 'application/json', signal,
        refused: (status) => refused({ status, body: undefined, headers: {} }),
      });
      // Each line tells of one application; the state of the environment is read as a whole.
      for await (const line of lines) if (line.trim() !== '') yield await now();
    }),
    stop: () => Promise.resolve(),
  };
}

const pathOf = ({ metadata }: Application): string => `/api/v1/applications/${encodeURIComponent(metadata.name)}`;
const odd = (what: string) => problem('upstream_unavailable', `Argo CD answered in a way it should not: ${what}.`, { at: 'engine' });
function nothing(environment: string): never {
  throw problem('not_found', `Argo CD has no applications of ${environment}.`, { at: 'engine', fix: 'Apply synth/argocd/ to it.' });
}

/** Errors are `{ error, code, message }` with a gRPC code (grpc-gateway); 9 is FAILED_PRECONDITION. */
function refused({ status, body }: CallAnswer): Problem {
  const [message, code] = ['message', 'code'].map((key): unknown => (typeof body === 'object' && body !== null ? Reflect.get(body, key) : undefined));
  const said = typeof message === 'string' ? message.slice(0, 300) : 'without a word';
  const told: ProblemCode = status === 404 ? 'not_found' : status === 403 || status === 401 ? 'forbidden' : code === 9 || status === 409 ? 'conflict' : status === 504 ? 'upstream_timeout' : 'upstream_unavailable';
  return problem(told, `Argo CD refused (${String(status)}): ${said}`, {
    at: 'engine', ...(told === 'forbidden' ? { fix: 'Give the token of this service the rights that its project role names in synth/argocd/.' } : {}),
  });
}
