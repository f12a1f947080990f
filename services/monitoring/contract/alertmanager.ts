import type { RouteSet } from '../../kit/contract.ts';

/** Alertmanager's published API, version 2 (github.com/prometheus/alertmanager, api/v2/openapi.yaml): what `amtool` speaks. */
const string = { type: 'string' } as const;
const time = { type: 'string', format: 'date-time' } as const;
const labels = { type: 'object', additionalProperties: string } as const;
const matcher = {
  type: 'object', additionalProperties: false, required: ['name', 'value', 'isRegex'],
  properties: { name: { type: 'string', minLength: 1, maxLength: 100 }, value: { type: 'string', maxLength: 200 }, isRegex: { type: 'boolean' }, isEqual: { type: 'boolean' } },
} as const;
const toldMatcher = { ...matcher, properties: { ...matcher.properties, name: string, value: string } } as const;
const receiver = { type: 'object', additionalProperties: false, required: ['name'], properties: { name: string } } as const;
const alert = {
  type: 'object', additionalProperties: false,
  required: ['labels', 'annotations', 'fingerprint', 'startsAt', 'endsAt', 'updatedAt', 'generatorURL', 'receivers', 'status'],
  properties: {
    labels, annotations: labels, fingerprint: string, startsAt: time, endsAt: time, updatedAt: time, generatorURL: string, receivers: { type: 'array', items: receiver },
    status: {
      type: 'object', additionalProperties: false, required: ['state', 'silencedBy', 'inhibitedBy'],
      properties: { state: { enum: ['unprocessed', 'active', 'suppressed'] }, silencedBy: { type: 'array', items: string }, inhibitedBy: { type: 'array', items: string } },
    },
  },
} as const;
const group = { type: 'object', additionalProperties: false, required: ['labels', 'receiver', 'alerts'], properties: { labels, receiver, alerts: { type: 'array', items: alert } } } as const;
const silence = {
  type: 'object', additionalProperties: false, required: ['id', 'status', 'updatedAt', 'matchers', 'startsAt', 'endsAt', 'createdBy', 'comment'],
  properties: {
    id: string, status: { type: 'object', additionalProperties: false, required: ['state'], properties: { state: { enum: ['expired', 'active', 'pending'] } } },
    updatedAt: time, matchers: { type: 'array', items: toldMatcher }, startsAt: time, endsAt: time, createdBy: string, comment: string,
  },
} as const;
/** May stand there many times; one alone is a text. */
const filter = { type: ['string', 'array'], maxLength: 500, maxItems: 20, items: { type: 'string', maxLength: 500 } } as const;
const filters = { filter, receiver: { type: 'string', maxLength: 200 }, active: { type: 'boolean' }, silenced: { type: 'boolean' }, inhibited: { type: 'boolean' }, unprocessed: { type: 'boolean' } } as const;
const uuid = { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' } as const;
const params = { type: 'object', required: ['id'], properties: { id: uuid } } as const;

export const alertmanagerRoutes = {
  amStatus: {
    method: 'get', path: '/api/v2/status', access: 'viewer', public: true, about: 'Alertmanager API v2: which version speaks, and since when.',
    answers: {
      200: {
        type: 'object', required: ['cluster', 'config', 'uptime', 'versionInfo'],
        properties: {
          cluster: { type: 'object', required: ['status'], properties: { name: string, status: string, peers: { type: 'array' } } },
          config: { type: 'object', required: ['original'], properties: { original: string } }, uptime: time, versionInfo: labels,
        },
      },
    },
  },
  amReceivers: { method: 'get', path: '/api/v2/receivers', access: 'viewer', public: true, about: 'Alertmanager API v2: who is told.', answers: { 200: { type: 'array', items: receiver } } },
  amAlerts: {
    method: 'get', path: '/api/v2/alerts', access: 'viewer', public: true, about: 'Alertmanager API v2: alerts that fire.',
    query: { type: 'object', additionalProperties: false, properties: filters }, answers: { 200: { type: 'array', items: alert } },
  },
  amPushAlerts: {
    method: 'post', path: '/api/v2/alerts', access: 'operator', public: true,
    about: 'Alertmanager API v2: refused. Alerts come from the rules here; other programs\' alerts are not taken.',
    body: { type: 'array', maxItems: 1000 }, answers: { 200: null },
  },
  amGroups: {
    method: 'get', path: '/api/v2/alerts/groups', access: 'viewer', public: true, about: 'Alertmanager API v2: alerts that fire, by workload, as they are told.',
    query: { type: 'object', additionalProperties: false, properties: { filter, receiver: filters.receiver, active: filters.active, silenced: filters.silenced, inhibited: filters.inhibited } },
    answers: { 200: { type: 'array', items: group } },
  },
  amSilences: {
    method: 'get', path: '/api/v2/silences', access: 'viewer', public: true, about: 'Alertmanager API v2: silences, and acknowledgements, whose end is the year 9999 until their alert is resolved.',
    query: { type: 'object', additionalProperties: false, properties: { filter } }, answers: { 200: { type: 'array', items: silence } },
  },
  amPostSilence: {
    method: 'post', path: '/api/v2/silences', access: 'operator', public: true, about: 'Alertmanager API v2: makes a silence, or changes the one whose id is given. Who made it is the person of the token.',
    body: {
      type: 'object', required: ['matchers', 'startsAt', 'endsAt', 'createdBy', 'comment'], additionalProperties: false,
      properties: {
        id: { type: 'string', pattern: '^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$' }, matchers: { type: 'array', minItems: 1, maxItems: 20, items: matcher },
        startsAt: time, endsAt: time, createdBy: { type: 'string', maxLength: 200 }, comment: { type: 'string', minLength: 1, maxLength: 500 },
      },
    },
    answers: { 200: { type: 'object', additionalProperties: false, required: ['silenceID'], properties: { silenceID: string } } },
  },
  amSilence: { method: 'get', path: '/api/v2/silence/:id', access: 'viewer', public: true, about: 'Alertmanager API v2: one silence.', params, answers: { 200: silence } },
  amDeleteSilence: { method: 'delete', path: '/api/v2/silence/:id', access: 'operator', public: true, about: 'Alertmanager API v2: ends a silence.', params, answers: { 200: null } },
} as const satisfies RouteSet;
