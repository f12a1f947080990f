import { get, listOf, textOf, type Json } from '../../../../policies/json.ts';
import { endsWith, ends, type Cause, type Describer } from '../cause.ts';
import type { ThingChange } from '../compare.ts';
import { changed, workloadLine } from './value.ts';

/** What people may expect of a workload: its target, as its alerts and the laptop's plan have it. */
export const objectives: Describer = (sides) => [...changed(sides, 'PrometheusRule'), ...changed(sides, 'process'), ...changed(sides, 'node').filter(() => isLaptop(sides))].flatMap((change) =>
  (['availability', 'latency'] as const).flatMap((kind): Cause[] => {
    const [old, now] = [targetIn(change, change.before, kind), targetIn(change, change.after, kind)];
    if (old?.target === now?.target) return [];
    // On a laptop the plan tells of availability; what monitoring alone looks at stands in the graph.
    if (change.kind === 'node' && kind === 'availability') return [];
    const { name } = change;
    const whole = old === undefined || now === undefined;
    return [{
      kind: 'objective', subject: `objective/${name}.${kind}`, workload: name, object: `${change.kind}/${name}`, ...ends(old?.target, now?.target),
      said: (from, to) => `objective ${kind} ${from ?? 'none'} → ${to ?? 'none'}`, risks: ['availability'],
      line: workloadLine(sides, name, ['slo']),
      claims: (one, leaf) => (one.kind === 'node' && one.name === name && leaf.path[0] === 'objectives') || one === change && (change.kind === 'process' ? endsWith(leaf, kind) : whole && leaf.path[2]?.startsWith(`[${name}-${kind}-`) === true),
      rewrites: (one) => (one === change && old && now ? old.texts.flatMap((text, index): [string, string][] => (now.texts[index] === undefined ? [] : [[text, now.texts[index]]])) : []),
    }];
  }));

/** Where there are no rules for Prometheus. */
const isLaptop = (sides: Parameters<Describer>[0]): boolean => !sides.changes.some(({ kind }) => kind === 'PrometheusRule');

/** A target, and the texts in which a rule holds it. */
interface Target { readonly target: string; readonly texts: readonly string[] }

function targetIn({ kind: holder, name }: ThingChange, value: Json | undefined, kind: 'availability' | 'latency'): Target | undefined {
  if (holder === 'node') {
    const under = listOf(value?.['objectives']).flatMap((one) => (textOf(get(one, 'kind')) === kind ? [textOf(get(one, 'under'))] : []))[0];
    return under === undefined ? undefined : { target: under, texts: [] };
  }
  if (holder === 'process') {
    const share = value?.[kind];
    return typeof share === 'number' ? { target: `${Number((share * 100).toFixed(6))}%`, texts: [] } : undefined;
  }
  const rules = listOf(get(value, 'spec', 'groups')).flatMap((group) => (textOf(get(group, 'name'))?.startsWith(`${name}-${kind}-`) === true ? listOf(get(group, 'rules')) : []));
  const said = rules.map((rule) => [textOf(get(rule, 'expr')) ?? '', textOf(get(rule, 'annotations', 'summary')) ?? '', textOf(get(rule, 'annotations', 'description')) ?? ''].join('\n')).join('\n');
  if (kind === 'latency') {
    const [target] = /\d+ms/.exec(said) ?? [];
    const bound = /,le=(~?"[^"]*")/.exec(said)?.[1];
    return target === undefined ? undefined : { target, texts: [`within ${target}`, ...(bound === undefined ? [] : [`,le=${bound}`])] };
  }
  const target = /promises that ([\d.]+%) of/.exec(said)?.[1];
  if (target === undefined) return undefined;
  return { target, texts: [`that ${target} of`, /( \* [\d.e-]+\))/.exec(said)?.[1] ?? '', /(; [\d.]+% are allowed)/.exec(said)?.[1] ?? ''] };
}
