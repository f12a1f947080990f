import { entriesOf, get, textsOf, type Path } from '../json.ts';
import type { Resource } from '../rendered.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { at } from './resources.ts';
import { statementsIn, type Statement } from './statements.ts';

export const wildcardRights = rule({
  id: 'wildcard-rights',
  why: 'Allowing * allows everything there is and everything AWS will ever add, to whoever gets hold of the role.',
  fix: 'List the actions that are used and the accounts, roles or services that use them.',
  serves: ['CIS AWS Foundations 1.16', 'AWS Foundational Security: IAM.1', 'AWS Foundational Security: IAM.21'],
  of: ({ stacks }) => stacks.flatMap((s) => s.resources).flatMap((on) => [...statementsIn(on), ...attachedTo(on)]),
  check: ({ on, at: path, json }: Statement) => {
    if (typeof json === 'string') return /(Access|Administrator|PowerUser)$/.test(json) ? [breach(on, at(on, ...path), `attaches ${json}`)] : [];
    const wrong = (below: Path, what: string) => [breach(on, at(on, ...path, ...below), what)];
    if (get(json, 'Effect') === 'Deny') return [];
    if (get(json, 'Effect') !== 'Allow') return wrong([], 'is a policy that cannot be read here: write it out as JSON');
    const principal = get(json, 'Principal');
    const everybody = principal === '*' || entriesOf(principal).some(([, who]) => textsOf(who).includes('*'));
    return [
      ...(textsOf(get(json, 'Action')).some((a) => /^(\w[\w-]*:)?\*+$/.test(a)) ? wrong(['Action'], 'allows every action') : []),
      ...(everybody ? wrong(['Principal'], 'allows everybody') : []),
      ...['NotAction', 'NotPrincipal'].flatMap((key) => (get(json, key) === undefined ? [] : wrong([key], 'allows everything but what it names'))),
    ];
  },
});

/** Policies that AWS keeps: the ones whose names end in Access grant a whole service, or everything. */
function attachedTo(on: Resource): Statement[] {
  const arns = ['policy_arn', 'managed_policy_arns'].flatMap((key) => textsOf(on.json[key]).map((json) => ({ on, at: [key], json })));
  return arns.filter(({ json }) => json.includes(':aws:policy/'));
}
