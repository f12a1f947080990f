import { contract, database, oneOf, publishes, text, urlOf } from '../kit/contract.ts';

const request = {
  type: 'object', additionalProperties: false,
  required: ['id', 'workload', 'environment', 'revision', 'reason', 'status', 'requestedBy', 'requestedAt', 'traceId'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    workload: { type: 'string' }, environment: { type: 'string' }, revision: { type: 'string' }, reason: { type: 'string' },
    status: { enum: ['requested'] },
    requestedBy: { type: 'string' }, requestedAt: { type: 'string', format: 'date-time' }, traceId: { type: 'string' },
  },
} as const;
const name = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,62}$' } as const;

export const deploymentRequested = 'dev.request-journey.deployment.requested';

export const deployment = contract({
  name: 'deployment',
  about: 'Takes requests for deployments, keeps their audit, and knows what declared each workload.',
  ports: { http: 8080, metrics: 9090 },
  env: {
    DATABASE: database(),
    CONFIGURATION_URL: urlOf('configuration'),
    EVENTS: publishes(),
    /** The folder that holds `<environment>/journey.json`, relative to the working directory. */
    SYNTH_FOLDER: text(),
    LOG_LEVEL: oneOf('debug', 'info', 'warn'),
  },
  migrates: true,
  events: { [deploymentRequested]: request },
  routes: {
    create: {
      method: 'post', path: '/v1/deployments', access: 'operator', public: true, maxBytes: 16_384,
      about: 'Asks for a deployment. Refused while the environment is frozen. Send an Idempotency-Key to be able to repeat it.',
      body: {
        type: 'object', additionalProperties: false, required: ['workload', 'environment', 'revision', 'reason'],
        properties: {
          workload: name, environment: name,
          revision: { type: 'string', pattern: '^(worktree|[0-9a-f]{40}|sha256:[0-9a-f]{64})$' },
          reason: { type: 'string', minLength: 1, maxLength: 500 },
        },
      },
      answers: { 202: request },
    },
    list: {
      method: 'get', path: '/v1/deployments', access: 'viewer', public: true,
      about: 'The newest 50 requests.',
      answers: { 200: { type: 'object', additionalProperties: false, required: ['deployments'], properties: { deployments: { type: 'array', items: request } } } },
    },
    read: {
      method: 'get', path: '/v1/deployments/:id', access: 'viewer', public: true,
      about: 'One request.',
      params: { type: 'object', required: ['id'], properties: { id: { type: 'string', format: 'uuid' } } },
      answers: { 200: request },
    },
    declared: {
      method: 'get', path: '/v1/environments/:environment/journey', access: 'viewer', public: true,
      about: 'The graph of an environment as it was synthesized: nodes, edges, the line of the model and the manifests behind each.',
      params: { type: 'object', required: ['environment'], properties: { environment: name } },
      answers: { 200: { type: 'object' } },
    },
  },
});
