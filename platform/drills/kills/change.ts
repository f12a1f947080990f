import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { pick } from '../drill.ts';
import { limitIn } from '../delivery/limit.ts';
import { answersWith } from '../request.ts';
import type { Site } from '../site.ts';

/** One change that will be asked for, and where it can be seen whether it came about. */
export interface Change {
  readonly what: string;
  readonly path: string;
  readonly ask: Readonly<Record<string, unknown>>;
  /** What main says before, and what it says when the change came about. */
  readonly before: string;
  readonly after: string;
  /** What a hold of it would name (decision 31). */
  readonly subject: string;
  /** Needs a second person. */
  readonly guarded: boolean;
  onMain(): string;
  /** What a process of the workload answers with now. */
  answers(): Promise<string>;
}

/** A change needs none of these to be good, and none of them does anything about changes. */
const WORKLOADS = ['configuration', 'notification', 'auth'] as const;

/** A good release that differs by a comment alone. */
export function release(site: Site, random: () => number, reason: string): Change {
  const workload = pick(random, WORKLOADS);
  const after = site.commit((folder) => appendFileSync(join(folder, `services/${workload}/main.ts`), `// ${reason}\n`), reason);
  const onMain = () => revisionIn(atMain(site, 'environments/releases/local.json'), workload);
  let url: string | undefined;
  return {
    what: `release of ${workload}`, subject: `release/${workload}`, path: '/v1/deployments', ask: { workload, environment: 'local', revision: after, reason }, before: onMain(), after, guarded: false, onMain,
    async answers() {
      url ??= (await site.status()).processes.find(({ name }) => name === workload)?.urls['http'];
      return answersWith(url ?? '');
    },
  };
}

/** Another limit of the gateway, which none of these changes has asked for. */
export function knob(site: Site, value: number, reason: string): Change {
  const onMain = () => knobIn(atMain(site, 'environments/local.ts'), 'rateLimit');
  return {
    what: 'knob of gateway', subject: 'knob/rateLimit', path: '/v1/changes', ask: { knob: 'rateLimit', value, environment: 'local', reason }, before: onMain(), after: String(value), guarded: true, onMain,
    async answers() {
      return String(limitIn((await site.operator.ask('GET', '/v1/workloads')).headers) ?? '');
    },
  };
}

const atMain = (site: Site, path: string) => site.git('--git-dir', join(site.folder, '.journey', 'remote.git'), 'show', `refs/heads/main:${path}`);

/** The revision that a release file names for a workload. */
export function revisionIn(releases: string, workload: string): string {
  const found = JSON.parse(releases) as Readonly<Record<string, { readonly revision: string }>>;
  return found[workload]?.revision ?? '';
}

/** The number that an environment's model gives a knob. */
export function knobIn(model: string, name: string): string {
  return new RegExp(`\\b${name}: (\\d+)`).exec(model)?.[1] ?? '';
}
