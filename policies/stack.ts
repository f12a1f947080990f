import { entriesOf, isRecord, listOf, type Json, type Path } from './json.ts';
import type { Resource, Stack } from './rendered.ts';

/** A Terraform JSON file with its resources; Terraform allows one body or a list of bodies under a name. */
export function stackOf(file: string, json: unknown): Stack {
  const root: Json = isRecord(json) ? json : {};
  const resources = listed(root['resource'], ['resource']).flatMap(([types, at]) =>
    entriesOf(types).flatMap(([type, named]) => listed(named, [...at, type]).flatMap(([names, below]) =>
      entriesOf(names).flatMap(([name, body]) => listed(body, [...below, name]).map(([one, path]): Resource => ({
        file, type, name, at: path, stack: file, object: `${type}.${name}`, json: isRecord(one) ? one : {},
      }))))));
  return { file, object: 'stack', json: root, resources };
}

function listed(value: unknown, at: Path): readonly (readonly [unknown, Path])[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? listOf(value).map((one, i) => [one, [...at, i]] as const) : [[value, at]];
}
