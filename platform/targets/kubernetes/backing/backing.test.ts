import { expect, test } from '@jest/globals';
import { at, each, objectsIn, only } from '../../test/objects.ts';
import { plaza, synthetic, yard } from '../../test/synthetic.ts';
import { kubernetes } from '../kubernetes.ts';

const objects = objectsIn(kubernetes(synthetic, yard));
const templateOf = (name: string) => at(objects.get(`ExternalSecret/${name}-credentials`), 'spec', 'target', 'template', 'data');
const containerOf = (name: string) => at(objects.get(`StatefulSet/${name}`), 'spec', 'template', 'spec', 'containers', 0);
const namesIn = (list: unknown[]) => list.map((one) => at(one, 'name'));

test.each([
  ['books', 'postgres://books:{{ .role }}@books:5432/journey?schema=books'],
  ['fast-lane', 'redis://default:{{ .password }}@fast-lane:6379/0'],
  ['parcels', 'amqp://parcels:{{ .password }}@parcels:5672/journey'],
  ['letters', 'smtp://letters:{{ .password }}@letters:1025'],
])('the URL of %s is composed in the cluster, of a password that is made there once', (name, url) => {
  expect(at(templateOf(name), 'url')).toBe(url);
  expect(objects.get(`ExternalSecret/${name}-credentials`)).toMatchObject({
    spec: { refreshPolicy: 'CreatedOnce', target: { name: `${name}-credentials`, creationPolicy: 'Orphan', deletionPolicy: 'Retain', template: { engineVersion: 'v2' } } },
  });
});

test('every password in a template is made by the generator, each by a use of its own', () => {
  for (const external of only(objects, 'ExternalSecret')) {
    const used = new Set(JSON.stringify(at(external, 'spec', 'target', 'template', 'data')).match(/(?<=\{\{ \.)\w+/g));
    const made = each(external, 'spec', 'dataFrom').map((one) => at(one, 'rewrite', 0, 'regexp', 'target'));
    expect(made.toSorted()).toEqual([...used].toSorted());
    for (const one of each(external, 'spec', 'dataFrom')) expect(at(one, 'sourceRef', 'generatorRef')).toMatchObject({ kind: 'Password', name: 'password' });
  }
  expect(at(objects.get('Password/password'), 'spec')).toEqual({ length: 40, digits: 10, symbols: 0, noUpper: false, allowRepeat: true });
});

test.each(['books', 'fast-lane', 'parcels', 'letters'])('%s is one pod behind a headless Service, with a volume that outlives it', (name) => {
  const set = objects.get(`StatefulSet/${name}`);
  expect(set).toMatchObject({ spec: { serviceName: name, replicas: 1, volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'] } }] } });
  expect(objects.get(`Service/${name}`)).toMatchObject({ spec: { clusterIP: 'None', selector: { 'app.kubernetes.io/name': name } } });
  expect(set?.metadata.annotations['request-journey.dev/declared-by']).toMatch(/^\w+\.[A-Z]+/);
  for (const mount of each(containerOf(name), 'volumeMounts')) {
    expect([...namesIn(each(set, 'spec', 'template', 'spec', 'volumes')), 'data']).toContain(at(mount, 'name'));
  }
});

test('the storage is what the environment says', () => {
  const storage = (name: string) => at(objects.get(`StatefulSet/${name}`), 'spec', 'volumeClaimTemplates', 0, 'spec', 'resources', 'requests', 'storage');
  expect([storage('books'), storage('parcels')]).toEqual(['3Gi', '1Gi']);
});

test('workloads of a database are no superusers: a role owns one schema, made when the volume is empty', () => {
  const sql = at(objects.get('ConfigMap/books'), 'data', 'role.sql');
  expect(sql).toContain('nosuperuser');
  expect(sql).toContain('create schema :"role" authorization :"role";');
  expect(each(containerOf('books'), 'volumeMounts')).toContainEqual({ name: 'files', mountPath: '/docker-entrypoint-initdb.d/role.sql', subPath: 'role.sql', readOnly: true });
  expect(each(containerOf('books'), 'env')).toContainEqual({ name: 'ROLE_PASSWORD', valueFrom: { secretKeyRef: { name: 'books-credentials', key: 'password' } } });
  expect(each(containerOf('books'), 'env')).toContainEqual({ name: 'POSTGRES_PASSWORD', valueFrom: { secretKeyRef: { name: 'books-credentials', key: 'admin-password' } } });
});

test('a server’s own file with a password comes from the Secret, readable by its group alone', () => {
  const credentials = each(objects.get('StatefulSet/fast-lane'), 'spec', 'template', 'spec', 'volumes').find((volume) => at(volume, 'name') === 'credentials');
  expect(credentials).toEqual({ name: 'credentials', secret: { secretName: 'fast-lane-credentials', defaultMode: 0o440, items: [{ key: 'redis.conf', path: 'redis.conf' }] } });
  expect(at(templateOf('fast-lane'), 'redis.conf')).toContain('requirepass {{ .password }}\n');
  expect(at(templateOf('parcels'), 'credentials.conf')).toContain('default_pass = {{ .password }}\n');
  expect(at(templateOf('letters'), 'users')).toBe('letters:{{ .password }}');
});

test('an environment with nothing in the cluster makes nothing there', () => {
  const inPlaza = objectsIn(kubernetes(synthetic, plaza));
  for (const kind of ['StatefulSet', 'Password']) expect(only(inPlaza, kind)).toEqual([]);
});
