import { cache, contract, database, oneOf, text } from '../kit/contract.ts';

const name = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,62}$' } as const;
const where = { type: 'object', required: ['environment', 'name'], properties: { environment: name, name } } as const;
const setting = {
  type: 'object', additionalProperties: false, required: ['environment', 'name', 'value', 'version', 'source'],
  properties: {
    environment: name, name, value: { type: 'object' }, version: { type: 'integer' },
    source: { enum: ['cache', 'database', 'default'] },
  },
} as const;

export const configuration = contract({
  name: 'configuration',
  about: 'Settings of each environment, versioned, answered from cache or database.',
  ports: { http: 8080, metrics: 9090 },
  env: {
    DATABASE: database(),
    SETTINGS_CACHE: cache(),
    /** The folder that holds `<environment>/journey.json`, relative to the working directory: what has one is an environment. */
    SYNTH_FOLDER: text(),
    LOG_LEVEL: oneOf('debug', 'info', 'warn'),
  },
  migrates: true,
  routes: {
    read: {
      method: 'get', path: '/v1/settings/:environment/:name', access: 'viewer', public: true,
      about: 'One setting, and whether it came from the cache or the database.',
      params: where,
      answers: { 200: setting },
    },
    rule: {
      method: 'get', path: '/v1/rules/:environment/:name', access: 'workload',
      about: 'The same setting, for a workload that acts later than the person who asked it to.',
      params: where,
      answers: { 200: setting },
    },
    write: {
      method: 'put', path: '/v1/settings/:environment/:name', access: 'operator', public: true, maxBytes: 16_384,
      about: 'Replaces one setting; its version rises by one. The freeze rule is `deployment-freeze`: {"frozen": true, "reason": "…"}.',
      params: where,
      body: { type: 'object', additionalProperties: false, required: ['value'], properties: { value: { type: 'object' } } },
      answers: { 200: setting },
    },
  },
});
