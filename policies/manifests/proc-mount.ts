import { get } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { containersOf } from './pods.ts';

export const procMount = rule({
  id: 'proc-mount',
  why: 'An unmasked /proc shows the kernel of the node and lets a container change it.',
  fix: 'Remove procMount, or set it to Default.',
  serves: ['Pod Security Standards, Baseline: /proc Mount Type', 'NSA/CISA: Pod security enforcement'],
  of: containersOf,
  check: ({ on, at, json }) => {
    const mount = get(json, 'securityContext', 'procMount');
    return mount === undefined || mount === 'Default' ? [] : [breach(on, [...at, 'securityContext', 'procMount'], `mounts /proc ${String(mount)}`)];
  },
});
