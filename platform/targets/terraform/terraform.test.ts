import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { dev } from '../../../environments/dev.ts';
import { production } from '../../../environments/production.ts';
import { staging } from '../../../environments/staging.ts';
import { inCluster, isKnob, isOwn, isRef, type Backing, type BackingKind, type ClusterEnvironment, type Platform, type Workload } from '../../model/index.ts';
import { platform } from '../../platform.ts';
import { terraform } from './terraform.ts';

type Named = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
interface Json { readonly terraform: unknown; readonly provider: unknown; readonly data: Readonly<Record<string, Named>>; readonly resource: Readonly<Record<string, Named>> }
const isStack = new Ajv().compile<Json>({ type: 'object', required: ['terraform', 'provider', 'data', 'resource'] });

function stackFor(environment: ClusterEnvironment, model: Platform = platform) {
  const [file] = terraform(model, environment);
  if (!file) throw new Error('nothing was written');
  const json: unknown = JSON.parse(file.text);
  if (!isStack(json)) throw new Error('not a stack');
  return { file, json, all: (type: string) => json.resource[type] ?? {} };
}
/** Names of the backings of one kind, sorted, as the model says and not as the stack does. */
const leftToAws = ({ backing }: ClusterEnvironment, kind: BackingKind): string[] =>
  Object.entries<Backing>(platform.backing).flatMap(([key, { name }]) => (backing[key]?.provider === 'aws' && backing[key].kind === kind ? [name] : [])).toSorted();
const stacks = { dev: stackFor(dev), staging: stackFor(staging), production: stackFor(production) };

test('an environment that leaves nothing to AWS has no stack', () => {
  const none: ClusterEnvironment = { ...dev, backing: { ...dev.backing, archive: inCluster('objects') } };
  expect(terraform(platform, none)).toEqual([]);
});

test('only what the environment leaves to AWS is made', () => {
  expect(Object.keys(stacks.dev.all('aws_s3_bucket'))).toEqual(['archive']);
  for (const type of ['aws_db_instance', 'aws_elasticache_replication_group', 'aws_secretsmanager_secret', 'aws_db_parameter_group']) {
    expect(stacks.dev.all(type)).toEqual({});
  }
  const made = { database: Object.keys(stacks.production.all('aws_db_instance')), cache: Object.keys(stacks.production.all('aws_elasticache_replication_group')) };
  expect(made).toEqual({ database: leftToAws(production, 'database'), cache: leftToAws(production, 'cache') });
  expect(made.database).toContain('identity');
  expect(made.cache).toEqual(expect.arrayContaining(['sessions', 'settings-cache']));
});

test('state is encrypted and locked, and the provider is one exact release', () => {
  expect(stacks.staging.json.terraform).toEqual({
    backend: { s3: { bucket: 'request-journey-staging-state', encrypt: true, key: 'staging.tfstate', region: 'eu-west-1', use_lockfile: true } },
    required_providers: { aws: { source: 'hashicorp/aws', version: '6.25.0' } },
  });
});

test('databases are encrypted, private, on TLS, and in production hard to lose', () => {
  for (const [name, database] of Object.entries(stacks.production.all('aws_db_instance'))) {
    expect(database).toMatchObject({
      engine: 'postgres', engine_version: '15', storage_encrypted: true, publicly_accessible: false, manage_master_user_password: true,
      multi_az: true, deletion_protection: true, skip_final_snapshot: false, final_snapshot_identifier: `production-${name}-final`,
      lifecycle: { prevent_destroy: true },
    });
    expect(database).not.toHaveProperty('password');
  }
  expect(stacks.staging.all('aws_db_instance')['identity']).toMatchObject({ deletion_protection: false, skip_final_snapshot: true, storage_encrypted: true });
  expect(stacks.production.all('aws_db_parameter_group')['postgres15']?.['parameter']).toContainEqual({ name: 'rds.force_ssl', value: '1' });
});

test('caches are encrypted on the way and at rest, ask for a token, and fail over where there is a replica', () => {
  expect(stacks.production.all('aws_elasticache_replication_group')['sessions']).toMatchObject({
    at_rest_encryption_enabled: 'true', transit_encryption_enabled: true, transit_encryption_mode: 'required', num_cache_clusters: 3,
    automatic_failover_enabled: true, auth_token: '${data.aws_secretsmanager_secret_version.sessions-token.secret_string}',
  });
  const single: ClusterEnvironment = { ...staging, backing: { ...staging.backing, sessions: { provider: 'aws', kind: 'cache', options: { size: 'cache.t4g.small', replicas: 0 } } } };
  expect(stackFor(single).all('aws_elasticache_replication_group')['sessions']).toMatchObject({ automatic_failover_enabled: false, multi_az_enabled: false, num_cache_clusters: 1 });
});

