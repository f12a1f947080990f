import { environments } from '../environments.ts';

const named: Readonly<Record<string, readonly string[]>> = {
  environment: environments, from: environments, to: environments, confirm: environments,
  revision: ['worktree'], 'path.name': ['deployment-freeze'],
};

/** What a value may be, as far as the pages know it by its name. */
export function suggestionsFor(key: string, fits: (value: string) => boolean, workloads: readonly string[]): readonly string[] {
  const name = key.split('.').at(-1) ?? '';
  return (name === 'workload' || name === 'workloads' ? workloads : named[key] ?? named[name] ?? []).filter(fits);
}
