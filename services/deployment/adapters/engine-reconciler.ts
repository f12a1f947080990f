import { Ajv2020, type Schema } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { CallAnswer } from '../../kit/client.ts';
import type { Endpoint } from '../../kit/contract.ts';
import type { Kit } from '../../kit/kit.ts';
import { linesOf } from '../../kit/line-stream.ts';
import { isProblemCode, problem, Problem } from '../../kit/problem.ts';
import { deployment } from '../contract.ts';
import type { LiveEnvironment } from '../domain/live.ts';
import type { Engine } from './engine-port.ts';
import { watchAgain } from './watch-again.ts';

/** The local reconciler: a part of the runner, over HTTP on loopback, with a key. It speaks our words, so nothing is translated. */
export function openReconciler(kit: Kit, endpoint: Endpoint, key: string): Engine {
  const at = (environment: string, rest = '') => `/v1/environments/${encodeURIComponent(environment)}${rest}`;
  const ask = async (method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown, timeoutMs = 5000) =>
    (await kit.call(endpoint, { method, path, token: key, timeoutMs, maxBytes: 4 * 1024 * 1024, refused, ...(body === undefined ? {} : { body }) })).body;
  const live = async (...args: Parameters<typeof ask>) => checked(await ask(...args));
  return {
    name: 'local reconciler',
    async environments() {
      const body = await ask('GET', '/v1/environments');
      if (isList(body)) return body.environments;
      throw odd();
    },
    read: (environment) => live('GET', at(environment)).catch((error: unknown) => {
      if (error instanceof Problem && error.code === 'not_found') return null;
      throw error;
    }),
    sync: (environment) => live('POST', at(environment, '/sync'), {}),
    setAutomatic: (environment, automatic) => live('PUT', at(environment, '/automatic'), { automatic }),
    // It answers when the work tree and the build are there.
    async prepare(environment, workload, release) {
      await ask('POST', at(environment, '/prepare'), { workload, release }, 180_000);
    },
    watch: (environment, signal) => watchAgain(kit, signal, async function* () {
      const lines = linesOf(endpoint, {
        path: at(environment, '/events'), token: key, accept: 'text/event-stream', signal,
        refused: (status) => refused({ status, body: undefined }),
      });
      for await (const line of lines) if (line.startsWith('data:')) yield checked(JSON.parse(line.slice(5)));
    }),
    stop: () => Promise.resolve(),
  };
}

/** Its refusal of our key is nobody's fault who asks us; everything else is told in its words. */
function refused({ status, body }: Pick<CallAnswer, 'status' | 'body'>): Problem {
  const [code, detail] = ['code', 'detail'].map((key): unknown => (typeof body === 'object' && body !== null ? Reflect.get(body, key) : undefined));
  if (status === 401 || status === 403) return problem('forbidden', 'The local reconciler does not take the key of this service.', { at: 'engine', fix: 'Start everything again: ./journey down, then ./journey up.' });
  const told = isProblemCode(code) ? code : status === 404 ? 'not_found' : 'upstream_unavailable';
  return problem(told, typeof detail === 'string' ? detail.slice(0, 500) : `The local reconciler answered ${String(status)}.`, { at: 'engine' });
}

function checked(value: unknown): LiveEnvironment {
  if (isLive(value)) return value;
  throw odd();
}
const odd = () => problem('upstream_unavailable', `The local reconciler said something that is no state of an environment: ${ajv.errorsText(isLive.errors)}.`, { at: 'engine' });

const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
formats.default(ajv);
const schema: Schema = deployment.routes.setAutomatic.answers[200];
const isLive = ajv.compile<LiveEnvironment>(schema);
const isList = ajv.compile<{ readonly environments: readonly string[] }>({ type: 'object', required: ['environments'], properties: { environments: { type: 'array', items: { type: 'string' } } } });
