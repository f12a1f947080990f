import { pointer } from '../json.ts';
import type { Plain } from './good.ts';

/** One thing that is wrong, as files below `policies/fixtures/<rule>/<name>/`; text is written as it is, a list as YAML documents, an object as JSON. */
export interface Broken { readonly rule: string; readonly name: string; readonly files: Readonly<Record<string, string | object>> }

/** A copy with values set at JSON pointers; undefined removes. Missing objects on the way are made. */
export function changed(from: object, changes: Readonly<Record<string, unknown>>): Plain {
  const copy = JSON.parse(JSON.stringify(from)) as Plain; // structuredClone would keep shared parts shared
  for (const [at, value] of Object.entries(changes)) {
    const path = pointer(at);
    let place = copy as Record<string | number, unknown>;
    for (const key of path.slice(0, -1)) place = (place[key] ??= {}) as Record<string | number, unknown>;
    const last = path.at(-1) ?? '';
    if (value === undefined) delete place[last];
    else place[last] = value;
  }
  return copy;
}
