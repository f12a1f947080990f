import type { RouteSet } from '../../kit/contract.ts';

export const person = {
  type: 'object', additionalProperties: false, required: ['name', 'roles'],
  properties: { name: { type: 'string' }, roles: { type: 'array', items: { type: 'string' } } },
} as const;

/** The browser's session, for every page; how it begins is for one of them (sign-in.ts). */
export const sessionRoutes = {
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
