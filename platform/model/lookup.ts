import { edgesOf, type Edge } from './edge.ts';
import type { ClusterEnvironment, Environment } from './environment.ts';
import type { Platform } from './platform.ts';
import type { AnyProvider } from './provider.ts';
import type { Knob, KnobValue } from './reference.ts';
import { ModelError } from './release.ts';
import type { Workload } from './service.ts';

/** The provider that an environment gives the backing with this *name* (environments list them by key: `settingsCache`). */
export function providerOf(platform: Platform, environment: Environment, backing: string): AnyProvider {
  const key = keysOf(platform).get(backing);
  const provider = key === undefined ? undefined : environment.backing[key];
  if (provider) return provider;
  if (key === undefined) throw new ModelError('platform/backing.ts', `no backing is named "${backing}"`, `Add it to \`backing\` in platform/backing.ts.`);
  throw new ModelError(whereOf(environment), `"${environment.name}" gives the backing "${backing}" no provider`, `Add \`${key}: …\` to its \`backing\`.`);
}

/** Does whoever uses this backing keep it itself here? */
export const isOwn = (platform: Platform, environment: Environment, backing: string): boolean => providerOf(platform, environment, backing).provider === 'own';

/** The edges of a platform that lead somewhere in this environment. */
export const edgesIn = (platform: Platform, environment: Environment): readonly Edge[] =>
  edgesOf(platform).filter(({ kind, to }) => kind !== 'backing' || !isOwn(platform, environment, to));

/** `app.example.com`: where a workload is reached from outside. `undefined` where it is not public. */
export function hostOf(environment: ClusterEnvironment, workload: Workload | undefined): string | undefined {
  const host = workload?.options.public?.host;
  return host === undefined ? undefined : `${host}.${environment.domain}`;
}

/** The value that an environment gives a knob. */
export function knobValueOf(platform: Platform, environment: Environment, knob: Knob): KnobValue {
  const key = knobNameOf(platform, knob);
  const value = environment.knobs[key];
  if (value !== undefined) return value;
  throw new ModelError(whereOf(environment), `"${environment.name}" gives the knob "${key}" no value`, `Add \`${key}: …\` to its \`knobs\`.`);
}

/** A knob's key in `platform/knobs.ts`; it has no other name. */
export function knobNameOf(platform: Platform, knob: Knob): string {
  const key = Object.keys(platform.knobs).find((k) => platform.knobs[k] === knob);
  if (key !== undefined) return key;
  throw new ModelError(knob.declaredAt, `the knob "${knob.about}" is not in the platform`, 'Declare it in platform/knobs.ts.');
}

/** Backing name → key, made once per platform: a thousand workloads ask. */
const keys = new WeakMap<Platform, ReadonlyMap<string, string>>();
function keysOf(platform: Platform): ReadonlyMap<string, string> {
  const known = keys.get(platform);
  if (known) return known;
  const made = new Map(Object.entries(platform.backing).map(([key, { name }]) => [name, key]));
  keys.set(platform, made);
  return made;
}

const whereOf = (environment: Environment) => environment.declaredAt.replace(/:\d+$/, '');
