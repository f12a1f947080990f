import { get, listOf, textOf, type Path } from '../json.ts';
import type { Resource } from '../rendered.ts';
import { blocksOf } from './resources.ts';

/** One statement of an IAM policy, with the attribute that holds it. */
export interface Statement { readonly on: Resource; readonly at: Path; /** Undefined where the policy cannot be read; a text where it is only named by its ARN. */ readonly json: unknown }

/** Attributes that hold a policy as JSON text. */
const keys = ['policy', 'assume_role_policy'];

/** The statements of a resource's policies. A policy that cannot be read is one statement that is not known: see `isKnown`. */
export function statementsIn(on: Resource): readonly Statement[] {
  const inline = blocksOf(on.json, 'inline_policy').map((block, i) => ({ at: ['inline_policy', i, 'policy'], value: get(block, 'policy') }));
  return [...keys.map((key) => ({ at: [key], value: on.json[key] })), ...inline].flatMap(({ at, value }): Statement[] => {
    if (value === undefined) return [];
    const statements = get(parsed(textOf(value) ?? ''), 'Statement');
    const list = Array.isArray(statements) ? listOf(statements) : [statements];
    return list.map((json, i) => ({ on, at: json === undefined ? at : [...at, 'Statement', i], json }));
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
