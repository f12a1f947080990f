import { entriesOf, get, type Path } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { podsOf } from './pods.ts';

const WORDS = ['app.kubernetes.io/name', 'app.kubernetes.io/instance'];
/** Where a kind keeps the labels it selects pods by. */
const places: Readonly<Record<string, Path>> = {
  Service: ['spec', 'selector'],
  ...Object.fromEntries(['Deployment', 'StatefulSet', 'DaemonSet', 'PodDisruptionBudget'].map((kind) => [kind, ['spec', 'selector', 'matchLabels']])),
};

export const selectors = rule({
  id: 'selectors',
  why: 'A selector cannot be changed later: with the version in it, the next release is a new Deployment beside the old one.',
  fix: `Select by ${WORDS.join(' and ')}, both and nothing else.`,
  serves: ['Kubernetes documentation: Recommended Labels'],
  of: (rendered) => rendered.manifests.flatMap((on) => {
    const at = places[on.kind];
    const selector = at && get(on.json, ...at);
    return at && (selector !== undefined || on.kind !== 'Service') ? [{ on, at, selector }] : [];
  }),
  check: ({ on, at, selector }, rendered) => {
    const keys = entriesOf(selector).map(([key]) => key);
    const wrong = [...keys.filter((key) => !WORDS.includes(key)).map((key) => `selects by ${key}`), ...WORDS.filter((w) => !keys.includes(w)).map((w) => `does not select by ${w}`)];
    const expressions = get(on.json, 'spec', 'selector', 'matchExpressions') === undefined ? [] : [breach(on, ['spec', 'selector', 'matchExpressions'], 'selects by expressions')];
    const own = podsOf(rendered).find((pod) => pod.on === on);
    const misses = own ? entriesOf(selector).filter(([key, v]) => get(own.metadata, 'labels', key) !== v) : [];
    return [...wrong.map((what) => breach(on, at, what)), ...expressions, ...misses.map(([key]) => breach(on, [...at, key], 'does not match its own pods'))];
  },
});
