import { commitOf, readTreeFile } from '../../kit/git-objects.ts';
import { deploymentOf, resultsOf, smokeTest, startFakeArgoCd, type Application, type FakeArgoCd } from './fake-argocd.ts';

/**
 * What Argo CD would do behind its API, for environments of a bare repository: it compares main with what runs all the time, and
 * rolls out what differs, by itself or when it is asked. As the real one it tries a commit once, not again while it fails.
 */
export interface FakeCluster {
  readonly argocd: FakeArgoCd;
  /** Releases whose rollout fails its smoke test. */
  readonly bad: Set<string>;
  /** Environments whose window is closed: they sync nothing by themselves, and everything by hand (`manualSync`). */
  readonly closed: Set<string>;
  /** The release that answers. */
  answers(application: string): string | undefined;
  stop(): Promise<void>;
}

const LOOK_MS = 50;
const ROLLOUT_MS = 60;

export async function startFakeCluster(repository: string, environments: readonly [string, ...string[]]): Promise<FakeCluster> {
  const argocd = await startFakeArgoCd(environments);
  const [live, tried, bad, closed] = [new Map<string, string>(), new Map<string, string>(), new Set<string>(), new Set<string>()];
  const wanted = new Map<string, string>();
  const loop = { ended: false };
  let tip = '';

  const now = () => new Date().toISOString();
  const status = (name: string, change: Partial<Application['status']>) => argocd.change(name, (one) => ({ ...one, status: { ...one.status, ...change } }));
  const workloadOf = ({ metadata: { name }, spec: { project } }: Application) => name.slice(project.length + 1);

  /** Says what git wants and what runs. */
  function compare(application: Application): void {
    const { metadata: { name }, spec: { project } } = application;
    const [want, runs] = [wanted.get(name), live.get(name)];
    if (want !== undefined && runs !== undefined) argocd.resources.set(name, [deploymentOf(project, workloadOf(application), 2, 2, { wanted: want, live: runs }), smokeTest(project, workloadOf(application))]);
    status(name, { sync: { status: want === runs ? 'Synced' : 'OutOfSync', revision: tip }, reconciledAt: now() });
  }

  function begin(name: string): void {
    const [revision, startedAt, release] = [tip, now(), wanted.get(name)];
    tried.set(name, revision);
    argocd.change(name, (one) => ({ ...one, operation: {}, status: { ...one.status, operationState: { phase: 'Running', startedAt, syncResult: { revision } } } }));
    setTimeout(() => {
      const found = argocd.applications.get(name);
      if (loop.ended || found === undefined) return;
      const failed = release !== undefined && bad.has(release);
      if (release !== undefined) live.set(name, release);
      const { operation: _, ...rest } = found;
      argocd.applications.set(name, rest);
      compare(rest);
      const finishedAt = now();
      status(name, {
        health: failed ? { status: 'Degraded', message: 'Deployment has no available replicas', lastTransitionTime: finishedAt } : { status: 'Healthy' },
        history: failed ? rest.status.history : [...rest.status.history, { id: rest.status.history.length, revision, deployedAt: finishedAt }],
        operationState: {
          phase: failed ? 'Failed' : 'Succeeded', message: failed ? 'one or more synchronization tasks completed unsuccessfully' : 'successfully synced (all tasks run)', startedAt, finishedAt,
          syncResult: { revision, resources: resultsOf(workloadOf(rest), failed ? 'Failed' : 'Succeeded') },
        },
      });
    }, ROLLOUT_MS);
  }

  async function look(): Promise<void> {
    const next = await commitOf(repository, 'refs/heads/main');
    if (next === null) return;
    for (const project of environments) {
      const graph = JSON.parse((await readTreeFile(repository, next, `synth/${project}/journey.json`))?.toString('utf8') ?? '{"nodes":[]}') as { readonly nodes: readonly { readonly name: string; readonly release?: string }[] };
      for (const { name, release } of graph.nodes) if (release !== undefined) wanted.set(`${project}-${name}`, release === 'unbuilt' ? `sha256:${'0'.repeat(64)}` : release);
    }
    const moved = next !== tip;
    tip = next;
    for (const [name, application] of argocd.applications) {
      if (!live.has(name)) live.set(name, wanted.get(name) ?? '');
      if (!wanted.has(name)) wanted.set(name, '');
      if (moved && application.operation === undefined) compare(application);
      const automatic = application.spec.syncPolicy?.automated !== undefined && application.spec.syncPolicy.automated.enabled !== false;
      if (live.get(name) !== wanted.get(name) && automatic && !closed.has(application.spec.project) && application.operation === undefined && tried.get(name) !== tip) begin(name);
    }
  }

  argocd.sync = begin;
  await look();
  const looking = (async () => {
    while (!loop.ended) {
      // Read while somebody pushes: the next look sees it.
      await look().catch(() => undefined);
      await new Promise((resolve) => { setTimeout(resolve, LOOK_MS); });
    }
  })();
  return {
    argocd, bad, closed, answers: (application) => live.get(application),
    async stop() {
      loop.ended = true;
      await looking;
      await argocd.close();
    },
  };
}
