import { entriesOf, type Path } from '../json.ts';
import type { Rendered, Stack } from '../rendered.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { secretLooking } from '../secret-looking.ts';

interface Text { readonly on: Stack; readonly at: Path; readonly value: string }
/** Attributes that name a key or a secret and hold none. */
const HARMLESS = /^(key|kms_.*|.*_key_id|description|name|bucket_key_enabled|sse_algorithm|object_ownership|policy|assume_role_policy|Name|tags|auth_token_update_strategy|token_update_strategy)$/;

export const literalCredential = rule({
  id: 'literal-credential',
  why: 'What a stack holds is in git, in the plan and in the state.',
  fix: 'Let AWS make it (manage_master_user_password), or read it from Secrets Manager with a data source.',
  serves: ['NSA/CISA: Secrets', 'AWS Foundational Security: SecretsManager'],
  of: textsIn,
  check: ({ on, at, value }) => {
    const key = String(at.findLast((k) => typeof k === 'string') ?? '');
    const reason = secretLooking(HARMLESS.test(key) ? '' : key, value);
    return reason === undefined ? [] : [breach({ ...on, object: at[0] === 'resource' ? `${String(at[1])}.${String(at[2])}` : on.object }, at, reason)];
  },
});

function textsIn({ stacks }: Rendered): readonly Text[] {
  return stacks.flatMap((on) => below(on, on.json, []));
}

function below(on: Stack, value: unknown, at: Path): Text[] {
  if (typeof value === 'string') return [{ on, at, value }];
  if (Array.isArray(value)) return value.flatMap((one: unknown, i) => below(on, one, [...at, i]));
  return entriesOf(value).flatMap(([key, one]) => below(on, one, [...at, key]));
}
