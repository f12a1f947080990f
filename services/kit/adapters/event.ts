import { randomUUID } from 'node:crypto';
import { Ajv } from 'ajv';
import { traceparent } from '../telemetry.ts';

/** CloudEvents 1.0 in structured JSON, with the distributed tracing extension. */
export interface Event<Data = unknown> {
  readonly specversion: '1.0';
  /** A UUID; source and id together are unique, and so is the id alone here. */
  readonly id: string;
  /** `/deployment`: the service that says it. */
  readonly source: string;
  /** `dev.request-journey.deployment.requested` */
  readonly type: string;
  /** RFC 3339. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: Data;
  /** The span that wrote the event (W3C trace context): what is published later continues it. */
  readonly traceparent?: string;
}

/** A new event of now, which continues the current trace. */
export function newEvent<Data>(of: { readonly source: string; readonly type: string; readonly data: Data }): Event<Data> {
  const parent = traceparent();
  return {
    specversion: '1.0', id: randomUUID(), source: `/${of.source}`, type: of.type, time: new Date().toISOString(),
    datacontenttype: 'application/json', data: of.data, ...(parent ? { traceparent: parent } : {}),
  };
}

/** An event as it came off the wire. @throws {Error} that says what is wrong with it */
export function parseEvent(value: unknown): Event {
  if (isEvent(value)) return value;
  throw new Error(`Not a CloudEvent 1.0: ${ajv.errorsText(isEvent.errors, { dataVar: 'event' })}.`);
}

const ajv = new Ajv({ strict: true });
const isEvent = ajv.compile<Event>({
  type: 'object',
  required: ['specversion', 'id', 'source', 'type', 'time', 'datacontenttype', 'data'],
  properties: {
    specversion: { const: '1.0' },
    id: { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' },
    source: { type: 'string', minLength: 1, maxLength: 200 },
    type: { type: 'string', pattern: '^[a-z][a-z0-9.-]{0,199}$' },
    time: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT[0-9:.]{8,18}(Z|[+-]\\d\\d:\\d\\d)$' },
    datacontenttype: { const: 'application/json' },
    data: true,
    traceparent: { type: 'string', pattern: '^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$' },
  },
});
