import { readEnvironment, type Size } from './edit/environment-file.ts';
import type { Values } from './facts.ts';

/** What `environments/<environment>.ts` says about knobs and sizes, by subject. Undefined: there is no such file. */
export function environmentValues(environment: string, text: string | undefined): Values {
  if (text === undefined) return new Map();
  const { knobs, scale } = readEnvironment(environment, text);
  return new Map([
    ...[...knobs].map(([knob, { value }]): [string, string] => [`knob/${knob}`, String(value)]),
    ...[...scale].map(([workload, size]): [string, string] => [`scale/${workload}`, sizeText(size)]),
  ]);
}

/** `2`, or `3..20`. */
function sizeText(size: Size): string {
  return 'replicas' in size ? String(size.replicas.value) : `${size.min.value}..${size.max.value}`;
}
