import { contract, oneOf, urlOf } from '../contract.ts';

/** A contract with one route of each sort, for tests of the kit itself. */
export const thing = contract({
  name: 'thing', about: 'A service for tests.', ports: { http: 8080, metrics: 9090 },
  env: { OTHER_URL: urlOf('other'), LOG_LEVEL: oneOf('debug', 'info', 'warn') },
  routes: {
    read: {
      method: 'get', path: '/v1/things/:id', about: 'One thing.', access: 'viewer', public: true,
      params: { type: 'object', required: ['id'], properties: { id: { type: 'string', pattern: '^[a-z]+$' } } },
      query: { type: 'object', additionalProperties: false, required: ['limit'], properties: { limit: { type: 'integer', maximum: 50 }, deep: { type: 'boolean' } } },
      answers: { 200: { type: 'object', additionalProperties: false, required: ['id'], properties: { id: { type: 'string' } } } },
    },
    write: {
      method: 'post', path: '/v1/things', about: 'Writes.', access: 'anyone', maxBytes: 1000,
      body: { type: 'object', additionalProperties: false, required: ['a'], properties: { a: { type: 'string' }, b: { enum: ['x', 'y'] } } },
      answers: { 201: { type: 'object' }, 204: null },
    },
    remove: { method: 'delete', path: '/v1/things/:id', about: 'Removes.', access: 'admin', answers: { 204: null } },
    take: { method: 'post', path: '/v1/take', about: 'Takes.', access: 'workload', body: { type: 'object' }, answers: { 200: { type: 'object' } } },
    open: { method: 'get', path: '/v1/open', about: 'Open.', access: 'anyone', answers: { 200: { type: 'object' } } },
  },
});
