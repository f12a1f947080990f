import type { RouteSet } from '../../kit/contract.ts';

const uuid = { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' } as const;
const matcher = {
  type: 'object', additionalProperties: false, required: ['name', 'value', 'isRegex', 'isEqual'],
  properties: { name: { type: 'string', pattern: '^[a-zA-Z_][a-zA-Z0-9_]{0,99}$' }, value: { type: 'string', maxLength: 200 }, isRegex: { type: 'boolean' }, isEqual: { type: 'boolean' } },
} as const;
const toldMatcher = { ...matcher, properties: { ...matcher.properties, name: { type: 'string' }, value: { type: 'string' } } } as const;
const silence = {
  type: 'object', additionalProperties: false, required: ['id', 'kind', 'state', 'matchers', 'startsAt', 'endsAt', 'by', 'reason', 'updatedAt'],
  properties: {
    id: uuid, kind: { enum: ['silence', 'acknowledgement'] }, state: { enum: ['pending', 'active', 'expired'] }, matchers: { type: 'array', items: toldMatcher },
    /** Unix milliseconds; endsAt null: until its alert is resolved. */
    startsAt: { type: 'number' }, endsAt: { type: ['number', 'null'] }, by: { type: 'string' }, reason: { type: 'string' }, updatedAt: { type: 'number' },
  },
} as const;

/** Who keeps which alerts quiet, until when and why; acknowledgements too. */
export const silenceRoutes = {
  silences: {
    method: 'get', path: '/v1/silences', access: 'viewer', public: true,
    about: 'Silences and acknowledgements that are on, are to come, or ended within the last day.',
    answers: { 200: { type: 'object', additionalProperties: false, required: ['silences'], properties: { silences: { type: 'array', items: silence } } } },
  },
  createSilence: {
    method: 'post', path: '/v1/silences', access: 'operator', public: true,
    about: 'Keeps alerts that all matchers fit quiet for a while. As Alertmanager\'s, but patterns are plain (letters, "|", ".*").',
    body: {
      type: 'object', additionalProperties: false, required: ['matchers', 'seconds', 'reason'],
      properties: { matchers: { type: 'array', minItems: 1, maxItems: 20, items: matcher }, seconds: { type: 'integer', minimum: 1, maximum: 2_592_000 }, reason: { type: 'string', minLength: 1, maxLength: 500 } },
    },
    answers: { 201: silence },
  },
  endSilence: {
    method: 'delete', path: '/v1/silences/:id', access: 'operator', public: true,
    about: 'Ends a silence or an acknowledgement before its time.',
    params: { type: 'object', required: ['id'], properties: { id: uuid } }, answers: { 204: null },
  },
} as const satisfies RouteSet;
