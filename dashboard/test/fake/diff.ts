import type { Diff } from '../../api/delivery.ts';

export interface FakeFact {
  readonly kind: string;
  readonly subject: string;
  readonly workload?: string;
  readonly object: string;
  readonly from?: string;
  readonly to?: string;
  readonly said: string;
  readonly risks: readonly string[];
  readonly declaredAt: string;
  readonly hops: readonly string[];
  readonly effects: readonly string[];
}

/** A diff in the form of `./journey diff --json`; its text is long enough to hold every byte that can go wrong on a page. */
export function fakeDiff(from: string, to: string, environment: string, facts: readonly FakeFact[]): Diff {
  const groups = [...Map.groupBy(facts, ({ workload }) => workload ?? null)];
  const risks = [...new Set(facts.flatMap((fact) => fact.risks))];
  const patch = `--- a/synth/${environment}/plan.json\n+++ b/synth/${environment}/plan.json\n@@ -12,3 +12,3 @@\n   "env": {\n${facts.map((fact) => `-    "${fact.subject}": "${fact.from ?? ''}"\n+    "${fact.subject}": "${fact.to ?? ''}"\n`).join('')}`;
  return {
    from, to, text: textOf(environment, facts, risks, patch),
    environments: facts.length === 0 ? [] : [{
      environment, facts, risks, moved: 0, findings: [],
      workloads: groups.map(([workload, own]) => ({ workload, facts: own, hops: [...new Set(own.flatMap(({ hops }) => hops))] })),
      yaml: [{ path: `synth/${environment}/plan.json`, patch }],
      terraform: environment === 'local' ? [] : [{ address: 'aws_db_instance.identity', action: 'changed', fields: [{ path: 'instance_class', from: 'db.t4g.small', to: 'db.t4g.medium' }] }],
    }],
  };
}

function textOf(environment: string, facts: readonly FakeFact[], risks: readonly string[], patch: string): string {
  if (facts.length === 0) return 'Nothing changes.\n';
  const lines = facts.map(({ said, risks: own, declaredAt, effects }) => `- ${said}${own.length > 0 ? ` ▲ ${own.join(', ')}` : ''} · \`${declaredAt}\`${effects.map((effect) => `\n  - ${effect}`).join('')}`);
  return `## ${facts.length} change${facts.length === 1 ? '' : 's'} in ${environment}\n\n▲ ${risks.join(' · ')}\n\n### ${environment}\n\n**${facts[0]?.workload ?? 'environment'}** · hops ${facts.flatMap(({ hops }) => hops).map((hop) => `\`${hop}\``).join(', ')}\n\n${lines.join('\n')}\n\n<details><summary><code>synth/${environment}/plan.json</code></summary>\n\n\`\`\`diff\n${patch}\`\`\`\n\n</details>\n`;
}

const release = (workload: string, from: string, to: string, environment: string): FakeFact => ({
  kind: 'release', subject: `release/${workload}`, workload, object: `process/${workload}`, from, to, said: `release ${from.slice(0, 12)} → ${to.slice(0, 12)}`,
  risks: ['availability'], declaredAt: `environments/releases/${environment}.json:${workload.length}`, hops: [workload], effects: [`process ${workload}: folder and revision`],
});
const knob = (name: string, from: string, to: string, environment: string): FakeFact => ({
  kind: 'knob', subject: `knob/${name}`, workload: 'gateway', object: 'process/gateway', from, to, said: `${name} ${from} → ${to}: gateway RATE_LIMIT_RPS`,
  risks: ['availability'], declaredAt: `environments/${environment}.ts:31`, hops: ['gateway', 'gateway.AUTH_URL'], effects: ['process gateway: RATE_LIMIT_RPS', 'alert gateway-refuses: threshold'],
});
const scale = (workload: string, from: string, to: string, environment: string): FakeFact => ({
  kind: 'scale', subject: `scale/${workload}`, workload, object: `process/${workload}`, from, to, said: `replicas ${from} → ${to}`,
  risks: ['availability', 'cost'], declaredAt: `environments/${environment}.ts:24`, hops: [workload], effects: [],
});
export const factOf = { release, knob, scale } as const;
