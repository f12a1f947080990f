import { Ajv2020 } from 'ajv/dist/2020.js';
import { get, isRecord, pointer } from '../json.ts';
import type { Release } from '../rendered.ts';
import { breach, type Breach } from '../breach.ts';
import { rule } from '../rule.ts';

const text = (pattern: string) => ({ type: 'string', pattern });
const entry = (required: Readonly<Record<string, object>>, optional: Readonly<Record<string, object>> = {}) =>
  ({ type: 'object', required: Object.keys(required), additionalProperties: false, properties: { ...required, ...optional } });
const file = (one: object) => ({ type: 'object', minProperties: 1, additionalProperties: one });
const ajv = new Ajv2020({ allErrors: true });
/** `{"gateway": {"image": "sha256:…", "source": "<revision>", "provenance": "…"}}`, or `unbuilt`. */
const isImages = ajv.compile(file(entry(
  { image: text('^(unbuilt|sha256:(?!0{64}$)[0-9a-f]{64})$') },
  { source: text('^[0-9a-f]{40}$'), provenance: text('^[^\\p{C}\\p{Zl}\\p{Zp}]{1,500}$') },
)));
/** `{"gateway": {"revision": "worktree"}}`, or a git revision: what a laptop runs. */
const isRevisions = ajv.compile(file(entry({ revision: text('^(worktree|[0-9a-f]{40})$') })));

export const release = rule({
  id: 'release',
  why: 'A promotion changes these files and nothing else: what they say is what runs.',
  fix: 'Give every workload of the platform, and nobody else, {"image": "sha256:<64 hexadecimal digits>"} or {"image": "unbuilt"}, with "source" (a full git revision) and "provenance" (one line) where they are known; in local.json {"revision": "worktree"} or a full git revision.',
  serves: ['CIS Kubernetes 5.5.1'],
  of: ({ releases }) => releases,
  check: (on, { workloads }) => {
    const valid = on.environment === 'local' ? isRevisions : isImages;
    const wrong = valid(on.json) ? [] : (valid.errors ?? []).map((e) => breach(on, pointer(e.instancePath), e.message ?? e.keyword));
    return [...wrong, ...namesOf(on, workloads)];
  },
});

function namesOf(on: Release, workloads: readonly string[]): Breach[] {
  const named = isRecord(on.json) ? Object.keys(on.json) : [];
  if (workloads.length === 0) return [];
  return [
    ...named.filter((n) => !workloads.includes(n)).map((n) => breach(on, [n], `${n} is no workload of the platform`)),
    ...workloads.filter((n) => !named.includes(n)).map((n) => breach({ ...on, workload: n }, [n], `the workload ${n} has no release`)),
  ];
}

/** A notice: what is not built cannot be promoted, and nothing is wrong with it. */
export const unbuiltRelease = rule({
  id: 'unbuilt-release',
  why: 'A digest exists only for an image that was built.',
  fix: 'Build and push the image, then write its digest here; nothing promotes it until then.',
  serves: ['CIS Kubernetes 5.5.1'],
  of: ({ releases }) => releases.flatMap((on) => Object.keys(isRecord(on.json) ? on.json : {}).map((workload) => ({ on, workload }))),
  check: ({ on, workload }) => (get(on.json, workload, 'image') === 'unbuilt' ? [{ ...breach({ ...on, workload }, [workload, 'image'], 'is not built yet'), level: 'notice' as const }] : []),
});
