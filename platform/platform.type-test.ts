/*
 * States that must not compile. Each line under @ts-expect-error is refused by the compiler, and the word in
 * backticks stands in its message (platform.type.test.ts checks both).
 */
import { auth } from '../services/auth/contract.ts';
import { configuration } from '../services/configuration/contract.ts';
import { gateway as gatewayContract } from '../services/gateway/contract.ts';
import { contract, database, number, urlOf, type EnvOf } from '../services/kit/contract.ts';
import { notification } from '../services/notification/contract.ts';
import { production } from '../environments/production.ts';
import { backing } from './backing.ts';
import { knobs } from './knobs.ts';
import {
  available, aws, clusterOf, definePlatform, embedded, imageReleases, inCluster, knob, localOf, own, productionOf, secretNamed, service, url, use,
  type Knob,
} from './model/index.ts';
import { platform } from './platform.ts';
import { auth as authWorkload } from './workloads/auth.ts';
import { gateway } from './workloads/gateway.ts';

const env = gateway.options.env;
const authEnv = authWorkload.options.env;
const rest = { scaleOn: { cpu: 0.7 }, slo: [available('99%')] } as const;

// 1 a service that does not declare a call has no URL for it
declare const atRuntime: EnvOf<typeof gatewayContract>;
// @ts-expect-error `NOTIFICATION_URL`
export const undeclared = atRuntime.NOTIFICATION_URL;

// 2 an entry of the contract without a binding
const { AUTH_URL: _left, ...withoutAuth } = env;
// @ts-expect-error `AUTH_URL`
service(gatewayContract, { ...rest, env: withoutAuth });

// 3 the wrong service behind a URL
// @ts-expect-error `"auth"`
service(gatewayContract, { ...rest, env: { ...env, AUTH_URL: url(configuration) } });

// 4 a hand-written URL
// @ts-expect-error `Ref<"service", "auth">`
service(gatewayContract, { ...rest, env: { ...env, AUTH_URL: 'http://auth:8080' } });

// 5 a secret as plain text
// @ts-expect-error `Ref<"secret"`
service(gatewayContract, { ...rest, env: { ...env, COOKIE_KEY: 'not a reference' } });

// 6 a queue where a cache is needed
// @ts-expect-error `"cache"`
service(gatewayContract, { ...rest, env: { ...env, SESSIONS: use(backing.events) } });

// 7 a binding that the contract does not know
// @ts-expect-error `EXTRA`
service(auth, { ...rest, env: { ...authEnv, EXTRA: '1' } });

// 8 no objective
// @ts-expect-error `Objective`
service(auth, { ...rest, env: authEnv, slo: [] });

// 9 a knob of another type
// @ts-expect-error `Knob<number>`
service(auth, { ...rest, env: { ...authEnv, LOG_LEVEL: knobs.rateLimit } });

// 10 a knob whose values are not those of the contract
// @ts-expect-error `"loud"`
service(auth, { ...rest, env: { ...authEnv, LOG_LEVEL: knob<'loud'>('') } });

// 11 a call to a service that nobody deploys
const lonely = service(contract({ name: 'lonely', about: '', ports: { http: 1 }, env: { AUTH_URL: urlOf('auth') }, routes: {} }), { ...rest, env: { AUTH_URL: url(auth) } });
const standard = { telemetry: 'lonely', keys: 'lonely', secrets: 'vault' } as const;
// @ts-expect-error `calls a service that is not in the platform`
definePlatform({ workloads: { lonely }, backing, knobs, standard });

// 12 secrets kept in a database
// @ts-expect-error `"identity"`
definePlatform({ ...platform, standard: { ...platform.standard, secrets: 'identity' } });

// 13 a standard edge answered by a workload that is not there
// @ts-expect-error `"nobody"`
definePlatform({ ...platform, standard: { ...platform.standard, keys: 'nobody' } });

// 14 to 24: environments
const digest = `sha256:${'a'.repeat(64)}` as const;
const built = { image: digest } as const;
// Made of what the platform lists: another workload, backing or knob changes nothing here.
type Each<V> = { readonly [N in keyof typeof platform.workloads]: V };
declare const release: Each<typeof built>;
const managed = aws('database', { size: 'db.t4g.small', storageGb: 20, multiAz: true, backupDays: 7 });
const providers = {
  database: managed, cache: aws('cache', { size: 'cache.t4g.small', replicas: 1 }),
  queue: { provider: 'external', kind: 'queue', cidr: '10.0.0.0/24', port: 5671 }, mail: { provider: 'external', kind: 'mail', cidr: '10.0.0.0/24', port: 587 },
  repository: { provider: 'external', kind: 'repository', cidr: '10.0.0.0/24', port: 443 }, engine: { provider: 'external', kind: 'engine', cidr: '10.0.0.0/24', port: 443 },
  objects: aws('objects', { versions: true }), secrets: aws('secrets', { recoveryDays: 7 }), metrics: own('metrics'), logs: own('logs'), traces: own('traces'), alerts: own('alerts'),
} as const;
declare const store: { readonly [N in keyof typeof backing]: (typeof providers)[(typeof backing)[N]['kind']] };
const two = { min: 2, max: 3 } as const;
declare const scale: Each<typeof two>;
declare const values: { readonly [N in keyof typeof knobs]: (typeof knobs)[N] extends Knob<infer T> ? T : never };
const place = {
  domain: 'd', registry: 'r', issuer: 'i', cloud: { region: 'eu-west-1', cidr: '10.0.0.0/16', zones: 3, stateBucket: 'b' },
} as const;
const delivery = { after: 'staging', approvals: { release: 1, model: 1 }, soakMinutes: 60, window: { schedule: '0 8 * * 1-4', hours: 8, timeZone: 'Europe/Dublin' } } as const;
declare const replicas: Each<1>;
const good = { ...place, backing: store, scale, knobs: values, delivery, release };
productionOf(platform, 'production', good);
clusterOf(platform, 'dev', good);

