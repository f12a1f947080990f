import { listOf, recordOf } from './otlp.ts';
import { serviceOf } from './resource.ts';
import type { Attributes, Taken } from './span.ts';

/** The names of the three levels that every OTLP export request nests: what it comes from, by what it was measured, the records. */
interface Levels {
  readonly resources: string;
  readonly scopes: string;
  readonly records: string;
}
/** Where a record stands, as it was sent. */
export interface Origin { readonly resource: unknown; readonly scope: unknown }
/** @returns the record, or what is wrong with it */
type Read<T> = (raw: unknown, service: string | null, resource: Attributes, origin: Origin) => T | string;

/** The records of one export request. One that is ill-formed is refused alone; its neighbours are kept. */
export function recordsOf<T extends object>(body: unknown, levels: Levels, read: Read<T>): Taken<T> {
  const kept: T[] = [];
  let refused = 0;
  let why: string | null = null;
  for (const group of listOf(recordOf(body)[levels.resources])) {
    const resource = recordOf(group)['resource'];
    const { service, attributes } = serviceOf(resource);
    for (const scope of listOf(recordOf(group)[levels.scopes])) {
      const origin = { resource, scope: recordOf(scope)['scope'] };
      for (const raw of listOf(recordOf(scope)[levels.records])) {
        const one = read(raw, service, attributes, origin);
        if (typeof one === 'string') {
          refused++;
          why ??= one;
        } else kept.push(one);
      }
    }
  }
  return { kept, refused, why };
}
