import { entriesOf, get } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { contextsOf, podsOf, type Pod } from './pods.ts';

const ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

export const apparmor = rule({
  id: 'apparmor',
  why: "On nodes with AppArmor the runtime's profile holds by default; only an explicit setting takes it away.",
  fix: 'Remove the setting, or make it RuntimeDefault or Localhost (annotation: runtime/default or localhost/…).',
  serves: ['Pod Security Standards, Baseline: AppArmor', 'NSA/CISA: Hardening container environments'],
  of: podsOf,
  check: (pod, rendered) => [
    ...entriesOf(get(pod.metadata, 'annotations'))
      .filter(([key, value]) => key.startsWith(ANNOTATION) && !/^(runtime\/default|localhost\/.+)?$/.test(String(value)))
      .map(([key, value]) => breach(pod.on, [...pod.metadataAt, 'annotations', key], `runs ${key.slice(ANNOTATION.length)} with AppArmor ${String(value)}`)),
    ...contextsIn(pod, rendered).flatMap(({ at, context }) => {
      const type = get(context, 'appArmorProfile', 'type');
      return [undefined, 'RuntimeDefault', 'Localhost'].some((t) => t === type) ? [] : [breach(pod.on, [...at, 'appArmorProfile', 'type'], `runs with AppArmor ${String(type)}`)];
    }),
  ],
});

const contextsIn = (pod: Pod, rendered: Parameters<typeof contextsOf>[0]) => contextsOf(rendered).filter((c) => c.pod.on === pod.on);
