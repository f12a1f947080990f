import type { RouteSet } from '../../kit/contract.ts';
import { person } from './sessions.ts';

/** The beginning of a browser's session. */
export const signInRoutes = {
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
} as const satisfies RouteSet;
