import { expect, test } from '@jest/globals';
import { touchedBy } from './touched.ts';

const known = ['dev', 'local', 'production'];
test.each<[string, readonly string[]]>([
  ['environments/local.ts', ['local']], ['environments/releases/production.json', ['production']], ['synth/dev/kubernetes/auth/deployment.yaml', ['dev']],
  ['platform/workloads/gateway.ts', known], ['services/auth/contract.ts', known], ['services/kit/standard.ts', known],
  ['services/auth/app.ts', []], ['README.md', []], ['platform/capabilities.md', []], ['platform/model/delivery.test.ts', []], ['platform/cli/synth.ts', known], ['platform/drills/load.ts', known], ['synth/argocd/root.yaml', []], ['environments/gone.ts', []],
])('%s touches %j', (path, touched) => expect(touchedBy([path], known)).toEqual(touched));

test('several files touch several environments, each once', () => {
  expect(touchedBy(['environments/production.ts', 'synth/production/journey.json', 'environments/local.ts'], known)).toEqual(['local', 'production']);
});
