import { breach, type Breach } from '../breach.ts';
import type { Journey, Rendered } from '../rendered.ts';
import { rule } from '../rule.ts';

/** What stands there for the environment itself, not for a node or an edge. */
const OF_NOBODY = /^(?:kubernetes\/shared|terraform)\//;

export const namedFiles = rule({
  id: 'named-files',
  why: 'A file that is gone takes its alerts, its scaling or its migration along, and what is left looks whole; one that nothing names was put there by hand.',
  fix: 'Run ./journey synth: it writes every file that journey.json names, and removes the others.',
  serves: ['NSA/CISA: Audit logging and threat detection'],
  of: (rendered) => (rendered.whole && rendered.journey ? [{ rendered, journey: rendered.journey }] : []),
  check: ({ rendered, journey }) => {
    const { folder, paths, manifests } = rendered;
    const named = namesIn(journey);
    const gone = [...named].filter(([file]) => !paths.includes(`${folder}/${file}`));
    const unnamed = [...new Set(manifests.map((m) => m.file))].filter((file) => file.startsWith(`${folder}/`))
      .map((file) => file.slice(folder.length + 1)).filter((file) => !named.has(file) && !OF_NOBODY.test(file));
    return [
      ...gone.map(([file, by]) => breach({ file: `${folder}/${file}`, object: 'file', ...placeOf(by) }, [], `is not there, and journey.json names it for ${by}`)),
      ...unnamed.map((file) => breach({ file: `${folder}/${file}`, object: 'file' }, [], 'is named by no node, edge or secret of journey.json')),
      ...objectsGone(rendered, journey),
    ];
  },
});

/** Files below the environment's folder, each with the first that names it. */
function namesIn({ nodes, edges, secrets }: Journey): ReadonlyMap<string, string> {
  const all = [
    ...nodes.flatMap((n) => n.files.map((file) => [file, n.name] as const)),
    ...edges.flatMap((e) => [...e.manifests, ...[...e.policies, ...e.objects].map((o) => o.file)].map((file) => [file, e.reference] as const)),
    ...secrets.flatMap((s) => s.manifests.map((file) => [file, s.reference] as const)),
  ];
  return new Map(all.toReversed()); // the first one is set last
}

/** Objects that an edge names in a file that is there and can be read. */
function objectsGone({ folder, files, manifests, stacks }: Rendered, { edges }: Journey): readonly Breach[] {
  const there = new Set([
    ...manifests.map((m) => `${m.file} ${m.object}`),
    ...stacks.flatMap((s) => s.resources).map((r) => `${r.file} ${r.type}/${r.name}`),
  ]);
  const read = new Set(files.filter((f) => f.breaches.length === 0).map((f) => f.file));
  const asked = edges.flatMap((e) => [...e.policies, ...e.objects].map((o) => ({ file: `${folder}/${o.file}`, object: o.object, reference: e.reference })));
  const gone = new Map(asked.filter((o) => read.has(o.file) && !there.has(`${o.file} ${o.object}`)).map((o) => [`${o.file} ${o.object}`, o]));
  return [...gone.values()].map((o) => breach(o, [], `is not in this file, and journey.json names it for ${o.reference}`));
}

/** A reference has a dot, a node's name none. */
const placeOf = (by: string) => (by.includes('.') ? { reference: by } : { workload: by });
