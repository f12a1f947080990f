import { attributesOf, recordOf } from './otlp.ts';
import type { Attributes } from './span.ts';

/** What of the sender is kept with every span: it joins a hop to its environment, release and process. */
export const KEPT = ['deployment.environment.name', 'journey.revision', 'journey.config_version', 'service.version', 'service.instance.id'] as const;

export function serviceOf(resource: unknown): { readonly service: string | null; readonly attributes: Attributes } {
  const all = attributesOf(recordOf(resource)['attributes']);
  const service = all['service.name'];
  return {
    service: typeof service === 'string' && service !== '' ? service.slice(0, 100).toWellFormed() : null,
    attributes: Object.fromEntries(KEPT.flatMap((key) => all[key] === undefined ? [] : [[key, all[key]]])),
  };
}
