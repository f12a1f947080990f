import type { Masks } from './mask.ts';
import { listOf, recordOf } from './otlp.ts';
import { senderOf, type Sender } from './resource.ts';
import type { Attributes, Taken } from './span.ts';

/** The names of the three levels that every OTLP export request nests: what it comes from, by what it was measured, the records. */
interface Levels {
  readonly resources: string;
  readonly scopes: string;
  readonly records: string;
}
/** Where a record stands, as it was sent: groups of a resource and of a scope. */
export interface Origin { readonly group: unknown; readonly scoped: unknown }
interface Reading<T, About> {
  /** What is said once for all records of one scope. */
  about(sender: Sender, origin: Origin, masks: Masks): About;
  /** @returns the record, or what is wrong with it */
  read(raw: unknown, service: string | null, resource: Attributes, masks: Masks, about: About): T | string;
}

/** The records of one export request. One that is ill-formed is refused alone; its neighbours are kept. */
export function recordsOf<T extends object, About>(body: unknown, levels: Levels, { about, read }: Reading<T, About>): Taken<T> {
  const kept: T[] = [];
  const masks: Masks = { count: 0 };
  let refused = 0;
  let why: string | null = null;
  for (const group of listOf(recordOf(body)[levels.resources])) {
    const sender = senderOf(group, masks);
    for (const scoped of listOf(recordOf(group)[levels.scopes])) {
      const said = about(sender, { group, scoped }, masks);
      for (const raw of listOf(recordOf(scoped)[levels.records])) {
        const one = read(raw, sender.service, sender.attributes, masks, said);
        if (typeof one === 'string') {
          refused++;
          why ??= one;
        } else kept.push(one);
      }
    }
  }
  return { kept, refused, why, masked: masks.count };
}
