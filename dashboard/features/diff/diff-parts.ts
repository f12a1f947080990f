import type { Diff } from '../../api/delivery.ts';
import { conforms, type FromSchema } from '../../api/schema.ts';

const text = { type: 'string' } as const;
const texts = { type: 'array', items: text } as const;
const fact = {
  type: 'object', required: ['kind', 'subject', 'said'],
  properties: { kind: text, subject: text, workload: text, object: text, field: text, from: text, to: text, said: text, risks: texts, declaredAt: text, hops: texts, effects: texts },
} as const;
/** What `./journey diff --json` says of one environment (platform/cli/diff/fact.ts), as far as the pages show it. */
const schema = {
  type: 'object', required: ['environment', 'workloads'],
  properties: {
    environment: text,
    risks: texts,
    workloads: {
      type: 'array',
      items: { type: 'object', required: ['workload', 'facts'], properties: { workload: { type: ['string', 'null'] }, facts: { type: 'array', items: fact }, hops: texts } },
    },
    findings: {
      type: 'array',
      items: { type: 'object', required: ['rule', 'object', 'what'], properties: { rule: text, level: text, file: text, object: text, what: text, fix: text, declaredAt: text } },
    },
    unjudged: text,
    yaml: { type: 'array', items: { type: 'object', required: ['path', 'patch'], properties: { path: text, patch: text } } },
    terraform: {
      type: 'array',
      items: {
        type: 'object', required: ['address', 'action'],
        properties: { address: text, action: text, fields: { type: 'array', items: { type: 'object', required: ['path'], properties: { path: text, from: text, to: text } } } },
      },
    },
  },
} as const;

export type EnvironmentPart = FromSchema<typeof schema>;
export type GroupPart = EnvironmentPart['workloads'][number];
export type FactPart = GroupPart['facts'][number];
export type StackPart = NonNullable<EnvironmentPart['terraform']>[number];

/** The environments of a diff that this release of the pages can draw; its text says all of it in any case. */
export function partsOf({ environments }: Pick<Diff, 'environments'>): readonly EnvironmentPart[] {
  return environments.flatMap((part) => (conforms(schema, part) ? [part] : []));
}

/** `image ` `a` `→` `b`: what was and what is, set apart, where a sentence holds both. */
export function stepIn(said: string): { readonly before: string; readonly from: string; readonly to: string; readonly after: string } | undefined {
  const found = /^(.*?)(\S+) → (\S+?)([:,;]?(?:\s.*)?)$/s.exec(said);
  return found ? { before: found[1] ?? '', from: found[2] ?? '', to: found[3] ?? '', after: found[4] ?? '' } : undefined;
}

export interface PatchLine { readonly sign: '+' | '-' | '@' | ' '; readonly text: string }
/** The lines of a unified diff without its file headers. */
export function linesIn(patch: string): readonly PatchLine[] {
  const lines = patch.replace(/\n$/, '').split('\n');
  return lines.filter((line) => !/^(---|\+\+\+|diff --git|index |===)/.test(line)).map((line) => {
    const sign = line.startsWith('@@') ? '@' : line.startsWith('+') ? '+' : line.startsWith('-') ? '-' : ' ';
    return { sign, text: line };
  });
}
