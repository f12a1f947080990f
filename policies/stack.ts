import { entriesOf, isRecord, listOf, type Json, type Path } from './json.ts';
import type { Resource, Stack } from './rendered.ts';

/** A Terraform JSON file with its resources; Terraform allows one body or a list of bodies under a name. */
export function stackOf(file: string, json: unknown): Stack {
  const root: Json = isRecord(json) ? json : {};
  return { file, object: 'stack', json: root, resources: blocks(file, root, 'resource'), data: blocks(file, root, 'data') };
}

function blocks(file: string, root: Json, block: 'resource' | 'data'): readonly Resource[] {
  const prefix = block === 'data' ? 'data.' : '';
  return listed(root[block], [block]).flatMap(([types, at]) =>
    entriesOf(types).flatMap(([type, named]) => listed(named, [...at, type]).flatMap(([names, below]) =>
      entriesOf(names).flatMap(([name, body]) => listed(body, [...below, name]).map(([one, path]): Resource => ({
        file, type, name, at: path, stack: file, object: `${prefix}${type}.${name}`, json: isRecord(one) ? one : {},
      }))))));
}

function listed(value: unknown, at: Path): readonly (readonly [unknown, Path])[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? listOf(value).map((one, i) => [one, [...at, i]] as const) : [[value, at]];
}
