import { get, listOf, type Path } from '../json.ts';
import type { Rendered, Resource, Stack } from '../rendered.ts';
import { breach, type Breach } from '../breach.ts';

export const stacksOf = ({ stacks }: Rendered): readonly Stack[] => stacks;

export const resourcesOf = (...types: readonly string[]) => ({ stacks }: Rendered): readonly Resource[] =>
  stacks.flatMap((s) => s.resources).filter((r) => types.includes(r.type));

/** The same, in environments that people depend on. */
export const inProduction = (...types: readonly string[]) => (rendered: Rendered): readonly Resource[] => (rendered.production ? resourcesOf(...types)(rendered) : []);

/** A value that Terraform may hold as a boolean or as its text. */
export const isTrue = (value: unknown): boolean => value === true || value === 'true';

export const at = (on: Resource, ...path: Path): Path => [...on.at, ...path];
export const fault = (on: Resource, path: Path, what: string): readonly Breach[] => [breach(on, at(on, ...path), what)];

/** Is the resource the one that `value` names: by expression, or by its own name? */
export function names(value: unknown, { type, name, json }: Resource): boolean {
  return typeof value === 'string' && (value.startsWith(`\${${type}.${name}.`) || value === json['bucket'] || value === json['name']);
}

/** What is attached to a bucket by resources of another type in the same stack. */
export const attachedTo = (rendered: Rendered, bucket: Resource, type: string): readonly Resource[] =>
  resourcesOf(type)(rendered).filter((r) => r.stack === bucket.stack && names(r.json['bucket'], bucket));

/** A block, which Terraform's JSON writes as an object or as a list of them. */
export const blocksOf = (json: unknown, key: string): readonly unknown[] => {
  const value = get(json, key);
  return value === undefined ? [] : Array.isArray(value) ? listOf(value) : [value];
};
