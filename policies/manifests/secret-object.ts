import { entriesOf } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { ofKind } from './pods.ts';

export const secretObject = rule({
  id: 'secret-object',
  why: "A Secret's data is not encrypted but encoded: in git it is readable by everybody.",
  fix: 'Write an ExternalSecret; the cluster fetches or generates the value.',
  serves: ['CIS Kubernetes 5.4.2', 'NSA/CISA: Secrets'],
  of: ofKind('Secret'),
  check: (on) => ['data', 'stringData'].flatMap((key) => entriesOf(on.json[key]).map(([name]) => breach(on, [key, name], 'holds a value'))),
});
