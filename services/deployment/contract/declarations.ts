import type { RouteSet } from '../../kit/contract.ts';
import { string, time, count, name, commit, list, record, all, inEnvironment } from './shape.ts';

/** What the model was rendered to, and who decided it. */
export const declarationRoutes = {
  listManifests: {
    method: 'get', path: '/v1/environments/:environment/manifests', access: 'viewer', public: true,
    about: 'The rendered files of an environment at a commit of main; with `path` one of them, with the line of the model behind each object.',
    params: inEnvironment, query: record({ path: { type: 'string', maxLength: 300, pattern: '^[a-z0-9][a-zA-Z0-9._/-]*$' }, commit }, []),
    answers: { 200: record({ commit: string, files: list(string), path: string, text: string, objects: list(all({ object: string, line: count, declaredAt: string })) }, ['commit']) },
  },
  readDeclaration: {
    method: 'get', path: '/v1/environments/:environment/declaration', access: 'viewer', public: true,
    about: 'What declared a hop, as it is on main: the line of the model with its source, the commit that put it there, and the manifests, byte by byte.',
    params: inEnvironment, query: record({ reference: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,62}\\.[A-Z][A-Z0-9_]{0,62}$' }, workload: name }, []),
    answers: { 200: record({
      commit, declaredAt: string, source: all({ path: string, line: count, from: count, lines: list(string) }),
      put: record({ commit, author: string, at: time, summary: string, pull: count }, ['commit', 'author', 'at', 'summary']), manifests: list(all({ path: string, text: string, line: count })),
    }, ['commit', 'declaredAt', 'source', 'manifests']) },
  },
  declared: {
    method: 'get', path: '/v1/environments/:environment/journey', access: 'viewer', public: true,
    about: 'The graph of an environment as it was synthesized: nodes, edges, the line of the model and the manifests behind each.',
    params: { type: 'object', required: ['environment'], properties: { environment: name } },
    answers: { 200: { type: 'object' } },
  },
} as const satisfies RouteSet;