test('buckets are private, encrypted and closed to plain HTTP', () => {
  const { all } = stacks.production;
  expect(all('aws_s3_bucket_public_access_block')['archive']).toMatchObject({
    block_public_acls: true, block_public_policy: true, ignore_public_acls: true, restrict_public_buckets: true,
  });
  expect(all('aws_s3_bucket_versioning')['archive']).toMatchObject({ versioning_configuration: { status: 'Enabled' } });
  expect(stacks.dev.all('aws_s3_bucket_versioning')['archive']).toMatchObject({ versioning_configuration: { status: 'Suspended' } });
  const policy: unknown = JSON.parse(String(all('aws_s3_bucket_policy')['archive']?.['policy']));
  expect(policy).toMatchObject({ Statement: [{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] });
});

test('a backing lets in exactly the workloads that hold a reference to it, and the rule names the reference', () => {
  const { all } = stacks.production;
  const into = Object.entries(all('aws_vpc_security_group_ingress_rule')).filter(([, rule]) => rule['security_group_id'] === '${aws_security_group.backing-sessions.id}');
  expect(into).toEqual([['gateway-to-sessions', {
    description: 'gateway.SESSIONS', from_port: 6379, to_port: 6379, ip_protocol: 'tcp',
    referenced_security_group_id: '${aws_security_group.workload-gateway.id}', security_group_id: '${aws_security_group.backing-sessions.id}',
  }]]);
  for (const rule of Object.values(all('aws_vpc_security_group_ingress_rule'))) expect(rule).not.toHaveProperty('cidr_ipv4');
  expect(all('aws_vpc_security_group_egress_rule')['gateway-to-sessions']).toMatchObject({
    security_group_id: '${aws_security_group.workload-gateway.id}', referenced_security_group_id: '${aws_security_group.backing-sessions.id}',
  });
  expect(all('aws_security_group')).not.toHaveProperty('workload-dashboard');
});

test('two references of one workload to one backing share a rule that names both', () => {
  const notification = platform.workloads.notification;
  const twice: Platform = {
    ...platform,
    workloads: {
      ...platform.workloads,
      notification: {
        ...notification,
        contract: { ...notification.contract, env: { ...notification.contract.env, ATTIC: { kind: 'objects' } } },
        options: { ...notification.options, env: { ...notification.options.env, ATTIC: notification.options.env.ARCHIVE } },
      },
    },
  };
  expect(stackFor(dev, twice).all('aws_vpc_security_group_ingress_rule')['notification-to-archive']?.['description']).toBe('notification.ARCHIVE, notification.ATTIC');
});

test('every secret that a workload names, every URL and the workload key has an entry without a value', () => {
  const names = Object.values(stacks.production.all('aws_secretsmanager_secret')).map((secret) => secret['name']);
  const named = Object.values<Workload>(platform.workloads).flatMap(({ options }) => Object.values(options.env)).flatMap((bound) => (!isKnob(bound) && isRef(bound) && bound.kind === 'secret' ? [bound.target] : []));
  const urls = Object.values<Backing>(platform.backing).flatMap(({ name, kind }) => (kind === 'secrets' || isOwn(platform, production, name) ? [] : [`${name}-url`]));
  const full = (name: string) => `request-journey/production/${name}`;
  expect(names).toEqual([...new Set([...named, ...urls, ...leftToAws(production, 'cache').map((name) => `${name}-token`), 'workload-key'])].toSorted().map(full));
  expect(names).toEqual(expect.arrayContaining(['archive-url', 'auth-signing-key', 'events-url', 'gateway-cookie-key', 'identity-url', 'sessions-token', 'settings-cache-url'].map(full)));
  expect(stacks.production.file.text).not.toMatch(/aws_secretsmanager_secret_version": \{\s*"[^"]+": \{\s*"secret_string/);
});

test('where the secret store is not AWS, a cache still gets a secret for its token', () => {
  const elsewhere: ClusterEnvironment = { ...staging, backing: { ...staging.backing, vault: inCluster('secrets') } };
  const secrets = stackFor(elsewhere).all('aws_secretsmanager_secret');
  expect(Object.keys(secrets)).toEqual(['sessions-token', 'settings-cache-token']);
  expect(secrets['sessions-token']).toMatchObject({ recovery_window_in_days: 7 });
});

test('zones and tiers have networks of their own that do not meet those of the external backings', () => {
  const blocks = Object.entries(stacks.production.all('aws_subnet')).map(([name, subnet]) => [name, subnet['cidr_block']]);
  expect(Object.fromEntries(blocks)).toEqual({
    'workloads-a': '10.30.0.0/20', 'workloads-b': '10.30.16.0/20', 'workloads-c': '10.30.32.0/20',
    'data-a': '10.30.64.0/20', 'data-b': '10.30.80.0/20', 'data-c': '10.30.96.0/20',
  });
  expect(Object.keys(stacks.dev.all('aws_subnet'))).toHaveLength(4);
});

test('nothing but a refusal names everybody or every action', () => {
  for (const { file } of Object.values(stacks)) {
    for (const [, policy = ''] of file.text.matchAll(/"(?:policy|assume_role_policy)": ("(?:[^"\\]|\\.)*")/g)) {
      const text = String(JSON.parse(policy));
      if (text.includes('"Effect":"Deny"')) continue;
      expect(text).not.toMatch(/"(?:AWS|Action)":\[?"(?:\*|[a-z0-9]+:\*)"/);
    }
  }
});

test('resources are readable, sorted, and free of notes, paths and dates', () => {
  for (const { file, json } of Object.values(stacks)) {
    expect(file.text).not.toMatch(/"\/\/"|\/work\/|\/home\/|node_modules|_[0-9A-F]{8}"|TfToken|202\d-\d\d-\d\d/);
    expect(Object.keys(json.resource)).toEqual(Object.keys(json.resource).toSorted());
    const objects = file.declares.map((one) => one.object);
    expect(objects).toEqual(Object.entries(json.resource).flatMap(([type, names]) => Object.keys(names).map((name) => `${type}/${name}`)).toSorted());
  }
  expect(stacks.production.file.declares).toContainEqual({ object: 'aws_vpc_security_group_ingress_rule/gateway-to-sessions', workload: 'gateway', declaredBy: 'gateway.SESSIONS' });
});
