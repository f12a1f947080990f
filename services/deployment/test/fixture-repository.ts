import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitOf, readTreeFile, writeBlob, writeCommit } from '../../kit/git-objects.ts';
import { createBare, updateRefs } from '../../kit/git-refs.ts';
import { gitText, runGit } from '../../kit/git.ts';

/** Path → text; null: removed. */
export type Texts = Readonly<Record<string, string | null>>;

export const revisions = { old: '1'.repeat(40), digest: `sha256:${'a'.repeat(64)}`, other: `sha256:${'b'.repeat(64)}`, unbuilt: 'unbuilt' } as const;

/** A commit with these files changed on top of its parent, in a git folder; no ref points to it. */
export async function commitOn(folder: string, parent: string | null, texts: Texts, o: { readonly message?: string; readonly author?: string; readonly at?: string } = {}): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), 'journey-test-index-'));
  const index = join(scratch, 'index');
  try {
    if (parent !== null) await runGit(folder, ['read-tree', parent], { index });
    for (const [path, text] of Object.entries(texts)) {
      if (text === null) await runGit(folder, ['update-index', '--force-remove', '--', path], { index, workTree: scratch });
      else await runGit(folder, ['update-index', '--add', '--cacheinfo', `100644,${await writeBlob(folder, text)},${path}`], { index });
    }
    const tree = await gitText(folder, ['write-tree'], { index });
    return await writeCommit(folder, { tree, parents: parent === null ? [] : [parent], message: o.message ?? 'By hand\n', author: o.author ?? 'pusher@example.com', at: o.at ?? new Date().toISOString() });
  } finally {
    await rm(scratch, { recursive: true });
  }
}

/** What a person pushes to main. @returns its commit */
export async function push(folder: string, texts: Texts, o: { readonly message?: string; readonly author?: string } = {}): Promise<string> {
  for (;;) {
    const tip = await commitOf(folder, 'refs/heads/main');
    const commit = await commitOn(folder, tip, texts, o);
    if (await updateRefs(folder, [{ ref: 'refs/heads/main', from: tip, to: commit }])) return commit;
  }
}

export async function textAt(folder: string, commit: string, path: string): Promise<string> {
  return (await readTreeFile(folder, commit, path))?.toString('utf8') ?? '';
}

interface Graph { readonly release: Readonly<Record<string, string>>; readonly knobs: Readonly<Record<string, string | number>>; readonly delivery: object }

/** The files of one environment, as `./journey synth` would write them: only what this service reads. */
export function environmentTexts(name: string, { release, knobs, delivery }: Graph): Texts {
  const key = name === 'local' ? 'revision' : 'image';
  const workloads = Object.entries(release).map(([workload, value], i) => ({
    name: workload, kind: 'workload', declaredAt: `platform/workloads/${workload}.ts:${i + 1}`, release: value, files: name === 'local' ? [] : [`kubernetes/${workload}/deployment.yaml`],
  }));
  const graph = {
    version: 1, environment: name, nodes: [{ name: 'sessions', kind: 'backing', declaredAt: 'platform/backing.ts:3', files: [] }, ...workloads],
    edges: [{ reference: 'gateway.AUTH_URL', from: 'gateway', to: 'auth', kind: 'service', declaredAt: 'platform/workloads/gateway.ts:17', manifests: [], policies: [], objects: [] }], secrets: [],
    knobs: Object.entries(knobs).map(([knob, value], i) => ({ name: knob, about: `about ${knob}`, value, declaredAt: `platform/knobs.ts:${i + 1}` })), delivery,
  };
  const manifests = name === 'local' ? [] : Object.entries(release).map(([workload, value]): [string, string] => [`synth/${name}/kubernetes/${workload}/deployment.yaml`, [
    'apiVersion: apps/v1', 'kind: Deployment', 'metadata:', `  name: ${workload}`, '  annotations:', '    request-journey.dev/declared-by: gateway.AUTH_URL', `# ${value}`, '---',
    'kind: Service', 'apiVersion: v1', 'metadata:', `  name: ${workload}`, ''].join('\n')]);
  return {
    [`synth/${name}/journey.json`]: `${JSON.stringify(graph, null, 2)}\n`,
    [`environments/releases/${name}.json`]: `${JSON.stringify(Object.fromEntries(Object.entries(release).map(([workload, value]) => [workload, { [key]: value }])), null, 2)}\n`,
    ...Object.fromEntries(manifests),
  };
}

const workloads = (value: string) => ({ gateway: value, auth: value });
const knobs = { rateLimit: 200, mood: 'calm' };

/** A bare repository whose main has a laptop and three stages. @returns the first commit of main */
export async function makeRepository(folder: string): Promise<string> {
  await createBare(folder);
  await push(folder, { 'README.md': 'first\n', 'services/gateway/app.ts': '1\n' }, { message: 'First\n' });
  return push(folder, {
    ...environmentTexts('local', { release: workloads('worktree'), knobs, delivery: { approvals: { release: 0, model: 1 } } }),
    ...environmentTexts('dev', { release: workloads(revisions.digest), knobs, delivery: { approvals: { release: 0, model: 1 } } }),
    ...environmentTexts('staging', { release: workloads(revisions.unbuilt), knobs, delivery: { after: 'dev', approvals: { release: 0, model: 1 } } }),
    ...environmentTexts('production', {
      release: workloads(revisions.unbuilt), knobs,
      delivery: { after: 'staging', approvals: { release: 1, model: 1 }, soakMinutes: 60, window: { schedule: '* * * * *', hours: 24, timeZone: 'UTC' } },
    }),
  }, { message: 'Model\n' });
}
