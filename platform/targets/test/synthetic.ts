/**
 * A platform that shares no name with ours: what a target does for it, it does for any. It holds one of everything: a public
 * workload, one with rights, one without metrics, every kind of backing, every provider, both standard roles.
 */
import { cache, consumes, contract, database, mail, number, objects, oneOf, publishes, secret, text, urlOf } from '../../../services/kit/contract.ts';
import * as model from '../../model/index.ts';

const desk = contract({
  name: 'desk', about: 'Where people come in.', ports: { http: 8000, metrics: 9000 },
  routes: { knock: { method: 'get', path: '/v1/door', about: 'Is anybody in?', access: 'anyone', answers: { 204: null } } },
  env: { LEDGER_URL: urlOf('ledger'), SEALS_URL: urlOf('seals'), FAST: cache(), SEAL: secret(), MOTTO: text(), LIMIT: number(), MOOD: oneOf('calm', 'busy') },
});
const ledger = contract({
  name: 'ledger', about: 'Writes things down.', folder: 'offices/ledger', ports: { http: 8001, metrics: 9001 }, routes: {}, migrates: true,
  env: { BOOKS: database(), PARCELS: publishes(), DESK_URL: urlOf('desk') },
});
const courier = contract({
  name: 'courier', about: 'Carries things.', ports: { http: 8002 }, routes: {}, standard: ['scrape'],
  env: { PARCELS: consumes(), LETTERS: mail(), SHELF: objects() },
});
const seals = contract({ name: 'seals', about: 'Keeps the keys.', ports: { http: 8003, metrics: 9003 }, routes: {}, env: {} });
const tower = contract({ name: 'tower', about: 'Sees everybody.', ports: { http: 8004, metrics: 9004 }, routes: {}, env: {} });

export const backing = {
  books: model.database('books'),
  fastLane: model.cache('fast-lane'),
  parcels: model.queue('parcels'),
  letters: model.mail('letters'),
  shelf: model.objects('shelf'),
  strongbox: model.secrets('safe'),
};
export const knobs = { mood: model.knob<'calm' | 'busy'>('how it feels'), limit: model.knob<number>('how much') };

const usual = { scaleOn: { cpu: 0.7 }, slo: [model.available('99.9%')] } as const;
export const synthetic = model.definePlatform({
  workloads: {
    desk: model.service(desk, {
      ...usual,
      env: {
        LEDGER_URL: model.url(ledger), SEALS_URL: model.url(seals), FAST: model.use(backing.fastLane), SEAL: model.secretNamed('desk-seal'),
        MOTTO: 'costs $(much)', LIMIT: knobs.limit, MOOD: knobs.mood,
      },
      public: { host: 'front' }, slo: [model.available('99.95%'), model.p99('250ms')], resources: { cpu: '200m', memory: '300Mi' },
    }),
    ledger: model.service(ledger, {
      ...usual,
      env: { BOOKS: model.use(backing.books), PARCELS: model.use(backing.parcels), DESK_URL: model.url(desk) },
      kubernetes: [{ verbs: ['get', 'list'], on: 'pods' }, { verbs: ['patch'], on: 'deployments.apps' }],
    }),
    courier: model.service(courier, {
      ...usual, env: { PARCELS: model.use(backing.parcels), LETTERS: model.use(backing.letters), SHELF: model.use(backing.shelf) },
    }),
    seals: model.service(seals, { ...usual, env: {} }),
    tower: model.service(tower, { ...usual, env: {} }),
  },
  backing, knobs,
  standard: { telemetry: 'tower', keys: 'seals', secrets: 'strongbox' },
});

const cloud = { region: 'eu-central-1', cidr: '10.9.0.0/16', zones: 2, stateBucket: 'state' } as const;
const common = { domain: 'yard.example.com', registry: 'registry.example.com/yard', issuer: 'authority', cloud, knobs: { mood: 'calm', limit: 12 } } as const;
const built = `sha256:${'1e5'.padEnd(64, '0')}` as const;

/** Everything in the cluster that can be. */
export const yard = model.clusterOf(synthetic, 'yard', {
  ...common,
  backing: {
    books: model.inCluster('database', { storage: '3Gi' }), fastLane: model.inCluster('cache'), parcels: model.inCluster('queue'),
    letters: model.inCluster('mail'), shelf: model.aws('objects', { versions: false }), strongbox: model.inCluster('secrets'),
  },
  scale: { desk: { min: 1, max: 3 }, ledger: { min: 1, max: 2 }, courier: { min: 1, max: 1 }, seals: { min: 1, max: 2 }, tower: { min: 1, max: 1 } },
  release: { desk: { image: built }, ledger: { image: 'unbuilt' }, courier: { image: 'unbuilt' }, seals: { image: 'unbuilt' }, tower: { image: 'unbuilt' } },
  delivery: { approvals: { release: 0, model: 0 } },
});

/** Nothing in the cluster that may be lost. */
export const plaza = model.productionOf(synthetic, 'plaza', {
  ...common,
  backing: {
    books: model.aws('database', { size: 'db.m7g.large', storageGb: 10, multiAz: true, backupDays: 7 }),
    fastLane: model.aws('cache', { size: 'cache.m7g.large', replicas: 1 }),
    parcels: model.external('queue', { cidr: '10.9.240.0/24', port: 5671 }), letters: model.external('mail', { cidr: '10.9.241.0/24', port: 587 }),
    shelf: model.aws('objects', { versions: true }), strongbox: model.aws('secrets', { recoveryDays: 7 }),
  },
  scale: { desk: { min: 3, max: 9 }, ledger: { min: 2, max: 4 }, courier: { min: 2, max: 2 }, seals: { min: 2, max: 3 }, tower: { min: 2, max: 2 } },
  release: { desk: { image: built }, ledger: { image: built }, courier: { image: built }, seals: { image: built }, tower: { image: built } },
  delivery: { after: 'yard', approvals: { release: 1, model: 2 }, soakMinutes: 30, window: { schedule: '0 9 * * 1-5', hours: 6, timeZone: 'Europe/Berlin' } },
});
