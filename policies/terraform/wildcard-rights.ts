import { entriesOf, get, textsOf, type Path } from '../json.ts';
import { breach, rule } from '../rule.ts';
import { at } from './resources.ts';
import { statementsIn, type Statement } from './statements.ts';

export const wildcardRights = rule({
  id: 'wildcard-rights',
  why: 'Allowing * allows everything there is and everything AWS will ever add, to whoever gets hold of the role.',
  fix: 'List the actions that are used and the accounts, roles or services that use them.',
  serves: ['CIS AWS Foundations 1.16', 'AWS Foundational Security: IAM.1', 'AWS Foundational Security: IAM.21'],
  of: ({ stacks }) => stacks.flatMap((s) => s.resources).flatMap(statementsIn),
  check: ({ on, at: path, json }: Statement) => {
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
