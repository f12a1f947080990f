import { get } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { contextsOf } from './pods.ts';

const types = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

export const selinux = rule({
  id: 'selinux',
  why: 'A type, user or role of its own takes a container out of the confinement that the node gives all containers.',
  fix: `Remove seLinuxOptions, or use no user, no role and one of the types ${types.slice(1).join(', ')}.`,
  serves: ['Pod Security Standards, Baseline: SELinux', 'NSA/CISA: Hardening container environments'],
  of: contextsOf,
  check: ({ on, at, context }) => {
    const options = get(context, 'seLinuxOptions');
    const wrong = (['type', 'user', 'role'] as const).filter((key) => !(key === 'type' ? types : ['']).includes(String(get(options, key) ?? '')));
    return wrong.map((key) => breach(on, [...at, 'seLinuxOptions', key], `sets the SELinux ${key} ${String(get(options, key))}`));
  },
});
