import { Ajv } from 'ajv';
import type { LocalPlan } from '../../targets/local/plan.ts';
import { readTreeFile } from '../../../services/kit/git-objects.ts';

/** Anybody who may write to main may say what runs, and nobody else; a plan that is none is told by what is wrong with it. */
const name = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,62}$' } as const;
const path = { type: 'string', pattern: '^(?!.*\\.\\.)[A-Za-z0-9][A-Za-z0-9._/-]{0,200}$' } as const;
const words = { type: 'array', items: { type: 'string', maxLength: 500 }, minItems: 2, maxItems: 20 } as const;
const portName = { enum: ['http', 'metrics'] } as const;
const value = {
  type: 'object', required: ['from'],
  properties: { from: { enum: ['literal', 'port', 'service', 'backing', 'secret', 'installation', 'revision', 'workloads'] }, value: { type: 'string', maxLength: 10_000 } },
} as const;
const isPlan = new Ajv({ allErrors: false, strict: false }).compile<LocalPlan>({
  type: 'object', required: ['environment', 'processes', 'waves', 'backings', 'secrets'],
  properties: {
    environment: name,
    processes: {
      type: 'array', maxItems: 200,
      items: {
        type: 'object', required: ['name', 'about', 'folder', 'release', 'replicas', 'command', 'ports', 'probes', 'after', 'env', 'allow'],
        properties: {
          name, about: { type: 'string' }, folder: path, release: { type: 'string', pattern: '^(worktree|[0-9a-f]{40})$' }, replicas: { type: 'integer', minimum: 1, maximum: 4 },
          availability: { type: 'number', minimum: 0, maximum: 1 }, command: words, build: words, migrate: words, ports: { type: 'array', items: portName, minItems: 1, maxItems: 2 },
          probes: { type: 'object', required: ['port', 'live', 'ready'], properties: { port: portName, live: { type: 'string' }, ready: { type: 'string' } } },
          after: { type: 'array', items: name }, env: { type: 'object', additionalProperties: value },
          allow: { type: 'array', items: { type: 'object', required: ['reference', 'kind', 'to'], properties: { reference: { type: 'string' }, kind: { enum: ['service', 'standard', 'backing'] }, to: name } } },
        },
      },
    },
    waves: { type: 'array' }, backings: { type: 'array' }, secrets: { type: 'array' },
  },
});

/** What a commit says should run here. @throws {Error} that names the commit and what is wrong with its `synth/local/plan.json` */
export async function planAt(repository: string, commit: string): Promise<LocalPlan> {
  const file = 'synth/local/plan.json';
  const bytes = await readTreeFile(repository, commit, file, 4 * 1024 * 1024);
  const at = `${file} of ${commit.slice(0, 10)}`;
  if (!bytes) throw new Error(`${at} is not there`);
  return planFrom(bytes.toString('utf8'), at);
}

/** @param at what to call the text when it is no plan */
export function planFrom(text: string, at: string): LocalPlan {
  let plan: unknown;
  try {
    plan = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${at} is not JSON`, { cause });
  }
  if (isPlan(plan)) return plan;
  const [error] = isPlan.errors ?? [];
  throw new Error(`${at} is no plan: ${error?.instancePath ?? ''} ${error?.message ?? ''}`);
}
