import { get, textOf } from '../json.ts';
import type { Manifest, Rendered } from '../rendered.ts';
import { breach, type Breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { treeOf } from './application.ts';
import { applicationNeeds, needsIn, type Need } from './needs.ts';
import { orderOf, WAVE, waveOf } from './order.ts';

export const waves = rule({
  id: 'waves',
  why: 'Argo CD waits for each wave before it begins the next: an object that waits for what comes after it never becomes healthy, and the sync never ends.',
  fix: 'Put what is needed into an earlier wave: platform/targets/kubernetes/wave.ts.',
  serves: ['NSA/CISA: Upgrading and application security practices'],
  of: (rendered) => (rendered.neighbours ? [...unreadable(rendered), ...needs(rendered)] : []),
  check: (one, rendered): readonly Breach[] => {
    if ('kind' in one) return [breach(one, ['metadata', 'annotations', WAVE], 'is no whole number')];
    const { who, what } = one;
    const order = orderOf(rendered);
    if (!order.places(who) || !order.places(what) || order.isBefore(what, who)) return [];
    const at = ['metadata', 'annotations', WAVE];
    return order.isBefore(who, what)
      ? [breach(who, at, `goes before ${what.object}, which it needs: each waits for the other`)]
      : [breach(who, at, `needs ${what.object} (${what.file}), and nothing says that it comes before`)];
  },
});

const needs = (rendered: Rendered): Need[] => [...(rendered.neighbours ?? []).flatMap(needsIn), ...applicationNeeds(treeOf(rendered))];

/** Argo CD takes what is no number for wave 0, and says nothing. */
const unreadable = (rendered: Rendered): Manifest[] => treeOf(rendered).manifests.filter((m) => {
  const text = textOf(get(m.json, 'metadata', 'annotations', WAVE));
  return text !== undefined && waveOf(m) === undefined;
});
