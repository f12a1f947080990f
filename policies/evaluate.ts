import { show } from './json.ts';
import type { Journey, Rendered } from './rendered.ts';
import type { Breach } from './breach.ts';
import type { About, Rule } from './rule.ts';

/** What a person is told about one thing that does not hold. */
export interface Finding extends Pick<About, 'why' | 'fix' | 'serves'> {
  readonly rule: string;
  readonly level: 'finding' | 'notice';
  readonly file: string;
  readonly object: string;
  /** `spec.template.spec.containers[0].image` */
  readonly path: string;
  readonly what: string;
  /** `platform/workloads/gateway.ts:12`: the line of the model that declared it; absent where no graph says so. */
  readonly declaredAt?: string;
}
export interface Report {
  readonly findings: readonly Finding[];
  /** Things that were read, by kind of thing. */
  readonly counts: { readonly objects: number; readonly resources: number; readonly stacks: number; readonly releases: number };
  /** Things that each rule looked at. */
  readonly evaluated: Readonly<Record<string, number>>;
}

/** Judges everything by every rule. Pure: what the rules see was read before. */
export function evaluate(all: readonly Rendered[], rules: readonly Rule[]): Report {
  const results = rules.map((rule) => {
    const seen = all.map((rendered) => ({ rendered, ...rule.evaluate(rendered) }));
    return {
      rule,
      evaluated: sum(seen.map((s) => s.evaluated)),
      findings: seen.flatMap(({ rendered, breaches }) => breaches.map((b) => findingOf(rule, b, rendered))),
    };
  });
  return {
    findings: results.flatMap((r) => r.findings).toSorted((a, b) => compare(a.file, b.file) || compare(a.object, b.object)),
    counts: {
      objects: sum(all.map((r) => r.manifests.length)),
      resources: sum(all.flatMap((r) => r.stacks).map((s) => s.resources.length)),
      stacks: sum(all.map((r) => r.stacks.length)),
      releases: sum(all.map((r) => r.releases.length)),
    },
    evaluated: Object.fromEntries(results.map(({ rule, evaluated }) => [rule.id, evaluated])),
  };
}

function findingOf({ id, why, fix, serves }: Rule, found: Breach, rendered: Rendered): Finding {
  const declaredAt = lineOf(found, rendered);
  return {
    rule: id, level: found.level ?? 'finding', file: found.file, object: found.object, path: show(found.path), what: found.what, why, fix, serves,
    ...(declaredAt === undefined ? {} : { declaredAt }),
  };
}

/** The reference's line, or else that of the workload or backing it belongs to, or else the environment's. */
function lineOf(found: Breach, { journey, declaredAt }: Rendered): string | undefined {
  return (journey && lineIn(journey, found)) ?? declaredAt;
}

function lineIn(journey: Journey, { reference, workload, object }: Breach): string | undefined {
  const references = (reference ?? '').split(',');
  const edges = journey.edges.filter((e) => references.includes(e.reference));
  const edge = edges.find((e) => e.from === workload || e.to === workload) ?? edges[0] ?? journey.edges.find((e) => madeBy(e, object));
  const secret = journey.secrets.find((s) => references.includes(s.reference));
  const node = journey.nodes.find((n) => n.name === (workload ?? backingOf(object)));
  return edge?.declaredAt ?? secret?.declaredAt ?? node?.declaredAt;
}

/** The graph calls `aws_iam_policy.x` `aws_iam_policy/x`. */
const madeBy = ({ policies, objects }: Journey['edges'][number], object: string): boolean => [...policies, ...objects].some((o) => o.object === object.replace('.', '/'));
/** `aws_db_instance.identity` belongs to the backing `identity`. */
const backingOf = (object: string): string | undefined => /^aws_\w+\.(.+)$/.exec(object)?.[1];

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
