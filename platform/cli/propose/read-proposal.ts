import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { parseJson } from '../../../policies/json-text.ts';
import { CliError, exit } from '../command.ts';
import type { Proposal } from './proposal.ts';

/** Of the text on the standard input. */
const MAX_BYTES = 65_536;

const name = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,62}$' } as const;
const commit = { type: 'string', pattern: '^[0-9a-f]{40}$' } as const;
const count = { type: 'integer', minimum: 1, maximum: 1000 } as const;
const line = { type: 'string', pattern: '\\S', maxLength: 200 } as const;
const record = (properties: Readonly<Record<string, object>>, optional: readonly string[] = []) =>
  ({ type: 'object', additionalProperties: false, properties, required: Object.keys(properties).filter((key) => !optional.includes(key)) });

/** JSON Schema 2020-12. */
export const proposalSchema = record({
  repository: { type: 'string', maxLength: 4096, pattern: '^/[^\\p{Cc}]*$' },
  base: commit,
  change: {
    type: 'object', required: ['kind'], discriminator: { propertyName: 'kind' },
    oneOf: [
      record({ kind: { const: 'release' }, environment: name, workload: name, release: { type: 'string', pattern: '^(worktree|[0-9a-f]{40}|sha256:(?!0{64}$)[0-9a-f]{64})$' } }),
      record({ kind: { const: 'knob' }, environment: name, knob: { type: 'string', pattern: '^[a-zA-Z][a-zA-Z0-9]{0,62}$' }, value: { type: ['string', 'number'], maxLength: 200 } }),
      record({ kind: { const: 'scale' }, environment: name, workload: name, replicas: count, most: count }, ['most']),
      record({ kind: { const: 'promotion' }, from: name, to: name, workloads: { type: 'array', items: name, maxItems: 200, uniqueItems: true } }),
      record({ kind: { const: 'rollback' }, environment: name, commit }),
    ],
  },
  title: line,
  reason: { type: 'string', minLength: 1, maxLength: 4000 },
  author: line,
  trailers: {
    type: 'object', maxProperties: 20, propertyNames: { pattern: '^[A-Z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$', maxLength: 40 },
    additionalProperties: { type: 'string', minLength: 1, maxLength: 500, pattern: '^[^\\p{C}\\p{Zl}\\p{Zp}]+$' },
  },
});

const valid = new Ajv2020({ allErrors: true, discriminator: true, allowUnionTypes: true }).compile<Proposal>(proposalSchema);

/** @throws {CliError} exit 2 with every place that is wrong; never with what stands there */
export function readProposal(text: string): Proposal {
  if (Buffer.byteLength(text) > MAX_BYTES) throw refused([`more than ${MAX_BYTES} bytes`]);
  const { value, problems } = parseJson(text);
  // Of what cannot be parsed JSON.parse shows a piece: it may be anything.
  if (value === undefined) throw refused(['it is not JSON']);
  if (problems.length > 0) throw refused(problems.map((problem) => problem.slice(0, 100)));
  if (valid(value)) return value;
  throw refused((valid.errors ?? []).map(described));
}

function described({ instancePath, message, params }: ErrorObject): string {
  const extra: unknown = params['additionalProperty'];
  return `${instancePath === '' ? 'the proposal' : instancePath} ${message ?? 'is wrong'}${typeof extra === 'string' ? ` (${JSON.stringify(extra.slice(0, 60))})` : ''}`;
}

const refused = (places: readonly string[]) => new CliError(exit.usage, {
  what: 'The proposal on the standard input is not valid.',
  why: `${[...new Set(places)].slice(0, 10).join('; ')}.`,
  fix: 'Send one JSON value with repository, base, change, title, reason, author and trailers: `./journey help propose` shows one.',
});