// 14 a knob without a value
const { rateLimit: _rate, ...fewer } = values;
// @ts-expect-error `rateLimit`
productionOf(platform, 'production', { ...good, knobs: fewer });

// 15 a value that the knob does not allow
// @ts-expect-error `"loud"`
productionOf(platform, 'production', { ...good, knobs: { ...values, logLevel: 'loud' } });

// 16 a workload without a release
const { auth: _auth, ...unreleased } = release;
// @ts-expect-error `auth`
productionOf(platform, 'production', { ...good, release: unreleased });

// 17 a release file that misses a workload
const { dashboard: _dashboard, ...pageless } = release;
// @ts-expect-error `dashboard`
productionOf(platform, 'production', { ...good, release: imageReleases('production', pageless) });

// 18 a tag where a digest belongs
// @ts-expect-error `"latest"`
productionOf(platform, 'production', { ...good, release: { ...release, auth: { image: 'latest' } } });

// 19 a switch for faults in production
// @ts-expect-error `faults`
productionOf(platform, 'production', { ...good, faults: true });
clusterOf(platform, 'dev', { ...good, faults: true });

// 20 one replica in production
// @ts-expect-error `1`
productionOf(platform, 'production', { ...good, scale: { ...scale, auth: { min: 1, max: 3 } } });

// 21 a workload without a scale
const { monitoring: _monitoring, ...unscaled } = scale;
// @ts-expect-error `monitoring`
productionOf(platform, 'production', { ...good, scale: unscaled });

// 22 a backing without a provider
const { events: _events, ...unprovided } = store;
// @ts-expect-error `events`
productionOf(platform, 'production', { ...good, backing: unprovided });

// 23 an embedded database in production
// @ts-expect-error `Embedded<"database">`
productionOf(platform, 'production', { ...good, backing: { ...store, identity: embedded('database') } });

// 24 a database in production's cluster
// @ts-expect-error `InCluster<"database">`
productionOf(platform, 'production', { ...good, backing: { ...store, identity: inCluster('database') } });

// 25 a cache's provider for a database
// @ts-expect-error `"cache"`
productionOf(platform, 'production', { ...good, backing: { ...store, identity: aws('cache', { size: 'cache.t4g.small', replicas: 1 }) } });

// 26 a database of one zone in production
// @ts-expect-error `false`
productionOf(platform, 'production', { ...good, backing: { ...store, identity: aws('database', { size: 'db.t4g.small', storageGb: 20, multiAz: false, backupDays: 7 }) } });

// 27 a cloud resource on a laptop
// @ts-expect-error `"aws"`
localOf(platform, 'local', { backing: store, scale: replicas, knobs: values, delivery, release: { ...release } });

// 28 an image on a laptop, where releases are git revisions
// @ts-expect-error `revision`
localOf(platform, 'local', { backing: production.backing, scale: replicas, knobs: values, delivery, release });

// 29 a contract that expects a number is not given text
const counted = contract({ name: 'counted', about: '', ports: { http: 1 }, env: { LIMIT: number(), DATABASE: database() }, routes: {} });
// @ts-expect-error `number`
service(counted, { ...rest, env: { LIMIT: 'ten', DATABASE: use(backing.identity) } });

// 30 a reference made by hand
// @ts-expect-error `[opaque]`
service(notification, { ...rest, env: { DATABASE: { kind: 'database', target: 'notifications', declaredAt: 'x:1' }, EVENTS: use(backing.events), MAIL: use(backing.post), ARCHIVE: use(backing.archive), LOG_LEVEL: 'info' } });

// 31 a secret is not a backing one connects to
// @ts-expect-error `"secrets"`
use(backing.vault);

// 32 a contract without a port to serve on
// @ts-expect-error `a port to serve on`
contract({ name: 'deaf', about: '', ports: { metrics: 2 }, env: {}, routes: {} });

// 33 a contract with two
// @ts-expect-error `only one port to serve on`
contract({ name: 'torn', about: '', ports: { web: 1, admin: 3, metrics: 2 }, env: {}, routes: {} });
contract({ name: 'free', about: '', ports: { web: 1, metrics: 2 }, env: {}, routes: {} });

// 34 production without a second person
// @ts-expect-error `0`
productionOf(platform, 'production', { ...good, delivery: { ...delivery, approvals: { release: 0, model: 1 } } });

// 35 production without a window
const { window: _window, ...always } = delivery;
// @ts-expect-error `window`
productionOf(platform, 'production', { ...good, delivery: always });

// 36 more processes than a laptop runs
// @ts-expect-error `5`
localOf(platform, 'local', { ...good, scale: { ...replicas, gateway: 5 } });

// 37 Argo CD or a forge as a pod of the environment that it serves
// @ts-expect-error `InCluster<"engine">`
clusterOf(platform, 'dev', { ...good, backing: { ...store, engine: inCluster('engine') } });

// 38 a drill's commit that would stay in production
// @ts-expect-error `drills`
productionOf(platform, 'production', { ...good, delivery: { ...delivery, drills: true } });
void secretNamed;

// 39 a Prometheus as a pod of the environment that it watches
// @ts-expect-error `InCluster<"metrics">`
clusterOf(platform, 'dev', { ...good, backing: { ...store, metrics: inCluster('metrics') } });

// 40 a database that its user keeps in its own database
// @ts-expect-error `"database"`
own('database');
