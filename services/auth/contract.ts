import { contract, database, oneOf, secret } from '../kit/contract.ts';

const token = {
  type: 'object', additionalProperties: false, required: ['token', 'expiresIn', 'name', 'roles'],
  properties: {
    token: { type: 'string' }, expiresIn: { type: 'integer' },
    name: { type: 'string' }, roles: { type: 'array', items: { type: 'string' } },
  },
} as const;
const roles = { type: 'array', minItems: 1, maxItems: 3, uniqueItems: true, items: { enum: ['viewer', 'operator', 'admin'] } } as const;

export const auth = contract({
  name: 'auth',
  about: 'People, their roles, the tokens that prove who they are, and what they may do.',
  ports: { http: 8080, metrics: 9090 },
  env: {
    DATABASE: database(),
    SIGNING_KEY: secret(),
    LOG_LEVEL: oneOf('debug', 'info', 'warn'),
  },
  migrates: true,
  routes: {
    createToken: {
      method: 'post', path: '/v1/tokens', access: 'anyone', public: true, maxBytes: 4096,
      about: 'Exchanges a name and password, or a one-time link, for an RS256 token of one hour.',
      body: {
        type: 'object', additionalProperties: false,
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 200 },
          password: { type: 'string', minLength: 1, maxLength: 200 },
          link: { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' },
        },
        oneOf: [{ required: ['name', 'password'] }, { required: ['link'] }],
      },
      answers: { 201: token },
    },
    decide: {
      method: 'post', path: '/v1/decisions', access: 'viewer', maxBytes: 4096,
      about: 'May the bearer do this? Reads the person as they are now, not as the token remembers them.',
      body: {
        type: 'object', additionalProperties: false, required: ['action'],
        properties: { action: { type: 'string', pattern: '^[a-z]+\\.[a-zA-Z]+$', maxLength: 80 } },
      },
      answers: {
        200: {
          type: 'object', additionalProperties: false, required: ['allowed', 'reason'],
          properties: { allowed: { type: 'boolean' }, reason: { type: 'string' } },
        },
      },
    },
    createPerson: {
      method: 'post', path: '/v1/people', access: 'admin', public: true, maxBytes: 4096,
      about: 'Adds a person. The name is an e-mail address; the password has at least 12 characters.',
      body: {
        type: 'object', additionalProperties: false, required: ['name', 'password', 'roles'],
        properties: { name: { type: 'string', format: 'email', maxLength: 200 }, password: { type: 'string', minLength: 12, maxLength: 200 }, roles },
      },
      answers: {
        201: { type: 'object', additionalProperties: false, required: ['name', 'roles'], properties: { name: { type: 'string' }, roles } },
      },
    },
    keys: {
      method: 'get', path: '/.well-known/jwks.json', access: 'anyone',
      about: 'The public keys that tokens are checked with (RFC 7517).',
      answers: { 200: { type: 'object', required: ['keys'], properties: { keys: { type: 'array', items: { type: 'object' } } } } },
    },
  },
});
