import { apart } from '../../kit/adapters/quiet.ts';
import { span } from '../../kit/telemetry.ts';
import type { Tracked } from '../domain/tracked.ts';
import type { Ways } from '../ways.ts';

/** One thing that is done for a request, as a hop of its journey. Looking whether there is anything to do is no hop. */
export function acting<T>({ kit }: Pick<Ways, 'kit'>, { request, traceparent }: Tracked, name: string, fn: () => Promise<T>): Promise<T> {
  const attributes = { 'deployment.request': request.id, 'deployment.kind': request.kind, 'deployment.environment': request.environment };
  return apart(kit, () => span(name, { kind: 'internal', parent: traceparent, attributes }, fn));
}
