import type { Change } from './proposal.ts';

/** What a person asks for, as the routes' schemas let it in. */
export interface ReleaseAsk { readonly workload: string; readonly environment: string; readonly revision: string; readonly reason: string }
export interface PromotionAsk { readonly from: string; readonly to: string; readonly workloads?: readonly string[]; readonly reason: string }
export interface RollbackAsk { readonly environment: string; readonly commit: string; readonly reason: string; readonly confirm?: string }
/** Exactly one of the two: a knob with its value, or a workload with its size. */
export type ModelAsk =
  | { readonly environment: string; readonly reason: string; readonly knob: string; readonly value: string | number }
  | { readonly environment: string; readonly reason: string; readonly workload: string; readonly replicas: number; readonly most?: number };

/** These narrow bodies that a route's schema has already checked. */
export function isReleaseAsk(body: unknown): body is ReleaseAsk {
  return texts(body, ['workload', 'environment', 'revision', 'reason']);
}
export function isPromotionAsk(body: unknown): body is PromotionAsk {
  return texts(body, ['from', 'to', 'reason']) && (!has(body, 'workloads') || Array.isArray(valueOf(body, 'workloads')));
}
export function isRollbackAsk(body: unknown): body is RollbackAsk {
  return texts(body, ['environment', 'commit', 'reason']);
}
export function isModelAsk(body: unknown): body is ModelAsk {
  if (!texts(body, ['environment', 'reason'])) return false;
  const knob = texts(body, ['knob']) && has(body, 'value');
  const scale = texts(body, ['workload']) && typeof valueOf(body, 'replicas') === 'number';
  return knob ? !['workload', 'replicas', 'most'].some((key) => has(body, key)) : scale && !['knob', 'value'].some((key) => has(body, key));
}

export function modelChangeOf(ask: ModelAsk): Change {
  if ('knob' in ask) return { kind: 'knob', environment: ask.environment, knob: ask.knob, value: ask.value };
  return {
    kind: 'scale', environment: ask.environment, workload: ask.workload, replicas: ask.replicas,
    ...(ask.most === undefined ? {} : { most: ask.most }),
  };
}

/** The environment that a change is about. */
export const environmentOf = (change: Change): string => (change.kind === 'promotion' ? change.to : change.environment);

function texts(body: unknown, keys: readonly string[]): body is object {
  return keys.every((key) => typeof valueOf(body, key) === 'string');
}
function has(body: unknown, key: string): boolean {
  return valueOf(body, key) !== undefined;
}
function valueOf(body: unknown, key: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, key) : undefined;
}
