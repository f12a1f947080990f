import { cache as usesCache, consumes, contract, database as usesDatabase, mail as usesMail, number, objects as usesObjects, oneOf, publishes, secret, urlOf } from '../../../services/kit/contract.ts';
import {
  available, aws, cache, clusterOf, database, definePlatform, embedded, external, imageReleases, inCluster, knob, localOf, mail, objects, p99,
  productionOf, queue, secretNamed, secrets, service, sourceReleases, url, use,
  type Environment, type Platform,
} from '../../model/index.ts';

export interface Generated { readonly platform: Platform; readonly environments: readonly Environment[] }

/** Workloads that share one cache: there are fewer caches than workloads, as in the real platform. */
const SHARE = 5;

/**
 * A platform of so many workloads in four environments, said with the model's own functions: each has a database of
 * its own and a share of a cache, calls the two before it, names a secret and turns two knobs.
 */
export function generated(size: number): Generated {
  const names = Array.from({ length: size }, (_, index) => nameOf(index));
  const databases = Object.fromEntries(names.map((name) => [`${name}Data`, database(`${name}-data`)] as const));
  const caches = Object.fromEntries(names.filter((_, index) => index % SHARE === 0).map((name) => [`${name}Cache`, cache(`${name}-cache`)] as const));
  const shared = { events: queue('events'), post: mail('post'), archive: objects('archive'), vault: secrets('vault') };
  const knobs = { logLevel: knob<'debug' | 'info' | 'warn'>('lowest level written'), rate: knob<number>('requests per second') };
  const contracts = names.map((name, index) => contractOf(name, index, size));
  const workloads = Object.fromEntries(contracts.map((one, index) => {
    const [data, store] = [databases[`${one.name}Data`], caches[`${nameOf(index - (index % SHARE))}Cache`]];
    if (!data || !store) throw new Error(`no backing for ${one.name}`);
    return [one.name, service(one, {
      env: {
        DATABASE: use(data),
        CACHE: use(store),
        FIRST_URL: url(contracts[before(index, 1, size)] ?? one),
        SECOND_URL: url(contracts[before(index, 2, size)] ?? one),
        EVENTS: use(shared.events),
        INBOX: use(shared.events),
        MAIL: use(shared.post),
        ARCHIVE: use(shared.archive),
        KEY: secretNamed(`${one.name}-key`),
        RATE: knobs.rate,
        LOG_LEVEL: knobs.logLevel,
      },
      ...(index % 10 === 0 ? { public: { host: one.name } } : {}),
      scaleOn: { cpu: 0.7 },
      slo: [available('99.9%'), p99('100ms')],
    })] as const;
  }));
  const standard = { telemetry: nameOf(0), keys: nameOf(1), secrets: 'vault' } as const;
  const platform: Platform = { ...definePlatform({ workloads, backing: { ...databases, ...caches, ...shared }, knobs, standard }), standard };
  const model: AnyModel = { workloads, backing: platform.backing, knobs };
  const each = <T>(of: Readonly<Record<string, unknown>>, value: T) => Object.fromEntries(Object.keys(of).map((key) => [key, value] as const));
  const at = (number: number) => ({
    domain: 'journey.example.com', registry: 'registry.example.com/generated', issuer: 'letsencrypt',
    cloud: { region: 'eu-west-1', cidr: `10.${number}.0.0/16`, zones: 3, stateBucket: `generated-${number}-state` },
    knobs: { logLevel: 'info', rate: 50 },
  } as const);
  const delivery = { approvals: { release: 0, model: 1 } } as const;
  const images = each(workloads, { image: 'unbuilt' });
  const outside = { events: external('queue', { cidr: '10.0.240.0/24', port: 5671 }), post: external('mail', { cidr: '10.0.241.0/24', port: 587 }) };
  const managed = {
    ...each(databases, aws('database', { size: 'db.t4g.medium', storageGb: 20, multiAz: true, backupDays: 7 })),
    ...each(caches, aws('cache', { size: 'cache.t4g.small', replicas: 1 })),
    ...outside, archive: aws('objects', { versions: true }), vault: aws('secrets', { recoveryDays: 30 }),
  };
  const environments: readonly Environment[] = [
    localOf(model, 'local', {
      backing: {
        ...each(databases, embedded('database')), ...each(caches, embedded('cache')),
        events: embedded('queue'), post: embedded('mail'), archive: embedded('objects'), vault: embedded('secrets'),
      },
      scale: each(workloads, 1), delivery,
      knobs: { logLevel: 'info', rate: 50 }, release: sourceReleases('local', each(workloads, { revision: 'worktree' })),
    }),
    clusterOf(model, 'dev', {
      ...at(10), delivery, scale: each(workloads, { min: 1, max: 2 }), release: imageReleases('dev', images),
      backing: {
        ...each(databases, inCluster('database')), ...each(caches, inCluster('cache')),
        events: inCluster('queue'), post: inCluster('mail'), archive: aws('objects', { versions: false }), vault: inCluster('secrets'),
      },
    }),
    clusterOf(model, 'staging', { ...at(20), delivery, scale: each(workloads, { min: 2, max: 4 }), release: imageReleases('staging', images), backing: managed }),
    productionOf(model, 'production', { ...at(30), delivery: { after: 'staging', approvals: { release: 1, model: 1 }, soakMinutes: 60, window: { schedule: '0 8 * * 1-4', hours: 8, timeZone: 'Europe/Dublin' } }, scale: each(workloads, { min: 3, max: 9 }), release: imageReleases('production', images), backing: managed }),
  ];
  return { platform, environments };
}

/** The names are made, so the compiler cannot compare them: the kinds it still does. */
interface AnyModel {
  readonly workloads: Readonly<Record<string, unknown>>;
  readonly backing: Platform['backing'];
  readonly knobs: { readonly logLevel: ReturnType<typeof knob<'debug' | 'info' | 'warn'>>; readonly rate: ReturnType<typeof knob<number>> };
}

const nameOf = (index: number): string => `w${String(index).padStart(4, '0')}`;
/** Wraps round: the first calls the last, so that the start order meets a ring, too. */
const before = (index: number, by: number, size: number): number => (index - by + size) % size;

function contractOf(name: string, index: number, size: number) {
  return contract({
    name,
    about: 'Generated.',
    ports: { http: 8080, metrics: 9090 },
    env: {
      DATABASE: usesDatabase(),
      CACHE: usesCache(),
      FIRST_URL: urlOf(nameOf(before(index, 1, size))),
      SECOND_URL: urlOf(nameOf(before(index, 2, size))),
      EVENTS: publishes(),
      INBOX: consumes(),
      MAIL: usesMail(),
      ARCHIVE: usesObjects(),
      KEY: secret(),
      RATE: number(),
      LOG_LEVEL: oneOf('debug', 'info', 'warn'),
    },
    migrates: true,
    routes: {},
  });
}
