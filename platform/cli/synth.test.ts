import { expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { dev } from '../../environments/dev.ts';
import { local } from '../../environments/local.ts';
import { production } from '../../environments/production.ts';
import { staging } from '../../environments/staging.ts';
import { external, inCluster, type ClusterEnvironment } from '../model/index.ts';
import { platform } from '../platform.ts';
import { readJourney } from '../targets/graph/journey-json.ts';
import { synthesize } from './synth.ts';

test.each([dev, staging, production, local])('$name: every path once, every object once, every edge with what lets it through', async (environment) => {
  const files = await synthesize(platform, environment);
  const paths = files.map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  const objects = files.flatMap(({ declares }) => declares.map(({ object, declaredBy }) => `${object} ${declaredBy}`));
  expect(objects.filter((one, index) => objects.indexOf(one) !== index)).toEqual([]);
  const { edges } = readJourney(files.at(-1)?.text ?? '');
  expect(edges.filter(({ policies }) => policies.length === 0)).toEqual([]);
});

test('what External Secrets asks for is what Terraform makes', async () => {
  const files = await synthesize(platform, production);
  const stack = JSON.parse(files.find(({ path }) => path.endsWith('cdk.tf.json'))?.text ?? '');
  const made = Object.values<{ name: string }>(stack.resource.aws_secretsmanager_secret).map(({ name }) => name);
  const asked = files.filter(({ path }) => path.endsWith('external-secret.yaml'))
    .flatMap(({ text }) => parseAllDocuments(text).flatMap((one) => one.toJS().spec.data.map((entry: { remoteRef: { key: string } }) => entry.remoteRef.key)));
  expect(asked.length).toBeGreaterThan(10);
  expect(made).toEqual(expect.arrayContaining(asked));
});

test('an environment that leaves nothing to AWS has no stack', async () => {
  const none: ClusterEnvironment = { ...dev, backing: { ...dev.backing, archive: { provider: 'external', kind: 'objects', cidr: '10.10.242.0/24', port: 443 }, vault: inCluster('secrets') } };
  const files = await synthesize(platform, none);
  expect(files.filter(({ path }) => path.startsWith('terraform/'))).toEqual([]);
});

test('telemetry that its reader keeps is a word and no edge; a server that is there already gets a secret, a way through and a place on the map', async () => {
  const theirs: ClusterEnvironment = { ...production, backing: { ...production.backing, metrics: external('metrics', { cidr: '10.30.243.0/24', port: 9443 }) } };
  const read = async (environment: ClusterEnvironment) => {
    const files = await synthesize(platform, environment);
    const textOf = (end: string) => files.find(({ path }) => path.endsWith(end))?.text ?? '';
    const env: readonly { name: string; value?: string; valueFrom?: object }[] = parseAllDocuments(textOf('monitoring/deployment.yaml'))[0]?.toJS().spec.template.spec.containers[0].env ?? [];
    const { nodes, edges } = readJourney(files.at(-1)?.text ?? '');
    return { env: env.filter(({ name }) => ['METRICS', 'LOGS', 'TRACES'].includes(name)), policies: textOf('monitoring/network-policies.yaml'), stack: textOf('cdk.tf.json'), nodes: nodes.map(({ name }) => name), references: edges.map(({ reference }) => reference) };
  };
  const [own, other] = [await read(production), await read(theirs)];
  expect(own.env).toEqual(['METRICS', 'LOGS', 'TRACES'].map((name) => ({ name, value: 'own:' })));
  expect([own.nodes, own.references].flat()).not.toEqual(expect.arrayContaining(['metrics']));
  expect(own.references).not.toContain('monitoring.METRICS');
  expect(own.stack).not.toContain('metrics-url');
  expect(other.env[0]).toEqual({ name: 'METRICS', valueFrom: { secretKeyRef: { name: 'monitoring-secrets', key: 'METRICS' } } });
  expect(other.env.slice(1)).toEqual(own.env.slice(1));
  for (const wanted of ['name: monitoring-to-metrics', '10.30.243.0/24', 'port: 9443']) expect([own.policies.includes(wanted), other.policies.includes(wanted)]).toEqual([false, true]);
  expect(other.nodes).toContain('metrics');
  expect(other.references).toContain('monitoring.METRICS');
  expect(other.stack).toContain('metrics-url');
}, 60_000);
