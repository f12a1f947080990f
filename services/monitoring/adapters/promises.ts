import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Log } from '../../kit/log.ts';
import type { PromisedWorkload } from '../domain/model-rules.ts';
import { fieldOf } from '../../kit/thrown.ts';

interface Promising { readonly nodes: readonly { readonly name: string; readonly objectives?: PromisedWorkload['objectives'] }[] }
const objective = {
  type: 'object', required: ['kind'], additionalProperties: false,
  properties: { kind: { enum: ['availability', 'latency'] }, percentile: { const: 99 }, target: { type: 'string', pattern: '^\\d+(\\.\\d+)?%$' }, under: { type: 'string', pattern: '^\\d+(\\.\\d+)?ms$' } },
  oneOf: [{ required: ['target'], properties: { kind: { const: 'availability' } } }, { required: ['under'], properties: { kind: { const: 'latency' } } }],
};
const fits = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false }).compile<Promising>({
  type: 'object', required: ['nodes'],
  properties: { nodes: { type: 'array', items: { type: 'object', required: ['name'], properties: { name: { type: 'string' }, objectives: { type: 'array', items: objective } } } } },
});
const EVERY_MS = 60_000;

/** What the workloads of this environment promise, from what `./journey synth` wrote; read anew, since a release may bring another one. */
export function openPromises(folder: string, environment: string, log: Log) {
  let [promised, readAt, told] = [Promise.resolve<readonly PromisedWorkload[]>([]), 0, ''];

  async function read(before: readonly PromisedWorkload[]): Promise<readonly PromisedWorkload[]> {
    try {
      const file: unknown = JSON.parse(await readFile(join(folder, environment, 'journey.json'), 'utf8'));
      if (!fits(file)) throw new Error('it has not the form of a journey.json');
      told = '';
      return file.nodes.flatMap(({ name, objectives }) => (objectives ? [{ name, objectives }] : []));
    } catch (error) {
      // The rules of before go on; those of people do not need it.
      const why = fieldOf(error, 'message') ?? 'failed';
      if (told !== why) log.warn('the objectives of the model cannot be read', { error: why });
      told = why;
      return before;
    }
  }
  return (now: number): Promise<readonly PromisedWorkload[]> => {
    if (readAt === 0 || now - readAt >= EVERY_MS) [promised, readAt] = [promised.then(read), now];
    return promised;
  };
}
