export const apiTexts = {
  title: 'API', lead: 'Every route that the gateway takes from outside, as its own OpenAPI document tells it.',
  loading: 'Asking the gateway for its routes…', filter: 'Filter', filterHint: 'a word of the path, the name, or what it does',
  routes: (count: number) => (count === 1 ? '1 route' : `${count} routes`), nothing: 'No route has this in its name, path or description.', clear: 'Show all',
  permalink: 'Link to this route', send: 'Send and watch',
  parameters: 'Parameters', body: 'Body', answers: 'Answers', none: 'No body.', stream: 'Server-sent events (text/event-stream).',
  errors: 'Every error is application/problem+json with code, traceId and fix (RFC 9457).',
  required: 'required', optional: 'optional', in: { path: 'in the path', query: 'in the query' },
  role: { anyone: 'anyone', viewer: 'viewer', operator: 'operator', admin: 'admin' },
  needs: (role: string) => (role === 'anyone' ? 'no sign-in needed' : `role ${role}`), repeatable: 'Takes an Idempotency-Key: the same key twice is one request.',
  anyObject: 'any object', listOf: 'list of', more: 'deeper levels stand in /openapi.json',
} as const;
