import type { Drift } from '../domain/live.ts';
import type { ResourceDiff } from './argocd-application.ts';

const MOST = 50;

/** Every field that lives otherwise than it would after a sync, named `Deployment/gateway spec.replicas`. */
export function driftOf(resources: readonly ResourceDiff[]): readonly Drift[] {
  return resources.filter(({ hook }) => hook !== true).flatMap((one): Drift[] => {
    const object = `${one.kind}/${one.name}`;
    const [target, live] = [stateOf(one.targetState), stateOf(one.liveState)];
    if (target === null) return live === null ? [] : [{ field: object, desired: 'absent', live: 'present' }];
    if (live === null) return [{ field: object, desired: 'present', live: 'absent' }];
    const [desired, seen] = [stateOf(one.predictedLiveState), stateOf(one.normalizedLiveState)];
    return leavesOf(desired, seen).map(({ path, a, b }) => ({ field: `${object} ${path}`, desired: a, live: b }));
  }).slice(0, MOST);
}

/** The states come as JSON texts; `null` in text is nothing. */
export function stateOf(text: string | undefined): unknown {
  if (text === undefined || text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

interface Leaf { readonly path: string; readonly a: string; readonly b: string }

function leavesOf(a: unknown, b: unknown, path = ''): readonly Leaf[] {
  if (isBranch(a) && isBranch(b)) {
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) => leavesOf(Reflect.get(a, key), Reflect.get(b, key), path === '' ? key : `${path}.${key}`));
  }
  const [one, other] = [shown(a), shown(b)];
  return one === other ? [] : [{ path, a: one, b: other }];
}
const isBranch = (value: unknown): value is object => typeof value === 'object' && value !== null;
const shown = (value: unknown): string => (value === undefined ? 'absent' : (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 200));
