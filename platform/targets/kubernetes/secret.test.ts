import { expect, test } from '@jest/globals';
import type { ClusterEnvironment } from '../../model/index.ts';
import { at, each, objectsIn, only } from '../test/objects.ts';
import { plaza, synthetic, yard } from '../test/synthetic.ts';
import { kubernetes } from './kubernetes.ts';

const inPlaza = objectsIn(kubernetes(synthetic, plaza));

test('a workload fetches its own secrets and nobody else’s', () => {
  const fetched = (name: string) => Object.fromEntries(each(inPlaza.get(`ExternalSecret/${name}`), 'spec', 'data').map((one) => [at(one, 'secretKey'), at(one, 'remoteRef', 'key')]));
  expect(fetched('desk')).toEqual({ WORKLOAD_KEY: 'request-journey/plaza/workload-key', FAST: 'request-journey/plaza/fast-lane-url', SEAL: 'request-journey/plaza/desk-seal' });
  expect(fetched('courier')).toEqual({ PARCELS: 'request-journey/plaza/parcels-url', LETTERS: 'request-journey/plaza/letters-url', SHELF: 'request-journey/plaza/shelf-url' });
  expect(inPlaza.get('ExternalSecret/desk')).toMatchObject({
    spec: { secretStoreRef: { kind: 'SecretStore', name: 'safe' }, target: { name: 'desk-secrets', creationPolicy: 'Owner' } },
    metadata: { annotations: { 'request-journey.dev/declared-by': 'desk.FAST,desk.SEAL' } },
  });
});

test('the store is that of the environment, in its region, opened with no key', () => {
  expect(at(inPlaza.get('SecretStore/safe'), 'spec')).toEqual({ provider: { aws: { service: 'SecretsManager', region: 'eu-central-1' } } });
  expect(only(inPlaza, 'Password')).toEqual([]);
});

test('an external store is one that the cluster’s admin provides', () => {
  const elsewhere: ClusterEnvironment = { ...plaza, backing: { ...plaza.backing, strongbox: { provider: 'external', kind: 'secrets', cidr: '10.0.0.0/24', port: 443 } } };
  const objects = objectsIn(kubernetes(synthetic, elsewhere));
  expect(at(objects.get('ExternalSecret/desk'), 'spec', 'secretStoreRef')).toEqual({ kind: 'ClusterSecretStore', name: 'safe' });
  expect(only(objects, 'SecretStore')).toEqual([]);
});

test('where secrets are kept in the cluster nothing is fetched, and the telemetry key is made there', () => {
  const objects = objectsIn(kubernetes(synthetic, yard));
  expect(only(objects, 'ExternalSecret').filter((one) => at(one, 'spec', 'secretStoreRef'))).toEqual([]);
  expect(at(objects.get('ExternalSecret/workload-key'), 'spec', 'target', 'template', 'data')).toEqual({ value: '{{ .value }}' });
});
