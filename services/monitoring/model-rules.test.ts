import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { modelRules } from './domain/model-rules.ts';

const written = (path: string) => readFile(join(import.meta.dirname, '../../synth/production', path), 'utf8');
interface Written { readonly alert: string; readonly expr: string; readonly labels: { readonly severity: string }; readonly for?: string }

test('the embedded evaluator has the rules that `./journey synth` writes for Prometheus: names, windows, factors, budgets, severities', async () => {
  const { nodes } = JSON.parse(await written('journey.json'));
  const workloads = nodes.filter(({ objectives }: { objectives?: object }) => objectives);
  expect(workloads.length).toBeGreaterThan(4);
  for (const workload of workloads) {
    const { spec } = parse(await written(`observability/${workload.name}.yaml`));
    const alerts: readonly Written[] = spec.groups.flatMap(({ rules }: { rules: readonly Written[] }) => rules.filter(({ alert }) => alert));
    const rules = modelRules([workload], [workload.name]);
    expect(rules.map(({ name, severity, forSeconds }) => [name, severity, forSeconds])).toEqual(alerts.map((one) => [one.alert, one.labels.severity, one.for === '2m' ? 120 : 0]));
    for (const { name, burn } of rules) {
      if (!burn) continue;
      const { expr = '' } = alerts.find(({ alert }) => alert === name) ?? {};
      const [, long, factor, budget, short] = /ratio_rate(\d+[mhd])\{[^}]*\} > \(([\d.]+) \* ([\d.]+)\) and \S*ratio_rate(\d+[mhd])/.exec(expr) ?? [];
      const seconds = (text = '') => Number.parseInt(text, 10) * ({ m: 60, h: 3600, d: 86_400 }[text.at(-1) ?? ''] ?? 0);
      expect([seconds(long), seconds(short), Number(factor), Number(budget)]).toEqual([burn.longSeconds, burn.shortSeconds, burn.factor, burn.budget]);
    }
  }
});
