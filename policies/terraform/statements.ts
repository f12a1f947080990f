import { get, listOf, textOf, type Path } from '../json.ts';
import type { Resource } from '../rendered.ts';

/** One statement of an IAM policy, with the attribute that holds it. */
export interface Statement { readonly on: Resource; readonly at: Path; readonly json: unknown }

/** Attributes that hold a policy as JSON text. */
const keys = ['policy', 'assume_role_policy'];

/** The statements of a resource's policies. A policy that cannot be read is one statement that is not known: see `isKnown`. */
export function statementsIn(on: Resource): readonly Statement[] {
  return keys.flatMap((key): Statement[] => {
    const value = on.json[key];
    if (value === undefined) return [];
    const statements = get(parsed(textOf(value) ?? ''), 'Statement');
    const list = Array.isArray(statements) ? listOf(statements) : [statements];
    return list.map((json, i) => ({ on, at: json === undefined ? [key] : [key, 'Statement', i], json }));
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
