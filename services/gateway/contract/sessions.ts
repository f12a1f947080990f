import type { RouteSet } from '../../kit/contract.ts';

const person = {
  type: 'object', additionalProperties: false, required: ['name', 'roles'],
  properties: { name: { type: 'string' }, roles: { type: 'array', items: { type: 'string' } } },
} as const;

/** The browser's session. */
export const sessionRoutes = {
  signIn: {
    method: 'post', path: '/v1/sessions', access: 'anyone', maxBytes: 4096,
    about: 'Signs a person in by password or by one-time link; the answer sets the session cookie.',
    body: {
      type: 'object', additionalProperties: false,
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 200 },
        password: { type: 'string', minLength: 1, maxLength: 200 },
        link: { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' },
      },
      oneOf: [{ required: ['name', 'password'] }, { required: ['link'] }],
    },
    answers: { 201: person },
  },
  session: {
    method: 'get', path: '/v1/sessions/current', access: 'viewer',
    about: 'Who is signed in.',
    answers: { 200: person },
  },
  signOut: {
    method: 'delete', path: '/v1/sessions/current', access: 'viewer',
    about: 'Ends the session of this cookie.',
    answers: { 204: null },
  },
} as const satisfies RouteSet;
