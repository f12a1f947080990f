import { describedOf } from './described.ts';
import type { Masks } from './mask.ts';
import { attributesOf, recordOf } from './otlp.ts';
import type { Attributes, Described } from './span.ts';

/** What of the sender is kept with every span: it joins a hop to its environment, release and process. */
export const KEPT = ['deployment.environment.name', 'journey.revision', 'journey.config_version', 'service.version', 'service.instance.id'] as const;
/** Repeated in every span, so less than a span may have of its own. */
const MOST_BYTES = 2048;

export interface Sender {
  readonly service: string | null;
  readonly attributes: Attributes;
  /** What else it says of itself; undefined when it is nothing, as of our own. */
  rest(): Described | undefined;
}

/** @param group of records: the resource, and the schema that its names follow */
export function senderOf(group: unknown, masks: Masks): Sender {
  const { resource, schemaUrl } = recordOf(group);
  const all = attributesOf(recordOf(resource)['attributes'], masks);
  const service = all['service.name'];
  return {
    service: typeof service === 'string' && service !== '' ? service.slice(0, 100).toWellFormed() : null,
    attributes: Object.fromEntries(KEPT.flatMap((key) => all[key] === undefined ? [] : [[key, all[key]]])),
    rest() {
      const others = Object.entries(all).filter(([key]) => key !== 'service.name' && !KEPT.some((kept) => kept === key));
      const rest = describedOf({ raw: resource, attributes: Object.fromEntries(others), schema: schemaUrl }, MOST_BYTES);
      return Object.keys(rest).length === 0 ? undefined : rest;
    },
  };
}
