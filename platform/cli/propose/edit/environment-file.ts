import ts from 'typescript';
import { ModelError } from '../../../model/index.ts';
import type { Range } from './range.ts';
import { membersOf, nodesOf, parsed, rangeOf, valueOf } from './source.ts';

const KINDS = { localOf: 'local', clusterOf: 'cluster', productionOf: 'production' } as const;
export type Kind = (typeof KINDS)[keyof typeof KINDS];

/** A literal and where it stands. */
export interface Literal extends Range { readonly value: string | number }
/** Processes of a laptop, or the two ends between which an autoscaler moves. */
export type Size = { readonly replicas: Literal } | { readonly min: Literal; readonly max: Literal };

/** What `environments/<environment>.ts` says about knobs and sizes, as text with places; nothing of it is run. */
export interface EnvironmentFile {
  readonly text: string;
  readonly kind: Kind;
  readonly knobs: ReadonlyMap<string, Literal>;
  readonly scale: ReadonlyMap<string, Size>;
}

export const environmentPath = (environment: string): string => `environments/${environment}.ts`;

/** @throws {ModelError} when the file does not say it in literals, in one call of `localOf`, `clusterOf` or `productionOf` */
export function readEnvironment(environment: string, text: string): EnvironmentFile {
  const file = environmentPath(environment);
  const { kind, options } = callIn(file, environment, text);
  const knobs = [...membersOf(file, '`knobs`', options.get('knobs'))].map(([name, node]): [string, Literal] => [name, literalAt(file, `knobs.${name}`, node)]);
  const scale = [...membersOf(file, '`scale`', options.get('scale'))].map(([name, node]): [string, Size] => [name, sizeAt(file, name, node, kind)]);
  return { text, kind, knobs: new Map(knobs), scale: new Map(scale) };
}

function callIn(file: string, environment: string, text: string): { readonly kind: Kind; readonly options: ReadonlyMap<string, ts.Expression> } {
  const calls = nodesOf(parsed(file, text), ts.isCallExpression).flatMap((call) => {
    const kind = ts.isIdentifier(call.expression) ? kindOf(call.expression.text) : undefined;
    return kind === undefined ? [] : [{ kind, call }];
  });
  const [first, second] = calls;
  const [platform, name, options] = first?.call.arguments ?? [];
  const fits = second === undefined && platform && ts.isIdentifier(platform) && platform.text === 'platform' && name && ts.isStringLiteral(name) && name.text === environment;
  if (!first || !fits) {
    throw new ModelError(file, `it does not define "${environment}" by one call that can be edited`, `Write \`localOf(platform, '${environment}', { … })\`, or clusterOf or productionOf, exactly once.`);
  }
  return { kind: first.kind, options: membersOf(file, 'the environment', options) };
}

const kindOf = (name: string): Kind | undefined => Object.entries(KINDS).find(([called]) => called === name)?.[1];

function sizeAt(file: string, workload: string, node: ts.Expression, kind: Kind): Size {
  if (kind === 'local') return { replicas: numberAt(file, `scale.${workload}`, node) };
  const members = membersOf(file, `scale.${workload}`, node);
  const end = (key: 'min' | 'max'): Literal => numberAt(file, `scale.${workload}.${key}`, members.get(key));
  return { min: end('min'), max: end('max') };
}

function numberAt(file: string, what: string, node: ts.Expression | undefined): Literal {
  const literal = literalAt(file, what, node);
  if (typeof literal.value === 'number') return literal;
  throw new ModelError(file, `${what} is not a number`, 'Write a number.');
}

function literalAt(file: string, what: string, node: ts.Expression | undefined): Literal {
  const value = node && valueOf(node);
  if (node && value !== undefined) return { value, ...rangeOf(node) };
  throw new ModelError(file, `${what} is not written as a literal`, 'Write the value itself: a string or a number.');
}
