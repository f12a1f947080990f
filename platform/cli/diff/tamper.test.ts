import { beforeAll, expect, test } from '@jest/globals';
import { environmentFacts } from './environment.ts';
import { differs, environmentsIn, knobsIn } from './place.ts';
import { clusterOf, real, rendered, withEnvironment, withVariable } from './test/model.ts';
import { randomOf } from './test/random.ts';
import { treeOf } from './tree.ts';
import { url } from '../../model/index.ts';
import { urlOf, type Contract } from '../../../services/kit/contract.ts';

let base: ReadonlyMap<string, string>;
beforeAll(async () => void (base = await rendered(real)), 60_000);

async function factsBetween(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>, only?: string) {
  const trees = { before: treeOf(before), after: treeOf(after) };
  const known = environmentsIn(trees);
  const knobOf = await knobsIn(trees);
  return Promise.all(known.filter((environment) => (only === undefined || environment === only) && differs(trees, environment, known)).map((environment) => environmentFacts({ trees, environment, known, knobOf })));
}

/** One value of one line, written by hand where only `synth` may write. */
function tampered(files: ReadonlyMap<string, string>, path: string, line: number): Map<string, string> {
  const lines = (files.get(path) ?? '').split('\n');
  lines[line] = path.endsWith('.json') ? lines[line]!.replace(/: (?:"(?:[^"\\]|\\.)*"|[\w.+-]+)(,?)$/, ': "tampered"$1') : lines[line]!.replace(/(:|-) +(?:"[^"]*"|'[^']*'|[^ "'].*)$/, '$1 tampered');
  return new Map(files).set(path, lines.join('\n'));
}

const textAt = (files: ReadonlyMap<string, string>, path: string, line: number): string => `${path}:${line + 1} ${files.get(path)?.split('\n')[line]}`;

/** Lines that hold a value; lines of the model (`declaredAt`) are no change. */
function placesIn(files: ReadonlyMap<string, string>, wanted: RegExp): { readonly path: string; readonly line: number }[] {
  return [...files].filter(([path]) => wanted.test(path)).flatMap(([path, text]) => text.split('\n').flatMap((line, index) =>
    (/^\s*#|declaredAt|^---/.test(line) || !(path.endsWith('.json') ? /": (?:"(?:[^"\\]|\\.)*"|[\w.+-]+),?$/ : /(:|-) +[^|>[{]/).test(line) ? [] : [{ path, line: index }])));
}

test('whatever value is changed by hand, anywhere, is told', async () => {
  const random = randomOf(7);
  const places = placesIn(base, /^(?:synth\/|environments\/releases\/)/);
  expect(places.length).toBeGreaterThan(10_000);
  for (let round = 0; round < 40; round += 1) {
    const { path, line } = random.pick(places);
    const environments = await factsBetween(base, tampered(base, path, line));
    expect(environments.flatMap(({ explained }) => explained.rest)).toEqual([]);
    expect({ at: textAt(base, path, line), told: environments.flatMap(({ facts }) => facts).length > 0 }).toEqual({ at: textAt(base, path, line), told: true });
  }
}, 60_000);

test('a change by hand does not hide behind one of the model', async () => {
  const random = randomOf(11);
  const { auth, deployment } = real.platform.workloads;
  const production = clusterOf(real, 'production');
  const models = [
    withEnvironment(real, 'production', { release: { ...production.release, gateway: { image: `sha256:${random.hex(64)}` } } }),
    withEnvironment(real, 'production', { knobs: { ...production.knobs, rateLimit: 77 }, scale: { ...production.scale, gateway: { min: 4, max: 30 } } }),
    withVariable(real, 'notification', 'AUTH_URL', urlOf('auth'), url(auth!.contract as Contract<string>)),
    withVariable(real, 'auth', 'DEPLOYMENT_URL', urlOf('deployment'), url(deployment!.contract as Contract<string>)),
  ];
  // Who may reach what, what runs as whom, and what is kept: everywhere but in the amounts and lists that follow from others.
  const guarded = /^synth\/production\/(?:kubernetes\/(?!shared\/resource-quota).*(?:network-policies|deployment|service-account|ingress|external-secret|namespace|service)\.yaml|terraform\/)/;
  for (const model of models) {
    const after = await rendered(model);
    const clean = (await factsBetween(base, after, 'production'))[0]!.facts.map(({ subject }) => subject);
    const places = placesIn(after, guarded).filter(({ path, line }) => !/declared-by|\/config:|app.kubernetes.io\/version/.test(after.get(path)!.split('\n')[line]!));
    for (let round = 0; round < 8; round += 1) {
      const { path, line } = random.pick(places);
      const [found] = await factsBetween(base, tampered(after, path, line), 'production');
      const more = found!.facts.filter(({ subject, said }) => !clean.includes(subject) || said.includes('tampered'));
      expect({ at: textAt(after, path, line), told: more.length > 0 }).toEqual({ at: textAt(after, path, line), told: true });
    }
  }
}, 60_000);
